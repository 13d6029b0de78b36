"""The lists of the calendar page: what is due, and meetings; what their states are called and coloured."""

from __future__ import annotations

from typing import Any

from gemba import wording
from gemba.domain.due import DueSort
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.calendar_words import late_words, sort_title
from gemba.work.meeting_facts import state_words

MEETING_TOPICS = frozenset({"meeting", "governance_body", "body_member", "escalation", "action", "commitment"})
DUE_TOPICS = MEETING_TOPICS | {
    *("schedule", "audit", "assessment", "rotation", "effect_check", "register_entry", "process_map", "risk"),
    *("service_level", "goal", "measure", "place", "boundary", "decision", "judgement", "agreed_verdict"),
    *("signal", "complaint", "erasure"),
}
"""Nouns whose changes are seen."""
ICONS = {
    DueSort.MEETING: "users",
    DueSort.AUDIT: "clipboard-check",
    DueSort.WALK: "footprints",
    DueSort.ROTATION: "repeat",
    DueSort.REVIEW: "microscope",
    DueSort.ESCALATION: "arrow-up-right",
    DueSort.NEXT_STEP: "arrow-up-right",
    DueSort.PROMISE: "handshake",
    DueSort.CHECK: "search-check",
    DueSort.ACTION: "list-checks",
    DueSort.REST: "bell",
    DueSort.ALERT_REST: "bell",
    DueSort.ENTRY: "book-marked",
    DueSort.EXPIRY: "book-marked",
    DueSort.MAP: "route",
    DueSort.LEVEL: "scale",
    DueSort.LEVEL_END: "scale",
    DueSort.RISK: "triangle-alert",
    DueSort.GOAL: "target",
    DueSort.DECISION: "file-check",
    DueSort.RULING: "file-check",
    DueSort.BOUNDARY: "scale",
    DueSort.EXCEPTION: "clipboard-check",
    DueSort.MEASURE: "chart-line",
    DueSort.TERM: "user",
    DueSort.DELETION: "trash-2",
    DueSort.REMINDER: "bell",
    DueSort.QUARTER: "flag",
}
_SORTS = tuple(sort.value for sort in DueSort)
_STATE_TONES = {"planned": "note", "waits": "poor", "held": "good", "cancelled": "plain"}


def capital(words: str) -> str:
    """Words as they stand alone."""
    return words[:1].upper() + words[1:]


def meeting_state(code: str) -> str:
    """The state of a meeting as a list shows it."""
    return capital(state_words(code))


def meeting_tone(code: str) -> str:
    """The tone of that state."""
    return _STATE_TONES.get(code, "plain")


def sort_words(code: str) -> str:
    """What a sort is called in a filter."""
    return sort_title(DueSort(code))


def dues(names: PlaceNames, *, overdue: bool) -> Shape:
    """What a list of the calendar shows; of what is overdue, for how long."""
    name = "overdue" if overdue else "agenda"
    return Shape(
        name=name,
        title=wording.text("Overdue") if overdue else wording.text("Agenda"),
        counted=lambda n: wording.plural("{count} entry", "{count} entries", n, count=terms.number(n)),
        topics=DUE_TOPICS,
        columns=_due_columns(overdue=overdue),
        filters=(
            Filter(
                name="sort",
                title=lambda: wording.text("What"),
                words=sort_words,
                fixed=_SORTS,
            ),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(
                name="own", title=lambda: wording.text("Own"), words=lambda _: wording.text("Only own"), fixed=("yes",)
            ),
        )
        if overdue
        else (),
    )


def _due_columns(*, overdue: bool) -> tuple[Column, ...]:
    when = Column(
        name="day",
        title=lambda: wording.text("Overdue") if overdue else wording.text("Day"),
        words=_late if overdue else _day,
        tone=_late_tone,
        width=150 if overdue else 190,
    )
    return (
        Column(
            name="title",
            title=lambda: wording.text("What is to be done"),
            words=lambda line: line.title,
            under=lambda line: " · ".join(part for part in (sort_words(line.sort), line.number) if part),
            width=320,
        ),
        when,
        Column(name="owner", title=lambda: wording.text("With"), words=lambda line: line.owner, width=150),
        Column(name="place", title=lambda: wording.text("Place"), words=lambda line: line.place, width=160),
        Column(
            name="last",
            title=lambda: wording.text("Last day"),
            words=lambda line: terms.day(line.last),
            width=124,
            hidden=not overdue,
        ),
    )


def _late(line: Any) -> str:
    return capital(late_words(line.days_late))


def _day(line: Any) -> str:
    return ", ".join(part for part in (terms.day(line.day), line.due.clock()) if part)


def _late_tone(line: Any) -> str:
    if not line.is_late:
        return ""
    return "poor" if line.days_late > 7 else "fair"


def meetings() -> Shape:
    """What the list of meetings shows, and what it can be narrowed by."""
    return Shape(
        name="meetings",
        title=wording.text("Meetings"),
        counted=lambda n: wording.plural("{count} meeting", "{count} meetings", n, count=terms.number(n)),
        topics=frozenset({"meeting", "governance_body", "place"}),
        sort="planned_on",
        descending=True,
        columns=(
            Column(
                name="body",
                title=lambda: wording.text("Meeting"),
                words=lambda line: line.body,
                under=lambda line: " · ".join(part for part in (line.number, line.place) if part),
                width=240,
            ),
            Column(
                name="planned_on",
                title=lambda: wording.text("Day"),
                words=lambda line: terms.day(line.held_on or line.planned_on),
                sort="planned_on",
                width=124,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: meeting_state(line.state),
                tone=lambda line: meeting_tone(line.state),
                width=140,
            ),
            Column(
                name="agenda",
                title=lambda: wording.text("Entries"),
                words=lambda line: terms.number(len(line.agenda)),
                width=80,
                number=True,
            ),
            Column(
                name="decided",
                title=lambda: wording.text("Decided"),
                words=lambda line: terms.number(len(line.decided)),
                width=80,
                number=True,
            ),
        ),
        filters=(
            Filter(name="state", title=lambda: wording.text("State"), words=meeting_state, fixed=tuple(_STATE_TONES)),
        ),
    )
