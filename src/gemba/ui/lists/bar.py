"""What stands above a list: search, filter chips, the choice of columns, and what to do with the chosen lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.lists.chips import Chip
from gemba.ui.lists.columns import Column, Filter
from gemba.ui.lists.narrowed import LINE, SEARCH
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.flow import Flow
from gemba.ui.theme.icons import icon
from gemba.work.field_words import field_title

_TYPING_MS = 160


class ListBar(QWidget):
    """The tools of one list.

    Args:
        name: beginning of all object names.
        title: what the lines are.
        columns: that may be shown or hidden; the first always is shown.
        filters: one chip each.
        parent: the owner.
    """

    searched = Signal(object)
    """The words, once typing rests."""
    filtered = Signal(object)
    """Accepted values by filter, as a dict."""
    column_ticked = Signal(object)
    """Name of a column to show or hide."""
    widened = Signal(object)
    """A chip was added; carries it."""
    left_down = Signal()
    """Enter or the down key in the search field: to the table."""

    def __init__(
        self,
        name: str,
        title: str,
        columns: tuple[Column, ...],
        filters: tuple[Filter, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._flow: Flow | None = None
        self.search = self._make_search(name, title)
        self.chips = [Chip(wanted, name=f"{name}.filter.{wanted.name}", parent=self) for wanted in filters]
        self.columns = IconButton("columns-3", wording.text("Choose columns"), name=f"{name}.columns", parent=self)
        self.more = IconButton("ellipsis", wording.text("More for this list"), name=f"{name}.more", parent=self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._search_now)
        self.search.textChanged.connect(self._typing.start)
        on_enter(self.left_down.emit, self.search)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.left_down)
        for chip in self.chips:
            chip.changed.connect(self._filter_now)
        self._make_menus(name, columns)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Chips that run on to further lines keep their room; the table gives way."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        self.setMinimumHeight(max(0, self._rows.heightForWidth(self.width())))

    def show_all(self) -> None:
        """Lift search and filters."""
        self.search.clear()
        for chip in self.chips:
            chip.choose(())
        self._typing.stop()
        self._search_now()
        self._filter_now()

    def narrow(self, **where: tuple[str, ...]) -> None:
        """Set filters; those that are not named stay. One that has no chip yet is given one: it can be lifted there."""
        known = {chip.filter.name for chip in self.chips}
        for name in where:
            if name not in {*known, SEARCH, LINE}:
                self._add_chip(name)
        for chip in self.chips:
            if chip.filter.name in where:
                chip.choose(where[chip.filter.name])
        self._filter_now()

    def _add_chip(self, name: str) -> None:
        """A filter that only numbers ask for: it says that it is set, not to what."""
        of = Filter(name=name, title=lambda: field_title("", name), words=_the_one)
        chip = Chip(of, name=f"{self._name}.filter.{name}", parent=self)
        chip.changed.connect(self._filter_now)
        self.chips.append(chip)
        if self._flow is None:
            self._flow = Flow(gap=8)
            self._rows.addLayout(self._flow)
        self._flow.addWidget(chip)
        chip.show()
        self._keep_room()
        self.widened.emit(chip)

    def tick_columns(self, shown: set[str]) -> None:
        """Show in the menu which columns are shown."""
        for action in self.columns.menu().actions():
            action.setChecked(action.data() in shown)

    def offer(self, title: str, symbol: str, run: Callable[[], object], shortcut: str = "") -> QAction:
        """Put an action into the menu of further things."""
        action = self.more.menu().addAction(icon(symbol, "muted"), title)
        action.triggered.connect(run)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def _make_search(self, name: str, title: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(f"{name}.search")
        field.setProperty("look", "search")
        field.setPlaceholderText(wording.text("Search"))
        field.setAccessibleName(wording.text("Search {title}", title=title))
        field.setClearButtonEnabled(True)
        field.setMinimumWidth(160)
        field.addAction(QAction(icon("search", "muted"), "", field), QLineEdit.ActionPosition.LeadingPosition)
        return field

    def _make_menus(self, name: str, columns: tuple[Column, ...]) -> None:
        shown = QMenu(self.columns)
        for column in columns[1:]:
            action = shown.addAction(column.title())
            action.setObjectName(f"{name}.columns.{column.name}")
            action.setData(column.name)
            action.setCheckable(True)
        shown.triggered.connect(self._tick)
        self.columns.setMenu(shown)
        self.more.setMenu(QMenu(self.more))
        for button in (self.columns, self.more):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for widget, stretch in ((self.search, 1), (self.columns, 0), (self.more, 0)):
            tools.addWidget(widget, stretch)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 14, 12, 10)
        rows.setSpacing(10)
        rows.addLayout(tools)
        if self.chips:
            self._flow = chips = Flow(gap=8)
            for chip in self.chips:
                chips.addWidget(chip)
            rows.addLayout(chips)

    @Slot()
    def _search_now(self) -> None:
        self.searched.emit(self.search.text().strip())

    @Slot()
    def _filter_now(self) -> None:
        self.filtered.emit({chip.filter.name: chip.values for chip in self.chips if chip.values})

    @Slot(QAction)
    def _tick(self, action: QAction) -> None:
        self.column_ticked.emit(action.data())


def _the_one(_value: str) -> str:
    return wording.text("as the number counts")
