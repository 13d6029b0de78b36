"""The map, drawn as wide as there is room: steps are walked by the arrow keys and opened by Enter or a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gemba import wording
from gemba.reports.map_shapes import DrawnMap, MapDrawing, Spot, draw_map, least_width
from gemba.reports.picture_facts import PictureFacts
from gemba.ui.parts.picture import PicturePainter
from gemba.ui.theme import current

_PIXELS = 3.78
"""To the millimetre, at the size at which a map is drawn."""
_AIR = 8
"""Pixels around the drawing, for the ring around a step."""
LEAST, MOST, STEP = 0.6, 2.0, 0.2


class MapView(QWidget):
    """A map on the screen.

    Args:
        parent: the owner.
    """

    chosen = Signal(str)
    """The keyboard or the pointer is on a step."""
    opened = Signal(str)
    """What hurts there is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.view")
        self.setAccessibleName(wording.text("Value-stream map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.step = ""
        """Uid of the step that the keyboard is on."""
        self.zoom = 1.0
        self._facts = DrawnMap("", "", (), "")
        self._drawing = MapDrawing(PictureFacts(1, 1, ()), ())

    def show_map(self, facts: DrawnMap) -> None:
        """Show another map, or the same with other pains; the step that was chosen stays."""
        self._facts = facts
        if self.step not in {step.uid for step in facts.steps}:
            self.step = ""
        self._lay_out()

    def choose(self, uid: str) -> None:
        """Put the keyboard on a step."""
        if uid and uid not in {step.uid for step in self._facts.steps}:
            return
        self.step = uid
        self._speak()
        self.update()

    def zoom_to(self, zoom: float) -> None:
        """Draw it larger or smaller; rows hold fewer or more steps then."""
        self.zoom = min(MOST, max(LEAST, round(zoom, 2)))
        self._lay_out()

    def fit(self, room: QSize) -> None:
        """As large as all of it can be seen at once."""
        zoom = MOST
        while zoom > LEAST and self._height_at(zoom) > room.height():
            zoom -= STEP / 2
        self.zoom_to(zoom)

    def spot_of(self, uid: str) -> QRectF:
        """Where a step stands, in pixels."""
        spot = next((each for each in self._drawing.spots if each.uid == uid), None)
        return QRectF() if spot is None else self._rect(spot)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the drawing asks."""
        return QSize(620, self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One step with the customer on either side."""
        return QSize(round(least_width() * _PIXELS * min(self.zoom, 1.0)) + 2 * _AIR, 60)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Rows hold as many steps as there is room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the map, and the ring around the step that the keyboard is on."""
        del event
        painter = QPainter(self)
        self._painter().paint(painter)
        ring = self.spot_of(self.step)
        if not ring.isNull():
            pen = QPen(QColor(current.look().focus), 2.0)
            pen.setStyle(Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring.adjusted(-4, -2, 4, 4), 6, 6)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk from step to step as the path goes; Enter opens one."""
        key = event.key()
        steps = [step.uid for step in self._facts.steps]
        if not steps:
            super().keyPressEvent(event)
            return
        on = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: self._in_row(), Qt.Key.Key_Up: -self._in_row()}
        if key in on:
            turned = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            across = key in (Qt.Key.Key_Right, Qt.Key.Key_Left)
            self._walk(steps, -on[Qt.Key(key)] if turned and across else on[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(steps[0] if key == Qt.Key.Key_Home else steps[-1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.step:
            self.opened.emit(self.step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the step under it."""
        uid = self._under(event)
        if uid and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._go(uid)
            self.opened.emit(uid)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer over a step is told what it says."""
        uid = self._under(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if uid else Qt.CursorShape.ArrowCursor)
        if uid:
            QToolTip.showText(event.globalPosition().toPoint(), self._words_of(uid), self)
        else:
            QToolTip.hideText()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard begins at the first step."""
        super().focusInEvent(event)
        if not self.step and self._facts.steps:
            self._go(self._facts.steps[0].uid)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The ring is drawn otherwise without the keyboard."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw in the colours of another look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def _walk(self, steps: list[str], on: int) -> None:
        place = steps.index(self.step) + on if self.step in steps else 0
        self._go(steps[min(len(steps) - 1, max(0, place))])

    def _go(self, uid: str) -> None:
        self.choose(uid)
        self.chosen.emit(uid)

    def _in_row(self) -> int:
        """Steps in a whole row."""
        tops = [spot.y for spot in self._drawing.spots]
        return max((tops.count(top) for top in set(tops)), default=1)

    def _under(self, event: QMouseEvent) -> str:
        x, y = self._painter().place(event.position())
        for spot in self._drawing.spots:
            if spot.x <= x <= spot.x + spot.width and spot.y <= y <= spot.y + spot.height:
                return spot.uid
        return ""

    def _words_of(self, uid: str) -> str:
        step = next(each for each in self._facts.steps if each.uid == uid)
        lines = [step.title, step.owner, *(f"{name}: {value}" for name, value in step.data)]
        if step.ache is not None:
            lines.append(
                wording.plural(
                    "{n} pain, worst {word}", "{n} pains, worst {word}", step.ache.count, word=step.ache.word
                )
            )
        return "\n".join(lines)

    def _speak(self) -> None:
        self.setAccessibleDescription(self._words_of(self.step).replace("\n", ", ") if self.step else "")

    def _lay_out(self) -> None:
        self._drawing = draw_map(self._facts, self._millimetres(self.zoom))
        scale = self._scale()
        self.setMinimumWidth(self.minimumSizeHint().width())
        self.setFixedHeight(round(self._drawing.picture.height * scale) + 2 * _AIR)
        self.setAccessibleName(self._facts.spoken.partition(". ")[0] or wording.text("Value-stream map"))
        self._speak()
        self.update()

    def _height_at(self, zoom: float) -> float:
        return draw_map(self._facts, self._millimetres(zoom)).picture.height * _PIXELS * zoom + 2 * _AIR

    def _millimetres(self, zoom: float) -> float:
        return max(least_width(), (self.width() - 2 * _AIR) / (_PIXELS * zoom))

    def _scale(self) -> float:
        """Pixels to the millimetre; smaller where not even one step has room."""
        wide = max(1.0, self.width() - 2.0 * _AIR)
        return min(_PIXELS * self.zoom, wide / self._drawing.picture.width)

    def _room(self) -> QRectF:
        picture, scale = self._drawing.picture, self._scale()
        wide = picture.width * scale
        turned = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - _AIR - wide if turned else _AIR
        return QRectF(left, _AIR, wide, picture.height * scale)

    def _painter(self) -> PicturePainter:
        return PicturePainter(self._drawing.picture, self._room())

    def _rect(self, spot: Spot) -> QRectF:
        painter = self._painter()
        begin, end = painter.spot(spot.x, spot.y), painter.spot(spot.x + spot.width, spot.y + spot.height)
        return QRectF(begin, end).normalized()
