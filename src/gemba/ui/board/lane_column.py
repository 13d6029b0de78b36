"""One column of the board: its name, how many it holds and may hold, its cards, and the way to more of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.board.lane_view import LaneView
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words
from gemba.work.board_cards import DONE, Card, Cards, column_title

LEAST = 208
"""Pixels; narrower columns tell nothing."""


class LaneColumn(QFrame):
    """A column.

    Args:
        code: `todo`, `doing`, `waiting` or `done`.
        band: key of the swim lane; empty where there is one only.
        parent: the owner.
    """

    wanted = Signal(str, str, str)
    """More cards are wanted: band, code, uid of the last that is known."""

    def __init__(self, code: str, band: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code, self.band = code, band
        name = f"board.{code}" + (f".{band}" if band else "")
        self.setProperty("look", "inset")
        self.setObjectName(f"{name}.column")
        self.setMinimumWidth(LEAST)
        title = column_title(code)
        self.title = Words(title, strong=True, parent=self)
        self.over = Picture("circle-alert", role="poor", size=16, parent=self)
        self.over.hide()
        self.count = Badge("", "plain", self)
        self.count.setObjectName(f"{name}.count")
        self.view = LaneView(name=name, title=title, takes=code != DONE, parent=self)
        self.nothing = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.more = Button(
            wording.text("Show more"),
            name=f"{name}.more",
            icon="chevron-down",
            look="quiet",
            run=self._want_more,
            parent=self,
        )
        self._shown: Cards | None = None
        self._lay_out()

    def put(self, shown: Cards) -> None:
        """Show the first page."""
        self._shown = shown
        chosen = {card.uid for card in self.view.picked()}
        self.view.cards.put(shown.cards)
        for uid in chosen:
            row = self.view.cards.row_of(uid)
            if row >= 0:
                self.view.setCurrentIndex(self.view.cards.index(row))
        self._say_count(shown)
        self._say_rest()

    def append(self, cards: tuple[Card, ...]) -> None:
        """Show the next page."""
        self.view.cards.append(cards)
        self._say_rest()

    def _say_count(self, shown: Cards) -> None:
        number = terms.number(shown.count)
        if shown.limit is None:
            self.count.say(number, "plain")
            self.count.setToolTip("")
        elif shown.is_over:
            self.count.say(wording.text("{n} of {limit}", n=number, limit=shown.limit), "poor")
            self.count.setToolTip(wording.text("More than the limit: nothing comes in until something leaves."))
        else:
            tone = "fair" if shown.count == shown.limit else "plain"
            self.count.say(wording.text("{n} of {limit}", n=number, limit=shown.limit), tone)
            self.count.setToolTip("")
        self.over.setVisible(shown.is_over)
        over = f", {wording.text('more than the limit')}" if shown.is_over else ""
        for part in (self.count, self.view):
            part.setAccessibleName(f"{shown.title}: {self.count.text()}{over}")

    def _say_rest(self) -> None:
        known = len(self.view.cards.cards)
        count = self._shown.count if self._shown is not None else 0
        self.more.setVisible(known < count)
        self.nothing.setVisible(not known)
        self.view.setVisible(True)
        self.nothing.setText(_nothing(self.code))

    @Slot()
    def _want_more(self) -> None:
        cards = self.view.cards.cards
        if cards:
            self.wanted.emit(self.band, self.code, cards[-1].uid)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.over)
        head.addWidget(self.count)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(6, 10, 6, 6)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(self.nothing)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.more)


def _nothing(code: str) -> str:
    """What stands in an empty column."""
    return {
        "todo": wording.text("Nothing waits to be begun."),
        "doing": wording.text("Nothing is being done. Drag a card here."),
        "waiting": wording.text("Nothing waits for somebody else."),
    }.get(code, wording.text("Nothing was done in two weeks."))
