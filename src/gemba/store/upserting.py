"""Rows that are new or known already: one way to write them, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def upsert(on: Connection | Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert into a table that may say what becomes of rows which are there already.

    It has `on_conflict_do_update` and `on_conflict_do_nothing`; both dialects spell them the same.

    Args:
        on: where it will be executed.
        table: of the rows.
    """
    dialect = on.dialect if isinstance(on, Connection) else on
    if dialect.name != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a tenth of a second, which laptops need not spend

    return postgresql.insert(table)
