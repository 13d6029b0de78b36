"""The list of the window: tools above, table, and what to do when it is empty."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError, Refusal
from gemba.store.lists import Query
from gemba.ui.lists.bar import ListBar
from gemba.ui.lists.chips import Chip
from gemba.ui.lists.columns import Shape
from gemba.ui.lists.loading import Loading
from gemba.ui.lists.model import LineModel
from gemba.ui.lists.narrowed import LINE, SEARCH, narrowed_to, read_narrowed
from gemba.ui.lists.source import Source
from gemba.ui.lists.table import LineTable
from gemba.ui.lists.taking_out import TakingOut
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.trouble import TroubleState
from gemba.ui.parts.words import Words
from gemba.ui.services import Services

_SETTLE_MS = 60
_PATIENCE_MS = 250


class ListPanel(QWidget):
    """One list.

    Args:
        shape: what it shows.
        source: where the lines come from.
        services: of the window.
        empty: shown when there is nothing at all.
        parent: the owner.
    """

    chosen = Signal(object)
    """The current line changed; carries the line, or `None`."""
    opened = Signal(object)
    """Enter or a double click; carries the line."""
    emptied = Signal(bool)
    """Whether there is nothing at all."""

    def __init__(
        self, shape: Shape, source: Source, services: Services, *, empty: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.shape, self._source, self._services = shape, source, services
        self.query = Query(sort=shape.sort, descending=shape.descending)
        self.setObjectName(f"{shape.name}.list")
        self._wanted_uid = ""
        self._loaded = False
        self._firsts: Sequence[Any] = ()
        self.model = LineModel(source, shape.columns, self)
        self.bar = ListBar(shape.name, shape.title, shape.columns, shape.filters, self)  # the keyboard meets it first
        self.table = LineTable(self.model, name=f"{shape.name}.table", title=shape.title, parent=self)
        self.out = TakingOut(shape, source, services, self.table)
        self.loading = Loading(source, services.jobs, self)
        self.count = Words(tone="muted", scale="small", parent=self)
        self.count.setContentsMargins(16, 6, 16, 8)
        self.busy = QProgressBar(self)
        self.busy.setObjectName(f"{shape.name}.busy")
        self.busy.setAccessibleName(wording.text("The list is being read"))
        self.busy.setProperty("look", "thin")
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        kept = self.busy.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(kept)
        self._stack = QStackedWidget(self)
        self.trouble = TroubleState(
            wording.text("The list could not be read"), self.read_again, name=f"{shape.name}.list.again"
        )
        for page in (self.table, self._nothing_found(), empty, self.trouble):
            self._stack.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for widget, stretch in ((self.bar, 0), (self.busy, 0), (self._stack, 1), (self.count, 0)):
            rows.addWidget(widget, stretch)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._rest()
        self._connect()
        self._show_sort()
        self._hide_columns()

    @property
    def current(self) -> Any:
        """The current line; `None` when there is none."""
        index = self.table.currentIndex()
        return self.model.line(index.row()) if index.isValid() else None

    def start(self) -> None:
        """Read the lines for the first time; later calls do nothing."""
        if not self._loaded:
            self._loaded = True
            self._ask()

    def narrow(self, where: Mapping[str, tuple[str, ...]]) -> None:
        """Show what these filters leave, and nothing else.

        Args:
            where: accepted values by filter; also words to search for and the line to choose (`narrowed`).
        """
        self.bar.show_all()
        self.bar.narrow(**where)
        self.bar.search.setText(" ".join(where.get(SEARCH, ())))
        self.start()
        if LINE in where:
            self.show_uid(where[LINE][0])

    def here(self) -> str:
        """What is shown, to come back to it: filters, search and the chosen line."""
        where = {name: values for name, values in self.query.where.items() if values}
        line = getattr(self.current, "uid", "")
        more = {name: value for name, value in ((SEARCH, self.query.search), (LINE, line)) if value}
        return narrowed_to(**where, **more)

    @Slot()
    def read_again(self) -> None:
        """Read all lines anew: the source says something else now."""
        self._loaded = True
        self._ask()

    def show_uid(self, uid: str) -> None:
        """Make the line with this uid the current one as soon as it is here, or show what filters leave."""
        where = read_narrowed(uid)
        if where is not None:
            self.narrow(where)
            return
        self._wanted_uid = uid
        self._find_wanted()

    @Slot(object)
    def hear(self, change: Change) -> None:
        """Read again when what is listed has changed."""
        if self._loaded and change.topics & self.shape.topics:
            self._settling.start()

    @Slot()
    def focus_search(self) -> None:
        """Go to the search field."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    @Slot()
    def _to_table(self) -> None:
        """On into the lines: to the chosen one, else to the first."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.choose(0)

    def _nothing_found(self) -> EmptyState:
        return EmptyState(
            "search",
            wording.text("Nothing matches"),
            wording.text("Try fewer words, or show all again."),
            Button(wording.text("Show all"), name=f"{self.shape.name}.show_all", run=self.bar.show_all),
        )

    def _connect(self) -> None:
        self._settling.timeout.connect(self._ask)
        self.bar.searched.connect(self._search)
        self.bar.filtered.connect(self._filter)
        self.bar.column_ticked.connect(self._tick_column)
        self.bar.widened.connect(self._connect_chip)
        self.bar.left_down.connect(self._to_table)
        copy = self.bar.offer(wording.text("Copy chosen lines"), "copy", self.out.copy, "Ctrl+C")
        self.table.addAction(copy)
        self.bar.offer(wording.text("Choose all lines"), "check", self.table.selectAll)
        self.bar.offer(wording.text("Export as CSV …"), "download", self.out.export)
        for chip in self.bar.chips:
            self._connect_chip(chip)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.selectionModel().selectionChanged.connect(self._say_count)
        self.table.opened.connect(self._open)
        self.out.stepped.connect(self._say_export)
        self.out.ended.connect(self._say_count)
        self.loading.first_page.connect(self._first_came)
        self.loading.all_keys.connect(self._keys_came)
        self.loading.failed.connect(self._failed)
        self.loading.ended.connect(self._rest)
        self._patience.timeout.connect(self._show_busy)
        self._services.changed.made.connect(self.hear)

    @Slot()
    def _ask(self) -> None:
        self._firsts = ()
        self._patience.start()
        self.loading.ask(self.query)

    @Slot()
    def _show_busy(self) -> None:
        """What takes longer than a moment is seen to be going on, and said; the room for it is always there."""
        self.busy.show()
        sorts = {column.sort: column.title() for column in self.shape.columns if column.sort}
        by = sorts.get(self.query.sort, "")
        self.count.setText(wording.text("Sorting by {title} …", title=by) if by else wording.text("Reading …"))

    @Slot()
    def _rest(self) -> None:
        self._patience.stop()
        self.busy.hide()
        self._say_count()

    @Slot(object)
    def _search(self, words: str) -> None:
        self._put(search=words)

    @Slot(object)
    def _filter(self, where: dict[str, tuple[str, ...]]) -> None:
        self._put(where=where)

    def _put(self, **parts: Any) -> None:
        query = msgspec.structs.replace(self.query, **parts)
        if query != self.query:
            self.query = query
            if self._loaded:
                self._ask()

    @Slot(int)
    def _sort_by(self, section: int) -> None:
        sort = self.shape.columns[section].sort
        if sort:
            self._put(sort=sort, descending=sort == self.query.sort and not self.query.descending)
        self._show_sort()

    def _show_sort(self) -> None:
        header = self.table.horizontalHeader()
        shown = [
            place for place, column in enumerate(self.shape.columns) if column.sort and column.sort == self.query.sort
        ]
        header.setSortIndicatorShown(bool(shown))
        if shown:
            order = Qt.SortOrder.DescendingOrder if self.query.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(shown[0], order)

    @Slot(object)
    def _first_came(self, lines: list[Any]) -> None:
        """Show the first page at once, but not in place of a list that is being looked at further down."""
        self._firsts = lines
        if self.table.verticalScrollBar().value() == 0 and not self.table.currentIndex().isValid():
            self._show(array("q", (line.id for line in lines)), lines)

    @Slot(object)
    def _keys_came(self, keys: array[int]) -> None:
        self._show(keys, self._firsts)
        self._find_wanted()

    @Slot(object)
    def _failed(self, error: GembaError) -> None:
        """Lines that are shown stay; where there are none, it is said that they could not be read."""
        if self.model.rowCount():
            self._services.messages.trouble(error)
            return
        self.trouble.tell(error)
        self._stack.setCurrentWidget(self.trouble)
        self.count.hide()

    def _show(self, keys: array[int], firsts: Sequence[Any]) -> None:
        """Put lines into the table; what was chosen stays chosen, in its place, if it is still there."""
        index, scroll = self.table.currentIndex(), self.table.verticalScrollBar().value()
        key = self.model.key(index.row()) if index.isValid() else 0
        self.model.show_keys(keys, firsts)
        if key and not self.table.currentIndex().isValid() and (row := self.model.row_of(key)) >= 0:
            self.table.choose(row)
            self.table.verticalScrollBar().setValue(scroll)
        elif key and not self.table.currentIndex().isValid():
            self.chosen.emit(None)
        asked = bool(self.query.search or self.query.where)
        empty = not self.model.rowCount() and not asked
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1 if asked else 2)
        self.bar.setVisible(not empty)
        self.count.setVisible(not empty)
        self.emptied.emit(empty)
        self._say_count()
        self.table.share_room()

    @Slot()
    def _say_count(self) -> None:
        words = self.shape.counted(self.model.rowCount())
        chosen = self.table.chosen_count()
        if chosen > 1:
            words += " · " + wording.plural("{n} chosen", "{n} chosen", chosen)
        self.count.setText(words)

    def _find_wanted(self) -> None:
        """Go to the line that was asked for, once it is among the lines; a filter may hide it."""
        if not self._wanted_uid or not self.model.rowCount():
            return
        try:
            row = self.model.row_of(self._source.key(self._wanted_uid))
        except Refusal:
            self._wanted_uid = ""
            return
        if row >= 0:
            self._wanted_uid = ""
            self.table.choose(row)

    @Slot()
    def _current_changed(self) -> None:
        self.chosen.emit(self.current)

    @Slot(object)
    def _open(self, _key: int) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    @Slot(object)
    def _connect_chip(self, chip: Chip) -> None:
        chip.asked.connect(self._fill_chip)

    @Slot(object)
    def _fill_chip(self, chip: Chip) -> None:
        """Count beside the window; the menu shows the values that are known already until then."""
        chip.wait()
        self._services.jobs.ask(self._source.choices, chip.filter.name, done=chip.offer)

    @Slot(object)
    def _tick_column(self, name: str) -> None:
        kept = dict(self._services.preferences.wishes.columns)
        kept[self.shape.name] = sorted(self._hidden() ^ {name})
        self._services.preferences.keep(columns=kept)
        self._hide_columns()

    def _hidden(self) -> set[str]:
        kept = self._services.preferences.wishes.columns.get(self.shape.name)
        return {
            column.name for column in self.shape.columns if (column.hidden if kept is None else column.name in kept)
        }

    def _hide_columns(self) -> None:
        hidden = self._hidden()
        shown = [place for place, column in enumerate(self.shape.columns) if column.name not in hidden]
        self.table.want_columns(shown, folds=self.shape.name not in self._services.preferences.wishes.columns)
        self.bar.tick_columns({column.name for column in self.shape.columns} - hidden)

    @Slot(object, object)
    def _say_export(self, done: int, total: int) -> None:
        self.count.setText(wording.text("Exporting {done} of {total}", done=done, total=total))
