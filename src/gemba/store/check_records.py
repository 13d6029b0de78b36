"""Makes every record again from the journal and compares it with its heads and its row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import select

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.store import heads as heads_of_fields
from gemba.store import journal_tables as tables
from gemba.store import projection
from gemba.store.book import values_in
from gemba.store.check_journal import header_in
from gemba.store.heads import Heads, Stated
from gemba.store.operations import Header
from gemba.store.problem import Problem
from gemba.store.projection import Said
from gemba.store.reading import Reader
from gemba.store.tables import TABLES

_AT_ONCE = 400
"""Records that are compared with one question to the database."""


class Remade(msgspec.Struct):
    """One record as the journal alone tells it."""

    noun: str
    entity: Uid
    heads: Heads
    columns: dict[str, Any] | None


def records(reader: Reader) -> Iterator[Problem]:
    """Heads and rows that are not what the journal says, and rows that the journal does not know."""
    some: list[Remade] = []
    for remade in _remade(reader):
        some.append(remade)
        if len(some) >= _AT_ONCE:
            yield from _compare(reader, some)
            some = []
    yield from _compare(reader, some)
    yield from _unfounded(reader)
    yield from _waiting(reader)


def _remade(reader: Reader) -> Iterator[Remade]:
    """All records, from their operations, by the definition of heads."""
    table = tables.operation
    waiting = set(reader.connection.scalars(select(tables.waiting.c.operation)))
    asked = (
        select(table.c.uid, table.c.entity, table.c.noun, table.c.hlc, table.c.header, table.c.payload)
        .order_by(table.c.entity, table.c.uid)
        .execution_options(yield_per=1000)
    )
    rows = reader.connection.execute(asked)
    for entity, group in groupby(rows, key=lambda row: row.entity):
        taking_part = [row for row in group if row.uid not in waiting]
        headers = [header_in(row.header) for row in taking_part]
        if taking_part and None not in headers:  # damaged headers are told of elsewhere
            yield _from_operations(entity, taking_part, [header for header in headers if header])


def _from_operations(entity: Uid, rows: list[Any], headers: list[Header]) -> Remade:
    heads = heads_of_fields.from_scratch([Stated(one.id, one.fields, one.parents) for one in headers])
    said = {row.uid: Said(row.hlc, _values_in(row.payload)) for row in rows}
    noun = rows[0].noun
    record = projection.record_of(noun, entity, heads, said)
    return Remade(noun, entity, heads, None if record is None else projection.columns_of(record))


def _values_in(payload: bytes | None) -> dict[str, Any]:
    """The values in a payload; none when it is damaged, which is told of elsewhere."""
    try:
        return values_in(payload)
    except msgspec.DecodeError:
        return {}


def _compare(reader: Reader, some: list[Remade]) -> Iterator[Problem]:
    uids = [remade.entity for remade in some]
    stored: dict[Uid, Heads] = {}
    for row in reader.connection.execute(select(tables.head).where(tables.head.c.entity.in_(uids))):
        stored.setdefault(row.entity, {}).setdefault(row.field, set()).add(row.operation)
    rows: dict[Uid, dict[str, Any]] = {}
    for noun in {remade.noun for remade in some}:
        found = reader.connection.execute(select(TABLES[noun]).where(TABLES[noun].c.uid.in_(uids))).mappings()
        rows |= {row["uid"]: dict(row) for row in found}
    for remade in some:
        if stored.get(remade.entity, {}) != remade.heads:
            yield Problem("store.heads_differ", {"noun": remade.noun, "uid": remade.entity})
        yield from _compare_row(remade, rows.get(remade.entity))


def _compare_row(remade: Remade, row: dict[str, Any] | None) -> Iterator[Problem]:
    facts = {"noun": remade.noun, "uid": remade.entity}
    if remade.columns is None and row is not None:
        yield Problem("store.row_unfounded", facts)
    elif remade.columns is not None and row is None:
        yield Problem("store.row_missing", facts)
    elif remade.columns is not None and row is not None:
        fields = [name for name, value in remade.columns.items() if row[name] != value]
        if fields:
            yield Problem("store.row_differs", {**facts, "fields": ", ".join(fields)})


def _unfounded(reader: Reader) -> Iterator[Problem]:
    """Rows and heads of records that no operation is about."""
    about = tables.operation
    for noun in NOUNS:
        table = TABLES[noun]
        known = select(about.c.id).where(about.c.entity == table.c.uid).exists()
        for uid in reader.connection.scalars(select(table.c.uid).where(~known)):
            yield Problem("store.row_unfounded", {"noun": noun, "uid": uid})
    known = select(about.c.id).where(about.c.entity == tables.head.c.entity).exists()
    for uid in reader.connection.scalars(select(tables.head.c.entity).where(~known).distinct()):
        yield Problem("store.heads_differ", {"noun": "?", "uid": uid})


def _waiting(reader: Reader) -> Iterator[Problem]:
    """Operations that wait for a record which is here."""
    table = tables.waiting
    for noun in NOUNS:
        here = select(table.c.operation).join(TABLES[noun], TABLES[noun].c.uid == table.c.needs)
        for uid in reader.connection.scalars(here):
            yield Problem("store.waits_in_vain", {"operation": uid})
