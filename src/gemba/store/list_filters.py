"""What a list can be narrowed by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Column, ColumnElement, func, select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.store.tables import place


class Filter(msgspec.Struct, frozen=True):
    """Accepts rows whose column has one of the values."""

    column: Column[Any]
    indexed: ClassVar[bool] = True
    """False where no index tells how many rows a value leaves: they are tested on the way."""
    is_span: ClassVar[bool] = False
    """True where the condition is a span of the column: a walk of an index by that column begins and ends there."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row."""
        return self.column.in_(values)

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The values that occur, with the number of rows, the most frequent first."""
        counted = select(self.column, func.count().label("n")).group_by(self.column)
        rows = reader.connection.execute(counted.order_by(text("n DESC"), self.column))
        return [(row[0], row[1]) for row in rows]


class Scanned(Filter, frozen=True):
    """The same where no index has the column first."""

    indexed: ClassVar[bool] = False


class PlaceFilter(Filter, frozen=True):
    """Accepts rows at one of the places or anywhere below them."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        return self.column.in_(places_below(reader, values))


class YesNo(Filter, frozen=True):
    """Accepts `yes`, `no` or both of a column that is true or false."""

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:  # noqa: ARG002 - others read
        """The condition on a row."""
        return self.column.in_([value == "yes" for value in values])

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """`yes` and `no` as far as they occur."""
        return [("yes" if value else "no", count) for value, count in Filter.choices(self, reader)]


class Told(Filter, frozen=True):
    """Accepts values of something that only clock or journal can tell (`tell` makes the expression)."""

    tell: Callable[[Reader], ColumnElement[str]]

    def condition(self, reader: Reader, values: tuple[str, ...]) -> ColumnElement[bool]:
        """The condition on a row."""
        return self.tell(reader).in_(values)

    def choices(self, reader: Reader) -> list[tuple[Any, int]]:
        """The values that occur, with the number of rows, the most frequent first."""
        told = select(self.tell(reader).label("value")).subquery()
        counted = select(told.c.value, func.count().label("n")).group_by(told.c.value)
        return [(row[0], row[1]) for row in reader.connection.execute(counted.order_by(text("n DESC"), told.c.value))]


class ToldOnTheWay(Told, frozen=True):
    """The same where no index tells how many rows a value leaves."""

    indexed: ClassVar[bool] = False


def places_below(reader: Reader, uids: tuple[Uid, ...]) -> list[Uid]:
    """These places and all below them; a tree that runs in a circle is walked once."""
    below = select(place.c.uid).where(place.c.uid.in_(uids)).cte("below", recursive=True)
    below = below.union(select(place.c.uid).join(below, place.c.parent == below.c.uid))
    return list(reader.connection.scalars(select(below.c.uid)))


def count_up_to(reader: Reader, key: Column[Any], condition: ColumnElement[bool], most: int) -> int:
    """How many rows a condition leaves, counted no further than `most`."""
    some = select(key).where(condition).limit(most).subquery()
    return reader.connection.scalar(select(func.count()).select_from(some)) or 0


class _Unindexed(FunctionElement[Any]):
    """An expression that SQLite does not use an index for."""

    name = "unindexed"
    inherit_cache = True


@compiles(_Unindexed)
def _as_it_is(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    """PostgreSQL knows how often a value occurs, and chooses for itself."""
    return compiler.process(element.clauses, **options)


@compiles(_Unindexed, "sqlite")
def _with_a_plus(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+({compiler.process(element.clauses, **options)})"


def unindexed(expression: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same expression, written so that SQLite does not use an index for it."""
    unindexed = _Unindexed(expression.self_group())
    unindexed.type = expression.type
    return unindexed
