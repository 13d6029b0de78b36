"""What travelled: own packs and how far each has come, packs of others, and whom this store exchanges with.

These tables are local and the only truth of what travelled. A record is held by headquarters when a signed receipt
says so, and not before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping, Select, case, func, insert, select, update

from gemba.domain.assessments import Custody
from gemba.errors import Refusal
from gemba.store import erasing
from gemba.store import journal_tables as tables
from gemba.store.pen import position
from gemba.store.reading import Reader
from gemba.store.sent_blobs import NOT_ERASED, at_once, held_of, open_blobs
from gemba.store.stretches import Stretch, named_blobs
from gemba.store.unit import Unit
from gemba.store.upserting import upsert


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """An own pack."""

    uid: str
    sha256: str
    """Of the sealed file; it names the file."""
    state: Custody
    epoch: str
    first_seq: int
    last_seq: int
    prev: str | None
    """SHA-256 of the pack before it."""
    sealed_at: datetime
    sent_at: datetime | None = None
    held_at: datetime | None = None
    to: str
    """Device id of the headquarters that it is sealed for."""
    file: str
    """Name of the file in `outbox/`."""
    size: int
    operations: int
    blobs: int


class TakenIn(msgspec.Struct, frozen=True, kw_only=True):
    """A pack of another device that was taken in."""

    sha256: str
    device: str
    epoch: str
    first_seq: int
    last_seq: int
    taken_at: datetime
    receipt: bytes | None = None
    """The receipt that was given for it; taking it in again gives the same."""


class Correspondent(msgspec.Struct, frozen=True, kw_only=True):
    """A headquarters or laptop that this store exchanges packs with."""

    id: str
    """Device id."""
    role: str
    name: str
    public_key: bytes
    recipients: tuple[str, ...]
    """Age keys to seal to: of a headquarters the current, the next and the recovery key; of a laptop its own, once
    that is known."""
    trusted_since: datetime
    revoked: datetime | None = None
    revoked_after: dict[str, int] | None = None
    """By epoch the last number that is taken in still, once it is revoked."""
    certified_at: datetime | None = None
    """When headquarters vouched for it."""


class Marks(msgspec.Struct, frozen=True):
    """How far the own journal has come: positions (`gemba.store.pen.position`) up to which all is so."""

    sealed: int
    sent: int
    held: int


_PACKS = select(*(tables.pack.c[name] for name in Pack.__struct_fields__))
_NOT_HELD = tables.pack.c.state.in_([Custody.SEALED, Custody.SENT])


def add_pack(unit: Unit, pack: Pack, blobs: Iterable[str], missing: Iterable[str] = ()) -> None:
    """Note a pack that was just sealed.

    Args:
        unit: the transaction.
        pack: what was sealed.
        blobs: SHA-256 of the evidence in it.
        missing: SHA-256 of evidence that its operations name and that is not on this disk: it is to be sent once it is.
    """
    unit.connection.execute(insert(tables.pack).values(msgspec.structs.asdict(pack)))
    table = tables.blob
    if sealed := [{"sha256": sha256, "pack": pack.sha256} for sha256 in blobs]:
        new = upsert(unit.connection, table)
        unit.connection.execute(
            new.on_conflict_do_update(index_elements=["sha256"], set_={"pack": new.excluded.pack}), sealed
        )
    if lacking := [{"sha256": sha256} for sha256 in missing]:
        unit.connection.execute(upsert(unit.connection, table).on_conflict_do_nothing(), lacking)


def packs(reader: Reader) -> list[Pack]:
    """The own packs, the oldest first."""
    return _packs(reader, _PACKS.order_by(tables.pack.c.id))


def pack_of(reader: Reader, sha256: str) -> Pack:
    """An own pack.

    Raises:
        Refusal: `store.unknown_pack`.
    """
    for pack in _packs(reader, _PACKS.where(tables.pack.c.sha256 == sha256)):
        return pack
    raise Refusal("store.unknown_pack", sha256=sha256)


def last_pack(reader: Reader) -> str | None:
    """SHA-256 of the own pack that was sealed last."""
    table = tables.pack
    own = select(table.c.sha256).where(table.c.sort == "journal")
    return reader.connection.scalar(own.order_by(table.c.id.desc()).limit(1))


def open_packs(reader: Reader) -> list[Pack]:
    """The own packs that headquarters has not signed for wholly, the oldest first."""
    return _packs(reader, _PACKS.where(_NOT_HELD).order_by(tables.pack.c.id))


def mark_sent(unit: Unit, sha256: str) -> None:
    """Note that a pack was handed to a carrier; one that is held stays held."""
    table = tables.pack
    sent = update(table).where(table.c.sha256 == sha256, table.c.state == Custody.SEALED)
    unit.connection.execute(sent.values(state=Custody.SENT, sent_at=unit.clock()))


def mark_held(
    unit: Unit,
    ranges: Mapping[str, Sequence[Sequence[int]]],
    blobs: Collection[str],
    missing: Collection[str] = (),
) -> None:
    """Note what a receipt signs for.

    Numbers that were never sealed here are not marked: headquarters may know them from a copy of this store, with
    other content.

    Args:
        unit: the transaction.
        ranges: by epoch of the own journal, the stretches `[first, last]` that headquarters holds.
        blobs: SHA-256 of the evidence that it holds.
        missing: SHA-256 of the evidence that it lacks, whatever it signed for earlier.
    """
    for epoch, stretches in ranges.items():
        sealed = last_sealed(unit, epoch)
        for first, last in ((low, min(high, sealed)) for low, high in stretches if low <= sealed):
            row = {"epoch": epoch, "first_seq": first, "last_seq": last}
            further = case((tables.held.c.last_seq > last, tables.held.c.last_seq), else_=last)
            keys = ["epoch", "first_seq"]
            unit.connection.execute(
                upsert(unit.connection, tables.held)
                .values(row)
                .on_conflict_do_update(index_elements=keys, set_={"last_seq": further})
            )
    now = unit.clock()
    if signed := [{"sha256": sha256, "held_at": now} for sha256 in blobs]:
        known = upsert(unit.connection, tables.blob)
        unit.connection.execute(known.on_conflict_do_update(index_elements=["sha256"], set_={"held_at": now}), signed)
    doubtful = {pack.sha256: pack for pack in [*open_packs(unit), *_packs_with(unit, missing)]}
    for some in at_once(sorted(missing)):
        lost = tables.blob.c.sha256.in_(some)
        unit.connection.execute(update(tables.blob).where(lost).values(held_at=None))
    for pack in doubtful.values():
        held = _is_held(unit, pack)
        if held != (pack.state is Custody.HELD):
            table = tables.pack
            state = {"state": Custody.HELD, "held_at": now} if held else {"state": Custody.SENT, "held_at": None}
            unit.connection.execute(update(table).where(table.c.sha256 == pack.sha256).values(state))


def unsent_ranges(reader: Reader) -> list[Stretch]:
    """The stretches of the own journal that no receipt names yet, the oldest first.

    After a restore there are several epochs, and each goes into packs of its own.
    """
    reach = {epoch: _reach(_held_ranges(reader, epoch)) for epoch, _ in epochs(reader)}
    return [Stretch(epoch, reach[epoch] + 1, last) for epoch, last in epochs(reader) if reach[epoch] < last]


def last_sealed(reader: Reader, epoch: str) -> int:
    """The number of the last operation of an epoch that is in a pack already; 0 when none is."""
    table = tables.pack
    return reader.connection.scalar(select(func.max(table.c.last_seq)).where(table.c.epoch == epoch)) or 0


def to_send_blobs(reader: Reader) -> list[str]:
    """SHA-256 of the kept bytes that the own journal names and no receipt does.

    What is still to be sent names them, or they were noted when it was sealed: nothing that headquarters holds already
    is looked at again.
    """
    named = [sha256 for stretch in unsent_ranges(reader) for sha256 in named_blobs(reader, stretch)]
    held = held_of(reader, named) | erasing.erased_blobs(reader)
    return list(dict.fromkeys([*open_blobs(reader), *(sha256 for sha256 in named if sha256 not in held)]))


def marks(reader: Reader) -> Marks:
    """How far sealing, sending and holding have come without a gap."""
    table = tables.pack
    asked = select(table.c.epoch, table.c.first_seq, table.c.last_seq, table.c.state)
    # What is held, stretches tell; of packs only those count that are not.
    rows = reader.connection.execute(asked.where(_NOT_HELD)).all()
    sent = {Custody.SENT}

    def of(epoch: str, *, only_sent: bool) -> list[tuple[int, int]]:
        packed = [
            (row.first_seq, row.last_seq) for row in rows if row.epoch == epoch and (not only_sent or row.state in sent)
        ]
        return packed + _held_ranges(reader, epoch)

    own = list(epochs(reader))
    return Marks(
        sealed=_mark(own, {epoch: of(epoch, only_sent=False) for epoch, _ in own}),
        sent=_mark(own, {epoch: of(epoch, only_sent=True) for epoch, _ in own}),
        held=_mark(own, {epoch: _held_ranges(reader, epoch) for epoch, _ in own}),
    )


def add_taken_in(unit: Unit, taken: TakenIn) -> None:
    """Note that a pack of another device was taken in, with the receipt that was given."""
    unit.connection.execute(insert(tables.taken_in).values(msgspec.structs.asdict(taken)))


def claim(unit: Unit, taken: TakenIn) -> bool:
    """Note that this unit takes a pack in; false when it was taken in already.

    Of several processes that take in one pack at the same time, one is told yes; the others wait until it is done.
    """
    row = msgspec.structs.asdict(taken)
    claimed = upsert(unit.connection, tables.taken_in).values(row).on_conflict_do_nothing()
    return unit.connection.execute(claimed).rowcount > 0


def give_receipt(unit: Unit, sha256: str, receipt: bytes) -> None:
    """Keep the receipt for a pack that was taken in; taking the pack in again gives the same."""
    table = tables.taken_in
    unit.connection.execute(update(table).where(table.c.sha256 == sha256).values(receipt=receipt))


def taken_in(reader: Reader, sha256: str) -> TakenIn | None:
    """A pack that was taken in earlier."""
    table = tables.taken_in
    row = reader.connection.execute(select(table).where(table.c.sha256 == sha256)).mappings().one_or_none()
    return None if row is None else TakenIn(**row)


def ranges_here(reader: Reader, device: str) -> dict[str, list[list[int]]]:
    """What is here of another device's journal, by epoch, as stretches `[first, last]`: what a receipt names."""
    table = tables.operation
    first, last, there = func.min(table.c.seq), func.max(table.c.seq), func.count(table.c.seq.distinct())
    asked = select(table.c.epoch, first, last, there).where(table.c.device == device).group_by(table.c.epoch)
    return {
        epoch: [[low, high]] if high - low + 1 == count else _with_gaps(reader, device, epoch)
        for epoch, low, high, count in reader.connection.execute(asked.order_by(table.c.epoch)).all()
    }


