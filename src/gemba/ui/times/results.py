"""What a study tells: figures, the one path, and every time as a point."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figures import Figures
from gemba.ui.parts.picture import PictureView
from gemba.ui.parts.words import Words
from gemba.work.time_facts import StudyFacts
from gemba.work.time_sheet import dots_of, figures_of, path_of

_PIXELS = 3.78
_NARROW = 900
_LEAST, _MOST, _STEP = 86.0, 200.0, 6.0
"""Millimetres for which drawings are made, and by how much the room must change before they are made anew."""


class Results(QWidget):
    """Two drawings, beside each other where there is room; figures and what is not sure yet stand in `top`.

    Args:
        parent: the owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: StudyFacts | None = None
        self._width = 0.0
        self.figures: Figures | None = None
        self.told = Words("", tone="fair", wrap=True, parent=self)
        self.told.setObjectName("times.told")
        self.path = PictureView("times.path", wording.text("The one path by what it is for the customer"), self)
        self.dots = PictureView("times.dots", wording.text("Every time of every element"), self)
        self._path_card = Card(wording.text("The one path"), parent=self)
        self._path_card.body.addWidget(self.path)
        self._dots_card = Card(wording.text("Times"), parent=self)
        legend = wording.text("Point: a time. Upright line: the median. Cross: a time that does not count.")
        self._dots_card.body.addWidget(self.dots)
        self._dots_card.body.addWidget(Words(legend, tone="muted", scale="small", wrap=True, parent=self))
        for card in (self._path_card, self._dots_card):
            card.body.addStretch(1)
        self.top = QWidget(self)
        self._top_rows = QVBoxLayout(self.top)
        self._top_rows.setContentsMargins(0, 0, 0, 0)
        self._top_rows.addWidget(self.told)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        self._both.addWidget(self._path_card, 1)
        self._both.addWidget(self._dots_card, 1)

    def show_facts(self, facts: StudyFacts) -> None:
        """Show what a study tells."""
        self._facts = facts
        if self.figures is None:
            self.figures = Figures("times.figures", *((code, word) for code, _, word in figures_of(facts)), parent=self)
            self._top_rows.insertWidget(0, self.figures)
        for code, figure, _ in figures_of(facts):
            self.figures.say(code, figure, self._tone(code, facts))
        self.told.setText("\n".join(facts.remarks))
        self.told.setVisible(bool(facts.remarks))
        self._path_card.setVisible(facts.path > 0)
        self._dots_card.setVisible(bool(facts.elements))
        self._draw(anew=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Drawn anew for another width, so that words keep their size."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if self._narrow else ways.LeftToRight)
        self._draw()

    @property
    def _narrow(self) -> bool:
        return self.width() < _NARROW

    def _draw(self, *, anew: bool = False) -> None:
        margins = self._dots_card.body.contentsMargins()
        wide = self.width() if self._narrow else (self.width() - 16) / 2
        room = (wide - margins.left() - margins.right()) / _PIXELS
        width = min(_MOST, max(_LEAST, room))
        if self._facts is None or not (anew or abs(width - self._width) >= _STEP):
            return
        self._width = width
        self.dots.show_picture(dots_of(self._facts, width))
        self.path.show_picture(path_of(self._facts, width))

    @staticmethod
    def _tone(code: str, facts: StudyFacts) -> str:
        if code == "missing":
            return "good" if facts.missing == 0 else ""
        over = facts.takt is not None and facts.work > facts.takt
        return "poor" if code == "work" and over else ""
