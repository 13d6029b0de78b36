"""One audit with everything that its release and its report are told from, read in one view of the store."""

from __future__ import annotations

from functools import cached_property

from gemba.domain.decisions import Decision
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.goals import Goal
from gemba.domain.judgements import AuditeeResponse, Judgement, ResponseOutcome
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SampleItem
from gemba.errors import Refusal, Trouble
from gemba.store.conflicts import open_conflicts
from gemba.store.reading import Reader
from gemba.work.audit_findings import findings_of, rests_on
from gemba.work.blind import is_blind
from gemba.work.conclude import Outlook, outlook_of
from gemba.work.conduct import Sheet, sheet_of
from gemba.work.desk import Desk
from gemba.work.double_judging import Doubles
from gemba.work.double_judging import doubles as doubles_of
from gemba.work.independence import Doubts, doubts
from gemba.work.records import known
from gemba.work.redraw_sample import FrameChange, frame_changes
from gemba.work.respond import responses_of
from gemba.work.sample_frame import read
from gemba.work.standing_verdicts import Standing, standing
from gemba.work.to_judge import Case, Progress, cases, progress_of, said_by, sample_of


class AuditScene:
    """An audit's records, each read when it is first asked for.

    Args:
        desk: where the records are.
        reader: one view of the store.
        uid: of the audit.

    Raises:
        Refusal: the audit is unknown.
    """

    def __init__(self, desk: Desk, reader: Reader, uid: Uid) -> None:
        self.desk, self.reader = desk, reader
        self.audit = known(reader, Audit, uid)

    @cached_property
    def sheet(self) -> Sheet | None:
        """Its conduct; `None` before it is opened."""
        uid = self.audit.assessment
        return sheet_of(self.desk, self.reader, uid) if uid else None

    @cached_property
    def outlook(self) -> Outlook | None:
        """What its conduct lacks."""
        return outlook_of(self.sheet) if self.sheet else None

    @cached_property
    def sample(self) -> Sample | None:
        """What was drawn, and counts."""
        return sample_of(self.reader, self.audit.uid)

    @cached_property
    def items(self) -> list[SampleItem]:
        """The decisions of the draw."""
        return self.reader.find(SampleItem, sample=self.sample.uid) if self.sample else []

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """What the lead auditor judges."""
        return cases(self.reader, self.audit, self.audit.auditor)

    @cached_property
    def double(self) -> tuple[Case, ...]:
        """What the second auditor judges."""
        second = self.audit.second
        return cases(self.reader, self.audit, second) if second else ()

    @cached_property
    def lead_said(self) -> dict[tuple[Uid, Uid], Judgement]:
        """What the lead auditor judged, by decision and goal."""
        return said_by(self.reader, self.audit.uid, self.audit.auditor)

    @cached_property
    def progress(self) -> Progress:
        """How far the lead auditor has come."""
        return progress_of(self.cases, self.lead_said)

    @cached_property
    def is_blind(self) -> bool:
        """True while both still judge apart."""
        return is_blind(self.reader, self.audit)

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        """The verdicts that count; while two judge apart none, but for the lead auditor, whose they are."""
        if self.is_blind and self.desk.person.uid != self.audit.auditor:
            return ()
        return standing(self.reader, self.audit, self.cases)

    @cached_property
    def doubles(self) -> Doubles:
        """Where the double judging stands; no verdicts while both judge apart."""
        return doubles_of(self.reader, self.audit.uid)

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, those that were withdrawn among them."""
        return findings_of(self.reader, self.audit)

    @cached_property
    def responses(self) -> dict[Uid, list[AuditeeResponse]]:
        """What the auditee said, by finding."""
        return responses_of(self.reader, self.audit.uid)

    def is_withdrawn(self, finding: Finding) -> bool:
        """True when a finding was taken back after it was contested."""
        said = self.responses.get(finding.uid, ())
        return any(one.outcome is ResponseOutcome.WITHDRAWN for one in said)

    @property
    def kept_findings(self) -> list[Finding]:
        """The findings that stand."""
        return [one for one in self.findings if not self.is_withdrawn(one)]

    def rests_on(self, finding: Finding) -> tuple[Standing, ...]:
        """The verdicts that a finding rests on; none when its goal was not judged."""
        if finding.goal is None:
            return ()
        try:
            return rests_on(self.reader, self.audit, finding.goal, finding.grade, finding.subject, self.standing)
        except Refusal:
            return ()

    def files_of(self, finding: Finding) -> list[Evidence]:
        """Photos and files that point to a finding."""
        kept = self.sheet.evidence if self.sheet else ()
        return [one for one in kept if one.finding == finding.uid]

    @cached_property
    def goals(self) -> list[Goal]:
        """The versions of goals that decisions of the sample are judged against, by code and version."""
        found = {goal.uid: goal for case in self.cases for goal in case.goals}
        return sorted(found.values(), key=lambda one: (one.code, one.version, one.uid))

    @cached_property
    def decisions(self) -> list[Decision]:
        """The decisions of the sample that are here."""
        return [case.decision for case in self.cases]

    @cached_property
    def doubts(self) -> list[Doubts]:
        """What speaks against each auditor."""
        asked = [(self.audit.auditor, self.decisions)]
        if self.audit.second:
            asked.append((self.audit.second, [case.decision for case in self.double]))
        return [doubts(self.reader, auditor, decided) for auditor, decided in asked]

    @cached_property
    def frame_change(self) -> FrameChange | None:
        """How the frame would differ if it were drawn now; `None` when it cannot be told here."""
        if self.sample is None:
            return None
        try:
            return frame_changes(self.reader, self.sample, read(self.desk.store.evidence.read(self.sample.frame)))
        except (Refusal, Trouble):
            return None

    @cached_property
    def conflicts(self) -> int:
        """Records of this audit that several laptops set differently, and nobody has settled."""
        uids = [self.audit.uid, *(one.uid for one in self.lead_said.values())]
        uids += [one.agreed.uid for one in self.standing if one.agreed]
        uids += [one.uid for one in self.findings]
        return len(list(open_conflicts(self.reader, uids)))
