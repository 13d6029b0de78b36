"""What counts in one audit: of each decision and goal what was agreed on, else what the lead auditor says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from gemba.domain.decisions import Decision
from gemba.domain.evidence import Evidence
from gemba.domain.goals import Goal
from gemba.domain.judgements import AgreedVerdict, AlignmentVerdict, Constraint, Judgement
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.work.to_judge import Case, cases, said_by


class Standing(msgspec.Struct, frozen=True):
    """One verdict that counts, with everything that it rests on."""

    decision: Decision
    goal: Goal
    judgement: Judgement
    """The lead auditor's."""
    agreed: AgreedVerdict | None
    """What both agreed on afterwards, where they differed, or what a response of the auditee led to."""
    files: tuple[Evidence, ...] = ()

    @property
    def verdict(self) -> AlignmentVerdict:
        """The verdict that counts."""
        return self.agreed.verdict if self.agreed else self.judgement.verdict

    @property
    def constraint(self) -> Constraint:
        """What forced the decision."""
        return self.agreed.constraint if self.agreed else self.judgement.constraint

    @property
    def exception(self) -> str:
        """Why going against the goal was justified; empty when it was not."""
        return self.agreed.exception if self.agreed else self.judgement.exception

    @property
    def exception_until(self) -> date | None:
        """Last day on which the exception holds."""
        return self.agreed.exception_until if self.agreed else self.judgement.exception_until

    @property
    def cause(self) -> str:
        """Code of what is behind it."""
        return self.agreed.cause if self.agreed else self.judgement.cause

    @property
    def has_evidence(self) -> bool:
        """True when words or files show it."""
        return bool(self.judgement.evidence_for or self.judgement.evidence_against or self.files)


def standing(reader: Reader, audit: Audit, drawn: Iterable[Case] | None = None) -> tuple[Standing, ...]:
    """The verdicts that count in an audit, in the order of its sample; decisions out of the sample are left out.

    Args:
        reader: of the store.
        audit: whose verdicts.
        drawn: the lead auditor's cases, where they were read already.
    """
    said = said_by(reader, audit.uid, audit.auditor)
    agreed = {(one.decision, one.goal): one for one in reader.find(AgreedVerdict, audit=audit.uid)}
    files = files_on_judgements(reader, audit)
    return tuple(
        Standing(case.decision, goal, mine, agreed.get(key), tuple(files.get(mine.uid, ())))
        for case in (cases(reader, audit, audit.auditor) if drawn is None else drawn)
        for goal in case.goals
        if (mine := said.get(key := (case.decision.uid, goal.uid))) is not None
    )


def files_on_judgements(reader: Reader, audit: Audit) -> dict[Uid, list[Evidence]]:
    """Photos and files that stand for a judgement, by its uid."""
    found: dict[Uid, list[Evidence]] = {}
    for one in reader.find(Evidence, assessment=audit.assessment) if audit.assessment else ():
        noun, _, uid = one.subject.partition(":")
        if noun == "judgement" and not one.removed:
            found.setdefault(uid, []).append(one)
    return found
