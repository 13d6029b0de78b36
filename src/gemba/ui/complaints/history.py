"""When each step of a complaint was taken, and who changed what of the record."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.complaint_steps import STEPS
from gemba.domain.complaints import ComplaintState
from gemba.store.record_history import Step
from gemba.ui.complaints import names as said
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.words import Words
from gemba.work.complaint_words import moment_words

_SHOWN = 8
_MANY = 6


class HistoryCard(Card):
    """Steps with their moments; below them the last changes.

    Args:
        facts: of the complaint.
        parent: the owner.
    """

    def __init__(self, facts: ComplaintFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("History"), look="inset", parent=parent)
        self.body.addWidget(Facts(*_steps(facts), parent=self))
        if facts.history:
            self.body.addWidget(Words(wording.text("Last changes of the record"), strong=True, parent=self))
        for step in facts.history[:_SHOWN]:
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.addWidget(Words(_said(step), wrap=True, parent=self))
            when = moment_words(step.at, facts.zone)
            lines.addWidget(Words(when, tone="muted", scale="small", wrap=True, parent=self))
            self.body.addLayout(lines)
        if not facts.history and facts.complaint.source:
            came = wording.text(
                "It came with an import from {source}; nobody has changed it.", source=facts.complaint.source
            )
            self.body.addWidget(Words(came, tone="muted", wrap=True, parent=self))


def _steps(facts: ComplaintFacts) -> list[tuple[str, str]]:
    one = facts.complaint
    rows = []
    for state in (*STEPS, ComplaintState.REOPENED):
        at = getattr(one, f"{state.value}_at")
        if at is not None:
            often = f" ({one.reopened} ×)" if state is ComplaintState.REOPENED and one.reopened > 1 else ""
            rows.append((said.state(state) + often, moment_words(at, facts.zone)))
    return rows


def _said(step: Step) -> str:
    """Who did it, and what was set; a record's first operation sets all."""
    who = step.person or wording.text("somebody")
    if "received_at" in step.fields and "words" in step.fields:
        return wording.text("{who} entered it", who=who)
    named = [_field(name) for name in step.fields if name not in {"due_at", "paused"}]
    shown = ", ".join(named[:_MANY]) + (" …" if len(named) > _MANY else "")
    return f"{who}: {shown}" if shown else wording.text("{who}: clock", who=who)


def _field(name: str) -> str:
    """What a field is called."""
    titles = {
        "state": wording.text("step"),
        "severity": wording.text("severity"),
        "owner": wording.text("owner"),
        "place": wording.text("place"),
        "words": wording.text("words"),
        "summary": wording.text("summary"),
        "customer": wording.text("customer"),
        "contact": wording.text("contact"),
        "decision": wording.text("decision"),
        "answer": wording.text("answer"),
        "told_back": wording.text("told back"),
        "similar": wording.text("similar elsewhere"),
        "similar_note": wording.text("where else"),
        "duplicate_of": wording.text("link"),
        "consent": wording.text("consent"),
        "redaction": wording.text("redaction"),
        "redacted_words": wording.text("redacted words"),
        "delete_by": wording.text("delete-by date"),
        "product": wording.text("product"),
        "step": wording.text("process step"),
        "channel": wording.text("channel"),
        "segment": wording.text("segment"),
        "cause": wording.text("cause"),
        "remedy_sought": wording.text("remedy sought"),
    }
    return titles.get(name, name.replace("_at", "").replace("_", " "))
