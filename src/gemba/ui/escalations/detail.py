"""One escalation: its clock and next step first, then what it is about, its tiers and its history."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.escalation_moves import Move
from gemba.domain.escalations import Escalation, EscalationState
from gemba.ui import terms
from gemba.ui.escalations.move_form import MoveForm
from gemba.ui.escalations.shapes import (
    capital,
    clock_tone,
    severity,
    severity_tone,
    sort,
    state,
    state_tone,
)
from gemba.ui.findings.proof_card import ProofCard
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.escalation_facts import EscalationFacts, LinkFacts, facts_of, standing_words
from gemba.work.escalation_words import move_words, rung_words

_ICONS = {
    Move.ANSWER: "message-square",
    Move.DECIDE: "check",
    Move.STEP: "arrow-up",
    Move.REOPEN: "rotate-ccw",
    Move.SKIP: "arrow-up-right",
    Move.NEXT: "calendar-clock",
    Move.TRIED: "repeat",
    Move.WITHDRAW: "x",
}
"""In the order of the buttons."""
_PAGES = {
    "finding": ("findings", ""),
    "action": ("actions", ""),
    "complaint": ("complaints", ""),
    "decision": ("alignment", "decisions:"),
    "goal": ("alignment", "goals:"),
    "measure": ("insights", ""),
    "signal": ("insights", ""),
    "register_entry": ("registers", ""),
}


class _MoveButton(Button):
    """A button that says which move it is for."""

    asked = Signal(str)

    def __init__(self, move: Move, parent: QWidget) -> None:
        look = "quiet" if move in {Move.SKIP, Move.WITHDRAW, Move.TRIED, Move.NEXT} else ""
        super().__init__(
            move_words(move), name=f"escalation.do.{move.value}", icon=_ICONS[move], look=look, parent=parent
        )
        self._move = move
        self.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self._move.value)


class NowCard(Card):
    """How it stands, and what may be done: the form of a move opens in it.

    Args:
        services: of the window.
        facts: of the escalation.
        parent: the owner.
    """

    opened = Signal(object)
    """The form of a move came to be shown; carries it."""

    def __init__(self, services: Services, facts: EscalationFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("How it stands"), look="inset", parent=parent)
        self._services, self._facts = services, facts
        self.form: MoveForm | None = None
        for words, tone, name in _standing(facts):
            line = Words(words, tone=tone, strong=tone != "muted", wrap=True, parent=self)
            line.setObjectName(f"escalation.{name}")
            self.body.addWidget(line)
        flow = Flow()
        for move in sorted(facts.moves, key=list(_ICONS).index):
            button = _MoveButton(move, self)
            button.asked.connect(self._asked)
            flow.addWidget(button)
        self.body.addLayout(flow)

    def begin(self, move: Move) -> None:
        """Open the form of a move, in place of another one."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = MoveForm(self._services, self._facts, move, self)
        self.body.addWidget(self.form)
        self.form.show()
        self.form.begin()
        self.opened.emit(self.form)

    def go_on_from(self, before: NowCard) -> None:
        """Go on with what was being typed when the same escalation was read again."""
        form = before.form
        typed = form.typed() if form is not None else {}
        if form is None or not typed or before.uid != self.uid or form.doing not in self._facts.moves:
            return
        self.begin(form.doing)
        if self.form is not None:
            self.form.put(typed)

    @property
    def uid(self) -> str:
        """Of the escalation."""
        return self._facts.escalation.uid

    @Slot(str)
    def _asked(self, move: str) -> None:
        self.begin(Move(move))


def read_escalation(desk: Any, uid: str) -> EscalationFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        return facts_of(reader, uid) if reader.get(Escalation, uid) is not None else None


def draw_escalation(services: Services, body: QVBoxLayout, facts: EscalationFacts) -> NowCard:
    """Put an escalation into the detail; gives the card in which it is moved on."""
    one = facts.escalation
    body.addWidget(Words(f"{one.number} · {facts.place}", tone="muted", scale="small"))
    body.addWidget(Words(one.title, scale="heading", wrap=True))
    badges = Badges()
    badges.say(
        (state(one.state), state_tone(one.state)),
        (severity(one.severity), severity_tone(one.severity)),
        (sort(one.sort), "plain"),
    )
    body.addWidget(badges)
    now = NowCard(services, facts)
    body.addWidget(now)
    body.addWidget(_question(facts))
    if one.state is EscalationState.DECIDED:
        body.addWidget(_outcome(facts))
    for link in facts.links:
        if link.noun in _PAGES:
            body.addWidget(_link(services, link))
    body.addWidget(ProofCard(services, ("escalation", one.uid)))
    body.addWidget(_tiers(facts))
    body.addWidget(_history(facts))
    return now


