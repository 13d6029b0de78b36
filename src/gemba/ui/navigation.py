"""The way between pages: icons and words, or icons alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.words import Words
from gemba.ui.theme.icons import beside_size, beside_words, icon
from gemba.ui.theme.tokens import ICON

_NARROW = 68
_LEAST = 196
_HIGH, _LOW, _LEAST_HIGH = 44, 30, 18
"""Pixels of a stop: where there is room, where many stand on a low screen, and on one that is lower still."""
_BETWEEN = 4
_HEAD = 130
"""Pixels that name, marks and margins take."""
_BARE_HEAD = 64
"""The same without the name, which gives its room to the stops on a very low screen."""


class Stop(NamedTuple):
    """One place to go."""

    code: str
    title: Callable[[], str]
    icon: str


class _StopButton(QToolButton):
    """The button of one page; its icon is brighter where one is."""

    def __init__(self, name: str, symbol: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(beside_size(ICON))
        self.setMinimumHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._tint)
        self._tint()

    def set_symbol(self, symbol: str, text: str) -> None:
        """Show another icon with other words."""
        self._symbol = symbol
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the icon anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def show_words(self, *, shown: bool) -> None:
        """Icon with words, or alone."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(beside if shown else alone)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        role = "nav_ink" if self.isChecked() else "nav_muted"
        alone = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setIconSize(QSize(ICON, ICON) if alone else beside_size(ICON))
        self.setIcon(icon(self._symbol, role) if alone else beside_words(self._symbol, role, ICON))


class Navigation(QFrame):
    """The rail at the leading edge.

    Args:
        stops: pages in order; the last one stands at the bottom.
        narrow: icons alone.
        parent: the owner.
    """

    gone = Signal(str)
    """Code of the page that was chosen."""
    narrowed = Signal(bool)
    """It was made narrow or wide by hand."""

    def __init__(self, stops: Sequence[Stop], *, narrow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setProperty("look", "navigation")
        self.setAccessibleName(wording.text("Pages"))
        self._codes: dict[_StopButton, str] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._name = Words("Gemba", scale="heading", parent=self)
        self._mark = Picture("footprints", role="nav_ink", size=24, parent=self)
        self._demo = Badge(wording.text("Demonstration"), "fair", self)
        self._demo_mark = Picture("sparkles", role="nav_ink", size=ICON, parent=self)
        self._in_demo = False
        self._left_out: frozenset[str] = frozenset()
        self._fold = _StopButton("navigation.fold", "panel-left-close", "", self)
        self._fold.clicked.connect(self.toggle)
        self.menu = _StopButton("navigation.menu", "menu", wording.text("Menu"), self)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 16, 10, 12)
        rows.setSpacing(_BETWEEN)
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 8, 14)
        head.setSpacing(12)
        head.addWidget(self._mark)
        head.addWidget(self._name, 1)
        rows.addLayout(head)
        rows.addLayout(self._demo_marks())
        for stop in stops[:-1]:
            rows.addWidget(self._button(stop))
        rows.addStretch(1)
        rows.addWidget(self._button(stops[-1]))
        rows.addWidget(self.menu)
        rows.addWidget(self._fold)
        self._group.buttonClicked.connect(self._clicked)
        self._by_hand = narrow
        self.set_narrow(narrow=narrow)

    def show_page(self, code: str) -> None:
        """Mark where one is; a page without a stop marks none anew."""
        for button, known in self._codes.items():
            if known == code:
                button.setChecked(True)

    def say_demo(self, *, shown: bool) -> None:
        """Say below the name, for as long as the window stands, that the store is a demonstration."""
        self._in_demo = shown
        self.set_narrow(narrow=self._narrow)

    def leave_out(self, codes: Collection[str]) -> None:
        """Show all stops but these."""
        for button, code in self._codes.items():
            button.setVisible(code not in codes)
        self._left_out = frozenset(codes)
        self.set_narrow(narrow=self._narrow)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons alone, or with words."""
        self._narrow = narrow
        self._fit_height()
        words = wording.text("Show the words") if narrow else wording.text("Fold")
        self._fold.set_symbol("panel-left-open" if narrow else "panel-left-close", words)
        for button in (*self._codes, self.menu, self._fold):
            button.show_words(shown=not narrow)
        self._demo.setVisible(self._in_demo and not narrow)
        self._demo_mark.setVisible(self._in_demo and narrow)
        shown = [button for button, code in self._codes.items() if code not in self._left_out]
        widest = max(widget.sizeHint().width() for widget in (*shown, self._demo))
        self.setFixedWidth(_NARROW if narrow else max(_LEAST, widest + 24))

    def fit(self, room: int) -> None:
        """Fold by itself when the window has little room; unfold again unless it was folded by hand."""
        narrow = self._by_hand or room < 980
        if narrow != self._narrow:
            self.set_narrow(narrow=narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lower stops on a low screen, so that all of them are there."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        stops = 2 + sum(code not in self._left_out for code in self._codes.values())  # menu and fold stand below them
        room = (self.height() - _HEAD) // stops - _BETWEEN
        is_bare = room < _LOW - _BETWEEN
        between = 1 if is_bare else _BETWEEN
        if is_bare:
            room = (self.height() - _BARE_HEAD) // stops - between
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(between)
        self._mark.setVisible(not is_bare)
        self._name.setVisible(not is_bare and not self._narrow)
        for button in (*self._codes, self.menu, self._fold):
            button.setMinimumHeight(max(_LEAST_HIGH, min(_HIGH, room)))

    def _demo_marks(self) -> QHBoxLayout:
        said = wording.text("This is the demonstration: nothing in it is real, and anybody can open it.")
        marks = QHBoxLayout()
        marks.setContentsMargins(14, 0, 8, 10)
        for mark in (self._demo, self._demo_mark):
            mark.setToolTip(said)
            mark.setAccessibleName(said)
            marks.addWidget(mark)
        marks.addStretch(1)
        return marks

    def _button(self, stop: Stop) -> _StopButton:
        button = _StopButton(f"navigation.{stop.code}", stop.icon, stop.title(), self)
        button.setCheckable(True)
        self._group.addButton(button)
        self._codes[button] = stop.code
        return button

    @Slot()
    def toggle(self) -> None:
        """Fold or unfold by hand."""
        self._by_hand = not self._narrow
        self.set_narrow(narrow=self._by_hand)
        self.narrowed.emit(self._by_hand)

    @Slot(object)
    def _clicked(self, button: _StopButton) -> None:
        self.gone.emit(self._codes[button])
