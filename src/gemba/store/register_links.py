"""Which records an entry of a register may name: the newest of a noun."""

from __future__ import annotations

from sqlalchemy import select

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record
from gemba.store.reading import Reader
from gemba.store.tables import TABLES

MOST = 300


def newest(reader: Reader, noun: str, most: int = MOST) -> list[Record]:
    """The records of a noun that came here last, the newest first."""
    table = TABLES[noun]
    uids = list(reader.connection.scalars(select(table.c.uid).order_by(table.c.id.desc()).limit(most)))
    return list(reader.many(NOUNS[noun], uids))
