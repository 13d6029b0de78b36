"""Brings a list's lines beside the window: the first page at once, all keys after it."""

from __future__ import annotations

from array import array
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from gemba.errors import GembaError
from gemba.store.lists import Query
from gemba.ui.jobs import Jobs, Ticket
from gemba.ui.lists.source import Source


class Loading(QObject):
    """One search at a time: a newer one calls the older off."""

    first_page = Signal(object)
    """The first lines, as a list."""
    all_keys = Signal(object)
    """The keys of all lines, as an array."""
    failed = Signal(object)
    """The lines of the newest query could not be read; carries the failure (`GembaError`)."""
    ended = Signal()
    """Nothing more is read, whatever became of it."""

    def __init__(self, source: Source, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self._jobs = source, jobs
        self._tickets: list[Ticket] = []
        self._asked = 0

    def ask(self, query: Query) -> None:
        """Read the lines of a query."""
        for ticket in self._tickets:
            ticket.cancel()
        self._asked += 1
        self._tickets = [
            self._jobs.errand(
                self._source.first,
                query,
                done=partial(self._came, self._asked, "first"),
                failed=partial(self._fail, self._asked),
                holds=False,
            ),
            self._jobs.errand(
                self._source.keys,
                query,
                done=partial(self._came, self._asked, "keys"),
                failed=partial(self._fail, self._asked),
                ended=partial(self._end, self._asked),
                holds=False,
            ),
        ]
        self._complete = False

    def _fail(self, asked: int, error: GembaError) -> None:
        if asked == self._asked:
            self.failed.emit(error)

    def _end(self, asked: int) -> None:
        if asked == self._asked:
            self.ended.emit()

    def _came(self, asked: int, what: str, result: list[Any] | array[int]) -> None:
        if asked != self._asked:
            return
        if what == "keys":
            self._complete = True
            self.all_keys.emit(result)
        elif not self._complete:
            self.first_page.emit(result)
