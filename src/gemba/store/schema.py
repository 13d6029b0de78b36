"""The version of a store's tables, and the way from an older one to today's."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from gemba.errors import Trouble
from gemba.shipped import migrations
from gemba.store import search_index
from gemba.store.tables import metadata

CURRENT = "0001"
"""The newest revision under `migrations/versions/`."""


def lay(connection: Connection) -> None:
    """Make the tables of a new store, as the newest revision would leave them."""
    import gemba.store.journal_tables  # noqa: F401 - its tables are part of the metadata

    metadata.create_all(connection)
    for statement in search_index.statements():
        connection.execute(text(statement))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": CURRENT})


def revision_of(connection: Connection) -> str:
    """The revision that a store stands at: one cheap question."""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def is_known(revision: str) -> bool:
    """True when this program knows the revision; otherwise the store is of a newer program."""
    return any(file.name.startswith(f"{revision}_") for file in (migrations() / "versions").glob("*.py"))


def refuse_newer(revision: str, folder: Path) -> None:
    """Stop before a store of a newer program is touched.

    Raises:
        Trouble: `store.newer`.
    """
    if not is_known(revision):
        raise Trouble("store.newer", folder=str(folder), theirs=revision, ours=CURRENT)
