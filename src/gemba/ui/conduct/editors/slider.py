"""A number between two ends: a slider with its steps, stars, or a list to pick from. Empty until it is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.views import Choice
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.keys import digit_of, is_for_the_page
from gemba.ui.conduct.editors.pick import PickEditor
from gemba.ui.parts.words import Words
from gemba.ui.theme.current import look

if TYPE_CHECKING:
    from gemba.forms.views import View

_MOST_STEPS = 1000
_HANDLE = 12
_TALL = 220
_STAR = 40


class Scale(NamedTuple):
    """Ends and step of a range."""

    start: Decimal
    end: Decimal
    step: Decimal

    @property
    def steps(self) -> int:
        """How many steps lie between the ends."""
        return max(1, min(_MOST_STEPS, int(abs((self.end - self.start) / self.step))))

    def value(self, place: int) -> str:
        """The value at a step, as the form keeps it."""
        way = 1 if self.end >= self.start else -1
        return f"{self.start + way * self.step * place:f}"

    def place(self, value: str) -> int | None:
        """The step nearest to a kept value."""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return None
        return max(0, min(self.steps, round(abs((number - self.start) / self.step))))


def scale_of(parameters: Mapping[str, str]) -> Scale:
    """The scale of a question; ODK's own ends where the form gives none."""

    def number(name: str, otherwise: str) -> Decimal:
        try:
            return Decimal(parameters.get(name, otherwise))
        except InvalidOperation:
            return Decimal(otherwise)

    step = abs(number("step", "1")) or Decimal(1)
    return Scale(number("start", "1"), number("end", "10"), step)


class Slide(QSlider):
    """A slider without a handle until somebody takes it. Arrows move, digits jump while there are few steps."""

    taken = Signal(int)

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.touched = False
        self.setObjectName("slider")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        upright = orientation == Qt.Orientation.Vertical
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if upright else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Long enough to aim at."""
        return QSize(44, _TALL) if self.orientation() == Qt.Orientation.Vertical else QSize(320, 44)

    def put(self, place: int | None) -> None:
        """Show a step, or that there is no answer."""
        self.touched = place is not None
        self.setValue(place or 0)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolling a checklist must not change an answer."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows step, Home and End go to the ends, digits to their number."""
        digit = digit_of(event)
        moves = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.maximum()}
        key = Qt.Key(event.key())
        if is_for_the_page(event) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in moves:
            by = -moves[key] if self._mirrored() and key in {Qt.Key.Key_Left, Qt.Key.Key_Right} else moves[key]
            self._take(self.value() + by if self.touched else (0 if by > 0 else self.maximum()))
        elif key in ends:
            self._take(ends[key])
        elif digit is not None and digit <= self.maximum():
            self._take(digit)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The handle comes to where one presses."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """And follows."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Where it is let go is the answer."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.taken.emit(self.value())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A track with its steps, filled up to the handle."""
        tokens = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = tokens.accent if self.isEnabled() else tokens.edge
        self._draw_line(painter, 0, self.maximum(), tokens.line)
        if self.maximum() <= 20:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.edge))
            for place in range(self.maximum() + 1):
                painter.drawEllipse(self._point(place), 2.2, 2.2)
        if self.touched:
            self._draw_line(painter, 0, self.value(), ink)
        painter.setPen(QPen(QColor(ink if self.touched else tokens.edge), 2.5))
        painter.setBrush(QColor(tokens.card if self.touched else tokens.raised))
        if self.touched or self.hasFocus():
            painter.drawEllipse(self._point(self.value()), _HANDLE - 2, _HANDLE - 2)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _draw_line(self, painter: QPainter, start: int, stop: int, colour: str) -> None:
        pen = QPen(QColor(colour), 6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(self._point(start), self._point(stop))

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _point(self, place: int) -> QPointF:
        part = place / max(1, self.maximum())
        room = 2 * _HANDLE
        if self.orientation() == Qt.Orientation.Vertical:
            return QPointF(self.width() / 2, self.height() - _HANDLE - part * (self.height() - room))
        part = 1 - part if self._mirrored() else part
        return QPointF(_HANDLE + part * (self.width() - room), self.height() / 2)

    def _follow(self, event: QMouseEvent) -> None:
        at, room = event.position(), 2 * _HANDLE
        if self.orientation() == Qt.Orientation.Vertical:
            part = (self.height() - _HANDLE - at.y()) / max(1, self.height() - room)
        else:
            part = (at.x() - _HANDLE) / max(1, self.width() - room)
            part = 1 - part if self._mirrored() else part
        self.touched = True
        self.setValue(round(part * self.maximum()))
        self.update()
        event.accept()

    def _take(self, place: int) -> None:
        self.touched = True
        self.setValue(place)
        self.update()
        self.taken.emit(self.value())


class SliderEditor(Editor):
    """A slider between the ends of a range."""

    def __init__(self, parent: QWidget, *, upright: bool) -> None:
        super().__init__(parent)
        self._scale = Scale(Decimal(1), Decimal(10), Decimal(1))
        self._slide = Slide(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal, self)
        self._slide.taken.connect(self._give)
        self._slide.valueChanged.connect(self._tell)
        self._start = Words(scale="small", tone="muted", parent=self)
        self._end = Words(scale="small", tone="muted", parent=self)
        self._now = Words(scale="heading", strong=True, parent=self)
        self._now.setMinimumWidth(64)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        if upright:
            ends = QVBoxLayout()
            ends.addWidget(self._end)
            ends.addStretch()
            ends.addWidget(self._start)
            line.addWidget(self._slide)
            line.addLayout(ends)
            line.addWidget(self._now)
            line.addStretch()
        else:
            for widget, stretch in ((self._start, 0), (self._slide, 1), (self._end, 0), (self._now, 0)):
                line.addWidget(widget, stretch)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show ends, steps and the answer."""
        self._scale = scale_of(view.parameters)
        self._slide.blockSignals(True)
        self._slide.setRange(0, self._scale.steps)
        self._slide.put(self._scale.place(view.value) if view.value else None)
        self._slide.blockSignals(False)
        self._slide.setEnabled(not locked)
        self._slide.setAccessibleName(view.label)
        self._start.setText(self._scale.value(0))
        self._end.setText(self._scale.value(self._scale.steps))
        self._now.setText(view.value or "–")
        said = view.value or wording.text("no answer")
        self._slide.setAccessibleDescription(
            wording.text("{value}, from {start} to {end}", value=said, start=self._start.text(), end=self._end.text())
        )

    def stops(self) -> Sequence[QWidget]:
        """The slider."""
        return [self._slide]

    def _tell(self, place: int) -> None:
        if self._slide.touched:
            self._now.setText(self._scale.value(place))

    def _give(self, place: int) -> None:
        self._now.setText(self._scale.value(place))
        self.given.emit(self._scale.value(place))


