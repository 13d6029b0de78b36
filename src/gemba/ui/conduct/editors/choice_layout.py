"""How choices stand: side by side while each fits on one line, else in even lines, else below one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gemba.ui.conduct.editors.choice_button import Choosing

_GAP = 4
_NARROWEST = 96
_WIDEST = 560
_SCALE = 150
_STEP = 66


class ChoiceGrid(QWidget):
    """A box of choices whose height follows from its width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Not fixed: what was enough when the box was wider, and is remembered, would be the most that it may have.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._buttons: Sequence[Choosing] = ()
        self._wished, self._pack = 0, False

    def stand(self, columns: int, *, pack: bool) -> None:
        """As the form wishes: in so many columns (0 for as many as fit), or packed one after another."""
        self._wished, self._pack = columns, pack

    def hold(self, buttons: Sequence[Choosing]) -> None:
        """The choices, in order."""
        self._buttons = buttons
        self.updateGeometry()
        self._place()

    def columns(self, width: int) -> int:
        """Choices in one line when the box is `width` wide."""
        count = len(self._buttons)
        if not count:
            return 1
        if self._wished and width // self._wished >= _NARROWEST:
            return min(self._wished, count)
        if self._is_scale():
            lines = next((n for n in (1, 2, 3) if width // -(-count // n) >= _STEP), count)
            return -(-count // lines)
        fit = max(1, (width + _GAP) // (self._widest() + _GAP))
        if fit >= count:
            return count
        lines = -(-count // fit)
        return -(-count // lines) if fit > 1 and count > 3 else 1

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It has: choices wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Pixels for all choices at this width."""
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line if it were wide enough."""
        width = len(self._buttons) * (self._widest() + _GAP)
        return QSize(min(width, 640), self.heightForWidth(self.width() or 640))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It can always be as narrow as one column."""
        return QSize(_NARROWEST, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stand elsewhere in another width."""
        super().resizeEvent(event)
        self._place()

    def _is_scale(self) -> bool:
        """Steps with numbers stand in one line, with what stands beside the scale at its end."""
        return any(button.big for button in self._buttons)

    def _widest(self) -> int:
        return max((button.natural_width() for button in self._buttons), default=0) + 6

    def _cell(self, width: int, columns: int) -> int:
        even = (width - _GAP * (columns - 1)) // columns
        if self._is_scale() and columns > 1:
            return min(even, _SCALE)
        if self._wished and columns == min(self._wished, len(self._buttons)):
            return even
        if columns > 1:
            return min(even, max(self._widest(), _NARROWEST))
        return min(even, max(_WIDEST, self._widest()))

    def _places(self, width: int) -> list[QRect]:
        if not self._buttons:
            return []
        if self._pack:
            return self._packed(width)
        columns = self.columns(width)
        cell = self._cell(width, columns)
        places: list[QRect] = []
        top = 0
        for start in range(0, len(self._buttons), columns):
            line = self._buttons[start : start + columns]
            tall = max(button.height_at(cell) for button in line)
            places += [QRect(n * (cell + _GAP), top, cell, tall) for n in range(len(line))]
            top += tall + _GAP
        return places

    def _packed(self, width: int) -> list[QRect]:
        """One after another, each as wide as its words."""
        places: list[QRect] = []
        left = top = line = 0
        for button in self._buttons:
            wide = min(width, max(64, button.natural_width() + 6))
            tall = button.height_at(wide)
            if left and left + wide > width:
                left, top, line = 0, top + line + _GAP, 0
            places.append(QRect(left, top, wide, tall))
            left, line = left + wide + _GAP, max(line, tall)
        return places

    def _place(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for button, place in zip(self._buttons, self._places(self.width()), strict=True):
            if mirrored:
                place.moveRight(self.width() - 1 - place.left())
            button.setGeometry(place)


class CellLine(QWidget):
    """A line of cells of a grid, all of the same width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)

    def hold(self, buttons: Sequence[Choosing]) -> None:
        """The cells, in order."""
        while self._line.takeAt(0) is not None:
            pass
        for button in buttons:
            self._line.addWidget(button, 1)
