"""One swim lane: its title, and its columns side by side."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.board.lane_column import LaneColumn
from gemba.ui.board.lane_view import LaneView
from gemba.ui.parts.words import Words
from gemba.work.board_cards import LANES, Band

HEIGHT = 330
"""Pixels of a swim lane among others: a card or two, and the rest by scrolling."""


class BandRow(QWidget):
    """The columns of a swim lane.

    Args:
        key: of the swim lane; empty where there is one only.
        parent: the owner.
    """

    wanted = Signal(str, str, str)
    moved = Signal(object, str)
    """Uids, and the code of the column that they go to."""
    opened = Signal(str)
    asked = Signal(QPoint)
    picked = Signal(object)
    """The view in which cards were chosen."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.columns = {code: LaneColumn(code, key, self) for code in LANES}
        across = QHBoxLayout()
        across.setSpacing(10)
        for column in self.columns.values():
            across.addWidget(column, 1)
            column.wanted.connect(self.wanted)
            self._listen(column)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.title)
        rows.addLayout(across, 1)
        if key:
            self.setMinimumHeight(HEIGHT)

    def put(self, band: Band) -> None:
        """Show what was read."""
        self.title.setText(band.title)
        self.title.setVisible(bool(band.title))
        for shown in band.columns:
            self.columns[shown.code].put(shown)

    def views(self) -> list[LaneView]:
        """The lists of cards, in order."""
        return [column.view for column in self.columns.values()]

    def _listen(self, column: LaneColumn) -> None:
        view = column.view
        view.stepped.connect(self._step)
        view.moving.connect(self._carry)
        view.dropped.connect(self._drop)
        view.opened.connect(self.opened)
        view.asked.connect(self.asked)
        view.chosen.connect(self._tell_picked)

    @Slot(int)
    def _step(self, side: int) -> None:
        """To the next column that has cards."""
        codes = list(LANES)
        place = codes.index(self._code_of(self.sender())) + side
        while 0 <= place < len(codes):
            view = self.columns[codes[place]].view
            if view.cards.cards:
                view.setFocus()
                if not view.currentIndex().isValid() or not view.picked():
                    view.setCurrentIndex(view.cards.index(0))
                return
            place += side

    @Slot(int)
    def _carry(self, side: int) -> None:
        """The chosen cards to the column beside."""
        code = self._code_of(self.sender())
        place = list(LANES).index(code) + side
        cards = self.columns[code].view.picked()
        if cards and 0 <= place < len(LANES):
            self.moved.emit([card.uid for card in cards], LANES[place])

    @Slot(object)
    def _drop(self, uids: list[str]) -> None:
        self.moved.emit(uids, self._code_of(self.sender()))

    @Slot()
    def _tell_picked(self) -> None:
        self.picked.emit(self.sender())

    def _code_of(self, view: object) -> str:
        return next(code for code, column in self.columns.items() if column.view is view)
