"""What was recorded beside the answers: evidence, findings and their actions, as the store holds them."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion
from gemba.domain.draft_migrations import DraftMigration
from gemba.domain.evidence import Evidence, proves
from gemba.domain.findings import Finding
from gemba.domain.process_maps import GoAndSee
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.ui.conduct.sight import SETTING, Sight, sight_of
from gemba.ui.conduct.walk.records import WalkRecords, read_walk
from gemba.work.conduct import Sheet, open_sheet
from gemba.work.desk import Desk
from gemba.work.go_and_see import carried
from gemba.work.migrate_draft import Parked, newer_of, parked_of
from gemba.work.records import known


class Records(msgspec.Struct, frozen=True):
    """The records of one assessment that come and go beside its answers."""

    assessment: Assessment
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    actions: tuple[Action, ...] = ()
    conclusion: Conclusion | None = None
    corrects: Assessment | None = None
    """The assessment that this one corrects."""
    correction: Assessment | None = None
    """The assessment that corrects this one."""
    newer: Template | None = None
    """A version of the checklist that came after the one that a draft was begun with."""
    moved: bool = False
    """Whether it was moved to another version, and can go back."""
    parked: tuple[Parked, ...] = ()
    """Answers that have no place in the version that it goes on with."""
    sight: Sight = Sight()
    """How it was seen last on this laptop."""
    alerts: tuple[GoAndSee, ...] = ()
    """What the walk was asked to go and see."""
    walk: WalkRecords = WalkRecords()
    """Its route, and what was seen and heard."""

    def evidence_of(self, path: str) -> tuple[Evidence, ...]:
        """The photos and files of a question."""
        return tuple(item for item in self.evidence if item.path == path)

    def findings_of(self, path: str) -> tuple[Finding, ...]:
        """The findings that were raised from a question."""
        return tuple(finding for finding in self.findings if finding.path == path)

    def actions_of(self, finding: Uid) -> tuple[Action, ...]:
        """What is done about a finding."""
        return tuple(action for action in self.actions if action.finding == finding)


def renamed(records: Records, rename: Callable[[str], str | None]) -> Records:
    """The records where repeats have other numbers: photos of one that is gone go with it, findings stay."""
    return msgspec.structs.replace(
        records,
        evidence=tuple(
            msgspec.structs.replace(item, path=new)
            for item in records.evidence
            if (new := rename(item.path)) is not None
        ),
        findings=tuple(msgspec.structs.replace(each, path=rename(each.path) or "") for each in records.findings),
    )


def read_records(desk: Desk, uid: Uid) -> Records:
    """One consistent view of the records of an assessment; for an errand thread."""
    with desk.reader() as reader:
        assessment = known(reader, Assessment, uid)
        conclusions = reader.find(Conclusion, assessment=uid)
        corrections = reader.find(Assessment, corrects=uid)
        return Records(
            assessment=assessment,
            evidence=tuple(
                item for item in reader.find(Evidence, assessment=uid) if not item.removed and not proves(item)
            ),
            findings=tuple(reader.find(Finding, assessment=uid)),
            actions=tuple(reader.find(Action, assessment=uid)),
            conclusion=conclusions[0] if conclusions else None,
            corrects=reader.get(Assessment, assessment.corrects) if assessment.corrects else None,
            correction=corrections[0] if corrections else None,
            newer=newer_of(reader, assessment) if assessment.state is AssessmentState.DRAFT else None,
            moved=any(each.undone_at is None for each in reader.find(DraftMigration, assessment=uid)),
            parked=tuple(parked_of(reader, uid)),
            sight=sight_of(reader.setting(SETTING), uid),
            alerts=tuple(carried(reader, uid)),
            walk=read_walk(reader, assessment),
        )


def read_all(desk: Desk, uid: Uid) -> tuple[Sheet, Records]:
    """The whole sheet with its records; for an errand thread, because a large form takes its time."""
    return open_sheet(desk, uid), read_records(desk, uid)
