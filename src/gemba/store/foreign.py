"""Operations on an assessment by devices that did not begin it: they take part, and a person shall know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import Connection, func, select

from gemba.domain.record import Uid
from gemba.store import births
from gemba.store import journal_tables as tables
from gemba.store.among import among
from gemba.store.heads import Subject
from gemba.store.tables import TABLES

NOUNS = ("assessment", "answer", "evidence", "conclusion", "report")
"""Nouns that one auditor writes; findings and actions are followed up by others, too."""

_AT_ONCE = 2000


class Foreign(msgspec.Struct, frozen=True):
    """What a device has recorded in an assessment that another began: two share an audit, or one meddles."""

    assessment: Uid
    device: str
    operations: int
    entities: tuple[Uid, ...]


def foreign(connection: Connection, records: Collection[Subject]) -> Iterator[Foreign]:
    """The operations on these records by devices that did not begin their assessment."""
    owners = _owners(connection, records)
    givers = births.givers(connection, "assessment", sorted(set(owners.values())))
    found: dict[tuple[Uid, str], dict[Uid, int]] = {}
    for subject, device, count in _authors(connection, owners):
        assessment = owners[subject]
        if device != givers.get(assessment, ""):
            found.setdefault((assessment, device), {})[subject[1]] = count
    for (assessment, device), counts in sorted(found.items()):
        yield Foreign(assessment, device, sum(counts.values()), tuple(sorted(counts)))


def _owners(connection: Connection, records: Collection[Subject]) -> dict[Subject, Uid]:
    """Those that belong to an assessment, with its uid."""
    found: dict[Subject, Uid] = {}
    for noun in NOUNS:
        table = TABLES[noun]
        owner = table.c.uid if noun == "assessment" else table.c.assessment
        uids = [uid for of, uid in records if of == noun]
        for start in range(0, len(uids), _AT_ONCE):
            some = among(connection, table.c.uid, uids[start : start + _AT_ONCE])
            rows = connection.execute(select(table.c.uid, owner.label("owner")).where(some))
            found |= {(noun, row.uid): row.owner for row in rows}
    return found


def _authors(connection: Connection, records: Collection[Subject]) -> Iterator[tuple[Subject, str, int]]:
    """Who has recorded anything on which of these records, and how many operations."""
    table, entities = tables.operation, sorted({entity for _, entity in records})
    subject_and_device = (table.c.noun, table.c.entity, table.c.device)
    for start in range(0, len(entities), _AT_ONCE):
        some = among(connection, table.c.entity, entities[start : start + _AT_ONCE])
        asked = select(*subject_and_device, func.count()).where(some).group_by(*subject_and_device)
        for noun, entity, device, count in connection.execute(asked).all():
            if (noun, entity) in records:
                yield (noun, entity), device, count
