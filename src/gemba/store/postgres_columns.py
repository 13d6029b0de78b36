"""Makes PostgreSQL's columns hold what SQLite's hold, so that a store behaves the same on both.

A migration is written once, for both; what differs is set right here afterwards, column by column.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, text

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
        new = "bigint" if kind == "integer" else 'text COLLATE "C"'
        changes[table].append(f'ALTER COLUMN "{column}" TYPE {new}')
    for table, some in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(some)}')
