"""The list of escalations: its columns and filters, and what states and clocks are called on the screen."""

from __future__ import annotations

from typing import Any

from gemba import wording
from gemba.domain.escalation_tiers import SEVERITIES
from gemba.domain.escalations import EscalationSort, EscalationState
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work import escalation_words as said

TOPICS = frozenset({"escalation", "escalation_step", "escalation_tier"})
"""Nouns whose changes are seen."""
_SEVERITY_TONES = {"high": "poor", "medium": "fair", "low": "plain"}
_STATE_TONES = {"open": "note", "decided": "good", "withdrawn": "plain"}
_CLOCK_TONES = {"overdue": "poor", "due_soon": "fair", "running": "note", "expired": "poor"}


def capital(words: str) -> str:
    """Words as they stand alone."""
    return words[:1].upper() + words[1:]


def severity(code: str) -> str:
    """A severity as a list shows it."""
    return capital(said.severity_words(code))


def severity_tone(code: str) -> str:
    """The tone of a severity."""
    return _SEVERITY_TONES.get(code, "plain")


def state(code: str) -> str:
    """A state as a list shows it."""
    return capital(said.state_words(EscalationState(code)))


def state_tone(code: str) -> str:
    """The tone of a state."""
    return _STATE_TONES.get(code, "plain")


def sort(code: str) -> str:
    """A sort as a list shows it."""
    return said.sort_short(EscalationSort(code))


def clock_tone(code: str) -> str:
    """The tone of a clock."""
    return _CLOCK_TONES.get(code, "")


def clock(code: str) -> str:
    """How a clock stands."""
    titles = {
        "overdue": wording.text("Overdue"),
        "due_soon": wording.text("Due soon"),
        "running": wording.text("Running"),
        "expired": wording.text("Run out"),
    }
    return titles.get(code, code)


def _answer_by(line: Any) -> str:
    if line.clock == "none":
        return state(line.state)
    return clock(line.clock) if line.clock in {"overdue", "expired"} else terms.day(line.due_at)


def escalations(names: PlaceNames) -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="escalations",
        title=wording.text("Escalations"),
        counted=lambda n: wording.plural("{count} escalation", "{count} escalations", n, count=terms.number(n)),
        topics=TOPICS | {"place"},
        sort="due_at",
        columns=_columns(),
        filters=(
            Filter(name="clock", title=lambda: wording.text("Clock"), words=clock, fixed=tuple(_CLOCK_TONES)),
            Filter(name="state", title=lambda: wording.text("State"), words=state, fixed=tuple(_STATE_TONES)),
            Filter(name="severity", title=lambda: wording.text("Severity"), words=severity, fixed=SEVERITIES[::-1]),
            Filter(name="sort", title=lambda: wording.text("Sort"), words=sort, fixed=tuple(EscalationSort)),
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="owner", title=lambda: wording.text("With")),
        ),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            name="title",
            title=lambda: wording.text("Escalation"),
            words=lambda line: line.title,
            under=lambda line: f"{line.number} · {line.place}",
            width=250,
        ),
        Column(
            name="clock",
            title=lambda: wording.text("Answer by"),
            words=_answer_by,
            tone=lambda line: clock_tone(line.clock) or state_tone(line.state),
            sort="due_at",
            width=130,
        ),
        Column(
            name="owner",
            title=lambda: wording.text("With"),
            words=lambda line: line.owner,
            under=lambda line: wording.text("tier {tier}", tier=line.tier),
            width=130,
        ),
        Column(
            name="severity",
            title=lambda: wording.text("Severity"),
            words=lambda line: severity(line.severity),
            tone=lambda line: severity_tone(line.severity),
            width=100,
        ),
        Column(name="sort", title=lambda: wording.text("Sort"), words=lambda line: sort(line.sort), width=110),
        Column(
            name="next_step",
            title=lambda: wording.text("Next step"),
            words=lambda line: " · ".join(part for part in (line.next_step, terms.day(line.next_by)) if part),
            width=180,
            hidden=True,
        ),
        Column(
            name="looked_at",
            title=lambda: wording.text("Carried over"),
            words=lambda line: str(line.looked_at or ""),
            width=112,
            number=True,
            hidden=True,
        ),
        Column(
            name="raised_at",
            title=lambda: wording.text("Raised"),
            words=lambda line: terms.day(line.raised_at),
            sort="raised_at",
            width=118,
            hidden=True,
        ),
        Column(
            name="number",
            title=lambda: wording.text("Number"),
            words=lambda line: line.number,
            sort="number",
            hidden=True,
        ),
        Column(
            name="place", title=lambda: wording.text("Place"), words=lambda line: line.place, sort="place", hidden=True
        ),
    )
