"""Paints a drawing of plain shapes in the window, in the colours of the look that is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.reports.picture_facts import CORNERS, Area, Drawn, Label, PictureFacts, Point, Shape, Stroke
from gemba.ui.theme import current, fonts

_LONG, _PIECE = 24, 4
"""Points of a line that is drawn in pieces, and of each piece."""
_PIXELS = 3.78
"""To the millimetre, at the size at which a drawing is made."""


class PicturePainter:
    """Draws a drawing into a rectangle.

    Args:
        facts: the drawing.
        room: where; the drawing keeps its shape and stands at the beginning of it.
    """

    def __init__(self, facts: PictureFacts, room: QRectF) -> None:
        self._facts = facts
        self._room = room
        self.scale = (
            min(room.width() / facts.width, room.height() / facts.height) if facts.width and facts.height else 1.0
        )
        mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._turned = mirrored and facts.mirrored

    def spot(self, x: float, y: float) -> QPointF:
        """Where a place of the drawing is, in pixels."""
        across = self._facts.width - x if self._turned else x
        return QPointF(self._room.left() + across * self.scale, self._room.top() + y * self.scale)

    def place(self, spot: QPointF) -> tuple[float, float]:
        """The place of the drawing under a pixel."""
        across = (spot.x() - self._room.left()) / self.scale
        down = (spot.y() - self._room.top()) / self.scale
        return (self._facts.width - across if self._turned else across), down

    def paint(self, painter: QPainter) -> None:
        """Draw all of it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._facts.shapes:
            self._draw(painter, shape)

    def _draw(self, painter: QPainter, shape: Drawn) -> None:
        if isinstance(shape, Stroke):
            self._stroke(painter, shape)
        elif isinstance(shape, Area):
            painter.setPen(QPen(colour(shape.edge), 1.0) if shape.edge else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(colour(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
            begin, end = self.spot(shape.x, shape.y), self.spot(shape.x + shape.width, shape.y + shape.height)
            painter.drawRect(QRectF(begin, end).normalized())
        elif isinstance(shape, Shape):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(shape.fill))
            painter.drawPolygon(QPolygonF([self.spot(*point) for point in shape.points]))
        elif isinstance(shape, Point):
            draw_mark(painter, shape.mark, self.spot(shape.x, shape.y), shape.size * self.scale, colour(shape.colour))
        else:
            self._write(painter, shape)

    def _stroke(self, painter: QPainter, shape: Stroke) -> None:
        """A line; a long one in short pieces, as Qt takes twenty times as long for it in one go."""
        long = len(shape.points) > _LONG
        pen = QPen(colour(shape.colour), 1.0 if long and shape.dashed else max(1.0, shape.thick * self.scale))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setStyle(Qt.PenStyle.DashLine if shape.dashed else Qt.PenStyle.SolidLine)
        if long and not shape.dashed:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [self.spot(*point) for point in shape.points]
        step = _PIECE if long and not shape.dashed else max(1, len(points))
        for start in range(0, max(1, len(points) - 1), step):
            painter.drawPolyline(QPolygonF(points[start : start + step + 1]))

    def _write(self, painter: QPainter, label: Label) -> None:
        font = QFont(fonts.font("body", bold=label.bold))
        font.setPixelSize(max(7, round(label.size / 72 * 25.4 * self.scale)))
        metrics = QFontMetricsF(font)
        room = label.width * self.scale
        words = metrics.elidedText(label.words, Qt.TextElideMode.ElideRight, room) if room else label.words
        align = {"start": "end", "end": "start"}.get(label.align, "centre") if self._turned else label.align
        wide, at = metrics.horizontalAdvance(words), self.spot(label.x, label.y)
        at.setX(at.x() - {"start": 0.0, "centre": 0.5, "end": 1.0}[align] * wide)
        painter.setFont(font)
        painter.setPen(colour(label.colour))
        painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), words)


class PictureView(QWidget):
    """A drawing as wide as there is room, never larger than it is made.

    Args:
        name: object name.
        title: what it is, for those who do not see it; its sentence follows.
        parent: the owner.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = title
        self._facts: PictureFacts | None = None
        self.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    @property
    def facts(self) -> PictureFacts | None:
        """The drawing."""
        return self._facts

    def show_picture(self, facts: PictureFacts) -> None:
        """Show another drawing."""
        self._facts = facts
        self.setAccessibleDescription(facts.spoken)
        self._fit()
        self.update()

    def painter_of(self) -> PicturePainter | None:
        """What draws it now, and knows what is where."""
        return None if self._facts is None else PicturePainter(self._facts, QRectF(self.rect()))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as the drawing is made."""
        if self._facts is None:
            return QSize(100, 40)
        return QSize(round(self._facts.width * _PIXELS), round(self._facts.height * _PIXELS))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may become narrow."""
        return QSize(160, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As high as its width asks for."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        del event
        drawing = self.painter_of()
        if drawing is not None:
            painter = QPainter(self)
            drawing.paint(painter)
            painter.end()

    def _fit(self) -> None:
        if self._facts is not None and self._facts.width:
            wide = min(self.width(), self.sizeHint().width())
            self.setFixedHeight(max(40, round(wide * self._facts.height / self._facts.width)))


def colour(role: str) -> QColor:
    """The colour of a role in the look that is shown; `#RRGGBB` as it is."""
    return QColor(role if role.startswith("#") else getattr(current.look(), role))


def draw_mark(painter: QPainter, mark: str, at: QPointF, size: float, ink: QColor) -> None:
    """A point, told apart by its shape."""
    half = size / 2
    corners = CORNERS.get(mark)
    painter.setPen(QPen(ink, max(1.0, half / 2.5)))
    painter.setBrush(ink if mark in ("dot", "square", "diamond", "triangle") else Qt.BrushStyle.NoBrush)
    if corners is not None:
        painter.drawPolygon(QPolygonF([QPointF(at.x() + dx * half, at.y() + dy * half) for dx, dy in corners]))
    elif mark == "cross":
        for across in (1, -1):
            painter.drawLine(
                QPointF(at.x() - half, at.y() - half * across), QPointF(at.x() + half, at.y() + half * across)
            )
    else:
        painter.drawEllipse(at, half, half)
