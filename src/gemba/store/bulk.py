"""Many new rows, or changes of them, at once: by COPY into PostgreSQL, by one prepared insert into SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from gemba.store import postgres_copy
from gemba.store.columns import Json, UtcDateTime

_FEW = 1
"""Rows for which a COPY is not worth its beginning and end."""
_SPARE = "gemba_spare_keys"
"""In what is known of a connection to PostgreSQL: by table, keys that were given to us and not used yet."""
_KEYS_AT_ONCE = 4000
_NEXT_KEYS = text(
    "WITH named AS MATERIALIZED (SELECT CAST(pg_get_serial_sequence(:table, 'id') AS regclass) AS sequence) "
    "SELECT nextval(sequence) FROM named, generate_series(1, :count)"
)
"""The sequence is looked up once, not for each key."""


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows, all in one go; on PostgreSQL they may name each other, in any order.

    Args:
        connection: in a transaction that writes.
        table: of the rows.
        rows: values by column, as the table's types take them; all rows name the same columns. What is not named has
            the column's default.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) > _FEW:
        _copy(connection, table, rows)
    elif connection.dialect.name == "sqlite":
        _insert(connection, table, rows)
    else:
        connection.execute(insert(table), list(rows))


def change_many(connection: Connection, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let rows that are there say something else.

    Args:
        connection: in a transaction that writes.
        table: of the rows.
        key: the column by which they are found.
        rows: values by column, among them the key; all rows name the same columns.
    """
    if not rows:
        return
    names = [name for name in rows[0] if name != key]
    if connection.dialect.name == "postgresql":
        order = [*names, key]
        made = [_prepared(connection, table, name) for name in order]
        said = [tuple(to(row[name]) if to else row[name] for name, to in zip(order, made, strict=True)) for row in rows]
        columns = ", ".join(f'"{name}" = %s' for name in names)
        postgres_copy.change(connection, table.name, f'UPDATE "{table.name}" SET {columns} WHERE "{key}" = %s', said)  # noqa: S608 - names of the own tables
        return
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    asked = update(table).where(table.c[key] == bindparam("the_key")).values(values)
    connection.execute(asked, [{"the_key": row[key], **{f"new_{name}": row[name] for name in names}} for row in rows])


def new_keys(connection: Connection, table: Table, count: int) -> list[int]:
    """Local keys (`id`) for as many new rows, to be given to `insert_many`, where others need to know them.

    PostgreSQL gives each key once, also to transactions that are undone. So we take many, and use them one by one: to
    ask is to wait for all rows that are on their way.

    Args:
        connection: in a transaction that writes, so that nobody else is given the same.
        table: of the rows; its key is `id`.
        count: how many.
    """
    if connection.dialect.name == "postgresql":
        spare: list[int] = connection.info.setdefault(_SPARE, {}).setdefault(table.name, [])
        if len(spare) < count:
            asked = {"table": table.name, "count": max(count, _KEYS_AT_ONCE)}
            spare += connection.scalars(_NEXT_KEYS, asked)
        keys, spare[:count] = spare[:count], []
        return keys
    last = connection.scalar(select(func.max(table.c.id))) or 0
    return list(range(last + 1, last + 1 + count))


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """One prepared statement, past what is done for each row and each execution anew: a third of the time."""
    names = tuple(rows[0])
    key = (table.name, names)
    if key not in _statements:
        made = insert(table).values(dict.fromkeys(names)).compile(dialect=connection.dialect)
        in_order = getattr(made, "positiontup", None) or ()
        _statements[key] = str(made), [(name, _prepared(connection, table, name)) for name in in_order]
    statement, columns = _statements[key]
    values = [tuple([row[name] if to is None else to(row[name]) for name, to in columns]) for row in rows]
    connection.exec_driver_sql(statement, values[0] if len(values) == 1 else values)


_statements: dict[tuple[str, tuple[str, ...]], tuple[str, list[tuple[str, Callable[[Any], Any] | None]]]] = {}
"""Of SQLite, by table and columns: the statement, and what turns each value into what the driver takes, in order."""


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    names = tuple(rows[0])
    pick: Callable[[Mapping[str, Any]], Any] = itemgetter(*names) if len(names) > 1 else lambda row: [row[names[0]]]
    made = [(at, to) for at, name in enumerate(names) if (to := _copied(connection, table, name)) is not None]
    kinds = [_BINARY.get(type(table.c[name].type)) for name in names]
    postgres_copy.copy(connection, table.name, names, kinds, _values(rows, pick, made))


def _values(
    rows: Iterable[Mapping[str, Any]],
    pick: Callable[[Mapping[str, Any]], Any],
    made: Sequence[tuple[int, Callable[[Any], Any]]],
) -> Iterator[Any]:
    """What is sent of each row; some of it is made of what the row says."""
    if not made:
        yield from map(pick, rows)
        return
    for row in rows:
        values = list(pick(row))
        for at, to in made:
            values[at] = to(values[at])
        yield values


_BINARY = {
    String: "text",
    Text: "text",
    Json: "text",
    LargeBinary: "bytea",
    Integer: "int8",  # `gemba.store.postgres_columns` makes them all so
    BigInteger: "int8",
    Boolean: "bool",
    Float: "float8",
    Date: "date",
    UtcDateTime: "timestamptz",
}
"""What PostgreSQL calls the columns that are sent as it keeps them; tables with others are sent as text."""


def _copied(connection: Connection, table: Table, name: str) -> Callable[[Any], Any] | None:
    """What makes of a value what a COPY takes; bytes are taken as they are."""
    return None if isinstance(table.c[name].type, LargeBinary) else _prepared(connection, table, name)


def _prepared(connection: Connection, table: Table, name: str) -> Callable[[Any], Any] | None:
    """What the column's type makes of a value before it is written; `None` when nothing."""
    dialect = connection.dialect
    found: Callable[[Any], Any] | None = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return found
