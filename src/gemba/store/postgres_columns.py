"""Makes PostgreSQL's columns hold what SQLite's hold, so that a store behaves the same on both.

A migration is written once, for both; what differs is set right here afterwards, column by column. A new store is told
of it before its tables are made: to alter a column makes its indexes once more.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Dialect, text

_TEXT, _NUMBER = 'text COLLATE "C"', "bigint"

_CHANGES = text(
    """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version'
      AND (data_type = 'integer' OR data_type = 'character varying'
           OR (data_type = 'text' AND collation_name IS DISTINCT FROM 'C'))
    ORDER BY table_name, ordinal_position
    """
)


def suit(connection: Connection) -> None:
    """Give every text the order of its code points and no length, and every whole number 64 bits.

    Pages of lists go on from a value of the page before, so that all stores must order texts alike; and a length or
    a number that one database refuses must not stop a pack there that another takes in.
    """
    changes: defaultdict[str, list[str]] = defaultdict(list)
    for table, column, kind in connection.execute(_CHANGES).all():
        new = _NUMBER if kind == "integer" else _TEXT
        changes[table].append(f'ALTER COLUMN "{column}" TYPE {new}')
    for table, some in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(some)}')


def suited(dialect: Dialect) -> Dialect:
    """How to say to PostgreSQL what a new table is to hold, so that `suit` finds next to nothing to alter."""
    from sqlalchemy.dialects.postgresql.base import PGTypeCompiler  # a laptop never asks for it

    class Kinds(PGTypeCompiler):
        def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802 - SQLAlchemy's
            return _TEXT

        def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802 - SQLAlchemy's
            return _TEXT

        def visit_INTEGER(self, type_: Any, type_expression: Any = None, **kw: Any) -> str:  # noqa: N802 - as above
            # A default is written down as it was first understood: `suit` alters it, as after a migration.
            if getattr(type_expression, "server_default", None) is not None:
                return str(super().visit_INTEGER(type_, **kw))
            return _NUMBER

    own = copy.copy(dialect)
    own.type_compiler_instance = Kinds(own)
    return own
