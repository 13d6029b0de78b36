"""A chart drawn natively: hover and arrow keys tell the points, a click or Enter opens what is behind one."""

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
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba import wording
from gemba.reports.chart_facts import ChartFacts
from gemba.reports.charts import LaidOut, lay_out
from gemba.ui.insights.point_words import told
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.showing import show_behind
from gemba.ui.parts.picture import PicturePainter
from gemba.ui.theme import current, fonts

_PIXELS = 3.78
"""To the millimetre."""
_TYPE = 9.2
"""Points: as large as the window's small words."""
_HEIGHT = 350
_INSET = 7
"""Pixels around the drawing, where the frame of the focus is."""
_BAR = 27
"""Pixels of one level bar."""


class ChartView(QWidget):
    """One chart.

    Args:
        name: object name.
        parent: the owner.
    """

    pointed = Signal(int)
    """The point that the pointer or the keyboard is on; -1 for none."""
    opened = Signal(int)
    """A point whose records are asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(wording.text("Chart"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self._facts = ChartFacts(title="", kind="run", kind_title="", proposed="run", reason="")
        self._laid: LaidOut | None = None
        self._drawn: QPixmap | None = None
        self._behind: Callable[[int], Behind | None] = lambda _at: None
        self.at = -1

    @property
    def facts(self) -> ChartFacts:
        """What is shown."""
        return self._facts

    def show_chart(self, facts: ChartFacts) -> None:
        """Show another chart."""
        self._facts, self.at = facts, -1
        self.setFixedHeight(max(200, min(640, _BAR * (len(facts.points) + 2))) if facts.bars else _HEIGHT)
        self._forget()
        self.setAccessibleDescription(self._layout_now().picture.spoken)
        self.update()

    def lead_by(self, behind: Callable[[int], Behind | None]) -> None:
        """Let points lead to the records behind them; `behind(at)` says which these are."""
        self._behind = behind

    def numbers(self) -> list[Behind]:
        """What its points lead to."""
        found = (self._behind(at) for at in range(len(self._facts.points)))
        return [one for one in found if one is not None]

    def open_point(self, at: int) -> None:
        """Go to the records behind a point."""
        found = self._behind(at)
        if found is not None:
            show_behind(self, found)
        self.opened.emit(at)

    @property
    def words(self) -> list[str]:
        """What is told of the point one is on."""
        return told(self._facts, self.at) if 0 <= self.at < len(self._facts.points) else []

    def spot(self, at: int) -> QPointF:
        """Where a point is, in pixels."""
        laid = self._layout_now()
        place = laid.spots[at]
        return QPointF(place.x * _PIXELS + _INSET, place.y * _PIXELS + _INSET)

    def point_to(self, at: int) -> None:
        """Tell a point."""
        if at == self.at:
            return
        self.at = at
        if at >= 0:
            self.setAccessibleDescription(". ".join(self.words))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.pointed.emit(at)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide."""
        return QSize(640, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The drawing is kept; only the point one is on is drawn anew."""
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        if self.at >= 0:
            self._paint_point(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current.look().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay it out anew."""
        super().resizeEvent(event)
        self._forget()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it in the colours of another look."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._drawn = None
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell the point under the pointer."""
        self.point_to(self._under(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the records behind the point."""
        at = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.point_to(at)
            self.open_point(at)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point_to(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right walk the points, up and down those that signal, Enter opens what is behind one."""
        last = len(self._facts.points) - 1
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.at >= 0:
            self.open_point(self.at)
            return
        target = self._target(key, last)
        if target is None or last < 0:
            super().keyPressEvent(event)
            return
        self.point_to(target)

    def _target(self, key: Qt.Key, last: int) -> int | None:
        """Where a key leads; from nowhere to the newest point."""
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            if self._facts.bars:
                step = 1 if key == Qt.Key.Key_Down else -1
                return min(max(self.at + step, 0), last)
            signs = sorted(self._facts.signalled)
            before = [at for at in signs if at < self.at or self.at < 0]
            after = [at for at in signs if at > self.at]
            return (before[-1] if before else self.at) if key == Qt.Key.Key_Up else (after[0] if after else self.at)
        walk = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in walk:
            return last if self.at < 0 else min(max(self.at + walk[key], 0), last)
        return {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(key)

    def _under(self, place: QPointF) -> int:
        laid, x, y = self._layout_now(), (place.x() - _INSET) / _PIXELS, (place.y() - _INSET) / _PIXELS
        found = [
            (abs(spot.x - x) + (abs(spot.y - y) if self._facts.funnel else 0.0), at)
            for at, spot in enumerate(laid.spots)
            if spot.left <= x <= spot.left + spot.width and spot.top <= y <= spot.top + spot.height
        ]
        return min(found)[1] if found else -1

    def _layout_now(self) -> LaidOut:
        if self._laid is None:
            wide = max(60.0, (self.width() - 2 * _INSET) / _PIXELS)
            high = max(40.0, (self.height() - 2 * _INSET) / _PIXELS)
            self._laid = lay_out(self._facts, wide, high, size=_TYPE)
        return self._laid

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        picture = self._layout_now().picture
        painter = QPainter(made)
        PicturePainter(picture, QRectF(_INSET, _INSET, picture.width * _PIXELS, picture.height * _PIXELS)).paint(
            painter
        )
        painter.end()
        return made

    def _forget(self) -> None:
        self._laid = self._drawn = None

    def _paint_point(self, painter: QPainter) -> None:
        """A ring around the point, and a card with what is told of it."""
        look, at = current.look(), self.spot(self.at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.ink), 2))
        if self._facts.bars:
            painter.drawRoundedRect(self._row(), 4, 4)
        else:
            painter.drawEllipse(at, 8, 8)
        painter.setFont(fonts.font("small"))
        painter.setPen(QPen(QColor(look.edge), 1))
        painter.setBrush(QColor(look.raised))
        words = "\n".join(self.words)
        wrapped = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading)
        room = QRectF(0, 0, max(160.0, min(380.0, self.width() * 0.5)), 1000)
        box = QFontMetricsF(painter.font()).boundingRect(room, wrapped, words).adjusted(-10, -7, 12, 7)
        box.moveTopLeft(self._corner(at, box))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(look.ink))
        painter.drawText(box.adjusted(10, 7, -8, -7), wrapped, words)

    def _row(self) -> QRectF:
        """The row of the bar one is on."""
        spot = self._layout_now().spots[self.at]
        left, top = spot.left * _PIXELS + _INSET, spot.top * _PIXELS + _INSET
        return QRectF(left, top, spot.width * _PIXELS, spot.height * _PIXELS)

    def _corner(self, at: QPointF, box: QRectF) -> QPointF:
        """Where the card stands: beside the point, and away from the half of the chart that it lies in."""
        left = at.x() + 14 if at.x() + 14 + box.width() < self.width() else max(4.0, at.x() - 14 - box.width())
        below = at.y() < self.height() / 2
        top = self.height() - box.height() - 52 if below else 8.0
        return QPointF(left, max(4.0, top))
