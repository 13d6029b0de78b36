"""White paper for a signature or a sketch, written on with mouse, finger or pen."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba import wording
from gemba.ui.theme.current import look

PAPER = QSize(1200, 400)
"""Pixels of a signature; a sketch is as wide and twice as high."""
INK = "#12263A"
_LINE = 5.0
"""Pixels of a line written with the usual pressure."""

Touch = tuple[float, float, float]
"""A point of the paper in pixels, and the pressure (1 is the usual one)."""


class PenSheet(QWidget):
    """Paper with lines on it. It stays white in the dark look: it is printed.

    Args:
        parent: the owner.
        paper: its size in pixels.
        ground: a picture below the lines, for a sketch over one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, paper: QSize = PAPER, ground: QImage | None = None) -> None:
        super().__init__(parent)
        self._paper, self._ground = paper, ground
        self._lines: list[list[Touch]] = []
        self._taken_back: list[list[Touch]] = []
        self._words = ""
        self._writing = False
        self.setObjectName("pen.sheet")
        self.setAccessibleName(wording.text("Paper to write on"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def empty(self) -> bool:
        """True while nothing stands on it."""
        return not self._lines and not self._words

    @property
    def can_undo(self) -> bool:
        """True when there is a line to take back."""
        return bool(self._lines)

    @property
    def can_redo(self) -> bool:
        """True when a line was taken back."""
        return bool(self._taken_back)

    def write(self, words: str) -> None:
        """Let typed words stand in place of a signature by hand."""
        self._words = words.strip()
        self._tell()

    def undo(self) -> None:
        """Take the last line back."""
        if self._lines:
            self._taken_back.append(self._lines.pop())
            self._tell()

    def redo(self) -> None:
        """Draw the line again that was taken back."""
        if self._taken_back:
            self._lines.append(self._taken_back.pop())
            self._tell()

    def wipe(self) -> None:
        """Empty paper."""
        self._taken_back.extend(reversed(self._lines))
        self._lines.clear()
        self._tell()

    def picture(self) -> QImage:
        """What stands on the paper."""
        size = self._ground.size() if self._ground is not None else self._paper
        made = QImage(size, QImage.Format.Format_RGB32)
        made.fill(QColor("#FFFFFF"))
        painter = QPainter(made)
        self._draw(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        return made

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Half of the paper's pixels."""
        size = self._ground.size() if self._ground is not None else self._paper
        return size.scaled(QSize(760, 520), Qt.AspectRatioMode.KeepAspectRatio)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still wide enough for a name."""
        return QSize(240, 120)

    def event(self, event: QEvent) -> bool:
        """A pen tells its pressure; a finger comes as the mouse's presses."""
        if isinstance(event, QTabletEvent):
            return self._take_pen(event)
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), 1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with it."""
        self._go_on(event.position(), 1.0)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End it."""
        self._end()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The paper with its edge."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        painter.fillRect(sheet, QColor("#FFFFFF"))
        painter.setClipRect(sheet)
        self._draw(painter, sheet)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look().edge), 1))
        painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _take_pen(self, event: QTabletEvent) -> bool:
        pressure = 0.4 + 1.2 * event.pressure()
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position(), pressure)
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()
        return True

    def _size(self) -> QSize:
        return self._ground.size() if self._ground is not None else self._paper

    def _sheet(self) -> QRectF:
        """Where the paper lies on the widget."""
        size = self._size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _spot(self, at: QPointF, pressure: float) -> Touch:
        sheet, size = self._sheet(), self._size()
        x = (at.x() - sheet.left()) / sheet.width() * size.width()
        y = (at.y() - sheet.top()) / sheet.height() * size.height()
        return min(max(x, 0.0), size.width()), min(max(y, 0.0), size.height()), pressure

    def _begin(self, at: QPointF, pressure: float) -> None:
        self._taken_back.clear()
        self._words, self._writing = "", True
        self._lines.append([self._spot(at, pressure)])
        self._tell()

    def _go_on(self, at: QPointF, pressure: float) -> None:
        if self._writing:
            self._lines[-1].append(self._spot(at, pressure))
            self.update()

    def _end(self) -> None:
        self._writing = False
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        self.update()

    def _draw(self, painter: QPainter, sheet: QRectF) -> None:
        size = self._size()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(sheet.topLeft())
        painter.scale(sheet.width() / size.width(), sheet.height() / size.height())
        if self._ground is not None:
            painter.drawImage(0, 0, self._ground)
        if self._words:
            _draw_name(painter, self._words, size)
        for line in self._lines:
            _draw_line(painter, line, max(size.width(), size.height()) / 1200)
        painter.restore()


def _draw_line(painter: QPainter, line: list[Touch], scale: float) -> None:
    pen = QPen(QColor(INK), _LINE * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if len(line) == 1:
        pen.setWidthF(_LINE * scale * 1.4)
        painter.setPen(pen)
        painter.drawPoint(QPointF(line[0][0], line[0][1]))
    for (x0, y0, _), (x1, y1, pressure) in pairwise(line):
        pen.setWidthF(_LINE * scale * pressure)
        painter.setPen(pen)
        painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))


def _draw_name(painter: QPainter, words: str, size: QSize) -> None:
    """A typed name in italics, and below it that it was typed."""
    font = QFont(["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "DejaVu Sans"])
    font.setItalic(True)
    font.setPixelSize(size.height() // 3)
    wide = QFontMetricsF(font).horizontalAdvance(words)
    room = size.width() * 0.9
    if wide > room:
        font.setPixelSize(max(12, int(font.pixelSize() * room / wide)))
    painter.setPen(QColor(INK))
    painter.setFont(font)
    painter.drawText(QRectF(0, 0, size.width(), size.height() * 0.78), Qt.AlignmentFlag.AlignCenter, words)
    font.setPixelSize(max(14, size.height() // 14))
    font.setItalic(False)
    painter.setFont(font)
    painter.setPen(QColor("#5A6B75"))
    below = QRectF(0, size.height() * 0.78, size.width(), size.height() * 0.18)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, wording.text("Typed, not signed by hand"))
