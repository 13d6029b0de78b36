"""How the page is laid out: three columns while there is room, else the sides fold into drawers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from gemba.ui.theme.current import look

NARROW = 980
"""Pixels of width up to which the sides fold: the questions would have less room than they need."""
_ROOMY = 1240
"""Pixels of width from which the sides need not save room."""
_RAIL = (224, 272)
_SIDE = (304, 384)
_DRAWER = 400


class Columns(QWidget):
    """Rail, questions and side panel; narrow, the outer two lie over the questions when they are asked for."""

    folded = Signal(bool)

    def __init__(self, rail: QWidget, middle: QWidget, side: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._rail, self._side = rail, side
        self._drawer = _Drawer(self)
        self._drawer.dismissed.connect(self.close_drawer)
        self.narrow = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(rail)
        line.addWidget(middle, 1)
        line.addWidget(side)
        self._line = line

    def fit(self, width: int) -> None:
        """Share out this much room: fold the sides away, unfold them, widen them."""
        roomy = width >= _ROOMY
        if width > NARROW:
            self._rail.setFixedWidth(_RAIL[roomy])
            self._side.setFixedWidth(_SIDE[roomy])
        if (width <= NARROW) != self.narrow:
            self._fold(width <= NARROW, roomy)

    def _fold(self, narrow: bool, roomy: bool) -> None:  # noqa: FBT001 - two switches of one place
        self.narrow = narrow
        self.close_drawer()
        for place, widget in ((0, self._rail), (2, self._side)):
            if narrow:
                self._line.removeWidget(widget)
                widget.hide()
            else:
                self._line.insertWidget(place, widget)
                widget.setFixedWidth((_RAIL if widget is self._rail else _SIDE)[roomy])
                widget.show()
        self.folded.emit(narrow)

    def open_rail(self) -> None:
        """Bring the sections into sight."""
        self._open(self._rail, at_start=True)

    def open_side(self) -> None:
        """Bring the side panel into sight."""
        self._open(self._side, at_start=False)

    def close_drawer(self) -> None:
        """Put away what lies over the questions."""
        self._drawer.put_away(self)

    @property
    def open_drawer(self) -> QWidget | None:
        """What lies over the questions now."""
        return self._drawer.held

    def _open(self, widget: QWidget, *, at_start: bool) -> None:
        if not self.narrow or self._drawer.held is widget:
            return
        self.close_drawer()
        self._drawer.hold(widget, at_start=at_start)


class _Drawer(QWidget):
    """A veil over the questions with one panel at its side; a press on the veil or Esc puts it away."""

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.held: QWidget | None = None
        self._at_start = True
        self.hide()
        parent.installEventFilter(self)

    def hold(self, widget: QWidget, *, at_start: bool) -> None:
        """Show a panel."""
        self.held, self._at_start = widget, at_start
        widget.setParent(self)
        self._place()
        widget.show()
        self.show()
        self.raise_()

    def put_away(self, home: QWidget) -> None:
        """Hide the panel and give it back."""
        if self.held is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self.isAncestorOf(focus):
                home.setFocus()  # else Qt puts the keyboard into whatever comes next
            self.held.hide()
            self.held.setParent(home)
            self.held = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as what lies below."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The veil."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 96))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A press beside the panel puts it away."""
        self.dismissed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So does Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            event.accept()
        else:
            event.ignore()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None or self.held is None:
            return
        self.setGeometry(parent.rect())
        wide = min(_DRAWER, round(parent.width() * 0.92))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if self._at_start != mirrored else parent.width() - wide
        self.held.setFixedWidth(wide)
        self.held.setGeometry(QRect(left, 0, wide, parent.height()))


class RailColumn(QWidget):
    """Score above, sections below."""

    def __init__(self, score: QWidget, rail: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 0, 1, 0)
        rows.setSpacing(0)
        rows.addWidget(score)
        rows.addWidget(rail, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A surface with a hairline towards the questions."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().card))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if mirrored else self.width() - 1
        painter.fillRect(QRect(left, 0, 1, self.height()), QColor(look().line))
        painter.end()
