"""Who changed what of a record, and when: read from the journal. The read side."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import select

from gemba.domain.record import Uid
from gemba.store.hlc import moment_of
from gemba.store.journal_tables import operation
from gemba.store.reading import Reader
from gemba.store.tables import person


class Step(msgspec.Struct, frozen=True):
    """One operation on a record."""

    at: datetime
    """By the clock of the laptop that wrote it."""
    person: str
    """Name of who wrote it; empty when the person's card has not come."""
    fields: tuple[str, ...]
    """What it set, by name."""


class _Header(msgspec.Struct, frozen=True):
    fields: tuple[str, ...]


def history(reader: Reader, noun: str, uid: Uid, most: int = 200) -> list[Step]:
    """The operations on a record, the last first; an imported one has none until somebody changes it.

    Args:
        reader: of the store.
        noun: of the record.
        uid: of the record.
        most: the last so many.
    """
    asked = (
        select(operation.c.hlc, operation.c.header, person.c.name)
        .select_from(operation.outerjoin(person, operation.c.person == person.c.uid))
        .where(operation.c.entity == uid, operation.c.noun == noun)
        .order_by(operation.c.hlc.desc(), operation.c.uid.desc())
        .limit(most)
    )
    return [
        Step(moment_of(row.hlc), row.name or "", msgspec.json.decode(row.header, type=_Header).fields)
        for row in reader.connection.execute(asked)
    ]
