"""Makes the tables of a new store, as the newest migration would leave them."""

from __future__ import annotations

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.engine.mock import MockConnection

import gemba.store.journal_tables
import gemba.store.tables  # noqa: F401 - their tables join the metadata
from gemba.store import postgres_columns, postgres_indexes, search_index
from gemba.store.table_parts import PARTIAL, metadata
from gemba.store.version import CURRENT


def lay(connection: Connection) -> None:
    """Make all tables and indexes, and write down their version."""
    if connection.dialect.name == "postgresql":
        _tell_conditions()
    _execute(connection, _statements(connection.dialect))
    search_index.lay(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": CURRENT})
    if connection.dialect.name == "postgresql":
        postgres_columns.suit(connection)
        postgres_indexes.suit(connection)


_MADE: dict[str, tuple[str, ...]] = {}
"""By database: what makes all tables and indexes. To put it together takes longer than to carry it out."""


def _statements(dialect: Dialect) -> tuple[str, ...]:
    if dialect.name not in _MADE:
        made: list[str] = []
        spoken = postgres_columns.suited(dialect) if dialect.name == "postgresql" else dialect
        listening = MockConnection(dialect, lambda one, *_: made.append(str(one.compile(dialect=spoken))))
        metadata.create_all(listening, checkfirst=False)  # a new store has none
        _MADE[dialect.name] = tuple(made)
    return _MADE[dialect.name]


def _execute(connection: Connection, statements: tuple[str, ...]) -> None:
    """PostgreSQL is sent them at once, or their ways there and back would take longer than their work."""
    if connection.dialect.name == "postgresql":
        statements = (";\n".join(statements),)
    for statement in statements:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _tell_conditions() -> None:
    """Tell PostgreSQL, too, which rows are in an index of some."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if PARTIAL in index.info:
                index.dialect_options["postgresql"]["where"] = text(index.info[PARTIAL])
