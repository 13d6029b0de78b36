"""A heat map drawn natively: hover and arrow keys tell a cell, a click or Enter opens the records behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gemba import wording
from gemba.reports.heat_map import HeatFacts, HeatPlan, heat_drawing
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Point, Shape, Stroke
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.showing import show_behind
from gemba.ui.parts.picture import PicturePainter
from gemba.ui.theme import current, fonts

_PIXELS = 4.5
"""To the millimetre."""
_INSET = 6
_NARROWEST, _NAMES, _NAMES_NARROW = 13.0, 40.0, 26.0
"""Millimetres: of a cell, of the names of rows, and of these where there is little room."""
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_PageUp: (-10, 0),
    Qt.Key.Key_PageDown: (10, 0),
}
Cell = tuple[int, int]
"""Row and column."""


class HeatView(QWidget):
    """One heat map.

    Args:
        name: object name.
        parent: the owner.
    """

    pointed = Signal(int, int)
    """The cell that the pointer or the keyboard is on; -1, -1 for none."""
    opened = Signal(int, int)
    """A cell whose records are asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(wording.text("Heat map: places by goals"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._facts = HeatFacts((), (), "")
        self._plan: HeatPlan | None = None
        self._room = 640
        self._tell: Callable[[int, int], list[str]] = lambda _row, _column: []
        self._behind: Callable[[int, int], Behind | None] = lambda _row, _column: None
        self.at: Cell | None = None

    def show_heat(self, facts: HeatFacts, tell: Callable[[int, int], list[str]]) -> None:
        """Show another one; `tell` gives the words of a cell."""
        self._facts, self._tell, self.at = facts, tell, None
        self.setAccessibleDescription(facts.spoken)
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Lay it out for so many pixels; where the cells need more it becomes wider."""
        self._room = room
        wide = max(60.0, (room - 2 * _INSET) / _PIXELS)
        names = _NAMES if wide > 120 else _NAMES_NARROW
        self._plan = heat_drawing(self._facts, wide, narrowest=_NARROWEST, names=names)
        self.setFixedSize(self.sizeHint())
        self.update()

    def lead_by(self, behind: Callable[[int, int], Behind | None]) -> None:
        """Let cells lead to the records behind them; `behind(row, column)` says which these are."""
        self._behind = behind

    def numbers(self) -> list[Behind]:
        """What its cells lead to."""
        rows, columns = len(self._facts.lines), len(self._facts.heads)
        found = (self._behind(row, column) for row in range(rows) for column in range(columns))
        return [one for one in found if one is not None]

    def open_cell(self, row: int, column: int) -> None:
        """Go to the records behind a cell."""
        found = self._behind(row, column)
        if found is not None:
            show_behind(self, found)
        self.opened.emit(row, column)

    @property
    def plan(self) -> HeatPlan | None:
        """What is drawn, and where."""
        return self._plan

    @property
    def words(self) -> list[str]:
        """What is told of the cell one is on."""
        return self._tell(*self.at) if self.at is not None else []

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as the drawing."""
        if self._plan is None:
            return QSize(200, 80)
        picture = self._plan.picture
        return QSize(round(picture.width * _PIXELS) + 2 * _INSET, round(picture.height * _PIXELS) + 2 * _INSET)

    def box(self, row: int, column: int) -> QRectF:
        """Where a cell is, in pixels."""
        assert self._plan is not None
        left, top, wide, high = self._plan.box(row, column)
        painter = self._painter(self._plan.picture)
        return QRectF(painter.spot(left, top), painter.spot(left + wide, top + high)).normalized()

    def point_to(self, at: Cell | None) -> None:
        """Tell a cell."""
        if at == self.at:
            return
        self.at = at
        if at is not None:
            self.setAccessibleDescription(". ".join(self.words))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.pointed.emit(*(at if at is not None else (-1, -1)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Only what lies in the part that is seen."""
        if self._plan is None:
            return
        painter = QPainter(self)
        first, last = ((edge - _INSET) / _PIXELS for edge in (event.rect().top(), event.rect().bottom()))
        seen = tuple(shape for shape in self._plan.picture.shapes if _reaches(shape, first - 8, last + 8))
        picture = self._plan.picture
        self._painter(PictureFacts(picture.width, picture.height, seen)).paint(painter)
        if self.at is not None and self._facts.lines:
            self._paint_cell(painter)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it in the colours of another look."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the cell under the pointer."""
        self.point_to(self._under(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the records behind the cell."""
        at = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self.point_to(at)
            self.open_cell(*at)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows walk the cells, Enter opens what is behind one."""
        key = Qt.Key(event.key())
        rows, columns = len(self._facts.lines), len(self._facts.heads)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.at is not None:
            self.open_cell(*self.at)
        elif key in _MOVES and rows and columns:
            down, across = _MOVES[key]
            row, column = self.at or (0, 0)
            if self.at is not None:
                row, column = min(max(row + down, 0), rows - 1), min(max(column + across, 0), columns - 1)
            self.point_to((row, column))
        else:
            super().keyPressEvent(event)

    def _under(self, place: QPointF) -> Cell | None:
        if self._plan is None or not self._facts.lines:
            return None
        return self._plan.cell_at(*self._painter(self._plan.picture).place(place))

    def _painter(self, picture: PictureFacts) -> PicturePainter:
        room = QRectF(_INSET, _INSET, picture.width * _PIXELS, picture.height * _PIXELS)
        return PicturePainter(picture, room)

    def _paint_cell(self, painter: QPainter) -> None:
        """A ring around the cell, and a card with what is told of it."""
        assert self.at is not None
        look, box = current.look(), self.box(*self.at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.focus if self.hasFocus() else look.ink), 2))
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3)
        painter.setFont(fonts.font("small"))
        wrapped = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading)
        words = "\n".join(self.words)
        room = QRectF(0, 0, max(160.0, min(340.0, self.width() * 0.6)), 1000)
        card = QFontMetricsF(painter.font()).boundingRect(room, wrapped, words).adjusted(-10, -7, 12, 7)
        left = box.right() + 8 if box.right() + 8 + card.width() < self.width() else box.left() - 8 - card.width()
        top = min(box.top(), self.height() - card.height() - 4)
        card.moveTopLeft(QPointF(max(4.0, left), max(4.0, top)))
        painter.setPen(QPen(QColor(look.edge), 1))
        painter.setBrush(QColor(look.raised))
        painter.drawRoundedRect(card, 6, 6)
        painter.setPen(QColor(look.ink))
        painter.drawText(card.adjusted(10, 7, -8, -7), wrapped, words)


def _reaches(shape: Drawn, first: float, last: float) -> bool:
    """Whether a shape lies between two heights."""
    if isinstance(shape, Stroke | Shape):
        return any(first <= y <= last for _, y in shape.points)
    if isinstance(shape, Area):
        return shape.y <= last and shape.y + shape.height >= first
    assert isinstance(shape, Label | Point)
    return first <= shape.y <= last


def heat_area(view: HeatView, *, name: str, parent: QWidget) -> QScrollArea:
    """Room that scrolls when a heat map is larger than it; the keyboard goes to the map itself.

    Args:
        view: the heat map.
        name: object name.
        parent: the owner.
    """
    area = QScrollArea(parent)
    area.setObjectName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setProperty("look", "scrolled")
    inside = QVBoxLayout(inner)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(view, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    return area
