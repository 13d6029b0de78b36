"""Makes every record again from the journal and compares it with its heads and its row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import select

from gemba.domain.nouns import IN_LOTS, NOUNS
from gemba.domain.record import Uid
from gemba.store import births, erasing, head_rows, projection
from gemba.store import heads as heads_of_fields
from gemba.store import journal_tables as tables
from gemba.store.check_journal import header_in
from gemba.store.heads import Heads, Stated, Subject
from gemba.store.operations import Header, values_in
from gemba.store.problem import Problem
from gemba.store.projection import Said
from gemba.store.reading import Reader
from gemba.store.rows import references
from gemba.store.tables import TABLES

_NEEDED = ("uid", "entity", "noun", "device", "hlc", "header", "payload", "personal")
_AT_ONCE = 400
"""Records that are compared with one question to the database."""


class Remade(msgspec.Struct):
    """One record as the journal alone tells it."""

    noun: str
    entity: Uid
    heads: Heads
    columns: dict[str, Any] | None
    senseless: tuple[tuple[str, Uid], ...]


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
        select(*(table.c[name] for name in _NEEDED))
        .order_by(table.c.entity, table.c.noun, table.c.uid)
        .execution_options(yield_per=1000)
    )
    rows = reader.connection.execute(asked)
    for subject, group in groupby(rows, key=lambda row: (row.noun, row.entity)):
        taking_part = [row for row in group if row.uid not in waiting]
        headers = [header_in(row.header) for row in taking_part]
        if taking_part and None not in headers and subject[0] in NOUNS:  # other damage is told of elsewhere
            yield _from_operations(subject, taking_part, [header for header in headers if header])


def _from_operations(subject: Subject, rows: list[Any], headers: list[Header]) -> Remade:
    heads = heads_of_fields.from_scratch([Stated(one.id, one.fields, one.parents) for one in headers])
    said = {row.uid: Said(row.hlc, _values_in(row), row.device) for row in rows}
    projected = projection.project(subject, heads, said, lambda: births.giver_among(headers))
    columns = None if projected.record is None else projection.columns_of(projected.record)
    return Remade(*subject, heads, columns, projected.senseless)


def _values_in(row: Any) -> dict[str, Any]:
    """The values in an operation; none when it is damaged, which is told of elsewhere."""
    try:
        return values_in(row.payload, row.personal)
    except msgspec.DecodeError:
        return {}


def _compare(reader: Reader, some: list[Remade]) -> Iterator[Problem]:
    uids = [remade.entity for remade in some]
    stored: dict[Subject, head_rows.ByOperation] = {}
    for row in reader.connection.execute(select(tables.head).where(tables.head.c.entity.in_(uids))):
        stored.setdefault((row.noun, row.entity), {})[row.operation] = row.fields
    disputes: dict[Subject, set[tuple[str, Uid]]] = {}
    for row in reader.connection.execute(select(tables.conflict).where(tables.conflict.c.entity.in_(uids))):
        disputes.setdefault((row.noun, row.entity), set()).add((row.field, row.operation))
    erased = erasing.fetch(reader.connection, [(remade.noun, remade.entity) for remade in some])
    rows: dict[Subject, dict[str, Any]] = {}
    for noun in {remade.noun for remade in some}:
        found = reader.connection.execute(select(TABLES[noun]).where(TABLES[noun].c.uid.in_(uids))).mappings()
        rows |= {(noun, row["uid"]): dict(row) for row in found}
    for remade in some:
        subject = (remade.noun, remade.entity)
        for field, operation in remade.senseless:
            yield Problem("store.senseless", {"operation": operation, "noun": remade.noun, "field": field})
        disputed = head_rows.disputed(remade.noun, remade.heads, erased=erased[subject])
        same = subject not in stored or stored[subject] == head_rows.by_operation(remade.heads)  # else told as here
        if not same or disputes.get(subject, set()) != disputed:
            yield Problem("store.heads_differ", {"noun": remade.noun, "uid": remade.entity})
        yield from _compare_row(remade, rows.get(subject))


def _compare_row(remade: Remade, row: dict[str, Any] | None) -> Iterator[Problem]:
    facts = {"noun": remade.noun, "uid": remade.entity}
    if remade.noun in IN_LOTS and row is not None and row["lot"] is not None:
        return  # `gemba.store.check_lots` compares it
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
        known = select(about.c.id).where(about.c.entity == table.c.uid, about.c.noun == noun).exists()
        asked = select(table.c.uid).where(~known)
        if noun in IN_LOTS:  # what came in a lot proves `gemba.store.check_lots`
            asked = asked.where(table.c.lot.is_(None))
        for uid in reader.connection.scalars(asked):
            yield Problem("store.row_unfounded", {"noun": noun, "uid": uid})
    for head in (tables.head, tables.conflict):
        known = select(about.c.id).where(about.c.entity == head.c.entity, about.c.noun == head.c.noun).exists()
        for noun, uid in reader.connection.execute(select(head.c.noun, head.c.entity).where(~known).distinct()):
            yield Problem("store.heads_differ", {"noun": noun, "uid": uid})


def _waiting(reader: Reader) -> Iterator[Problem]:
    """Operations that wait for a record which is here."""
    waiting, operation = tables.waiting, tables.operation
    columns = (operation.c[name] for name in ("uid", "noun", "entity", "payload", "personal"))
    asked = select(waiting.c.needs, *columns).join(operation, operation.c.uid == waiting.c.operation)
    for row in reader.connection.execute(asked).all():
        targets = {noun for noun, uid in references(row.noun, _values_in(row)) if uid == row.needs}
        if row.payload is None and row.needs == row.entity and not erasing.is_erased(reader, row.noun, row.entity):
            continue  # for what it says, or for an erasure
        if all(_is_here(reader, noun, row.needs) for noun in targets):
            yield Problem("store.waits_in_vain", {"operation": row.uid})


def _is_here(reader: Reader, noun: str, uid: Uid) -> bool:
    table = TABLES[noun]
    return reader.connection.scalar(select(table.c.id).where(table.c.uid == uid)) is not None