def _with_gaps(reader: Reader, device: str, epoch: str) -> list[list[int]]:
    """The stretches of an epoch of which something is missing, number by number."""
    table = tables.operation
    asked = select(table.c.seq).where(table.c.device == device, table.c.epoch == epoch).order_by(table.c.seq).distinct()
    stretches: list[list[int]] = []
    for seq in reader.connection.scalars(asked):
        if stretches and stretches[-1][1] + 1 == seq:
            stretches[-1][1] = seq
        else:
            stretches.append([seq, seq])
    return stretches


def trust(unit: Unit, correspondent: Correspondent) -> None:
    """Exchange packs with a headquarters or laptop from now on."""
    row = msgspec.structs.asdict(correspondent)
    row["recipient"] = " ".join(row.pop("recipients"))
    known = upsert(unit.connection, tables.correspondent).values(row)
    unit.connection.execute(known.on_conflict_do_update(index_elements=["id"], set_=row))


def correspondents(reader: Reader, role: str = "") -> list[Correspondent]:
    """Whom this store exchanges packs with, revoked ones too; of one role if it is given."""
    table = tables.correspondent
    asked = select(table).order_by(table.c.trusted_since, table.c.id)
    rows = reader.connection.execute(asked.where(table.c.role == role) if role else asked).mappings()
    return [_correspondent(row) for row in rows]


