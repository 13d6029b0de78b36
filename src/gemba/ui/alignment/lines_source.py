"""Lists of a few hundred lines that follow from rules and not from one table: read whole, then narrowed and sorted."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gemba.errors import Refusal
from gemba.store.lines import Line
from gemba.store.lists import Query
from gemba.store.reading import Reader
from gemba.work.desk import Desk


class LinesSource:
    """Every method may be called on any thread.

    Args:
        desk: whose store it is.
        read: gives all lines, in the list's own order.
        words: of a line, that a search looks through.
        filters: by name, what a line says there: one value or several.
        sorts: by name, what a line is sorted by.
        uids: what a line is called besides its own uid.
    """

    def __init__(
        self,
        desk: Desk,
        read: Callable[[Reader], Sequence[Any]],
        *,
        words: Callable[[Any], str],
        filters: Mapping[str, Callable[[Any], Sequence[str]]],
        sorts: Mapping[str, Callable[[Any], Any]],
        uids: Callable[[Any], Sequence[str]] = lambda _line: (),
    ) -> None:
        self._desk, self._read, self._words, self._filters, self._sorts = desk, read, words, filters, sorts
        self._uids = uids
        self._known: dict[int, Line] = {}

    def first(self, query: Query) -> list[Any]:
        """The lines that fit, in order."""
        with self._desk.reader() as reader:
            every = list(self._read(reader))
        self._known = {line.id: line for line in every}
        found = [line for line in every if self._fits(line, query)]
        sort = self._sorts.get(query.sort)
        if sort is not None:
            found.sort(key=sort, reverse=query.descending)
        elif query.descending:
            found.reverse()
        return found

    def keys(self, query: Query) -> array[int]:
        """Their keys, in order."""
        return array("q", (line.id for line in self.first(query)))

    def lines(self, keys: Sequence[int]) -> list[Any]:
        """The lines with these keys, as they were read last."""
        known = self._known
        return [known[key] for key in keys if key in known]

    def choices(self, column: str) -> list[tuple[str, int]]:
        """The values that a filter offers, the most frequent first."""
        found = Counter(value for line in self.first(Query()) for value in self._filters[column](line))
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def key(self, uid: str) -> int:
        """The key of a record, as it was read last; read again only for one that was not there then."""
        for every in (lambda: list(self._known.values()), lambda: self.first(Query())):
            for line in every():
                if uid == line.uid or uid in self._uids(line):
                    return int(line.id)
        raise Refusal("store.unknown_record", noun="line", uid=uid)

    def _fits(self, line: Any, query: Query) -> bool:
        said = self._words(line).casefold()
        if not all(word in said for word in query.search.casefold().split()):
            return False
        return all(not wanted or set(wanted) & set(self._filters[name](line)) for name, wanted in query.where.items())
