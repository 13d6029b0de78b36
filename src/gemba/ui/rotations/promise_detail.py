"""One promise: what they said, what was promised, what became of it, and the forms of its end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.rotations import CommitmentState
from gemba.ui import terms
from gemba.ui.findings.proof_card import ProofCard
from gemba.ui.pages.detail import Detail
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.rotations.promise_forms import end_form
from gemba.ui.rotations.shapes import promise_state, promise_tone
from gemba.ui.services import Services
from gemba.work.ledger import CommitmentFacts


class PromiseCard(Card):
    """What may be done with a promise.

    Args:
        services: of the window.
        facts: of the promise.
        detail: in which it stands.
        parent: the owner.
    """

    def __init__(
        self, services: Services, facts: CommitmentFacts, detail: Detail, parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("What became of it"), look="inset", parent=parent)
        self._services, self._facts, self._detail = services, facts, detail
        self.form: AskForm | None = None
        one = facts.commitment
        if one.outcome:
            self.body.addWidget(Words(one.outcome, wrap=True, parent=self))
        if facts.proposed:
            words = wording.text("Its action is done: {proof} Is the promise kept?", proof=facts.proposed)
            self.body.addWidget(Words(words, tone="note", wrap=True, parent=self))
        flow = Flow()
        for end, title, icon in (
            ("keep", wording.text("It is kept"), "check"),
            ("break", wording.text("It is not kept"), "x"),
            ("withdraw", wording.text("Withdraw it"), "rotate-ccw"),
        ):
            if one.state is CommitmentState.OPEN or (one.state is CommitmentState.BROKEN and end == "keep"):
                look = "" if end == "keep" else "quiet"
                run = partial(self.begin, end)
                flow.addWidget(Button(title, name=f"promise.{end}", icon=icon, look=look, run=run, parent=self))
        self.body.addLayout(flow)

    def begin(self, end: str) -> None:
        """Open the form of an end, in place of another one."""
        self.leave()
        self.form = end_form(self._services, self._facts.commitment.uid, end, self._facts.proposed, self)
        self.form.left.connect(self.leave)
        self.body.addWidget(self.form)
        self.form.begin()
        QTimer.singleShot(0, self.form, partial(self._detail.bring_into_view, self.form))

    def leave(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None


def draw_promise(services: Services, detail: Detail, facts: CommitmentFacts) -> PromiseCard:
    """Put a promise into the detail; gives the card in which it ends."""
    one, body = facts.commitment, detail.body
    body.addWidget(Words(f"{one.number} · {facts.place}", tone="muted", scale="small"))
    body.addWidget(Words(one.text, scale="heading", wrap=True))
    badges = Badges()
    badges.say((promise_state(facts.state), promise_tone(facts.state)))
    body.addWidget(badges)
    card = PromiseCard(services, facts, detail)
    body.addWidget(card)
    if one.state is not CommitmentState.WITHDRAWN:
        body.addWidget(ProofCard(services, ("commitment", one.uid)))
    body.addWidget(
        Facts(
            (wording.text("They said"), one.said),
            (wording.text("Promised to"), one.to),
            (wording.text("By"), one.role),
            (wording.text("Made on"), terms.day(one.made_on)),
            (wording.text("Until"), terms.day(one.due)),
            (wording.text("Kept on"), terms.day(one.kept_on)),
            (wording.text("Written down by"), facts.made_by),
        )
    )
    if one.rotation:
        to = ("rotations", f"plan:{one.rotation}")
        title = wording.text("Rotation {number}", number=facts.rotation)
        body.addWidget(LinkRow(title, "", name="promise.rotation", icon="repeat", go=services.go, to=to))
    if facts.action is not None:
        to = ("actions", facts.action.uid)
        number = facts.action.number
        body.addWidget(LinkRow(facts.action.text, number, name="promise.action", icon="link", go=services.go, to=to))
    return card