def _correspondent(row: RowMapping) -> Correspondent:
    said = {name: row[name] for name in Correspondent.__struct_fields__ if name != "recipients"}
    return Correspondent(**said, recipients=tuple(row["recipient"].split()))


def _is_held(reader: Reader, pack: Pack) -> bool:
    """True when receipts name all operations and all evidence of a pack."""
    inside = any(first <= pack.first_seq and pack.last_seq <= last for first, last in _held_ranges(reader, pack.epoch))
    table = tables.blob
    open_ones = select(table.c.sha256).where(table.c.pack == pack.sha256, table.c.held_at.is_(None), NOT_ERASED)
    return inside and reader.connection.scalar(open_ones.limit(1)) is None


def _packs(reader: Reader, asked: Select[Any]) -> list[Pack]:
    rows = reader.connection.execute(asked)
    return [msgspec.convert(dict(zip(Pack.__struct_fields__, row, strict=True)), Pack) for row in rows]


def _packs_with(reader: Reader, blobs: Iterable[str]) -> list[Pack]:
    """The own packs in which these kept bytes travelled last."""
    found: list[Pack] = []
    for some in at_once(sorted(blobs)):
        inside = select(tables.blob.c.pack).where(tables.blob.c.sha256.in_(some))
        found += _packs(reader, _PACKS.where(tables.pack.c.sha256.in_(inside)))
    return found


def _held_ranges(reader: Reader, epoch: str) -> list[tuple[int, int]]:
    table = tables.held
    asked = select(table.c.first_seq, table.c.last_seq).where(table.c.epoch == epoch)
    return _joined((row.first_seq, row.last_seq) for row in reader.connection.execute(asked))


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _reach(ranges: Iterable[tuple[int, int]]) -> int:
    """The number up to which the ranges cover everything from 1."""
    joined = _joined(ranges)
    return joined[0][1] if joined and joined[0][0] <= 1 else 0


def _mark(own: Sequence[tuple[str, int]], ranges: Mapping[str, list[tuple[int, int]]]) -> int:
    """The position up to which the ranges cover everything, epoch after epoch."""
    mark = 0
    for epoch, last in own:
        reach = _reach(ranges[epoch])
        mark = position(epoch, min(reach, last)) if reach else mark
        if reach < last:
            break
    return mark


def epochs(reader: Reader) -> Iterator[tuple[str, int]]:
    """The epochs of the own journal in order, each with its last own number."""
    past = tables.past_epoch
    for row in reader.connection.execute(select(past).where(past.c.last_seq > 0).order_by(past.c.epoch)):
        yield row.epoch, row.last_seq
    epoch = reader.connection.scalar(select(tables.device.c.epoch)) or ""
    table = tables.operation
    of_now = (table.c.device == reader.device.id) & (table.c.epoch == epoch)
    last = reader.connection.scalar(select(func.max(table.c.seq)).where(of_now))
    if last:
        yield epoch, last
