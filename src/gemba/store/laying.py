"""Makes the tables of a new store, as the newest migration would leave them."""

from __future__ import annotations

from sqlalchemy import Connection, text

import gemba.store.journal_tables  # noqa: F401 - its tables join the metadata
from gemba.store import search_index
from gemba.store.tables import metadata
from gemba.store.version import CURRENT


def lay(connection: Connection) -> None:
    """Make all tables and indexes, and write down their version."""
    metadata.create_all(connection)
    for statement in search_index.statements():
        connection.execute(text(statement))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": CURRENT})
