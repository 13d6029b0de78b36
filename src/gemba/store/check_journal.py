"""Checks of the journal itself: each operation is as its device signed it, none is missing, parents are noted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import func, select

from gemba.store import device as devices
from gemba.store import erasing
from gemba.store import journal_tables as tables
from gemba.store.operations import Header, is_header, is_rest, signed
from gemba.store.problem import Problem
from gemba.store.reading import Reader

_COLUMNS = ("device", "epoch", "seq", "hlc", "person", "noun", "entity")


def operations(reader: Reader) -> Iterator[Problem]:
    """Operations whose signature, payload or columns are not those of their header."""
    keys = {row.device: row.public_key for row in reader.connection.execute(select(tables.signer))}
    erased = erasing.subjects(reader)
    asked = select(tables.operation).order_by(tables.operation.c.id).execution_options(yield_per=500)
    for row in reader.connection.execute(asked):
        why = _wrong_with(row, keys.get(row.device, b""), is_erased=(row.noun, row.entity) in erased)
        if why:
            yield Problem("store.operation_altered", {"operation": row.uid, "seq": row.seq, "why": why})


def _wrong_with(row: Any, public_key: bytes, *, is_erased: bool) -> str:
    """What is wrong with an operation; nothing when it is sound."""
    header = header_in(row.header)
    if header is None:
        return "header"
    if devices.id_of(public_key) != header.device or not devices.verify(public_key, row.signature, signed(row.header)):
        return "signature"
    if not _is_payload(header, row.payload, is_erased=is_erased):
        return "payload"
    if row.personal is not None and (is_erased or _hash(row.personal) != header.personal):
        return "personal"
    same = row.uid == header.id and all(getattr(row, name) == getattr(header, name) for name in _COLUMNS)
    return "" if same else "columns"


def _is_payload(header: Header, payload: bytes | None, *, is_erased: bool) -> bool:
    """True for the payload that was signed, or what may be left of it."""
    if payload is None:
        return header.v == 1
    if header.v == 1 and is_rest(payload):
        return is_erased
    return _hash(payload) == header.payload


def _hash(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()


def header_in(raw: bytes) -> Header | None:
    """A kept header; `None` when it is damaged."""
    try:
        return msgspec.json.decode(raw, type=Header) if is_header(raw) else None
    except (msgspec.DecodeError, TypeError):
        return None


def sequence(reader: Reader) -> Iterator[Problem]:
    """Operations that should be here and are not: of the own journal, and of packs that were taken in."""
    own = reader.connection.execute(select(tables.device.c.device, tables.device.c.epoch, tables.device.c.seq)).one()
    past = reader.connection.execute(select(tables.past_epoch)).all()
    for epoch, last_seq in [*((row.epoch, row.last_seq) for row in past), (own.epoch, own.seq)]:
        yield from _lacking(reader, own.device, epoch, 1, last_seq)
    for taken in reader.connection.execute(select(tables.taken_in)).all():
        yield from _lacking(reader, taken.device, taken.epoch, taken.first_seq, taken.last_seq)


def _lacking(reader: Reader, device: str, epoch: str, first: int, last: int) -> Iterator[Problem]:
    table = tables.operation
    here = select(table.c.seq).where(table.c.device == device, table.c.epoch == epoch, table.c.seq.between(first, last))
    expected = first
    for seq in reader.connection.scalars(here.distinct().order_by(table.c.seq)):
        if seq > expected:
            yield _missing(device, epoch, expected, seq - 1)
        expected = seq + 1
    if expected <= last:
        yield _missing(device, epoch, expected, last)


def _missing(device: str, epoch: str, first: int, last: int) -> Problem:
    return Problem("store.operation_missing", {"device": device, "epoch": epoch, "first": first, "last": last})


def edges(reader: Reader) -> Iterator[Problem]:
    """Parents in the headers that are not noted as such, or the other way round, and own parents that are gone.

    Both sides are first summed up without regard to order, which needs no memory; only if they differ is it sought
    where.
    """
    if _sum_of_headers(reader) != _sum_of_edges(reader):
        noted = Counter((row.parent, row.child, row.entity) for row in reader.connection.execute(select(tables.edge)))
        stated = Counter(_stated(reader))
        for _, child, _ in (stated - noted) + (noted - stated):
            yield Problem("store.parents_differ", {"operation": child})
    known = select(tables.operation.c.uid)
    children = tables.operation
    gone = (
        select(tables.edge.c.parent, func.min(tables.edge.c.child).label("child"))
        .join(children, children.c.uid == tables.edge.c.child)
        .where(children.c.device == reader.device.id, tables.edge.c.parent.not_in(known))
        .group_by(tables.edge.c.parent)
    )
    for row in reader.connection.execute(gone):
        yield Problem("store.parent_missing", {"operation": row.child, "parent": row.parent})


def _stated(reader: Reader) -> Iterator[tuple[str, str, str]]:
    asked = select(tables.operation.c.header).execution_options(yield_per=1000)
    for (raw,) in reader.connection.execute(asked):
        header = header_in(raw)
        if header is not None:
            yield from ((parent, header.id, header.entity) for parent in header.parents)


def _sum_of_headers(reader: Reader) -> int:
    return sum(map(hash, _stated(reader)))


def _sum_of_edges(reader: Reader) -> int:
    asked = select(tables.edge.c.parent, tables.edge.c.child, tables.edge.c.entity).execution_options(yield_per=1000)
    return sum(hash((row.parent, row.child, row.entity)) for row in reader.connection.execute(asked))
