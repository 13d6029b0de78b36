"""The curve of what is still open, drawn natively: hover and arrow keys tell each day."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.reports.waiting_curves import CurvePlot, WaitingCurve, draw_curve, spoken
from gemba.ui.parts.picture import PicturePainter
from gemba.ui.theme import current

_PIXELS = 3.78
"""To the millimetre."""
_TYPE = 9.2
_HEIGHT = 260


class CurveView(QWidget):
    """One curve.

    Args:
        name: object name.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self._curve = WaitingCurve("", (), 0, 0)
        self._plot: CurvePlot | None = None
        self.day: float | None = None
        """The day that is told."""

    @property
    def curve(self) -> WaitingCurve:
        """What is shown."""
        return self._curve

    def show_curve(self, curve: WaitingCurve) -> None:
        """Show another curve."""
        self._curve, self._plot, self.day = curve, None, None
        self.setAccessibleName(curve.title)
        self.setAccessibleDescription(spoken(curve))
        self.update()

    def point_to(self, day: float | None) -> None:
        """Tell a day."""
        self.day = day
        words = spoken(self._curve) if day is None else self._curve.told(day)
        self.setToolTip("" if day is None else words)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide."""
        return QSize(640, _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may become narrow."""
        return QSize(220, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the curve, and the day that is told."""
        plot = self._plot_now()
        painter = QPainter(self)
        picture = plot.picture
        PicturePainter(picture, QRectF(0, 0, picture.width * _PIXELS, picture.height * _PIXELS)).paint(painter)
        if self.day is not None:
            self._paint_day(painter, plot, self.day)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current.look().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def resizeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Lay it out anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._plot = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the day under the pointer."""
        x, plot = event.position().x() / _PIXELS, self._plot_now()
        inside = plot.left <= x <= plot.right
        self.point_to(round(plot.day_at(x), 1) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right walk the days, Home and End go to the first and the last."""
        days = self._plot_now().days
        step = max(1.0, round(days / 40))
        walk = {Qt.Key.Key_Left: -step, Qt.Key.Key_Right: step}
        key = Qt.Key(event.key())
        if key in walk:
            self.point_to(min(max((self.day or 0.0) + walk[key], 0.0), days))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.point_to(0.0 if key == Qt.Key.Key_Home else days)
        else:
            super().keyPressEvent(event)

    def _plot_now(self) -> CurvePlot:
        if self._plot is None:
            wide = max(50.0, self.width() / _PIXELS)
            self._plot = draw_curve(self._curve, wide, self.height() / _PIXELS, size=_TYPE)
        return self._plot

    def _paint_day(self, painter: QPainter, plot: CurvePlot, day: float) -> None:
        look = current.look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = plot.x(day) * _PIXELS, plot.y(self._curve.at(day).open) * _PIXELS
        painter.setPen(QPen(QColor(look.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, plot.top * _PIXELS), QPointF(x, plot.foot * _PIXELS))
        painter.setPen(QPen(QColor(look.card), 2))
        painter.setBrush(QColor(look.accent))
        painter.drawEllipse(QPointF(x, y), 5, 5)
