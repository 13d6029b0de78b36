"""One choice as a large target: its digit, its words, and unmistakably whether it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from gemba.ui.theme import fonts, icons
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS, tone

PAD = 12
CAP = 22
"""Pixels of the square that shows the digit."""
TALL = 48
TICK = 18
ASIDE = "–"
"""In place of a number: this choice stands beside the scale (not applicable, not seen)."""
_RING = 3
_WRAP = Qt.TextFlag.TextWordWrap
_HERE = Qt.AlignmentFlag.AlignAbsolute
"""Left is left: the painter would mirror what is mirrored already."""
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Painted:
    """How both sorts of choice are drawn; `big` is the number of a scale, above its words, or `ASIDE`."""

    key: str
    big: str
    tone: str
    locked: bool
    picture: QPixmap | None = None
    """Shown above the words."""

    def prepare(self, words: str, *, key: str = "", big: str = "", tone: str = "accent") -> None:
        """What the choice says, the digit that chooses it and the tone it takes when chosen."""
        self.key, self.big, self.tone, self.locked = key, big, tone, False
        widget = _widget(self)
        widget.setText(words.replace("&", "&&"))
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
        widget.setAttribute(Qt.WidgetAttribute.WA_Hover)
        widget.setMouseTracking(True)

    def words(self) -> str:
        """The words of the choice."""
        return _widget(self).text().replace("&&", "&")

    def lock(self, locked: bool) -> None:  # noqa: FBT001 - Qt's way of setters
        """A frozen record is read, not operated; it stays as legible as before."""
        self.locked = locked
        _widget(self).setEnabled(not locked)

    def natural_width(self) -> int:
        """Pixels that the words take on one line, with digit and tick."""
        font = fonts.font("small" if self.big else "body", bold=True)
        wide = QFontMetrics(font).horizontalAdvance(self.words())
        if self.big:
            return max(64, min(wide, 110) + 2 * PAD)
        cap = CAP + 8 if self.key else 0
        if self.picture is not None:
            wide = max(min(wide, 200), self.picture.width() - cap)
        return wide + cap + TICK + 8 + 2 * PAD + 4

    def height_at(self, width: int) -> int:
        """Pixels that it needs when it is `width` wide."""
        font = fonts.font("small" if self.big else "body", bold=True)
        room = QRect(0, 0, max(24, width - self._taken()), 4096)
        tall = QFontMetrics(font).boundingRect(room, _WRAP, self.words()).height() if self.words() else 0
        if self.big:
            number = QFontMetrics(fonts.font("heading", bold=True)).height()
            return max(TALL, number + (tall + 2 if tall else 0) + 2 * PAD - 4)
        above = self.picture.height() + PAD if self.picture is not None else 0
        return max(TALL, tall + 2 * PAD) + above

    def _taken(self) -> int:
        if self.big:
            return 2 * 6
        return 2 * PAD + TICK + 8 + (CAP + 8 if self.key else 0)

    def draw(self) -> None:
        """Draw the whole target."""
        widget = _widget(self)
        painter = QPainter(widget)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_frame(painter, widget)
        painter.setPen(QColor(self._ink(widget)))
        inner = widget.rect().adjusted(PAD, 0, -PAD, 0)
        if self.picture is not None:
            painter.drawPixmap((widget.width() - self.picture.width()) // 2, PAD, self.picture)
            inner.setTop(PAD + self.picture.height())
        if self.big:
            self._draw_scale(painter, widget)
        else:
            self._draw_line(painter, widget, inner)
        painter.end()

    def _draw_frame(self, painter: QPainter, widget: QAbstractButton) -> None:
        look_ = look()
        strong, soft = tone(look_, self.tone)
        chosen, over = widget.isChecked(), widget.underMouse() and not self.locked
        fill = soft if chosen else (look_.raised if over else look_.field)
        edge = strong if chosen else (look_.line if self.locked else look_.edge)
        painter.setPen(QPen(QColor(edge), 2 if chosen else 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(3, 3, -3, -3), RADIUS, RADIUS)
        if widget.hasFocus():
            painter.setPen(QPen(QColor(look_.focus), _RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1.5, 1.5, -1.5, -1.5), RADIUS + 2, RADIUS + 2)

    def _ink(self, widget: QAbstractButton) -> str:
        if widget.isChecked():
            return tone(look(), self.tone)[0] if self.tone != "plain" else look().ink
        return look().muted if self.locked else look().ink

    def _draw_line(self, painter: QPainter, widget: QAbstractButton, inner: QRect) -> None:
        mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.key:
            at = _take(inner, CAP, 8, at_end=mirrored)
            self._draw_cap(painter, QRectF(at.left(), inner.top() + (inner.height() - CAP) / 2, CAP, CAP), widget)
        tick = _take(inner, TICK, 8, at_end=not mirrored)
        if widget.isChecked():
            role = self.tone if self.tone in {"good", "fair", "poor", "note"} else "accent_ink"
            picture = icons.pixmap("check", role if self.tone != "plain" else "ink", TICK)
            painter.drawPixmap(tick.left(), inner.center().y() - TICK // 2, picture)
        painter.setFont(fonts.font("body", bold=widget.isChecked()))
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, _WRAP | side | _HERE | Qt.AlignmentFlag.AlignVCenter, self.words())

    def _draw_cap(self, painter: QPainter, cap: QRectF, widget: QAbstractButton) -> None:
        """The digit on a key cap: round for one of many, square for any of many."""
        ink = self._ink(widget) if widget.isChecked() else look().muted
        painter.save()
        painter.setPen(QPen(QColor(ink), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = CAP / 2 if isinstance(widget, QRadioButton) else 5
        painter.drawRoundedRect(cap, radius, radius)
        painter.setFont(fonts.font("small", bold=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
        painter.restore()

    def _draw_scale(self, painter: QPainter, widget: QAbstractButton) -> None:
        tall = QFontMetrics(fonts.font("heading", bold=True)).height()
        top = PAD - 2 if self.words() else (widget.height() - tall) // 2
        if self.big == ASIDE:
            self._draw_cap(painter, QRectF((widget.width() - CAP) / 2, top + (tall - CAP) / 2, CAP, CAP), widget)
        else:
            painter.setFont(fonts.font("heading", bold=True))
            painter.drawText(QRect(0, top, widget.width(), tall), Qt.AlignmentFlag.AlignCenter, self.big)
        painter.setFont(fonts.font("small", bold=widget.isChecked()))
        below = QRect(6, top + tall + 2, widget.width() - 12, widget.height() - top - tall - 2)
        painter.drawText(below, _WRAP | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.words())


class OneChoice(_Painted, QRadioButton):
    """A choice of which exactly one counts. The keyboard moves over choices without choosing; Space chooses."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoExclusive(False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Natural size on one line."""
        return QSize(self.natural_width(), self.height_at(self.natural_width()))

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002, N802 - Qt's name; the whole target counts
        """Everything within the frame is the target."""
        return not self.locked

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """What is chosen follows from the answer, not from the click."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it from the tokens."""
        self.draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Only Space is for the choice itself; digits, arrows and Enter are the row's."""
        _press(self, event)

    def event(self, event: QEvent) -> bool:
        """Hover draws again."""
        _follow_pointer(self, event)
        return super().event(event)


