"""Packs that were taken in on their own signature, until the signature of each of their operations is checked as well.

Whoever seals a pack signs all of it: its operations are its sender's, to the byte. What each operation bears besides is
the proof that it keeps when the pack is gone, or when it travels on with others. Nobody has to wait for that.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import delete as delete_from
from sqlalchemy import func, select, update

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import journal_tables as tables
from gemba.store.operations import Header, Operation
from gemba.store.reading import Reader
from gemba.store.signatures import Signatures
from gemba.store.unit import Unit
from gemba.store.upserting import upsert

_AT_ONCE = 250
"""Operations whose signatures are checked together: of a usual pack some by this process, some by the other."""

_header = msgspec.json.Decoder(Header).decode


class ToProve(msgspec.Struct, frozen=True):
    """A pack of which signatures are to be checked, or of which one does not hold."""

    pack: str
    """SHA-256 of the sealed file."""
    device: str
    """Id of the device that sealed it, and made all its operations."""
    epoch: str
    first_seq: int
    last_seq: int
    operation: Uid | None = None
    """An operation whose signature is not its device's; `None` while nobody has looked."""


def note(unit: Unit, pack: str) -> None:
    """Note that a pack is being taken in on its own signature."""
    unit.connection.execute(upsert(unit.connection, tables.to_prove).values(sha256=pack).on_conflict_do_nothing())


def waiting(reader: Reader, limit: int | None = None) -> list[ToProve]:
    """The packs that nobody has looked at, the oldest first."""
    table = tables.to_prove
    packs = tables.taken_in
    asked = _ASKED.where(table.c.operation.is_(None)).order_by(packs.c.taken_at, packs.c.sha256).limit(limit)
    return [ToProve(*row) for row in reader.connection.execute(asked)]


def count(reader: Reader) -> int:
    """How many packs nobody has looked at."""
    table = tables.to_prove
    return reader.connection.scalar(select(func.count()).where(table.c.operation.is_(None))) or 0


def unsigned(reader: Reader) -> list[ToProve]:
    """The packs with an operation that its device did not sign, by device."""
    table = tables.to_prove
    asked = _ASKED.where(table.c.operation.is_not(None)).order_by(tables.taken_in.c.device, table.c.sha256)
    return [ToProve(*row) for row in reader.connection.execute(asked)]


def unsigned_in(reader: Reader, one: ToProve) -> tuple[Uid | None, int]:
    """Check the signature of every operation of a pack.

    Returns:
        One that its device did not sign, if there is one, and how many operations were looked at.

    Raises:
        Refusal: `store.unknown_signer` when the key of the device is not here.
    """
    table, looked_at = tables.operation, 0
    asked = (
        select(table.c.header, table.c.signature)
        .where(table.c.device == one.device, table.c.epoch == one.epoch)
        .where(table.c.seq.between(one.first_seq, one.last_seq))
        .order_by(table.c.seq, table.c.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    try:
        with Signatures(_keys(reader, one.device)) as signatures:
            for some in reader.connection.execute(asked).partitions():
                signatures.expect([_bare(row.header, row.signature) for row in some])
                looked_at += len(some)
    except Refusal as refusal:
        if refusal.code != "store.bad_operation":
            raise
        return str(refusal.facts["operation"]), looked_at
    return None, looked_at


def settle(unit: Unit, found: Iterable[tuple[str, Uid | None]]) -> None:
    """Keep what came of looking: by pack, an operation whose signature does not hold, if there is one."""
    table = tables.to_prove
    for pack, operation in found:
        this = table.c.sha256 == pack
        if operation is None:
            unit.connection.execute(delete_from(table).where(this))
        else:
            unit.connection.execute(update(table).where(this).values(operation=operation))


_ASKED = select(
    tables.to_prove.c.sha256,
    tables.taken_in.c.device,
    tables.taken_in.c.epoch,
    tables.taken_in.c.first_seq,
    tables.taken_in.c.last_seq,
    tables.to_prove.c.operation,
).join(tables.taken_in, tables.taken_in.c.sha256 == tables.to_prove.c.sha256)


def _keys(reader: Reader, device: str) -> dict[str, bytes]:
    table = tables.signer
    asked = select(table.c.device, table.c.public_key).where(table.c.device == device)
    return {row.device: row.public_key for row in reader.connection.execute(asked)}


def _bare(header: bytes, signature: bytes) -> Operation:
    """An operation without its parts: the header alone is signed."""
    return Operation(_header(header), header, None, signature, None, {})
