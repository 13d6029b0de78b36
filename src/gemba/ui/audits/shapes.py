"""The list of audits: its columns and filters, and what their states are called."""

from __future__ import annotations

from gemba import wording
from gemba.domain.programmes import AuditState
from gemba.store.audit_lists import OVERDUE
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.plan_audits import audit_state_title

_TONES = {"planned": "plain", OVERDUE: "poor", "open": "note", "responding": "fair", "concluded": "good"}


def state_words(code: str) -> str:
    """A state of an audit as a list shows it."""
    if code == OVERDUE:
        return wording.text("Overdue")
    words = audit_state_title(AuditState(code))
    return words[:1].upper() + words[1:]


def state_tone(code: str) -> str:
    """The tone of a state of an audit."""
    return _TONES.get(code, "plain")


def risk_words(risk: float | None) -> str:
    """A risk from 0 to 100 as a list shows it; a dash where none was counted."""
    return "–" if risk is None else str(round(risk))


def audits(names: PlaceNames) -> Shape:
    """The list of audits."""
    return Shape(
        name="audits",
        title=wording.text("Audits"),
        counted=lambda n: wording.plural("{count} audit", "{count} audits", n, count=terms.number(n)),
        topics=frozenset({"audit", "place", "person"}),
        sort="planned_on",
        descending=True,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Audit"),
                words=lambda line: line.title,
                under=lambda line: f"{line.number} · {line.place}",
                width=240,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: state_words(line.state),
                tone=lambda line: state_tone(line.state),
                sort="state",
                width=136,
            ),
            Column(
                name="planned_on",
                title=lambda: wording.text("Planned on"),
                words=lambda line: terms.day(line.planned_on),
                sort="planned_on",
                width=124,
            ),
            Column(
                name="risk",
                title=lambda: wording.text("Risk"),
                words=lambda line: risk_words(line.risk),
                sort="risk",
                width=72,
                number=True,
            ),
            Column(
                name="auditor",
                title=lambda: wording.text("Auditor"),
                words=lambda line: " + ".join(filter(None, (line.auditor, line.second))),
                width=140,
            ),
            Column(
                name="quarter",
                title=lambda: wording.text("Quarter"),
                words=lambda line: line.quarter,
                sort="quarter",
                width=100,
                hidden=True,
            ),
            Column(
                name="due",
                title=lambda: wording.text("Due"),
                words=lambda line: terms.day(line.due),
                width=124,
                hidden=True,
            ),
        ),
        filters=(
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(
                name="state",
                title=lambda: wording.text("State"),
                words=state_words,
                fixed=(AuditState.PLANNED, OVERDUE, *tuple(AuditState)[1:]),
            ),
            Filter(name="quarter", title=lambda: wording.text("Quarter")),
        ),
    )
