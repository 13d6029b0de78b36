"""What can be done with the cards that are chosen: by buttons, for whoever uses no menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from gemba import wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.theme.tokens import TARGET
from gemba.work.board_cards import DONE, LANES, Card, column_title


class PickedBar(QFrame):
    """Shown while cards are chosen.

    Args:
        parent: the owner.
    """

    wanted = Signal(str)
    """Code of what was pressed: a column, `give`, `rest`, `wake`, `merge` or `open`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("board.picked")
        self.count = Words("", strong=True, parent=self)
        self.count.setMinimumHeight(TARGET)
        self.buttons: dict[str, Button] = {}
        flow = Flow(self)
        flow.addWidget(self.count)
        for code, words, icon in (
            *((code, column_title(code) if code != DONE else wording.text("Done …"), "") for code in LANES),
            ("give", wording.text("Give to …"), "user"),
            ("rest", wording.text("Let rest …"), "bell-off"),
            ("wake", wording.text("Wake"), "bell-ring"),
            ("merge", wording.text("Merge …"), "merge"),
            ("open", wording.text("Look at it"), "eye"),
        ):
            button = Button(words, name=f"board.picked.{code}", icon=icon, parent=self)
            button.clicked.connect(partial(self._press, code))
            self.buttons[code] = button
            flow.addWidget(button)
        self.hide()

    def say(self, cards: Sequence[Card]) -> None:
        """Offer what can be done with these."""
        lanes = {card.lane for card in cards}
        is_open = bool(cards) and DONE not in lanes
        self.setVisible(bool(cards))
        self.count.setText(_count(len(cards), is_open=is_open))
        for code in LANES:
            self.buttons[code].setVisible(is_open and lanes != {code} and (code != DONE or len(cards) == 1))
        for code in ("give", "rest"):
            self.buttons[code].setVisible(is_open)
        self.buttons["wake"].setVisible(is_open and any(card.rests_until for card in cards))
        self.buttons["merge"].setVisible(is_open and len(cards) > 1)
        self.buttons["open"].setVisible(len(cards) == 1)

    def _press(self, code: str) -> None:
        self.wanted.emit(code)


def _count(count: int, *, is_open: bool) -> str:
    """How many are chosen; what is open may be moved."""
    if is_open:
        return wording.plural("{n} chosen, move to:", "{n} chosen, move to:", count)
    return wording.plural("{n} chosen", "{n} chosen", count)
