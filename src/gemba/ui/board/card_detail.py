"""One card beside the board: what it says, its rank, what it waits for, others like it, proof that it is done."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import ActionState
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.board.steer_card import SteerCard, SteerFacts, read_steer
from gemba.ui.pages.detail import Detail
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.board_cards import Card, cards_of
from gemba.work.follow_action import done

TOPICS = frozenset({"action", "finding", "effect_check", "place", "goal"})
_WIDTH = 384


class CardShown(msgspec.Struct, frozen=True):
    """What is shown of a card."""

    card: Card
    steer: SteerFacts


class CardDetail(QFrame):
    """Shut until a card is looked at.

    Args:
        services: of the window.
        parent: the owner.
    """

    listed = Signal(str)
    """The action is to be shown in the list, with all that belongs to it."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board.card")
        self.setProperty("look", "card")
        self.setMinimumWidth(_WIDTH)
        self._services = services
        self.steer: SteerCard | None = None
        self.detail = Detail(
            services,
            read=read_card,
            draw=self._draw,
            name="board.detail",
            nothing=EmptyState("columns-3", wording.text("No card chosen"), wording.text("Choose one on the board.")),
            topics=TOPICS,
            parent=self,
        )
        close = IconButton("x", wording.text("Close"), name="board.card.close", run=self.leave, parent=self)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(close)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 6, 6, 1)
        rows.setSpacing(0)
        rows.addLayout(across)
        rows.addWidget(self.detail, 1)
        self.hide()

    @Slot(str)
    def open(self, uid: str) -> None:
        """Show a card."""
        self.show()
        self.detail.open(uid)

    @Slot()
    def leave(self) -> None:
        """Show none."""
        self.hide()
        self.detail.open("")
        self.left.emit()

    @Slot()
    def mark_done(self) -> None:
        """Keep the proof; without one, ask for it."""
        self._services.jobs.write(
            done, self.detail.uid, self.proof.toPlainText(), done=self._done, failed=self._refused
        )

    @Slot()
    def _to_list(self) -> None:
        self.listed.emit(self.detail.uid)

    def _done(self, _change: object) -> None:
        self._services.messages.info(wording.text("The action is done."))

    def _refused(self, error: GembaError) -> None:
        if error.code == "work.action_without_proof":
            self._proof_field.say_problem(wording.sentence(error))
            self.proof.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._services.messages.trouble(error)

    def _draw(self, shown: CardShown) -> None:
        card, body = shown.card, self.detail.body
        body.addWidget(Words(card.number, tone="muted", scale="small"))
        body.addWidget(Words(card.text, scale="heading", wrap=True))
        badges = Badges()
        badges.say(*_badges(shown))
        body.addWidget(badges)
        body.addWidget(
            Facts(
                (wording.text("Owner"), card.owner),
                (wording.text("Due"), terms.day(card.due)),
                (wording.text("Place"), card.place),
                (wording.text("Goal"), card.goal),
                (wording.text("Age"), wording.plural("{n} day", "{n} days", card.age)),
                (wording.text("Waits for"), card.waits_for),
            )
        )
        self.steer = SteerCard(self._services, shown.steer, name="board.steer")
        body.addWidget(self.steer)
        if shown.steer.action.state is ActionState.OPEN:
            self._put_proof()
        whole = Button(
            wording.text("Show all of it in the list"),
            name="board.card.list",
            icon="list",
            look="quiet",
            run=self._to_list,
        )
        body.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)

    def _put_proof(self) -> None:
        self.proof = QPlainTextEdit()
        self.proof.setObjectName("board.card.proof")
        self.proof.setTabChangesFocus(True)
        self.proof.setFixedHeight(72)
        self._proof_field = Field(wording.text("What &shows that it is done?"), self.proof)
        keep = Button(wording.text("It is done"), name="board.card.done", icon="check", run=self.mark_done)
        self.detail.body.addWidget(self._proof_field)
        self.detail.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)


def read_card(desk: Any, uid: str) -> CardShown | None:
    """What is shown of a card; on a job's thread."""
    steer = read_steer(desk, uid)
    if steer is None:
        return None
    with desk.reader() as reader:
        (card,) = cards_of(reader, [steer.action], desk.clock())
    return CardShown(card, steer)


def _badges(shown: CardShown) -> list[tuple[str, str]]:
    card = shown.card
    found = [(wording.text("Late"), "poor")] if card.is_late else []
    if card.back_since is not None:
        found.append((wording.text("Back since {day}", day=terms.day(card.back_since)), "fair"))
    if card.reopened:
        found.append((wording.plural("Reopened {n} time", "Reopened {n} times", card.reopened), "fair"))
    return [*found, (terms.action_sort(shown.steer.action.sort), "plain")]