class AnyChoice(_Painted, QCheckBox):
    """A choice of which several may count."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Natural size on one line."""
        return QSize(self.natural_width(), self.height_at(self.natural_width()))

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002, N802 - Qt's name; the whole target counts
        """Everything within the frame is the target."""
        return not self.locked

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """What is chosen follows from the answer, not from the click."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it from the tokens."""
        self.draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Only Space is for the choice itself; digits, arrows and Enter are the row's."""
        _press(self, event)

    def event(self, event: QEvent) -> bool:
        """Hover draws again."""
        _follow_pointer(self, event)
        return super().event(event)


Choosing = OneChoice | AnyChoice


def _widget(painted: _Painted) -> QAbstractButton:
    assert isinstance(painted, QAbstractButton)
    return painted


def _press(button: QAbstractButton, event: QKeyEvent) -> None:
    if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
        if not event.isAutoRepeat():
            button.click()
        event.accept()
    else:
        event.ignore()


def _follow_pointer(button: QAbstractButton, event: QEvent) -> None:
    if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.StyleChange}:
        button.update()


def _take(room: QRect, width: int, gap: int, *, at_end: bool) -> QRect:
    """Cut `width` pixels off `room`, at its right or its left."""
    if at_end:
        part = QRect(room.right() - width + 1, room.top(), width, room.height())
        room.setRight(room.right() - width - gap)
    else:
        part = QRect(room.left(), room.top(), width, room.height())
        room.setLeft(room.left() + width + gap)
    return part
