"""Entries that are one person: somebody who was entered by name and later came with a laptop of their own."""

from __future__ import annotations

from sqlalchemy import exists, select

from gemba.domain.record import Uid
from gemba.store.journal_tables import operation
from gemba.store.reading import Reader
from gemba.store.tables import person


def entries_of(reader: Reader, who: Uid) -> frozenset[Uid]:
    """All entries of the person whom this one means, itself among them."""
    real = reader.connection.scalar(select(person.c.same_as).where(person.c.uid == who)) or who
    others = reader.connection.scalars(select(person.c.uid).where(person.c.same_as == real))
    return frozenset({who, real, *others})


def has_written(reader: Reader, who: Uid) -> bool:
    """True when anything was recorded in this person's name, on whichever laptop."""
    return bool(reader.connection.scalar(select(exists().where(operation.c.person == who))))
