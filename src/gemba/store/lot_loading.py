"""Many new rows of complaints at once, past everything that is done for each row elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Index, func, select, text

from gemba.domain.record import Uid
from gemba.store import lot_rows, search_index
from gemba.store.bulk import insert_many, new_keys
from gemba.store.columns import Json
from gemba.store.complaint_tables import complaint
from gemba.store.lot_rows import Lot
from gemba.store.search_index import Changed
from gemba.store.uncollected import uncollected

_NOUN = "complaint"
_HASH = 32 * 2**20
"""Bytes of new words that FTS5 gathers before it writes them; fewer pieces have to be merged later."""
_USUAL_HASH = 2**20


def insert(connection: Connection, uid: Uid, lot: Lot, rows: Sequence[tuple[Uid, tuple[Any, ...]]]) -> None:
    """Insert rows of a lot of which nothing is here, and tell the search index.

    Args:
        connection: in a transaction that writes.
        uid: of the lot.
        lot: what it says.
        rows: the complaint's uid and the cells of each row.
    """
    keys = new_keys(connection, complaint, len(rows))
    if connection.dialect.name == "sqlite":
        values = _as_sqlite(lot, keys, rows)
        connection.exec_driver_sql(_statement(uid, lot), values[0] if len(values) == 1 else values)
        _learn(connection, keys[0], keys[-1])
    else:
        made = [
            {**lot.values(row), "id": key, "uid": one, "lot": uid} for key, (one, row) in zip(keys, rows, strict=True)
        ]
        insert_many(connection, complaint, made)
        search_index.update_many(connection, _NOUN, [Changed(row["id"], None, row) for row in made])


def _learn(connection: Connection, first: int, last: int) -> None:
    """Tell SQLite's search index of rows that were inserted, by local key, while their pages are still at hand."""
    fields = ", ".join(search_index.SEARCHED[_NOUN])
    statement = (
        f"INSERT INTO complaint_search(rowid, {fields}) "  # noqa: S608 - names of the own columns
        f"SELECT id, {fields} FROM complaint WHERE id BETWEEN :first AND :last"
    )
    connection.execute(text(statement), {"first": first, "last": last})


@contextmanager
def in_bulk(connection: Connection, expected: int) -> Iterator[None]:
    """Load very many rows: indexes are laid aside and made again at the end, in the same transaction.

    Args:
        connection: in a transaction that writes.
        expected: how many rows will come, roughly. It is done only when these are more than half of what is here.
    """
    some = select(complaint.c.id).limit(2 * expected + 1).subquery()
    here = connection.scalar(select(func.count()).select_from(some)) or 0
    if connection.dialect.name != "sqlite" or expected < _WORTH_IT or here > 2 * expected:
        yield
        return
    aside = sorted((index for index in complaint.indexes if _is_laid_aside(index)), key=lambda index: str(index.name))
    for index in aside:
        index.drop(connection)
    _gather(connection, _HASH)
    with uncollected():
        yield
    for index in aside:
        index.create(connection)
    _gather(connection, _USUAL_HASH)


_WORTH_IT = 20_000


def _is_laid_aside(index: Index) -> bool:
    """True unless it costs less to keep it up: it holds few of the rows, or takes them in the order in which they come.

    To make an index reads the whole table once, deciphers it and checks each of its pages.
    """
    return index.dialect_options["sqlite"]["where"] is None and index.columns.keys()[0] != "lot"


def _gather(connection: Connection, size: int) -> None:
    connection.exec_driver_sql(f"INSERT INTO complaint_search(complaint_search, rank) VALUES('hashsize', {size})")


def _as_sqlite(lot: Lot, keys: Sequence[int], rows: Sequence[tuple[Uid, tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """The values of each row as SQLite keeps them; made column by column, which takes a third of the time."""
    columns: list[Sequence[Any]] = list(zip(*(row for _, row in rows), strict=True))
    for at, name in enumerate(lot.head.fields):
        to = _prepared().get(name)
        if to is not None:
            columns[at] = [None if cell is None else to(cell) for cell in columns[at]]
    return list(zip(keys, (uid for uid, _ in rows), *columns, strict=True))


@cache
def _prepared() -> dict[str, Callable[[Any], Any]]:
    """What makes of the values of some fields what the column's type makes of them in SQLite."""
    found: dict[str, Callable[[Any], Any]] = {
        name: _moment if kind is datetime else date.isoformat for name, kind in lot_rows.moments_and_days().items()
    }
    return found | {column.name: _json for column in complaint.c if isinstance(column.type, Json)}


def _moment(value: datetime) -> str:
    at = value if value.tzinfo is UTC else value.astimezone(UTC)
    return at.isoformat(" ", "microseconds")[:26]


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _statement(uid: Uid, lot: Lot) -> str:
    """The insert; what all rows have in common stands in it as literals."""
    fields = lot.head.fields
    same: dict[str, Any] = {name: value for name, value in lot.same.items() if name not in fields} | {"lot": uid}
    literals = {name: _literal(name, value) for name, value in same.items()}
    literals["number"] = f"?{3 + fields.index('key')}"
    names = ["id", "uid", *fields, *literals]
    values = [*(f"?{at + 1}" for at in range(2 + len(fields))), *literals.values()]
    return f"INSERT INTO complaint({', '.join(names)}) VALUES({', '.join(values)})"


def _literal(name: str, value: Any) -> str:
    if value is None:
        return "NULL"
    to = _prepared().get(name)
    said = value if to is None else to(value)
    if isinstance(said, str):
        return "'" + said.replace("'", "''") + "'"
    return str(int(said))
