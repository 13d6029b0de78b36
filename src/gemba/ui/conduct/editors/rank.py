"""Choices to put in order, the first one first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.keys import digit_of
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.words import Words
from gemba.ui.theme import fonts
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

if TYPE_CHECKING:
    from gemba.forms.views import Choice, View

_CAP = 24


class RankLine(QWidget):
    """One of the things to order. Digits give it a place; Shift with an arrow moves it by one."""

    placed = Signal(str, int)
    """The name of the choice, and the place that it gets, from 0."""
    stepped = Signal(str, int)

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.place, self.ordered, self.locked = choice.name, 0, False, False
        self.words = choice.label or choice.name
        self.setObjectName(f"rank:{choice.name}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._label = Words(self.words, wrap=True, parent=self)
        self._up = IconButton("arrow-up", wording.text("Move {title} up", title=self.words), name="up", parent=self)
        self._down = IconButton(
            "arrow-down", wording.text("Move {title} down", title=self.words), name="down", parent=self
        )
        self._up.clicked.connect(partial(self._move, -1))
        self._down.clicked.connect(partial(self._move, 1))
        for button in (self._up, self._down):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line = line = QHBoxLayout(self)
        line.setSpacing(2)
        for widget, stretch in ((self._label, 1), (self._up, 0), (self._down, 0)):
            line.addWidget(widget, stretch)

    def show_place(self, place: int, count: int, *, ordered: bool, locked: bool) -> None:
        """Where it stands; not `ordered` while nobody has said."""
        self.place, self.ordered, self.locked = place, ordered, locked
        begin_lines(self._label)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._line.setContentsMargins(8 if mirrored else _CAP + 24, 4, _CAP + 24 if mirrored else 8, 4)
        self._up.setVisible(not locked)
        self._down.setVisible(not locked)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(place < count - 1)
        said = wording.text("place {place}", place=place + 1) if ordered else wording.text("not ordered yet")
        self.setAccessibleName(f"{self.words}, {said}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line to aim at."""
        return QSize(240, max(48, super().sizeHint().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Digits and Shift with arrows move it; arrows go to its neighbours."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        digit = digit_of(event)
        if by is not None and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._move(by)
        elif by is not None and not event.modifiers():
            self.stepped.emit(self.name, by)
        elif digit and not self.locked:
            self.placed.emit(self.name, digit - 1)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A card with the place at its beginning."""
        tokens = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.focus if self.hasFocus() else tokens.edge), 2.5 if self.hasFocus() else 1))
        painter.setBrush(QColor(tokens.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), RADIUS, RADIUS)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _CAP - 14 if mirrored else 14
        cap = QRectF(left, (self.height() - _CAP) / 2, _CAP, _CAP)
        painter.setPen(QPen(QColor(tokens.accent if self.ordered else tokens.edge), 1.4))
        painter.setBrush(QColor(tokens.accent_soft if self.ordered else tokens.field))
        painter.drawRoundedRect(cap, 5, 5)
        if self.ordered:
            painter.setPen(QColor(tokens.accent_ink))
            painter.setFont(fonts.font("small", bold=True))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self.place + 1))
        painter.end()

    def _move(self, by: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        if not self.locked:
            self.placed.emit(self.name, self.place + by)


class RankEditor(Editor):
    """A list that a person puts in order; it is no answer until somebody did."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: dict[str, RankLine] = {}
        self._offered: tuple[Choice, ...] = ()
        self._order: list[str] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._as_is = Button(
            wording.text("The order is right as it stands"), name="rank.take", look="quiet", run=self._give, parent=self
        )

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the choices in the order of the answer, or as the form has them."""
        if view.choices != self._offered:
            self._offer(view.choices)
        given = [name for name in view.value.split() if name in self._lines]
        self._order = given + [name for name in self._lines if name not in given]
        for place, name in enumerate(self._order):
            line = self._lines[name]
            self._rows.removeWidget(line)
            self._rows.insertWidget(place, line)
            line.show_place(place, len(self._order), ordered=bool(given), locked=locked)
        self._as_is.setVisible(not given and not locked)

    def stops(self) -> Sequence[QWidget]:
        """The lines, in order."""
        return [*(self._lines[name] for name in self._order), self._as_is]

    def _offer(self, choices: tuple[Choice, ...]) -> None:
        for line in self._lines.values():
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._offered = choices
        self._rows.removeWidget(self._as_is)
        self._lines = {choice.name: RankLine(choice, self) for choice in choices}
        for line in self._lines.values():
            line.placed.connect(self._place)
            line.stepped.connect(self._step)
            self._rows.addWidget(line)
            line.show()
        self._rows.addWidget(self._as_is, 0, Qt.AlignmentFlag.AlignLeading)

    def _place(self, name: str, place: int) -> None:
        order = [each for each in self._order if each != name]
        order.insert(max(0, min(place, len(order))), name)
        self._order = order
        self._give()
        self._lines[name].setFocus()

    def _step(self, name: str, by: int) -> None:
        place = self._order.index(name) + by
        if 0 <= place < len(self._order):
            self._lines[self._order[place]].setFocus()

    def _give(self) -> None:
        self.given.emit(" ".join(self._order))
