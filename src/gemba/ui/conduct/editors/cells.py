"""A line of a rated matrix: a cell for each choice, under heads that all lines share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gemba.ui.conduct.editors.choice_button import AnyChoice, Choosing, OneChoice
from gemba.ui.conduct.editors.choice_layout import CellLine
from gemba.ui.conduct.editors.choices import ChoicesEditor
from gemba.ui.theme import icons
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import SMALL_RADIUS, tone

TALL = 44
_MARK = 22


class OneCell(OneChoice):
    """A cell of which one in the line counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as a finger; the line gives the width."""
        return QSize(40, TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it from the tokens."""
        _draw(self, self.tone, locked=self.locked, round_=True)


class AnyCell(AnyChoice):
    """A cell of which several in the line may count."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as a finger; the line gives the width."""
        return QSize(40, TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it from the tokens."""
        _draw(self, self.tone, locked=self.locked, round_=False)


class CellsEditor(ChoicesEditor):
    """The cells of one item of a grid; digits choose, arrows move."""

    def __init__(self, parent: QWidget, *, several: bool) -> None:
        super().__init__(parent, several=several)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def column(self) -> int:
        """The cell with the keyboard; -1 when none has it."""
        return next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1)

    def take_column(self, place: int) -> None:
        """Put the keyboard into a cell."""
        if 0 <= place < len(self._buttons):
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _box(self) -> CellLine:
        return CellLine(self)

    def _target(self) -> Choosing:
        return AnyCell(self._grid) if self._several else OneCell(self._grid)


def _draw(cell: QAbstractButton, sort: str, *, locked: bool, round_: bool) -> None:
    tokens = look()
    strong, soft = tone(tokens, sort)
    chosen, over = cell.isChecked(), cell.underMouse() and not locked
    painter = QPainter(cell)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chosen or over:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft if chosen else tokens.raised))
        painter.drawRoundedRect(QRectF(cell.rect()).adjusted(2, 2, -2, -2), SMALL_RADIUS, SMALL_RADIUS)
    box = QRectF((cell.width() - _MARK) / 2, (cell.height() - _MARK) / 2, _MARK, _MARK)
    muted = tokens.faint if sort == "plain" else tokens.edge
    painter.setPen(QPen(QColor(strong if chosen else tokens.line if locked else muted), 2 if chosen else 1.4))
    painter.setBrush(QColor(tokens.card if not chosen else soft))
    radius = _MARK / 2 if round_ else 5
    painter.drawRoundedRect(box, radius, radius)
    if chosen:
        role = sort if sort in {"good", "fair", "poor", "note"} else "ink" if sort == "plain" else "accent_ink"
        inner = box.adjusted(3, 3, -3, -3).toRect()
        painter.drawPixmap(inner.topLeft(), icons.pixmap("check", role, inner.width()))
    if cell.hasFocus():
        painter.setPen(QPen(QColor(tokens.focus), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(cell.rect()).adjusted(2, 2, -2, -2), SMALL_RADIUS, SMALL_RADIUS)
    painter.end()
