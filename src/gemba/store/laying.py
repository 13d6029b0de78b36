"""Makes the tables of a new store, as the newest migration would leave them."""

from __future__ import annotations

from sqlalchemy import Connection, text

import gemba.store.journal_tables  # noqa: F401 - its tables join the metadata
from gemba.store import postgres_columns, postgres_indexes, search_index
from gemba.store.table_parts import PARTIAL, metadata
from gemba.store.version import CURRENT


def lay(connection: Connection) -> None:
    """Make all tables and indexes, and write down their version."""
    if connection.dialect.name == "postgresql":
        _tell_conditions()
    metadata.create_all(connection)
    search_index.lay(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": CURRENT})
    if connection.dialect.name == "postgresql":
        postgres_columns.suit(connection)
        postgres_indexes.suit(connection)


def _tell_conditions() -> None:
    """Tell PostgreSQL, too, which rows are in an index of some."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if PARTIAL in index.info:
                index.dialect_options["postgresql"]["where"] = text(index.info[PARTIAL])
