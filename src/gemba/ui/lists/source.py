"""Where a list's lines come from: the store, or anything that answers alike."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from gemba.store.lists import Query
    from gemba.work.desk import Desk


class Source(Protocol):
    """Lines by integer keys. Every method may be called on any thread."""

    def first(self, query: Query) -> list[Any]:
        """The first lines, at once."""

    def keys(self, query: Query) -> array[int]:
        """The keys of all lines, in order."""

    def lines(self, keys: Sequence[int]) -> list[Any]:
        """The lines with these keys, in that order; those that are gone are left out."""

    def choices(self, column: str) -> list[tuple[str, int]]:
        """The values that a filter offers, each with how many lines have it."""

    def key(self, uid: str) -> int:
        """The key of a record; a Refusal when it is not here."""


class StoreSource:
    """The lines of one of the store's lists (`gemba.store.lists`)."""

    def __init__(self, desk: Desk, lines_of: Any) -> None:
        self._desk, self._list = desk, lines_of

    def first(self, query: Query) -> list[Any]:
        """The first lines, at once."""
        with self._desk.reader() as reader:
            return list(self._list.first(reader, query))

    def keys(self, query: Query) -> array[int]:
        """The keys of all lines, in order."""
        with self._desk.reader() as reader:
            return array("q", self._list.keys(reader, query))

    def lines(self, keys: Sequence[int]) -> list[Any]:
        """The lines with these keys, in that order."""
        with self._desk.reader() as reader:
            return list(self._list.lines(reader, keys))

    def choices(self, column: str) -> list[tuple[str, int]]:
        """The values that a filter offers."""
        with self._desk.reader() as reader:
            return list(self._list.choices(reader, column))

    def key(self, uid: str) -> int:
        """The key of a record."""
        with self._desk.reader() as reader:
            return int(self._list.key(reader, uid))
