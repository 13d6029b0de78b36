"""The machinery of lists: filters, search, sorts and keyset pages over frozen lines.

A list is declared once (`gemba.store.lists`). A page is found in two steps: first the local keys, from an index that
holds everything the question asks about; then the few lines of those keys.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, FromClause, Select, Table, bindparam, func, or_, select

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import search_index
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, count_up_to, unindexed
from gemba.store.list_sorts import Phase, Sort
from gemba.store.reading import Reader

L = TypeVar("L", bound=Line)

Filled = ColumnElement[Any] | Callable[[Reader], ColumnElement[Any]]
"""What fills a field of a line; a function where only clock or journal can tell."""

_AT_ONCE = 500
"""Keys in one question to the database."""

_FEW = 2_000
"""Rows that are sooner looked up and sorted than found by walking a sort's index as far as the end of a page."""
_FEW_FOR_ALL = 30_000
"""The same when the index would be walked to its end."""

_NEWEST = 10_000
"""Of so many rows that a search finds, those that came here last, a page is made; all keys are always of all."""


class Query(msgspec.Struct, frozen=True):
    """What a person asks of a list."""

    search: str = ""
    """Words, or their beginnings, that must all occur."""
    where: dict[str, tuple[str, ...]] = {}
    """Accepted values by filter. `place` means that place or any below it."""
    sort: str = ""
    """Name of a sort; the list's own order when empty."""
    descending: bool = False