def _standing(facts: EscalationFacts) -> list[tuple[str, str, str]]:
    """The lines at the top: words, tone and object name."""
    one = facts.escalation
    lines = []
    clock = capital(standing_words(facts))
    if clock:
        lines.append((clock, "poor" if facts.has_run_out else clock_tone(facts.clock), "clock"))
    if one.state is EscalationState.OPEN:
        who = wording.text("With {owner}, tier {tier}", owner=one.owner, tier=one.tier)
        lines.append((f"{who}, {one.forum}" if one.forum else who, "", "owner"))
        by = wording.text("by {day}", day=terms.day(one.next_by)) if one.next_by else ""
        step = " · ".join(part for part in (one.next_step, by) if part)
        none = wording.text("No next step is agreed on yet")
        lines.append((wording.text("Next: {step}", step=step) if step else none, "" if step else "muted", "next"))
    lines.append((capital(facts.carried), "muted", "carried"))
    if one.state is EscalationState.OPEN and facts.next_rung is None:
        last = wording.text("This is the last tier: bring it to the next leadership review, or decide it.")
        lines.append((last, "fair", "last"))
    return lines


def _question(facts: EscalationFacts) -> Card:
    one = facts.escalation
    card = Card(wording.text("What is asked"), look="inset")
    said = Facts(
        (wording.text("Decision asked for"), one.asked),
        (wording.text("What was tried"), one.tried),
        (wording.text("For the customer"), one.customer_side),
        (wording.text("Against it"), one.other_side),
        parent=card,
    )
    card.body.addWidget(said)
    return card


def _outcome(facts: EscalationFacts) -> Card:
    one = facts.escalation
    card = Card(wording.text("What was decided"), look="inset")
    words = Words(one.outcome, wrap=True, parent=card)
    words.setObjectName("escalation.outcome")
    card.body.addWidget(words)
    card.body.addWidget(
        Facts(
            (wording.text("By"), one.decided_by),
            (wording.text("On"), terms.moment(one.decided_at)),
            (wording.text("Holds until"), terms.day(one.expires)),
            parent=card,
        )
    )
    return card


def _link(services: Services, link: LinkFacts) -> LinkRow:
    page, before = _PAGES[link.noun]
    titles = {
        "finding": wording.text("Finding"),
        "action": wording.text("Action"),
        "complaint": wording.text("Complaint"),
        "decision": wording.text("Decision"),
        "goal": wording.text("Commitment"),
        "measure": wording.text("Measure"),
        "signal": wording.text("Signal"),
        "register_entry": wording.text("Entry of a register"),
    }
    to = (page, "signals" if link.noun == "signal" else f"{before}{link.uid}")
    name = f"escalation.link.{link.noun}"
    return LinkRow(link.title or titles[link.noun], titles[link.noun], name=name, icon="link", go=services.go, to=to)


def _tiers(facts: EscalationFacts) -> Card:
    card = Card(wording.text("Tiers"), look="inset")
    for rung in facts.rungs:
        here = rung.tier == facts.escalation.tier
        words = Words(rung_words(rung), strong=here, tone="" if here else "muted", wrap=True, parent=card)
        if here:
            words.setText(wording.text("{tier} – here now", tier=rung_words(rung)))
        card.body.addWidget(words)
    if facts.are_shipped:
        note = wording.text("Nobody has set tiers for this place; these are the shipped ones.")
        card.body.addWidget(Words(note, tone="muted", scale="small", wrap=True, parent=card))
    return card


def _history(facts: EscalationFacts) -> Card:
    card = Card(wording.text("History"), look="inset")
    for step in facts.steps:
        line = QWidget(card)
        line.setAccessibleName(f"{step.when}: {step.what}. {step.text}")
        rows = QVBoxLayout(line)
        rows.setContentsMargins(0, 0, 0, 4)
        rows.setSpacing(2)
        rows.addWidget(Words(step.what, strong=True, wrap=True, parent=line))
        if step.text:
            rows.addWidget(Words(step.text, wrap=True, parent=line))
        answer_by = wording.text("answer by {when}", when=step.due) if step.due else ""
        quiet = " · ".join(part for part in (step.when, step.person, answer_by) if part)
        rows.addWidget(Words(quiet, tone="muted", scale="small", wrap=True, parent=line))
        card.body.addWidget(line)
    return card
