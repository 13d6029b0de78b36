"""Which device gave birth to a record: it is the one whose word on a verdict is shown while others contradict."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, exists, select

from gemba.domain.record import Uid
from gemba.store import heads, projection
from gemba.store import journal_tables as tables
from gemba.store.among import among
from gemba.store.heads import Subject
from gemba.store.operations import Header

_AT_ONCE = 5000

_TAKING_PART = select(tables.operation.c.header).where(
    ~exists().where(tables.waiting.c.operation == tables.operation.c.uid)
)
"""Operations that take part. Which of them had seen others stands in their headers: `edge` is not kept by child."""


def giver(connection: Connection, subject: Subject) -> str:
    """The id of the device that gave birth to a record; empty while its birth is not here."""
    noun, entity = subject
    table = tables.operation
    asked = _TAKING_PART.where(table.c.entity == entity, table.c.noun == noun)
    return giver_among([msgspec.json.decode(raw, type=Header) for raw in connection.scalars(asked)])


def givers(connection: Connection, noun: str, entities: list[Uid]) -> dict[Uid, str]:
    """Of each of these records of a noun the device that gave birth to it, as far as its birth is here."""
    table = tables.operation
    found: dict[Uid, list[Header]] = {}
    for start in range(0, len(entities), _AT_ONCE):
        some = among(connection, table.c.entity, entities[start : start + _AT_ONCE])
        for raw in connection.scalars(_TAKING_PART.where(some, table.c.noun == noun)):
            header = msgspec.json.decode(raw, type=Header)
            found.setdefault(header.entity, []).append(header)
    return {entity: giver_among(headers) for entity, headers in found.items()}


def giver_among(headers: list[Header]) -> str:
    """The id of the device that gave birth to a record, told from all operations on it that take part.

    Two may claim it (a record's uid is no secret). Then a lot that no clock has part in decides, the same everywhere.
    """
    births = {header.id: header.device for header in headers if _is_birth(header)}
    return births[min(births, key=heads.lot)] if births else ""


def _is_birth(header: Header) -> bool:
    """True for an operation that had seen none and sets all that a record of its noun needs."""
    needed = {name for name, field in projection.fields_of(header.noun).items() if field.required}
    return not header.parents and needed.issubset(header.fields)
