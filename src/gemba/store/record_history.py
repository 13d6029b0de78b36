"""Who changed what of a record, and when: read from the journal. The read side."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

import msgspec
from sqlalchemy import Select, func, select

from gemba.domain.nouns import IN_LOTS
from gemba.domain.record import Uid
from gemba.store.among import ask
from gemba.store.hlc import moment_of
from gemba.store.journal_tables import correspondent, operation
from gemba.store.operations import values_in
from gemba.store.reading import Reader
from gemba.store.tables import TABLES, person

_FEW = 16
"""Neighbours that are read first: most steps are short."""

_LAST = select(func.max(operation.c.hlc))


class Step(msgspec.Struct, frozen=True):
    """One operation on a record."""

    at: datetime
    """By the clock of the laptop that wrote it."""
    person: str
    """Name of who wrote it; empty when the person's card has not come."""
    fields: tuple[str, ...]
    """What it set, by name."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One operation on a record, with what it said."""

    uid: Uid
    at: datetime
    """By the clock of the laptop that wrote it."""
    person: Uid
    device: str
    epoch: str
    seq: int
    hlc: str
    noun: str
    entity: Uid
    fields: tuple[str, ...]
    """What it set, by name, also where the words are erased."""
    parents: tuple[Uid, ...]
    """The operations that it had seen as the last on those fields."""
    values: dict[str, Any]
    """What it set, as JSON values; without what is erased."""


class _Header(msgspec.Struct, frozen=True):
    fields: tuple[str, ...]
    parents: tuple[Uid, ...] = ()


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


def written(reader: Reader, noun: str, uid: Uid) -> list[Written]:
    """The operations on a record with all that they said, the first first."""
    asked = select(operation).where(operation.c.entity == uid, operation.c.noun == noun)
    return _written(reader, asked.order_by(operation.c.hlc, operation.c.uid))


def written_beside(reader: Reader, one: Written, most: int) -> list[Written]:
    """The operations that were written in one go with this one: neighbours in its journal, at the same moment.

    Args:
        reader: of the store.
        one: of this store's own.
        most: reading stops soon after so many; an import writes a hundred thousand in one go.
    """
    mine = (operation.c.device == one.device, operation.c.epoch == one.epoch)
    moment = one.hlc.partition("-")[0]
    found: list[Written] = []
    for is_before in (True, False):
        number, span = one.seq, _FEW
        while len(found) <= most:
            first, last = (number - span, number - 1) if is_before else (number + 1, number + span)
            order = operation.c.seq.desc() if is_before else operation.c.seq
            asked = select(operation).where(*mine, operation.c.seq.between(first, last)).order_by(order)
            rows = _written(reader, asked)
            near = list(takewhile(lambda each: each.hlc.partition("-")[0] == moment, rows))
            found += near
            if not rows or len(near) < len(rows):
                break
            number, span = (first if is_before else last), 4 * span
    return found


def last_said(reader: Reader, uids: Collection[Uid]) -> datetime | None:
    """When something was last written on one of these records; `None` when nothing ever was.

    By the clock of the laptop that wrote it.
    """
    reading = ask(reader.connection, _LAST, operation.c.entity, uids).scalar()
    return None if reading is None else moment_of(reading)


def noun_of(reader: Reader, uid: Uid) -> str:
    """The noun of the record with this uid; empty when there is none."""
    found = reader.connection.scalar(select(operation.c.noun).where(operation.c.entity == uid).limit(1))
    if found is not None:
        return str(found)
    lots = (noun for noun in IN_LOTS if _is_in(reader, noun, uid))
    return next(lots, "")


def subjects_beginning(reader: Reader, letters: str, most: int = 2) -> list[tuple[str, Uid]]:
    """Noun and uid of records whose uid begins so: no more than `most`."""
    of = operation.c
    asked = select(of.noun, of.entity).where(of.entity >= letters, of.entity < letters + "g").distinct().limit(most)
    return [(row.noun, row.entity) for row in reader.connection.execute(asked)]


def laptop_names(reader: Reader, devices: Iterable[str]) -> dict[str, str]:
    """What these laptops are called; their id where nobody has told."""
    wanted = set(devices)
    asked = select(correspondent.c.id, correspondent.c.name).where(correspondent.c.id.in_(wanted))
    told = {row.id: row.name for row in reader.connection.execute(asked)} | {reader.device.id: reader.device.name}
    return {device: told.get(device) or device for device in wanted}


def _written(reader: Reader, asked: Select[Any]) -> list[Written]:
    found = []
    for row in reader.connection.execute(asked):
        header = msgspec.json.decode(row.header, type=_Header)
        made = Written(
            uid=row.uid,
            at=moment_of(row.hlc),
            person=row.person,
            device=row.device,
            epoch=row.epoch,
            seq=row.seq,
            hlc=row.hlc,
            noun=row.noun,
            entity=row.entity,
            fields=header.fields,
            parents=header.parents,
            values=values_in(row.payload, row.personal),
        )
        found.append(made)
    return found


def _is_in(reader: Reader, noun: str, uid: Uid) -> bool:
    table = TABLES[noun]
    return reader.connection.scalar(select(table.c.id).where(table.c.uid == uid)) is not None
