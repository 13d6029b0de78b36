"""Filter chips: one for each thing that a list can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gemba import wording
from gemba.ui.lists.columns import Filter
from gemba.ui.parts.words import repolish
from gemba.ui.theme.icons import beside_size, beside_words, icon


class Chip(QToolButton):
    """One filter. Its menu offers the values with how many lines have each; several may be ticked."""

    changed = Signal()
    asked = Signal(object)
    """The menu is about to open and wants the values; carries the chip."""

    def __init__(self, wanted: Filter, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = wanted
        self.values: tuple[str, ...] = ()
        self.setObjectName(name)
        self.setProperty("look", "chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(beside_size(16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._menu.setObjectName(f"{name}.menu")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._ask)
        self._menu.triggered.connect(self._picked)
        self.setMenu(self._menu)
        self.offer([(value, -1) for value in wanted.fixed])
        self._describe()

    def choose(self, values: Sequence[str]) -> None:
        """Narrow to these values; none lifts the filter."""
        self.values = tuple(values)
        self._describe()
        for action in self._menu.actions():
            if action.isCheckable():
                action.setChecked(action.data() in self.values)

    def wait(self) -> None:
        """Say that the values are being read, while none is known; a menu without a line would not open."""
        if self._menu.isEmpty():
            self._menu.addAction(wording.text("Being read …")).setEnabled(False)

    def offer(self, choices: Sequence[tuple[str, int]]) -> None:
        """Show these values in the menu, each with its count (-1: not known)."""
        self._menu.clear()
        counts = dict(choices)
        for value in (*self.filter.fixed, *(value for value, _ in choices if value not in self.filter.fixed)):
            self._add(value, counts.get(value, 0))
        if self.values:
            self._menu.addSeparator()
            lift = self._menu.addAction(icon("x", "muted"), wording.text("Show all"))
            lift.setObjectName(f"{self.objectName()}.lift")

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self)

    def _add(self, value: str, count: int) -> None:
        words = self.filter.words(value)
        action = self._menu.addAction(words if count < 0 else f"{words}   {count:,}")
        action.setObjectName(f"{self.objectName()}.{value}")
        action.setData(value)
        action.setCheckable(True)
        action.setChecked(value in self.values)

    @Slot(QAction)
    def _picked(self, action: QAction) -> None:
        value = action.data()
        if value is None:
            self.values = ()
        elif value in self.values:
            self.values = tuple(other for other in self.values if other != value)
        else:
            self.values = (*self.values, value)
        self._describe()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tint the icon anew when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        on = bool(self.values)
        self.setIcon(beside_words("funnel" if on else "chevron-down", "accent_ink" if on else "muted", 16))

    def _describe(self) -> None:
        title = self.filter.title()
        words = ", ".join(self.filter.words(value) for value in self.values)
        shown = words if len(words) <= 28 else wording.plural("{n} chosen", "{n} chosen", len(self.values))
        self.setText(f"{title}: {shown}" if self.values else title)
        self.setToolTip(f"{title}: {words}" if self.values else wording.text("Show only some: {title}", title=title))
        self.setAccessibleName(f"{title}: {words or wording.text('all')}")
        self._tint()
        if self.property("active") != bool(self.values):
            self.setProperty("active", bool(self.values))
            repolish(self)
