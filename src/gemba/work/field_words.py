"""What the fields of records are called, and what their values read as: labels, not codes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple, get_args

from gemba.domain.actions import ActionState, Lane
from gemba.domain.complaints import ComplaintDecision, ComplaintState, Consent, Redaction, Severity, ToldBack
from gemba.domain.effects import EffectResult
from gemba.domain.escalations import EscalationSort, EscalationState
from gemba.domain.findings import FindingGrade
from gemba.domain.nouns import BLOB_FIELDS
from gemba.store.projection import fields_of
from gemba.wording import text
from gemba.work import cause_words, complaint_words, escalation_words, rotation_words
from gemba.work.decision_words import standing_words
from gemba.work.effect_words import result_title
from gemba.work.record_titles import shortened

LONGEST = 400
"""Letters of a value; what is longer goes on in the record itself."""


class Spelling(NamedTuple):
    """How the reader writes days and moments, and what records that values name are called."""

    day: Callable[[date], str]
    moment: Callable[[datetime], str]
    record: Callable[[str, str], str]
    """`record(noun, uid)`; an empty noun when the field does not tell; empty when there is no such record."""


def field_title(noun: str, field: str) -> str:
    """A field of a record, as people call it."""
    own = _OWN.get((noun, field))
    return text(own or _TITLES.get(field) or field.removesuffix("_at").replace("_", " ").capitalize())


def value_words(noun: str, field: str, value: Any, names: str, spelling: Spelling) -> str:
    """A value as people read it.

    Args:
        noun: of the record.
        field: of it.
        value: as the journal keeps it (JSON).
        names: noun of the record that the field names; empty when it names none.
        spelling: how the reader writes.
    """
    if value is None or value in ("", [], {}):
        return text("nothing")
    if isinstance(value, bool):
        return text("yes") if value else text("no")
    if field in BLOB_FIELDS.get(noun, ()):
        return text("a kept file")
    if isinstance(value, dict):
        parts = (f"{key}: {_each(noun, field, one, names, spelling)}" for key, one in sorted(value.items()))
        return shortened("; ".join(parts), LONGEST)
    if isinstance(value, list):
        return shortened("; ".join(_each(noun, field, one, names, spelling) for one in value), LONGEST)
    return shortened(_each(noun, field, value, names, spelling), LONGEST)


def _each(noun: str, field: str, value: Any, names: str, spelling: Spelling) -> str:
    """One value that is no list."""
    if isinstance(value, float):
        return f"{value:.10g}"
    if not isinstance(value, str):
        return str(value)
    if names:
        return spelling.record(names, value) or value[:8]
    return _dated(noun, field, value, spelling) or _coded(noun, field, value) or _linked(value, spelling) or value


def _dated(noun: str, field: str, value: str, spelling: Spelling) -> str:
    kinds = _kinds(noun, field)
    with suppress(ValueError):
        if datetime in kinds:
            return spelling.moment(datetime.fromisoformat(value))
        if date in kinds:
            return spelling.day(date.fromisoformat(value))
    return ""


def _kinds(noun: str, field: str) -> tuple[Any, ...]:
    info = fields_of(noun).get(field)
    return () if info is None else get_args(info.type) or (info.type,)


def _linked(value: str, spelling: Spelling) -> str:
    """What a record is called that a text names as `noun:uid`, or by its uid alone."""
    noun, colon, uid = value.rpartition(":")
    if len(uid) != _UUID or uid.count("-") != 4:
        return ""
    return spelling.record(noun if colon else "", uid)


def _coded(noun: str, field: str, value: str) -> str:
    """Words for a code; empty for what stands for itself."""
    found = _CODES.get((noun, field)) or _CODES.get(("", field))
    if found is not None:
        with suppress(ValueError, KeyError):
            return found(value)
    kinds = _kinds(noun, field)
    is_code = any(isinstance(kind, type) and issubclass(kind, str) and kind is not str for kind in kinds)
    return text(value.replace("_", " ")) if is_code else ""


def _state(value: str) -> str:
    return {
        "draft": text("draft"),
        "concluded": text("concluded"),
        ActionState.OPEN: text("open"),
        ActionState.DONE: text("done"),
        "closed": text("closed"),
    }.get(value) or text(value.replace("_", " "))


def _lane(value: str) -> str:
    return {Lane.TODO: text("to do"), Lane.DOING: text("doing"), Lane.WAITING: text("waiting")}[Lane(value)]


def _grade(value: str) -> str:
    from gemba.work.report_facts import grade_title

    return grade_title(FindingGrade(value))


_UUID = 36

_CODES: dict[tuple[str, str], Callable[[str], str]] = {
    ("", "state"): _state,
    ("complaint", "state"): lambda code: complaint_words.state_words(ComplaintState(code)),
    ("escalation", "state"): lambda code: escalation_words.state_words(EscalationState(code)),
    ("rotation", "state"): rotation_words.rotation_state_words,
    ("commitment", "state"): rotation_words.promise_state_words,
    ("action", "lane"): _lane,
    ("finding", "grade"): _grade,
    ("complaint", "severity"): lambda code: complaint_words.severity_words(Severity(code)),
    ("complaint", "decision"): lambda code: complaint_words.decision_words(ComplaintDecision(code)),
    ("complaint", "told_back"): lambda code: complaint_words.told_back_words(ToldBack(code)),
    ("complaint", "consent"): lambda code: complaint_words.consent_words(Consent(code)),
    ("complaint", "redaction"): lambda code: complaint_words.redaction_words(Redaction(code)),
    ("escalation", "sort"): lambda code: escalation_words.sort_words(EscalationSort(code)),
    ("escalation", "severity"): escalation_words.severity_words,
    ("effect_check", "result"): lambda code: result_title(EffectResult(code)),
    ("decision", "standing"): standing_words,
    ("cause_analysis", "domain"): cause_words.domain_title,
    ("cause_analysis", "sort"): cause_words.sort_title,
}

_OWN = {
    ("action", "sort"): "Sort of action",
    ("action", "text"): "What is to be done",
    ("answer", "value"): "Answer",
    ("commitment", "text"): "What was promised",
    ("commitment", "to"): "Promised to",
    ("effect_check", "result"): "What was seen",
    ("escalation", "asked"): "Decision asked for",
    ("finding", "text"): "What was found",
    ("register_entry", "fields"): "What it says",
}

_TITLES = {
    "achieved_on": "Achieved on",
    "added_at": "Added",
    "asked": "What is asked for",
    "closed_because": "Closed because",
    "contained": "Containment",
    "contained_at": "Contained",
    "decided_by": "Decided by",
    "delete_by": "To be deleted by",
    "done_at": "Done",
    "due": "Due",
    "due_at": "Due",
    "duplicate_of": "Says the same as",
    "expires": "Holds until",
    "handed_in_at": "Handed in",
    "held_on": "Held on",
    "kept_on": "Kept on",
    "lane": "Lane of the board",
    "live_on": "Live from",
    "merged_into": "Goes on in",
    "next_by": "Next step by",
    "planned_on": "Planned for",
    "process_map": "Map",
    "reopened": "Times reopened",
    "retired": "Retired",
    "removed": "Taken away",
    "retired_on": "Retired from",
    "review_by": "To be reviewed by",
    "similar": "Similar elsewhere",
    "similar_note": "Where it was looked",
    "snoozed_because": "Rests because",
    "snoozed_until": "Rests until",
    "stopped_because": "Stopped because",
    "tier": "Tier",
    "told_at": "Customer told",
    "told_back": "Told back to the customer",
    "tried": "What was tried",
    "until": "Until",
    "valid_from": "Holds from",
    "valid_to": "Holds until",
    "verification": "How the effect was seen",
    "verified_at": "Effect seen",
    "waits_for": "Waits for",
}
