"""Rows that are new or known already: one way to write them, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

Upsert: TypeAlias = sqlite.Insert | postgresql.Insert
"""An insert that has `on_conflict_do_update` and `on_conflict_do_nothing`; both dialects spell them the same."""


def upsert(on: Connection | Dialect, table: Table) -> Upsert:
    """An insert into a table that may say what becomes of rows which are there already.

    Args:
        on: where it will be executed.
        table: of the rows.
    """
    dialect = on.dialect if isinstance(on, Connection) else on
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)
