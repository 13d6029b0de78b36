"""Asking for the rows of many records at once, with one value in the question however many they are."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Select,
    String,
    any_,
    bindparam,
    exists,
    func,
    select,
)

_BETWEEN = "\x1f"
"""Stands in no uid, hash or name of a setting."""


def among(on: Connection, column: ColumnElement[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """True where a column of texts holds one of these: an array for PostgreSQL, a JSON list for SQLite.

    A list of a thousand placeholders would have to be spelled, parsed and planned anew for every number of them.
    """
    if on.dialect.name == "postgresql":
        # One text, taken apart there: the driver would spell an array item by item.
        return column == any_(func.string_to_array(_BETWEEN.join(texts), _BETWEEN, type_=_texts()))
    given = func.json_each(msgspec.json.encode(list(texts)).decode()).table_valued("value")
    return column.in_(select(given.c.value))


def ask(
    on: Connection, asked: Select[Any], column: Column[Any], texts: Collection[str]
) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a question where a column of texts holds one of these.

    Args:
        on: where it is asked.
        asked: the question; always the same object, so that it is spelled once.
        column: of the question's tables.
        texts: to look for.
    """
    is_postgres = on.dialect.name == "postgresql"
    given = _BETWEEN.join(texts) if is_postgres else msgspec.json.encode(list(texts)).decode()
    return on.execute(_question(asked, column, is_postgres=is_postgres), {"among": given})


@lru_cache(maxsize=256)
def _question(asked: Select[Any], column: Column[Any], *, is_postgres: bool) -> Select[Any]:
    given = bindparam("among", type_=String)
    if is_postgres:
        return asked.where(column == any_(func.string_to_array(given, _BETWEEN, type_=_texts())))
    return asked.where(column.in_(select(func.json_each(given).table_valued("value").c.value)))


def present(on: Connection, column: Column[Any], texts: Collection[str]) -> set[str]:
    """Those of these texts that a column holds, however many rows hold them.

    Each is looked up in an index of the column. Of a question for the rows a server may think, before it has counted
    what they hold, that so many texts are worth a walk over the whole table.
    """
    is_postgres = on.dialect.name == "postgresql"
    given = _BETWEEN.join(texts) if is_postgres else msgspec.json.encode(list(texts)).decode()
    return set(on.scalars(_present(column, is_postgres=is_postgres), {"among": given}))


@lru_cache(maxsize=64)
def _present(column: Column[Any], *, is_postgres: bool) -> Select[Any]:
    given = bindparam("among", type_=String)
    if is_postgres:
        one = func.unnest(func.string_to_array(given, _BETWEEN, type_=_texts())).column_valued("one")
        return select(one).where(exists().where(column == one))
    listed = func.json_each(given).table_valued("value")
    return select(listed.c.value).where(exists().where(column == listed.c.value))


def _texts() -> Any:
    """The type of an array of texts; only who asks a server needs what comes with it."""
    from sqlalchemy.dialects.postgresql import ARRAY

    return ARRAY(String)
