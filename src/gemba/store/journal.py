"""The journal: handing out stretches of it, taking in those of others, and what is missing, forked or in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

import msgspec
from sqlalchemy import Select, bindparam, func, select

from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store import operations
from gemba.store.among import among
from gemba.store.arriving import Arrival, Fork
from gemba.store.foreign import Foreign, foreign
from gemba.store.operation_lines import read
from gemba.store.operations import Operation
from gemba.store.reading import Reader
from gemba.store.signatures import Signatures
from gemba.store.uncollected import uncollected
from gemba.store.unit import Unit

_AT_ONCE = 12_000
"""Operations that are taken in together: the questions that are asked for them are the same ones for few or many. A
laptop's first pack brings about ten thousand."""
_ASKED = 5000
"""Records in one question to the database."""
_HEAVY = 16 * 2**20
"""Bytes from which on fewer are taken in together: memory stays the same whatever they say."""


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
        select(table.c.header, table.c.payload, table.c.signature, table.c.personal)
        .where(table.c.device == (device or reader.device.id), table.c.epoch == epoch)
        .where(table.c.seq.between(first_seq, last_seq))
        .order_by(table.c.seq, table.c.id)
        .execution_options(yield_per=500)
    )
    for row in reader.connection.execute(asked):
        yield operations.line(row.header, row.payload, row.signature, row.personal)


def merge(
    unit: Unit,
    lines: Iterable[Mapping[str, Any] | bytes | Operation],
    *,
    trusted: Mapping[str, bytes],
    vouched: str = "",
) -> Merged:
    """Take operations in, in whatever order and however often they come.

    Signatures are checked beside that; one that does not hold undoes the whole transaction.

    Args:
        unit: the transaction; all is taken in or nothing.
        lines: lines of a pack, strictly parsed; or their very bytes, which is quicker; or what was read in them.
        trusted: public keys by device id.
        vouched: id of the device that signed these very bytes as a whole, with the key under which it is trusted. The
            signatures of its operations are not looked at here; whoever vouches notes that (`gemba.store.proofs`).

    Raises:
        Refusal: `store.bad_operation`, `store.unknown_signer`, `store.unknown_noun`, `store.unfit_value`.
    """
    arrival, remaining = Arrival(unit), iter(lines)
    with uncollected(), Signatures(trusted, vouched) as signatures:
        while some := _some(remaining):
            new = arrival.sort(some)
            signatures.expect(new)
            arrival.take(new)
        others = _foreign(unit, {device for device, _ in arrival.journals})  # begins with what we know ourselves
        signatures.keep_keys(unit.connection)
    return Merged(
        added=arrival.added,
        known=arrival.known,
        gaps=tuple(gap for device, epoch in sorted(arrival.journals) for gap in gaps(unit, device, epoch)),
        forks=tuple(arrival.forks),
        conflicts=tuple(conflicts(unit, {entity for _, entity in unit.in_dispute()})),
        senseless=tuple(Senseless(*subject, *one) for subject, some in unit.senseless().items() for one in some),
        foreign=others,
    )


def _some(lines: Iterator[Mapping[str, Any] | bytes | Operation]) -> list[Operation]:
    """What is taken in together next; none at the end."""
    some, size = list[Operation](), 0
    for one in map(_read, islice(lines, _AT_ONCE)):
        some.append(one)
        size += len(one.payload or b"") + len(one.personal or b"")
        if size >= _HEAVY:
            break
    return some


def _read(line: Mapping[str, Any] | bytes | Operation) -> Operation:
    return line if isinstance(line, Operation) else read(line)


def _foreign(unit: Unit, devices: set[str]) -> tuple[Foreign, ...]:
    """What stands in assessments that were touched from devices that did not begin them."""
    touched, known = unit.touched(), unit.rows_known()
    if len(devices) != 1:
        return tuple(foreign(unit.connection, touched, known))
    (author,) = devices
    return tuple(foreign(unit.connection, touched, known, unit.born(), author))


def _steps() -> Select[Any]:
    """Where the numbers of a device's journal go on with another than the next one."""
    table = tables.operation
    before = func.lag(table.c.seq, 1, 0).over(order_by=table.c.seq)
    of = (table.c.device == bindparam("of_device"), table.c.epoch == bindparam("of_epoch"))
    steps = select(table.c.seq, before.label("before")).where(*of).subquery()
    return select(steps.c.before, steps.c.seq).where(steps.c.seq > steps.c.before + 1).order_by(steps.c.seq)


_STEPS = _steps()


def gaps(reader: Reader, device: str, epoch: str) -> list[Gap]:
    """The stretches that are missing from what is here of a device's journal."""
    found = reader.connection.execute(_STEPS, {"of_device": device, "of_epoch": epoch})
    return [Gap(device, epoch, row.before + 1, row.seq - 1) for row in found]


def forks(reader: Reader) -> list[Fork]:
    """Every number that a device gave to different operations."""
    table = tables.operation
    number = (table.c.device, table.c.epoch, table.c.seq)
    asked = select(*number).group_by(*number).having(func.count() > 1).order_by(*number)
    return [Fork(*row) for row in reader.connection.execute(asked)]


def conflicts(reader: Reader, entities: Iterable[Uid] | None = None) -> Iterator[Conflict]:
    """The fields with several heads, of these records or of all; words that are erased are in conflict no more."""
    if entities is None:
        yield from _conflicts(reader, None)
        return
    asked = sorted(entities)
    for start in range(0, len(asked), _ASKED):
        yield from _conflicts(reader, asked[start : start + _ASKED])


def _conflicts(reader: Reader, entities: list[Uid] | None) -> Iterator[Conflict]:
    table, operation = tables.conflict, tables.operation
    asked = select(table.c.entity, table.c.noun, table.c.field, operation.c.uid).join(
        operation, operation.c.uid == table.c.operation
    )
    if entities is not None:
        asked = asked.where(among(reader.connection, table.c.entity, entities))
    newest = (operation.c.hlc.desc(), operation.c.uid.desc())
    rows = reader.connection.execute(asked.order_by(table.c.entity, table.c.noun, table.c.field, *newest)).all()
    for (entity, noun, field), some in groupby(rows, key=lambda row: (row.entity, row.noun, row.field)):
        yield Conflict(noun, entity, field, tuple(row.uid for row in some))