class ListOf(Generic[L]):
    """One list.

    Args:
        line: class of its lines.
        table: whose rows are listed.
        source: the table joined with what the columns need.
        columns: what fills each field of the line.
        sorts: by name; the first is the list's own order.
        filters: by name.
        scanned: columns in which the search looks where the noun has no full-text index, because there are few rows.
    """

    def __init__(
        self,
        line: type[L],
        table: Table,
        *,
        source: FromClause,
        columns: Mapping[str, Filled],
        sorts: Mapping[str, Sort],
        filters: Mapping[str, Filter],
        scanned: Sequence[str] = (),
    ) -> None:
        self._scanned = scanned
        self._line = line
        self._table = table
        self._source = source
        self._filled = columns
        self._by_keys: Select[Any] | None = None
        self._sorts = sorts
        self._filters = filters
        self.columns: tuple[str, ...] = line.__struct_fields__
        self.sorts: tuple[str, ...] = tuple(sorts)
        self.filters: tuple[str, ...] = tuple(filters)

    def first(self, reader: Reader, query: Query, limit: int = 100) -> list[L]:
        """The first page."""
        return self._page(reader, query, self._sort(query).phases(descending=query.descending), limit)

    def after(self, reader: Reader, query: Query, last: L, limit: int = 100) -> list[L]:
        """The page that follows a line, however far down it is."""
        return self._page(reader, query, self._sort(query).phases_after(last, descending=query.descending), limit)

    def keys(self, reader: Reader, query: Query) -> array[int]:
        """The local keys of all lines, in order: what a table of a million rows holds."""
        found = array("q")
        for asked in self._asked(reader, query, self._sort(query).phases(descending=query.descending), _FEW_FOR_ALL):
            found.extend(_bare_keys(reader, asked))
        return found

    def lines(self, reader: Reader, keys: Sequence[int]) -> list[L]:
        """The lines of these keys, in their order; a key whose row is gone is left out."""
        asked = self._of_keys(reader)
        found: dict[int, L] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = {"keys": list(keys[start : start + _AT_ONCE])}
            for row in reader.connection.execute(asked, some):
                line = msgspec.convert(dict(zip(self.columns, row, strict=True)), self._line)
                found[line.id] = line
        return [found[key] for key in keys if key in found]

    def key(self, reader: Reader, uid: Uid) -> int:
        """The local key of the record with this uid.

        Raises:
            Refusal: `store.unknown_record`.
        """
        found: int | None = reader.connection.scalar(select(self._table.c.id).where(self._table.c.uid == uid))
        if found is None:
            raise Refusal("store.unknown_record", noun=self._table.name, uid=uid)
        return found

    def count(self, reader: Reader, query: Query) -> int:
        """How many lines there are."""
        asked = select(func.count()).select_from(self._table).where(*self._conditions(reader, query))
        return reader.connection.scalar(asked) or 0

    def choices(self, reader: Reader, column: str) -> list[tuple[Any, int]]:
        """The values that a filter can choose from, each with the number of lines, the most frequent first."""
        return self._filter(column).choices(reader)

    def _sort(self, query: Query) -> Sort:
        wanted = query.sort or self.sorts[0]
        if wanted not in self._sorts:
            raise Refusal("store.unknown_sort", sort=wanted, known=", ".join(self.sorts))
        return self._sorts[wanted]

    def _filter(self, name: str) -> Filter:
        if name not in self._filters:
            raise Refusal("store.unknown_filter", filter=name, known=", ".join(self.filters))
        return self._filters[name]

    def _of_keys(self, reader: Reader) -> Select[Any]:
        """The question for lines by their keys; built once unless clock or journal have a say in it."""
        if self._by_keys is not None:
            return self._by_keys
        asked = self._filling(reader).where(self._table.c.id.in_(bindparam("keys", expanding=True)))
        if all(isinstance(one, ColumnElement) for one in self._filled.values()):
            self._by_keys = asked
        return asked

    def _filling(self, reader: Reader) -> Select[Any]:
        filled = (self._filled[name] for name in self.columns)
        shown = [one if isinstance(one, ColumnElement) else one(reader) for one in filled]
        return select(*shown).select_from(self._source)

    def _page(self, reader: Reader, query: Query, phases: Iterator[Phase], limit: int) -> list[L]:
        keys: list[int] = []
        for asked in self._asked(reader, query, phases, _FEW, bounded=True):
            keys += reader.connection.scalars(asked.limit(limit - len(keys)))
            if len(keys) >= limit:
                break
        return self.lines(reader, keys)

    def _conditions(self, reader: Reader, query: Query) -> list[ColumnElement[bool]]:
        found = [self._filter(name).condition(reader, values) for name, values in query.where.items() if values]
        searched = self._holds(reader, query.search)
        return found if searched is None else [*found, searched]

    def _holds(self, reader: Reader, words: str) -> ColumnElement[bool] | None:
        """The condition that a row holds all the words: by the index, or by looking through rows that have none."""
        if self._table.name in search_index.SEARCHED:
            return search_index.condition(reader.connection, self._table.name, self._table.c.id, words)
        columns = [one for name in self._scanned if isinstance(one := self._filled[name], ColumnElement)]
        parts = [part for part in words.replace("\0", " ").split() if any(map(str.isalnum, part))]
        if not parts or not columns:
            return None
        held = [or_(*(one.icontains(part, autoescape=True) for one in columns)) for part in parts]
        return self._table.c.id.in_(select(self._table.c.id).select_from(self._source).where(*held))

    def _counted(
        self, reader: Reader, query: Query, few: int
    ) -> Iterator[tuple[ColumnElement[bool], int, ColumnElement[Any] | None]]:
        """The conditions of the filters, how many rows each leaves, as far as known, and of what it is a span."""
        for name, values in query.where.items():
            kept = self._filter(name)
            if values:
                condition = kept.condition(reader, values)
                count = count_up_to(reader, self._table.c.id, condition, few) if kept.indexed else few
                yield condition, count, kept.column if kept.is_span else None

    def _searched(
        self, reader: Reader, query: Query, few: int, *, bounded: bool
    ) -> Iterator[tuple[ColumnElement[bool], int, None]]:
        """The condition of the search, and how many rows it leaves.

        A page is made of what came here last: the keys are found by one question, however common the words are.
        """
        connection, noun, key = reader.connection, self._table.name, self._table.c.id
        if noun not in search_index.SEARCHED:
            if (held := self._holds(reader, query.search)) is not None:
                yield held, few, None
            return
        found = search_index.newest(connection, noun, query.search, _NEWEST if bounded else few)
        if found is None:
            return
        if bounded or len(found) < min(few, _FEW):
            yield search_index.among(connection, key, found), len(found), None
            return
        condition = search_index.condition(connection, noun, key, query.search)
        if condition is not None:
            yield condition, len(found), None

    def _asked(
        self, reader: Reader, query: Query, phases: Iterable[Phase], few: int, *, bounded: bool = False
    ) -> Iterator[Select[Any]]:
        """The questions for keys, one for each phase of the sort.

        If one condition alone leaves few rows, those are looked up and sorted. Otherwise the sort's index is walked
        and the conditions are tested on the way. SQLite cannot choose well, for it does not know how often a value
        occurs; so it is asked first, and then not left the choice.
        """
        key = self._table.c.id
        counted = [*self._counted(reader, query, few), *self._searched(reader, query, few, bounded=bounded)]
        conditions, counts = [one[0] for one in counted], [one[1] for one in counted]
        narrow = min(range(len(counts)), key=counts.__getitem__, default=None)
        tested = [unindexed(condition) for condition in conditions]
        spans = [(at, condition, column) for at, (condition, _, column) in enumerate(counted) if column is not None]
        looked_up = narrow is not None and counts[narrow] < few
        if narrow is not None and looked_up:
            tested[narrow] = key.in_(select(key).where(conditions[narrow]))
        for phase in phases:
            source, held, order, there = phase.source, list(phase.conditions), list(phase.order), list(tested)
            for at, condition, column in () if looked_up else spans:
                if order[0] is column:
                    there[at] = condition
            if looked_up:
                source = phase.small
                held, order = [unindexed(one) for one in held], [unindexed(one) for one in order]
            if phase.descending:
                order = [one.desc() for one in order]
            yield select(key).select_from(source).where(*held, *there).order_by(*order)


def _bare_keys(reader: Reader, asked: Select[Any]) -> Iterator[int]:
    """The keys as the driver gives them: for a million of them a third of the time that rows take."""
    with reader.connection.execute(asked) as result:
        while result.cursor is not None and (some := result.cursor.fetchmany(_AT_ONCE)):
            yield from chain.from_iterable(some)
