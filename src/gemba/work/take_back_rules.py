"""Which records are never taken back, and from when on: what is concluded, closed, issued or judged stays."""

from __future__ import annotations

from collections.abc import Callable

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.calibration import CalibrationSession, CalibrationState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_reviews import ComplaintReview, ReviewState
from gemba.domain.complaints import Complaint, ComplaintState
from gemba.domain.conclusions import IssuedReport
from gemba.domain.decisions import Decision
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.evidence import Evidence, proves
from gemba.domain.findings import Finding
from gemba.domain.governance import Meeting, MeetingState
from gemba.domain.nouns import NOUNS
from gemba.domain.programmes import Audit, AuditState, Programme, ProgrammeState
from gemba.domain.record import Record, Uid
from gemba.domain.rotations import Rotation, RotationState
from gemba.domain.time_studies import TimeElement, TimeReading, TimeStudy
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.decisions import demand_open
from gemba.work.record_titles import noun_title, title_of

FROZEN = frozenset(
    {
        *("conclusion", "report", "settlement", "erasure", "disclosure", "intake", "complaint_lot", "draft_migration"),
        *("template", "vocabulary", "sample", "sample_item", "judgement", "agreed_verdict", "auditee_response"),
        *("escalation", "escalation_step", "cluster_decision", "frozen_baseline", "calibration_rating", "suggestion"),
        *("clock_pause", "survey"),
    }
)
"""Nouns that say what was said, drawn, judged or sent once and for all; what is wrong is answered by a new record."""

_AFTERWARDS = frozenset({"state", "contained", "contained_at", "similar", "similar_note", "step", "cause", "subject"})
"""Fields of a finding that go on after its assessment was concluded."""


def demand_not_frozen(reader: Reader, noun: str, uid: Uid, fields: set[str]) -> None:
    """Demand that these fields of a record may still change.

    Raises:
        Refusal: `work.undo_frozen`, `work.undo_concluded`, `work.undo_issued`.
    """
    if noun in FROZEN:
        raise Refusal("work.undo_frozen", noun=noun_title(noun))
    record = reader.get(NOUNS[noun], uid)
    if record is None:
        raise Refusal("work.history_unknown", uid=uid)
    about = concluded_around(reader, record, fields)
    if about is not None:
        raise Refusal("work.frozen", number=about.number)
    closed = _CLOSED.get(noun)
    if closed is not None and closed(reader, record):
        raise Refusal("work.undo_concluded", title=title_of(record))
    if reader.find(IssuedReport, subject=f"{noun}:{uid}"):
        raise Refusal("work.undo_issued", title=title_of(record))


def concluded_around(reader: Reader, record: Record, fields: set[str]) -> Assessment | None:
    """The concluded assessment with which these fields of a record are frozen; `None` while they may change."""
    match record:
        case Assessment():
            about: Assessment | None = record
        case Action() | EffectCheck():  # they go on when the assessment is concluded
            return None
        case Finding() if fields <= _AFTERWARDS:
            return None
        case Evidence() if proves(record):
            return None
        case _:
            named = getattr(record, "assessment", None)
            about = reader.get(Assessment, named) if named and not isinstance(record, Rotation | Audit) else None
    return about if about is not None and about.state is not AssessmentState.DRAFT else None


def _action(reader: Reader, record: Record) -> bool:
    """An effect that was looked at stands on what the action says."""
    looked = reader.find(EffectCheck, action=record.uid)
    return any(one.result is not EffectResult.DUE for one in looked) and getattr(record, "done_at", None) is not None


def _decision(reader: Reader, record: Record) -> bool:
    assert isinstance(record, Decision)
    demand_open(reader, record)
    return False


def _of_study(reader: Reader, record: Record) -> bool:
    assert isinstance(record, TimeElement | TimeReading)
    study = reader.get(TimeStudy, record.study)
    return study is not None and study.ended_at is not None


def _is(kind: type[Record], test: Callable[[Record], bool]) -> Callable[[Reader, Record], bool]:
    """A rule that looks at the record alone."""

    def rule(_reader: Reader, record: Record) -> bool:
        return isinstance(record, kind) and test(record)

    return rule


_CLOSED: dict[str, Callable[[Reader, Record], bool]] = {
    "action": _action,
    "decision": _decision,
    "time_element": _of_study,
    "time_reading": _of_study,
    "complaint": _is(Complaint, lambda one: getattr(one, "state", "") == ComplaintState.CLOSED),
    "complaint_review": _is(ComplaintReview, lambda one: getattr(one, "state", "") == ReviewState.CONCLUDED),
    "cause_analysis": _is(CauseAnalysis, lambda one: getattr(one, "finished_at", None) is not None),
    "audit": _is(Audit, lambda one: getattr(one, "state", "") == AuditState.CONCLUDED),
    "programme": _is(Programme, lambda one: getattr(one, "state", "") == ProgrammeState.CLOSED),
    "calibration_session": _is(CalibrationSession, lambda one: getattr(one, "state", "") == CalibrationState.CLOSED),
    "rotation": _is(Rotation, lambda one: getattr(one, "state", "") == RotationState.DONE),
    "meeting": _is(Meeting, lambda one: getattr(one, "state", "") == MeetingState.HELD),
    "time_study": _is(TimeStudy, lambda one: getattr(one, "ended_at", None) is not None),
    "effect_check": _is(EffectCheck, lambda one: getattr(one, "result", "") != EffectResult.DUE),
}
"""When a record is concluded, by noun."""
