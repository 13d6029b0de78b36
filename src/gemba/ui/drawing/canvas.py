"""The canvas: a picture and the marks over it, drawn with a mouse, a pen, a finger or the keyboard."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba import wording
from gemba.domain.evidence import Mark, MarkShape
from gemba.store import mark_shapes as shapes
from gemba.store.mark_shapes import PIXELATED, Point
from gemba.ui.drawing import taking_hold
from gemba.ui.drawing.drawing import Drawing
from gemba.ui.drawing.entry import WordsEntry
from gemba.ui.drawing.eye import Eye
from gemba.ui.drawing.instruments import LOOKS, Tool, shape_words
from gemba.ui.drawing.painting import frame_of, paint_marks
from gemba.ui.theme.current import look
from gemba.work.mark_evidence import next_number

_REACH = 7
"""Pixels of the screen within which one takes hold."""
_HANDLE = 5


class Canvas(QWidget):
    """A picture to draw over. It keeps its own way of left and right, whatever the language is.

    Args:
        drawing: the marks.
        parent: the owner.
    """

    tool_changed = Signal()
    """Another tool is in hand."""
    told = Signal(str)
    """What is chosen, in words."""

    def __init__(self, drawing: Drawing, parent: QWidget) -> None:
        super().__init__(parent)
        self.drawing = drawing
        self.eye = Eye()
        self.tool = Tool.CHOOSE
        self.colour, self.width_of_lines = "mark", 0.006
        self._picture = QImage()
        self._live: Mark | None = None
        self._held: tuple[str, int, Point] | None = None
        self._entry: WordsEntry | None = None
        self.setObjectName("canvas")
        self.setAccessibleName(wording.text("Picture to draw over"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        drawing.changed.connect(self._tell)

    # What is shown

    def show_picture(self, picture: QImage) -> None:
        """The upright picture to draw over."""
        self._picture = picture
        self._refit()
        self.update()

    @property
    def size_of_picture(self) -> tuple[int, int]:
        """Pixels; zeros while there is none."""
        return self._picture.width(), self._picture.height()

    @property
    def ready(self) -> bool:
        """True once there is a picture."""
        return not self._picture.isNull()

    def spot(self, x: float, y: float) -> QPointF:
        """Where on the canvas a point of the picture is; `x` and `y` are fractions of it."""
        return self.eye.screen((x * self._picture.width(), y * self._picture.height()))

    def take(self, tool: Tool) -> None:
        """Take a tool in hand."""
        self.settle()
        if tool is not self.tool:
            self.tool = tool
            self.tool_changed.emit()
        if tool is not Tool.CHOOSE:
            self.drawing.choose(None)
        self._point(None)

    def take_colour(self, name: str) -> None:
        """Draw with a colour from here on; the chosen mark gets it, too."""
        self.colour = name
        self.drawing.colour(name)
        self.tool_changed.emit()

    def take_width(self, width: float) -> None:
        """Draw with a width from here on; the chosen mark gets it, too."""
        self.width_of_lines = width
        if self.drawing.mark is not None:
            self.drawing.put(msgspec.structs.replace(self.drawing.mark, width=width))
        self.tool_changed.emit()

    def zoom(self, by: float) -> None:
        """Nearer or further; 0 shows the whole picture."""
        if by:
            self.eye.nearer(by)
        else:
            self.eye.whole()
        self._place_entry()
        self.update()

    def settle(self) -> None:
        """Keep the words that are being typed."""
        if self._entry is not None:
            self._entry.keep()

    def place(self) -> None:
        """The keyboard's way to draw: a mark of the tool in the middle of what is seen."""
        x, y = self.eye.share(QPointF(self.width() / 2, self.height() / 2))
        across = 0.15 / self.eye.zoom
        shape = LOOKS[self.tool].shape
        if shape is MarkShape.TEXT:
            self._ask_words((x, y))
        elif shape is MarkShape.NUMBER:
            self._number((x, y))
        elif shape is MarkShape.PEN:
            self.drawing.add(self._new(shape, ((x - across, y), (x, y + 0.01), (x + across, y))))
        elif shape is not None:
            self.drawing.add(self._new(shape, ((x - across, y - across), (x + across, y + across))))

    def edit_words(self) -> bool:
        """Type the words of the chosen text or number anew; False when it has none."""
        mark = self.drawing.mark
        if mark is None or mark.shape not in {MarkShape.TEXT, MarkShape.NUMBER}:
            return False
        self._ask_words(mark.points[0], mark)
        return True

    # Qt

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A good part of a laptop's screen."""
        return QSize(900, 640)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small, for a narrow window."""
        return QSize(240, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The picture fits again."""
        super().resizeEvent(event)
        self._refit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, its marks, and the handles of the chosen one."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().plain_soft))
        if self.ready:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.eye.scale < 2)
            painter.translate(self.eye.corner)
            painter.scale(self.eye.scale, self.eye.scale)
            painter.setClipRect(self._picture.rect())
            painter.drawImage(0, 0, self._picture)
            paint_marks(painter, self._picture, self._shown())
            painter.restore()
            self._paint_hold(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to draw, take hold, or pull the picture."""
        self.settle()
        at = event.position()
        if not self.ready:
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self._held = ("picture", 0, (at.x(), at.y()))
        elif event.button() == Qt.MouseButton.LeftButton and not self._take_handle(at):
            self._press(at)
        self._point(at)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw on, move, or pull."""
        at = event.position()
        if self._held is None:
            self._point(at)
            return
        sort, number, before = self._held
        if sort == "picture":
            self.eye.shift(at - QPointF(*before))
            self._held = (sort, number, (at.x(), at.y()))
        else:
            self._draw_on(sort, number, before, self.eye.share(at))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """What was drawn or moved is a step of its own."""
        if self._held is None:
            return
        sort, self._held = self._held[0], None
        live, self._live = self._live, None
        if live is not None and taking_hold.is_to_be_seen(live):
            self.drawing.add(live) if sort == "draw" else self.drawing.put(live)
        self._point(event.position())
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Words are typed anew."""
        if self.tool is Tool.CHOOSE and self.ready:
            self._choose_at(event.position())
            self._held = None
            self.edit_words()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The wheel zooms around the pointer; two fingers move what is zoomed."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turned.x()) > abs(turned.y()):
            self.eye.shift(QPointF(turned.x() or turned.y(), 0) / 2)
        else:
            self.eye.nearer(1.0015 ** turned.y(), event.position())
        self._place_entry()
        self.update()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys of the chosen mark; the others are the owner's."""
        from gemba.ui.drawing.keys import take_key

        if take_key(self, event):
            event.accept()
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt's name
        """Tab goes through the marks, then on."""
        if self._entry is None and self.drawing.choose_next(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The look is another one."""
        super().changeEvent(event)
        self.update()

    # How it is done

    def _refit(self) -> None:
        if self.ready:
            self.eye.look_at(QSizeF(self._picture.size()), QSizeF(self.size()))
            self._place_entry()

    def _shown(self) -> tuple[Mark, ...]:
        """The marks with the one that is just being drawn or moved."""
        marks, live = self.drawing.marks, self._live
        if live is None:
            return marks
        if self._held is not None and self._held[0] != "draw" and self.drawing.chosen is not None:
            at = self.drawing.chosen
            return (*marks[:at], live, *marks[at + 1 :])
        return (*marks, live)

    def _new(self, shape: MarkShape, points: tuple[Point, ...], text: str = "") -> Mark:
        text = PIXELATED if self.tool is Tool.BLUR else text
        inside = tuple((min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)) for x, y in points)
        return Mark(shape, inside, text=text, colour=self.colour, width=self.width_of_lines)

    def _press(self, at: QPointF) -> None:
        share, shape = self.eye.share(at), LOOKS[self.tool].shape
        if shape is MarkShape.TEXT:
            self._ask_words(share)
        elif shape is MarkShape.NUMBER:
            self._number(share)
        elif shape is not None:
            self._live, self._held = self._new(shape, (share, share)), ("draw", 0, share)
        else:
            self._choose_at(at)

    def _choose_at(self, at: QPointF) -> None:
        reach = _REACH / self.eye.scale
        found = taking_hold.mark_at(self.drawing.marks, self.eye.pixel(at), self.size_of_picture, reach)
        if found is None and self._inside_chosen(at):
            found = self.drawing.chosen
        self.drawing.choose(found)
        self._held = ("move", 0, self.eye.share(at)) if found is not None else ("picture", 0, (at.x(), at.y()))

    def _inside_chosen(self, at: QPointF) -> bool:
        mark = self.drawing.mark
        if mark is None:
            return False
        left, top, right, bottom = frame_of(mark, self.size_of_picture)
        x, y = self.eye.pixel(at)
        return left <= x <= right and top <= y <= bottom

    def _take_handle(self, at: QPointF) -> bool:
        number = self._handle_at(at)
        if number is not None:
            self._held = ("pull", number, self.eye.share(at))
        return number is not None

    def _handle_at(self, at: QPointF) -> int | None:
        mark = self.drawing.mark
        if mark is None:
            return None
        spots = [self.eye.screen(point) - at for point in taking_hold.handles_of(mark, self.size_of_picture)]
        return next((number for number, far in enumerate(spots) if far.manhattanLength() <= 2 * _REACH), None)

    def _draw_on(self, sort: str, number: int, before: Point, share: Point) -> None:
        mark = self.drawing.mark
        if sort == "draw" and self._live is not None:
            points = (*self._live.points, share) if self._live.shape is MarkShape.PEN else (before, share)
            self._live = self._new(self._live.shape, points)
        elif mark is not None and sort == "move":
            self._live = taking_hold.moved(mark, (share[0] - before[0], share[1] - before[1]))
        elif mark is not None and sort == "pull":
            self._live = taking_hold.pulled(mark, number, share)

    def _number(self, at: Point) -> None:
        self.drawing.add(self._new(MarkShape.NUMBER, (at,), next_number(self.drawing.marks)))

    def _ask_words(self, at: Point, mark: Mark | None = None) -> None:
        self.settle()
        before = mark.text if mark is not None else ""
        self._entry = WordsEntry(before, self)
        self._entry.at, self._entry.mark = at, mark
        self._entry.given.connect(self._take_words)
        self._place_entry()
        self._entry.show()
        self._entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_words(self, words: str) -> None:
        entry, self._entry = self._entry, None
        if entry is None:
            return
        entry.deleteLater()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if entry.mark is None and words:
            self.drawing.add(self._new(MarkShape.TEXT, (entry.at,), words))
        elif entry.mark is not None and words:
            self.drawing.put(msgspec.structs.replace(entry.mark, text=words))

    def _place_entry(self) -> None:
        if self._entry is not None:
            at = self.spot(*self._entry.at).toPoint()
            size = self._entry.sizeHint()
            self._entry.setGeometry(
                max(0, min(at.x(), self.width() - size.width())),
                max(0, min(at.y(), self.height() - size.height())),
                size.width(),
                size.height(),
            )

    def _point(self, at: QPointF | None) -> None:
        """The pointer's shape says what a press would do."""
        shape = Qt.CursorShape.CrossCursor
        if self._held is not None and self._held[0] == "picture":
            shape = Qt.CursorShape.ClosedHandCursor
        elif at is not None and self._handle_at(at) is not None:
            shape = Qt.CursorShape.SizeAllCursor
        elif self.tool is Tool.CHOOSE:
            shape = Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def _paint_hold(self, painter: QPainter) -> None:
        mark = self._live if self._live is not None else self.drawing.mark
        if mark is None or self.drawing.chosen is None:
            return
        left, top, right, bottom = frame_of(mark, self.size_of_picture)
        frame = QRectF(self.eye.screen((left, top)), self.eye.screen((right, bottom))).adjusted(-4, -4, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in (("#FFFFFF", Qt.PenStyle.SolidLine), (look().accent, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(QColor(colour), 1.5, style))
            painter.drawRect(frame)
        painter.setPen(QPen(QColor("#FFFFFF"), 1.5))
        painter.setBrush(QColor(look().accent))
        for point in taking_hold.handles_of(mark, self.size_of_picture):
            painter.drawEllipse(self.eye.screen(point), _HANDLE, _HANDLE)

    def _tell(self) -> None:
        mark, count = self.drawing.mark, len(self.drawing.marks)
        words = wording.plural("{n} mark", "{n} marks", count)
        if mark is not None and self.drawing.chosen is not None:
            named = shape_words(mark.shape)
            if mark.text and not shapes.is_redaction(mark):
                named += f" “{mark.text}”"
            words = wording.text("{mark}, {number} of {count}", mark=named, number=self.drawing.chosen + 1, count=count)
        self.setAccessibleDescription(words)
        self.told.emit(words)
        self.update()
