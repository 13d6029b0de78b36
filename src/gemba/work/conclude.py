"""Conclude an assessment: the kind's rule gives score, grade and what is missing; from then on it is frozen."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import msgspec

from gemba.domain.assessments import Answer, AnswerOrigin, Assessment, AssessmentState, answer_uid
from gemba.domain.change import Change
from gemba.domain.conclusions import Conclusion, SectionScore
from gemba.domain.evidence import Evidence, proves
from gemba.domain.record import Uid
from gemba.domain.walks import Observation
from gemba.errors import Refusal
from gemba.kinds.bands import banded
from gemba.kinds.model import Facts, Kind, Need, Outcome
from gemba.kinds.registry import by_code
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.conduct import Sheet, keep_calculated, open_sheet, sheet_of
from gemba.work.desk import Desk
from gemba.work.records import draft, known
from gemba.work.time_spent import spent


class Outlook(msgspec.Struct, frozen=True):
    """What an assessment would come to if it were concluded now."""

    kind: Kind
    outcome: Outcome
    sections: tuple[SectionScore, ...]
    critical: tuple[str, ...]
    unanswered: int
    points: Mapping[str, tuple[float, float]] = {}
    """Points and possible points of each item of the main score, by path."""
    share_unanswered: float | None = None
    """How much of what counts for the score is not answered, 0 to 1; `None` when nothing counts."""

    @property
    def missing(self) -> tuple[Need, ...]:
        """What stands in the way; empty when it can be concluded."""
        return self.outcome.missing

    @property
    def ready(self) -> bool:
        """True when nothing stands in the way."""
        return not self.outcome.missing


def outlook(desk: Desk, assessment: Uid) -> Outlook:
    """Score, grade and what is missing, as the records stand."""
    return outlook_of(open_sheet(desk, assessment))


def outlook_of(sheet: Sheet) -> Outlook:
    """Score, grade and what is missing, as a sheet stands on the screen."""
    kind = banded(by_code(sheet.assessment.kind), sheet.fill.form.attributes.get("bands", ""))
    score = sheet.fill.score()
    answered, questions = sheet.fill.progress()
    facts = Facts(
        score=score,
        missing=tuple(sheet.fill.missing()),
        answered=answered,
        questions=questions,
        notes=sheet.notes,
        findings=sheet.findings,
        labels={path: sheet.fill.view(path).label for path in score.critical_failed},
    )
    return Outlook(
        kind=kind,
        outcome=kind.conclude(facts),
        sections=tuple(SectionScore(*dataclasses.astuple(section)) for section in score.sections),
        critical=tuple(score.critical_failed),
        unanswered=questions - answered,
        points={path: points for path, points in score.items.items() if path not in score.apart},
        share_unanswered=score.share_unanswered,
    )


def conclude(desk: Desk, assessment: Uid, summary: str = "") -> Change:
    """Freeze an assessment with its score and grade.

    Raises:
        Refusal: it is concluded already, or something is missing (`outlook` says what).
    """
    with desk.unit() as unit:
        _demand_by_itself(unit, assessment)
        conclude_in(unit, desk, assessment, summary)
        return unit.change_made(assessment)


def conclude_in(
    unit: Unit, desk: Desk, assessment: Uid, summary: str = "", scales: Mapping[str, float] | None = None
) -> Conclusion:
    """Freeze an assessment in a transaction that does more.

    Args:
        unit: of the transaction.
        desk: who does it, where.
        assessment: a draft.
        summary: the auditor's own words.
        scales: further scores that the form does not reckon, 0 to 100.

    Raises:
        Refusal: as `conclude`.
    """
    draft(unit, assessment)
    sheet = sheet_of(desk, unit, assessment)
    found = outlook_of(sheet)
    if not found.ready:
        first = found.missing[0]
        raise Refusal("work.not_complete", count=len(found.missing), first=first.label, why=first.why)
    keep_calculated(unit, assessment, sheet.fill)
    now = desk.clock()
    conclusion = Conclusion(
        uid=desk.ids(),
        assessment=assessment,
        score=found.outcome.score,
        grade=found.outcome.grade,
        sections=found.sections,
        critical=found.critical,
        unanswered=found.unanswered,
        summary=summary.strip(),
        scales={**found.outcome.scales, **(scales or {})},
        core_score=found.outcome.scales.get("core"),
        seconds=spent(unit, assessment) or None,
        concluded_at=now,
        person=desk.person.uid,
    )
    unit.put(conclusion)
    unit.change(
        Assessment,
        assessment,
        state=AssessmentState.CONCLUDED,
        concluded_at=now,
        score=conclusion.score,
        grade=conclusion.grade,
    )
    return conclusion


def conclusion_of(reader: Reader, assessment: Uid) -> Conclusion | None:
    """The conclusion of an assessment, once there is one."""
    found = reader.find(Conclusion, assessment=assessment)
    return found[0] if found else None


def correct(desk: Desk, assessment: Uid) -> Change:
    """Begin a correction: a new draft with the same answers and evidence that names what it corrects.

    Raises:
        Refusal: the assessment is still a draft, or has a correction already.
    """
    with desk.unit() as unit:
        old = known(unit, Assessment, assessment)
        _demand_by_itself(unit, assessment)
        if old.state is AssessmentState.DRAFT:
            raise Refusal("work.draft_needs_no_correction", number=old.number)
        for other in unit.find(Assessment, corrects=assessment):
            raise Refusal("work.corrected_already", number=old.number, other=other.number)
        new = correct_in(unit, desk, old)
        return unit.change_made(new.uid)


def correct_in(unit: Unit, desk: Desk, old: Assessment, uid: Uid = "", subject: Uid | None = None) -> Assessment:
    """A new draft with the same answers and evidence, in a transaction that does more."""
    new = msgspec.structs.replace(
        old,
        uid=uid or desk.ids(),
        subject=old.subject if subject is None else subject,
        number=unit.number(Assessment),
        person=desk.person.uid,
        state=AssessmentState.DRAFT,
        started_at=desk.clock(),
        concluded_at=None,
        score=None,
        grade=None,
        corrects=old.uid,
    )
    unit.put(new)
    _copy(desk, unit, old.uid, new.uid)
    return new


def _demand_by_itself(reader: Reader, assessment: Uid) -> None:
    """Demand that it is no audit's conduct: that is concluded, and corrected, with its audit."""
    found = known(reader, Assessment, assessment)
    if found.subject.startswith("audit:"):
        raise Refusal("work.concluded_with_audit", number=found.number)


def _copy(desk: Desk, unit: Unit, old: Uid, new: Uid) -> None:
    """Copy given answers, notes, evidence and observations; findings stay with the assessment that raised them."""
    for answer in unit.find(Answer, assessment=old):
        if answer.origin is not AnswerOrigin.CALCULATED or answer.note:
            unit.put(msgspec.structs.replace(answer, uid=answer_uid(new, answer.path), assessment=new))
    for item in unit.find(Evidence, assessment=old):
        if not item.removed and not proves(item):
            unit.put(msgspec.structs.replace(item, uid=desk.ids(), assessment=new, finding=None))
    for one in unit.find(Observation, assessment=old):
        if not one.removed:
            unit.put(msgspec.structs.replace(one, uid=desk.ids(), assessment=new))
