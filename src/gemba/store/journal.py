"""The journal: handing out stretches of it, taking in those of others, and what is missing, forked or in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import device as devices
from gemba.store import journal_tables as tables
from gemba.store import operations
from gemba.store.foreign import Foreign, foreign
from gemba.store.operations import Operation
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.store.upserting import upsert

_AT_ONCE = 500
"""Operations that are taken in together."""


class Fork(msgspec.Struct, frozen=True):
    """One number of a device's journal that was given to different operations: a cloned disk, a restored backup."""

    device: str
    epoch: str
    seq: int


class Gap(msgspec.Struct, frozen=True):
    """A stretch of a device's journal that has not arrived: please send it again."""

    device: str
    epoch: str
    first_seq: int
    last_seq: int


class Conflict(msgspec.Struct, frozen=True):
    """A field that was set by several who did not know of each other; a person decides."""

    noun: str
    entity: Uid
    field: str
    operations: tuple[Uid, ...]


class Senseless(msgspec.Struct, frozen=True):
    """A value that its field cannot hold; the record goes by what else is known of the field."""

    noun: str
    entity: Uid
    field: str
    operation: Uid


class Merged(msgspec.Struct, frozen=True):
    """What taking in amounted to."""

    added: int
    known: int
    """Operations that were here already; taking in twice changes nothing."""
    gaps: tuple[Gap, ...] = ()
    forks: tuple[Fork, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    """Of the records that were touched."""
    senseless: tuple[Senseless, ...] = ()
    """Of the records that were touched."""
    foreign: tuple[Foreign, ...] = ()
    """What stands in assessments that were touched from devices that did not begin them; all of it took part."""


def since(reader: Reader, epoch: str, first_seq: int, last_seq: int, *, device: str = "") -> Iterator[bytes]:
    """A stretch of a device's journal (this store's own, if none is named), as the canonical lines of a pack.

    Both ends are included; the lines have no line ends. Valid as long as the reader is open.
    """
    table = tables.operation
    asked = (
        select(table.c.header, table.c.payload, table.c.signature)
        .where(table.c.device == (device or reader.device.id), table.c.epoch == epoch)
        .where(table.c.seq.between(first_seq, last_seq))
        .order_by(table.c.seq, table.c.id)
        .execution_options(yield_per=500)
    )
    for row in reader.connection.execute(asked):
        yield operations.line(row.header, row.payload, row.signature)


def merge(unit: Unit, lines: Iterable[Mapping[str, Any]], *, trusted: Mapping[str, bytes]) -> Merged:
    """Take operations in, in whatever order and however often they come.

    Args:
        unit: the transaction; all is taken in or nothing.
        lines: strictly parsed lines of a pack.
        trusted: public keys by device id.

    Raises:
        Refusal: `store.bad_operation`, `store.unknown_signer`, `store.unknown_noun`.
    """
    added, known = 0, 0
    forks: dict[Fork, None] = {}
    arrived: set[tuple[str, str]] = set()
    signers: dict[str, bytes] = {}
    for some in _batches(operations.read(line) for line in lines):
        new = _unknown(unit.connection, some)
        for operation in new:
            _check_signature(operation, trusted, signers)
        arrived |= {(operation.header.device, operation.header.epoch) for operation in new}
        forks |= dict.fromkeys(_forked(unit.connection, new))
        unit.take(new)
        added += len(new)
        known += len(some) - len(new)
    unit.settle()
    _keep_signers(unit.connection, signers)
    return Merged(
        added=added,
        known=known,
        gaps=tuple(gap for device, epoch in sorted(arrived) for gap in gaps(unit, device, epoch)),
        forks=tuple(forks),
        conflicts=tuple(conflicts(unit, unit.change_made().uids)),
        senseless=tuple(Senseless(*subject, *one) for subject, some in unit.senseless().items() for one in some),
        foreign=tuple(foreign(unit.connection, unit.touched())),
    )


def gaps(reader: Reader, device: str, epoch: str) -> list[Gap]:
    """The stretches that are missing from what is here of a device's journal."""
    table = tables.operation
    before = func.lag(table.c.seq, 1, 0).over(order_by=table.c.seq)
    numbers = select(table.c.seq, before.label("before")).where(table.c.device == device, table.c.epoch == epoch)
    steps = numbers.subquery()
    asked = select(steps.c.before, steps.c.seq).where(steps.c.seq > steps.c.before + 1).order_by(steps.c.seq)
    return [Gap(device, epoch, row.before + 1, row.seq - 1) for row in reader.connection.execute(asked)]


def forks(reader: Reader) -> list[Fork]:
    """Every number that a device gave to different operations."""
    table = tables.operation
    number = (table.c.device, table.c.epoch, table.c.seq)
    asked = select(*number).group_by(*number).having(func.count() > 1).order_by(*number)
    return [Fork(*row) for row in reader.connection.execute(asked)]


def conflicts(reader: Reader, entities: Iterable[Uid] | None = None) -> Iterator[Conflict]:
    """The fields with several heads, of these records or of all."""
    table = tables.head
    group = (table.c.entity, table.c.noun, table.c.field)
    if entities is None:
        yield from _conflicts(reader.connection, select(*group).group_by(*group).having(func.count() > 1))
        return
    asked = sorted(entities)
    for start in range(0, len(asked), 500):
        some = select(*group).where(table.c.entity.in_(asked[start : start + 500]))
        yield from _conflicts(reader.connection, some.group_by(*group).having(func.count() > 1))


def _conflicts(connection: Connection, asked: Any) -> Iterator[Conflict]:
    head, operation = tables.head, tables.operation
    for entity, noun, field in connection.execute(asked.order_by(head.c.entity, head.c.noun, head.c.field)).all():
        where = (head.c.entity == entity) & (head.c.noun == noun) & (head.c.field == field)
        found = connection.scalars(
            select(operation.c.uid)
            .join(head, head.c.operation == operation.c.uid)
            .where(where)
            .order_by(operation.c.hlc.desc(), operation.c.uid.desc())
        ).all()
        yield Conflict(noun, entity, field, tuple(found))


def _batches(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    remaining = iter(operations)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some


def _unknown(connection: Connection, some: list[Operation]) -> list[Operation]:
    """Those that are not here yet, each once."""
    table = tables.operation
    asked = select(table.c.uid, table.c.header).where(table.c.uid.in_([one.header.id for one in some]))
    here: dict[Uid, bytes] = {row.uid: row.header for row in connection.execute(asked)}
    new: list[Operation] = []
    for one in some:
        known = here.setdefault(one.header.id, one.header_bytes)
        if known != one.header_bytes:
            raise Refusal("store.bad_operation", operation=one.header.id, why="id used twice")
        if known is one.header_bytes:
            new.append(one)
    return new


def _forked(connection: Connection, new: list[Operation]) -> Iterator[Fork]:
    """The numbers of these operations that their devices gave to others, too."""
    table = tables.operation
    seen: set[Fork] = set()
    for (device, epoch), group in groupby(new, key=lambda one: (one.header.device, one.header.epoch)):
        numbers = [one.header.seq for one in group]
        same = (table.c.device == device) & (table.c.epoch == epoch) & table.c.seq.in_(numbers)
        yield from (Fork(device, epoch, seq) for seq in connection.scalars(select(table.c.seq).where(same)))
        for fork in (Fork(device, epoch, seq) for seq in numbers):
            if fork in seen:
                yield fork
            seen.add(fork)


def _check_signature(operation: Operation, trusted: Mapping[str, bytes], signers: dict[str, bytes]) -> None:
    """Demand the signature of a trusted device, and note whose keys were used."""
    device = operation.header.device
    public_key = trusted.get(device)
    if public_key is None or devices.id_of(public_key) != device:
        raise Refusal("store.unknown_signer", device=device)
    if not devices.verify(public_key, operation.signature, operations.signed(operation.header_bytes)):
        raise Refusal("store.bad_operation", operation=operation.header.id, why="signature")
    signers[device] = public_key


def _keep_signers(connection: Connection, signers: Mapping[str, bytes]) -> None:
    """Keep the keys, so that every signature can be checked again."""
    for device, public_key in signers.items():
        row = {"device": device, "public_key": public_key}
        connection.execute(upsert(connection, tables.signer).values(row).on_conflict_do_nothing())