class Stars(Slide):
    """The same as stars in a line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A star for each step."""
        return QSize(_STAR * (self.maximum() + 1) + 8, _STAR + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The digit is the number of stars."""
        digit = digit_of(event)
        if digit is not None and 1 <= digit <= self.maximum() + 1:
            self._take(digit - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Filled up to the answer."""
        tokens = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self.maximum() + 1):
            full = self.touched and place <= self.value()
            painter.setPen(QPen(QColor(tokens.accent if full else tokens.edge), 1.8))
            painter.setBrush(QColor(tokens.accent if full else tokens.field))
            painter.drawPolygon(_star(self._point(place), _STAR * 0.4))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _point(self, place: int) -> QPointF:
        place = self.maximum() - place if self._mirrored() else place
        return QPointF(4 + _STAR * (place + 0.5), self.height() / 2)

    def _follow(self, event: QMouseEvent) -> None:
        place = int((event.position().x() - 4) // _STAR)
        self.touched = True
        self.setValue(self.maximum() - place if self._mirrored() else place)
        self.update()
        event.accept()


class StarsEditor(Editor):
    """A rating as stars."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = scale_of({"end": "5"})
        self._stars = Stars(self)
        self._stars.setObjectName("stars")
        self._stars.taken.connect(self._give)
        self._now = Words(tone="muted", parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._stars)
        line.addWidget(self._now)
        line.addStretch()

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show as many stars as the answer says."""
        self._scale = scale_of(view.parameters)
        self._stars.blockSignals(True)
        self._stars.setRange(0, self._scale.steps)
        self._stars.put(self._scale.place(view.value) if view.value else None)
        self._stars.blockSignals(False)
        self._stars.setEnabled(not locked)
        self._stars.setAccessibleName(view.label)
        end = self._scale.value(self._scale.steps)
        words = wording.text("{value} of {end}", value=view.value, end=end) if view.value else ""
        self._now.setText(words)
        self._stars.setAccessibleDescription(words or wording.text("no answer"))
        self._stars.updateGeometry()

    def stops(self) -> Sequence[QWidget]:
        """The stars."""
        return [self._stars]

    def _give(self, place: int) -> None:
        self.given.emit(self._scale.value(place))


class PickerEditor(PickEditor):
    """The steps of a range as a list to pick from."""

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show every step, and the one that is chosen."""
        scale = scale_of(view.parameters)
        steps = tuple(Choice(scale.value(place), scale.value(place)) for place in range(scale.steps + 1))
        super().show_view(replace(view, choices=steps), locked=locked)


def _star(centre: QPointF, radius: float) -> QPolygonF:
    from math import cos, pi, sin

    points: list[QPointF] = []
    for corner in range(10):
        far = radius if corner % 2 == 0 else radius * 0.45
        angle = pi * corner / 5 - pi / 2
        points.append(QPointF(centre.x() + far * cos(angle), centre.y() + far * sin(angle)))
    return QPolygonF(points)
