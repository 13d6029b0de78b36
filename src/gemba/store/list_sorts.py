"""How a list is sorted, and how the next page is found from the last line of the one before (keyset paging).

A sort is a sequence of phases, each of which an index can walk: rows without a value apart from rows with one, and
ranked words (major before minor) one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, FromClause, Table, literal, tuple_

from gemba.store.lines import Line
from gemba.store.list_filters import unindexed


class Phase(msgspec.Struct, frozen=True):
    """One walk: conditions and order, over the list's table joined with what names are sorted by."""

    conditions: tuple[ColumnElement[bool], ...]
    order: tuple[ColumnElement[Any], ...]
    descending: bool
    source: FromClause
    """What to walk."""
    small: FromClause
    """The same, when few rows are looked up instead."""


class Sort(msgspec.Struct, frozen=True):
    """Sorts by a column of the list's own table; equal ones in the order in which they came here."""

    table: Table
    column: Column[Any]
    field: str
    """The line's field that shows the column."""

    def phases(self, *, descending: bool) -> Iterator[Phase]:
        """All rows; those without a value apart, for databases do not agree on whether they come first or last."""
        if not self.column.nullable:
            yield self._phase(descending)
            return
        apart = (self.column.is_not(None), self.column.is_(None))
        for condition in apart if descending else reversed(apart):
            yield self._phase(descending, condition)

    def phases_after(self, last: Line, *, descending: bool) -> Iterator[Phase]:
        """The rows that follow a line."""
        value = getattr(last, self.field)
        if value is None:
            yield self._phase(descending, self.column.is_(None), self._beyond(last, descending))
            if not descending:
                yield self._phase(descending, self.column.is_not(None))
            return
        here = tuple_(self.column, self.table.c.id)
        there = tuple_(literal(value, self.column.type), literal(last.id, self.table.c.id.type))
        yield self._phase(descending, here < there if descending else here > there)
        if descending and self.column.nullable:
            yield self._phase(descending, self.column.is_(None))

    def _phase(self, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - internal
        return Phase(conditions, (self.column, self.table.c.id), descending, self.table, self.table)

    def _beyond(self, last: Line, descending: bool) -> ColumnElement[bool]:  # noqa: FBT001 - internal
        return self.table.c.id < last.id if descending else self.table.c.id > last.id


class Ranked(Sort, frozen=True):
    """Sorts words by what they mean, not by their letters: major before minor, open before closed."""

    ranks: tuple[str, ...]
    stands_for: Mapping[str, str] = MappingProxyType({})
    """Words that a line shows in place of a ranked one: overdue for open."""

    def phases(self, *, descending: bool) -> Iterator[Phase]:
        """All rows."""
        yield from self._from(0, descending)

    def phases_after(self, last: Line, *, descending: bool) -> Iterator[Phase]:
        """The rows that follow a line."""
        shown = getattr(last, self.field)
        value = self.stands_for.get(shown, shown)
        yield self._of(value, descending, self._beyond(last, descending))
        yield from self._from(self._ordered(descending).index(value) + 1, descending)

    def _from(self, start: int, descending: bool) -> Iterator[Phase]:  # noqa: FBT001 - internal
        for value in self._ordered(descending)[start:]:
            yield self._of(value, descending)

    def _of(self, value: str, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - internal
        return Phase((self.column == value, *conditions), (self.table.c.id,), descending, self.table, self.table)

    def _ordered(self, descending: bool) -> tuple[str, ...]:  # noqa: FBT001 - internal
        return self.ranks[::-1] if descending else self.ranks


class Named(Sort, frozen=True):
    """Sorts by the name of the record that the column refers to, such as the place."""

    named: Table
    """The table of that record; the line shows its name in `field` and its uid in `<field>_uid`."""

    def phases(self, *, descending: bool) -> Iterator[Phase]:
        """All rows."""
        yield self._phase(descending)

    def phases_after(self, last: Line, *, descending: bool) -> Iterator[Phase]:
        """The rows that follow a line: the rest of those of its record, then those of later names."""
        name, uid = getattr(last, self.field), getattr(last, f"{self.field}_uid")
        yield self._phase(descending, self.column == uid, self._beyond(last, descending))
        here, there = tuple_(self.named.c.name, self.named.c.uid), tuple_(name, uid)
        yield self._phase(descending, here < there if descending else here > there)

    def _phase(self, descending: bool, *conditions: ColumnElement[bool]) -> Phase:  # noqa: FBT001 - internal
        order = (self.named.c.name, self.named.c.uid, self.table.c.id)
        # Names outside, rows inside: otherwise SQLite reads all rows and sorts them.
        walked = self.named.join(self.table, self.column == unindexed(self.named.c.uid))
        small = self.table.join(self.named, self.column == self.named.c.uid)
        return Phase(conditions, order, descending, walked, small)
