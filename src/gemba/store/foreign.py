"""Operations on an assessment by devices that did not begin it: they take part, and a person shall know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

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
_NAMING = {noun: "uid" if noun == "assessment" else "assessment" for noun in NOUNS}
"""The field that names the assessment."""

_AT_ONCE = 5000


class Foreign(msgspec.Struct, frozen=True):
    """What a device has recorded in an assessment that another began: two share an audit, or one meddles."""

    assessment: Uid
    device: str
    operations: int
    entities: tuple[Uid, ...]


def foreign(
    connection: Connection,
    records: Collection[Subject],
    known: Mapping[Subject, Mapping[str, Any] | None],
    own: Collection[Subject] = (),
    author: str = "",
) -> Iterator[Foreign]:
    """The operations on these records by devices that did not begin their assessment.

    Args:
        connection: to the store.
        records: noun and uid of each.
        known: rows that need not be asked for.
        own: records that nobody but `author` has recorded anything on, as is known.
        author: a device.
    """
    owners = _owners(connection, records, known)
    givers = births.givers(connection, "assessment", sorted(set(owners.values())))
    found: dict[tuple[Uid, str], dict[Uid, int]] = {}
    several = {givers.get(one, "") for one in set(owners.values())}
    if author and several <= {author}:
        owners = {subject: owner for subject, owner in owners.items() if subject not in own}
    for subject, device, count in _authors(connection, owners, several.pop() if len(several) == 1 else ""):
        assessment = owners[subject]
        if device != givers.get(assessment, ""):
            found.setdefault((assessment, device), {})[subject[1]] = count
    for (assessment, device), counts in sorted(found.items()):
        yield Foreign(assessment, device, sum(counts.values()), tuple(sorted(counts)))


def _owners(
    connection: Connection, records: Collection[Subject], known: Mapping[Subject, Mapping[str, Any] | None]
) -> dict[Subject, Uid]:
    """Those that belong to an assessment, with its uid."""
    found: dict[Subject, Uid] = {}
    unknown: dict[str, list[Uid]] = {}
    for subject in records:
        naming = _NAMING.get(subject[0])
        if naming is not None:
            row = known.get(subject)
            if row is None:
                unknown.setdefault(subject[0], []).append(subject[1])
            else:
                found[subject] = row[naming]
    for noun, uids in unknown.items():
        table = TABLES[noun]
        asked = select(table.c.uid, table.c[_NAMING[noun]].label("owner"))
        for start in range(0, len(uids), _AT_ONCE):
            rows = connection.execute(asked.where(among(connection, table.c.uid, uids[start : start + _AT_ONCE])))
            found |= {(noun, row.uid): row.owner for row in rows}
    return found


def _authors(connection: Connection, records: Collection[Subject], but: str) -> Iterator[tuple[Subject, str, int]]:
    """Who, but one device, has recorded anything on which of these records, and how many operations."""
    table, entities = tables.operation, sorted({entity for _, entity in records})
    subject_and_device = (table.c.noun, table.c.entity, table.c.device)
    for start in range(0, len(entities), _AT_ONCE):
        some = among(connection, table.c.entity, entities[start : start + _AT_ONCE])
        asked = select(*subject_and_device, func.count()).where(some, table.c.device != but)
        asked = asked.group_by(*subject_and_device)
        for noun, entity, device, count in connection.execute(asked).all():
            if (noun, entity) in records:
                yield (noun, entity), device, count
