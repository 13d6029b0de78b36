"""One decision: what was decided, how it stands and why, what it concerns, and who changed what."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.decisions import Boundary, Decision
from gemba.domain.escalations import Escalation, conflict_uid
from gemba.domain.goals import Goal
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.record_history import Step, history
from gemba.ui import terms
from gemba.ui.alignment.decision_shapes import standing_tone
from gemba.ui.escalations.escalate_row import EscalateRow
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.work.decision_words import amount_words, field_words, limit_words, standing_words, why_of
from gemba.work.decisions import demand_open, remarks
from gemba.work.desk import Desk

_SHOWN, _MANY = 8, 6


class DecisionShown(msgspec.Struct, frozen=True):
    """What the detail shows."""

    decision: Decision
    place: Place | None
    boundary: Boundary | None
    goal: Goal | None
    conflict: Escalation | None
    decider: str
    segment: str
    remarks: tuple[str, ...]
    history: tuple[Step, ...]
    frozen: Refusal | None
    """Why it may not be changed any more."""
    expires: str
    """Tone of its last day."""


def read_decision(desk: Desk, uid: str) -> DecisionShown | None:
    """Everything about one decision; on a job's thread."""
    with desk.reader() as reader:
        one = reader.get(Decision, uid)
        if one is None:
            return None
        decider = reader.get(Person, one.decider) if one.decider else None
        frozen = None
        try:
            demand_open(reader, one)
        except Refusal as refusal:
            frozen = refusal
        today = reader.clock().date()
        return DecisionShown(
            decision=one,
            place=reader.get(Place, one.place),
            boundary=reader.get(Boundary, one.boundary) if one.boundary else None,
            goal=reader.get(Goal, one.goal) if one.goal else None,
            conflict=reader.get(Escalation, conflict_uid(uid, one.goal)) if one.goal else None,
            decider=decider.name if decider is not None else "",
            segment=vocabularies.titles(reader, Facet.SEGMENT).get(one.segment, one.segment),
            remarks=remarks(reader, one),
            history=tuple(history(reader, "decision", uid)),
            frozen=frozen,
            expires="" if one.expires is None else "poor" if one.expires < today else "fair",
        )


def draw_decision(tab: Any, body: QVBoxLayout, shown: DecisionShown) -> None:
    """Put a decision into the detail.

    Args:
        tab: has `services` and `change`.
        body: where it is put.
        shown: as read.
    """
    one = shown.decision
    place = shown.place.name if shown.place is not None else ""
    body.addWidget(Words(f"{one.number} · {place}", tone="muted", scale="small", wrap=True))
    body.addWidget(Words(one.title or wording.text("Its words were erased."), scale="heading", wrap=True))
    badges = Badges()
    told: list[tuple[str, str]] = [(standing_words(one.standing), standing_tone(one.standing))]
    if one.contradicts:
        told.append((wording.text("Contradicts a commitment"), "poor"))
    if one.expires is not None and shown.expires == "poor":
        told.append((wording.text("Has expired"), "poor"))
    badges.say(*told)
    body.addWidget(badges)
    body.addWidget(_standing(shown))
    body.addWidget(_about(shown))
    if shown.conflict is not None:
        row = LinkRow(
            wording.text("The conflict is escalated: {number}", number=shown.conflict.number),
            shown.conflict.title,
            name="decisions.conflict",
            go=tab.services.go,
            to=("escalations", shown.conflict.uid),
            icon="scale",
        )
        body.addWidget(row)
    if shown.frozen is None:
        buttons = QWidget()
        Flow(buttons).addWidget(Button(wording.text("Change"), name="decisions.change", icon="pencil", run=tab.change))
        body.addWidget(buttons)
    else:
        body.addWidget(Words(wording.sentence(shown.frozen), tone="muted", wrap=True))
    conflict = shown.conflict.uid if shown.conflict is not None else ""
    body.addWidget(EscalateRow(tab.services, "decision", one.uid, name="decisions.detail", shown=conflict))
    body.addWidget(_history(shown))


def _standing(shown: DecisionShown) -> Card:
    card = Card(wording.text("How it stands"), look="inset")
    card.body.addWidget(Words(why_of(shown.decision, shown.boundary), wrap=True, parent=card))
    for remark in shown.remarks:
        card.body.addWidget(Words(remark, tone="fair", wrap=True, parent=card))
    boundary = shown.boundary
    if boundary is not None:
        card.body.addWidget(
            Facts(
                (wording.text("Boundary"), f"{boundary.title}: {limit_words(boundary)}"),
                (wording.text("Condition"), boundary.condition),
                (wording.text("Beyond it decides"), boundary.escalate_to),
                parent=card,
            )
        )
    return card


def _about(shown: DecisionShown) -> Card:
    one = shown.decision
    card = Card(wording.text("About it"), look="inset")
    customers = "" if one.customers is None else terms.number(one.customers)
    card.body.addWidget(
        Facts(
            (wording.text("Why"), one.why),
            (wording.text("Decided"), terms.day(one.decided_on)),
            (wording.text("Role"), one.role),
            (wording.text("Decided by"), shown.decider),
            (wording.text("Scenario"), one.scenario),
            (wording.text("Amount"), amount_words(one.amount, one.unit)),
            (wording.text("Handed up"), wording.text("Yes") if one.escalated else ""),
            (wording.text("Commitment"), shown.goal.title if shown.goal is not None else ""),
            (wording.text("Customers touched"), customers),
            (wording.text("Segment"), shown.segment),
            (wording.text("Cost and effect"), one.effect),
            (wording.text("Exception standard"), one.exception),
            (wording.text("Holds until"), terms.day(one.expires)),
            (wording.text("Source"), " ".join(filter(None, (one.source, one.key)))),
            parent=card,
        )
    )
    return card


def _history(shown: DecisionShown) -> Card:
    """Who recorded it and who changed what; the journal keeps what it said before."""
    card = Card(wording.text("History"), look="inset")
    first = shown.history[-1:] if shown.history else ()
    for step in shown.history[:_SHOWN]:
        who = step.person or wording.text("somebody")
        if step in first:
            source = shown.decision.source
            words = wording.text("{who} imported it from {source}", who=who, source=source)
            words = words if source else wording.text("{who} recorded it", who=who)
        else:
            named = [field_words(name) for name in step.fields if name not in {"recorded_at", "boundary"}]
            words = f"{who}: " + ", ".join(named[:_MANY]) + (" …" if len(named) > _MANY else "")
        card.body.addWidget(Words(words, wrap=True, parent=card))
        card.body.addWidget(Words(terms.moment(step.at), tone="muted", scale="small", parent=card))
    return card
