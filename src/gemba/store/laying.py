"""Makes the tables of a new store, as the newest migration would leave them."""

from __future__ import annotations

from sqlalchemy import Connection, text

import gemba.store.journal_tables  # noqa: F401 - its tables join the metadata
from gemba.store import postgres_columns, postgres_indexes, search_index
from gemba.store.table_parts import metadata
from gemba.store.version import CURRENT


def lay(connection: Connection) -> None:
    """Make all tables and indexes, and write down their version."""
    metadata.create_all(connection)
    search_index.lay(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": CURRENT})
    if connection.dialect.name == "postgresql":
        postgres_columns.suit(connection)
        postgres_indexes.suit(connection)
