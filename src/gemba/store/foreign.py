"""Operations on an assessment by devices that did not begin it: they take part, and a person shall know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import Connection, func, select

from gemba.domain.record import Uid
from gemba.store import births
from gemba.store import journal_tables as tables
from gemba.store.heads import Subject
from gemba.store.tables import TABLES

NOUNS = ("assessment", "answer", "evidence", "conclusion", "report")
"""Nouns that one auditor writes; findings and actions are followed up by others, too."""

_AT_ONCE = 500


class Foreign(msgspec.Struct, frozen=True):
    """What a device has recorded in an assessment that another began: two share an audit, or one meddles."""

    assessment: Uid
    device: str
    operations: int
    entities: tuple[Uid, ...]


def foreign(connection: Connection, records: Collection[Subject]) -> Iterator[Foreign]:
    """The operations on these records by devices that did not begin their assessment."""
    found: dict[tuple[Uid, str], dict[Uid, int]] = {}
    givers: dict[Uid, str] = {}
    for noun, entity, assessment in _owned(connection, records):
        if assessment not in givers:
            givers[assessment] = births.giver(connection, ("assessment", assessment))
        for device, count in _devices(connection, (noun, entity)):
            if device != givers[assessment]:
                found.setdefault((assessment, device), {})[entity] = count
    for (assessment, device), counts in sorted(found.items()):
        yield Foreign(assessment, device, sum(counts.values()), tuple(sorted(counts)))


def _owned(connection: Connection, records: Collection[Subject]) -> Iterator[tuple[str, Uid, Uid]]:
    """Those that belong to an assessment, with its uid."""
    for noun in NOUNS:
        table = TABLES[noun]
        owner = table.c.uid if noun == "assessment" else table.c.assessment
        uids = [uid for of, uid in records if of == noun]
        for start in range(0, len(uids), _AT_ONCE):
            some = table.c.uid.in_(uids[start : start + _AT_ONCE])
            for row in connection.execute(select(table.c.uid, owner.label("owner")).where(some)).all():
                yield noun, row.uid, row.owner


def _devices(connection: Connection, subject: Subject) -> list[tuple[str, int]]:
    """Who has recorded anything on a record, and how many operations."""
    table = tables.operation
    here = (table.c.noun == subject[0]) & (table.c.entity == subject[1])
    asked = select(table.c.device, func.count()).where(here).group_by(table.c.device)
    return [(device, count) for device, count in connection.execute(asked)]
