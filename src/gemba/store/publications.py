"""Publications of headquarters: what metadata is believed, which came or were made, and what is to be sent again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import delete, func, select, update

from gemba.domain.assessments import Custody
from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.stretches import Stretch
from gemba.store.unit import Unit
from gemba.store.upserting import upsert

ROOT = "root"


class Trusted(msgspec.Struct, frozen=True):
    """Metadata of a role that was believed last."""

    version: int
    body: bytes


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """A publication that was made (at headquarters) or taken in (on a laptop)."""

    version: int
    headquarters: str
    made_at: datetime
    expires_at: datetime
    sha256: str
    """Of its timestamp metadata, which vouches for all the rest."""
    taken_at: datetime | None = None


def trusted(reader: Reader, headquarters: str, role: str) -> Trusted | None:
    """The metadata of a role that was believed last; `None` when none was."""
    table = tables.trusted
    asked = select(table.c.version, table.c.body).where(table.c.headquarters == headquarters, table.c.role == role)
    row = reader.connection.execute(asked).one_or_none()
    return None if row is None else Trusted(row.version, row.body)


def believe(unit: Unit, headquarters: str, role: str, version: int, body: bytes) -> None:
    """Believe nothing older than this of a role from now on."""
    row = {"headquarters": headquarters, "role": role, "version": version, "body": body, "taken_at": unit.clock()}
    known = upsert(unit.connection, tables.trusted).values(row)
    unit.connection.execute(known.on_conflict_do_update(index_elements=["headquarters", "role"], set_=row))


def forget(unit: Unit, headquarters: str) -> None:
    """Believe nothing of a headquarters any more: another one has come into its place."""
    unit.connection.execute(delete(tables.trusted).where(tables.trusted.c.headquarters == headquarters))


def roots(reader: Reader, headquarters: str) -> dict[int, bytes]:
    """Every root that a headquarters has had, by version, as headquarters itself keeps them."""
    table = tables.trusted
    asked = select(table.c.version, table.c.body).where(table.c.headquarters == headquarters)
    rows = reader.connection.execute(asked.where(table.c.role.like(f"{ROOT}%")).order_by(table.c.version))
    return {row.version: row.body for row in rows}


def note(unit: Unit, publication: Publication) -> None:
    """Note a publication that was made or taken in."""
    row = msgspec.structs.asdict(publication)
    known = upsert(unit.connection, tables.publication).values(row)
    unit.connection.execute(known.on_conflict_do_update(index_elements=["version", "headquarters"], set_=row))


def newest(reader: Reader, headquarters: str) -> Publication | None:
    """The newest publication of a headquarters that is known here."""
    table = tables.publication
    asked = select(table).where(table.c.headquarters == headquarters).order_by(table.c.version.desc()).limit(1)
    row = reader.connection.execute(asked).mappings().one_or_none()
    return None if row is None else Publication(**row)


def last_made(reader: Reader) -> datetime | None:
    """When the newest publication that is known here was made, by headquarters' clock; `None` without one."""
    said: datetime | None = reader.connection.scalar(select(func.max(tables.publication.c.made_at)))
    return said


def ask_resend(unit: Unit, stretches: Iterable[Stretch]) -> None:
    """Note which stretches of the own journal headquarters asks for again; what it no longer asks for is dropped.

    What it asks for it does not hold, whatever it signed for earlier: those stretches count as held no more, and the
    next pack brings them.
    """
    table = tables.resend
    unit.connection.execute(delete(table))
    for one in sorted(set(stretches), key=lambda one: (one.epoch, one.first_seq, -one.last_seq)):
        row = {"epoch": one.epoch, "first_seq": one.first_seq, "last_seq": one.last_seq, "asked_at": unit.clock()}
        unit.connection.execute(upsert(unit.connection, table).values(row).on_conflict_do_nothing())
        _let_go(unit, one)


def _let_go(unit: Unit, lost: Stretch) -> None:
    """Take a stretch out of those that headquarters holds."""
    table, pack = tables.held, tables.pack
    touched = (
        (table.c.epoch == lost.epoch) & (table.c.first_seq <= lost.last_seq) & (table.c.last_seq >= lost.first_seq)
    )
    held = [(row.first_seq, row.last_seq) for row in unit.connection.execute(select(table).where(touched))]
    unit.connection.execute(delete(table).where(touched))
    for first, last in held:
        for low, high in ((first, lost.first_seq - 1), (lost.last_seq + 1, last)):
            if low <= high:
                row = {"epoch": lost.epoch, "first_seq": low, "last_seq": high}
                known = upsert(unit.connection, table).values(row)
                keys = ["epoch", "first_seq"]
                unit.connection.execute(known.on_conflict_do_update(index_elements=keys, set_={"last_seq": high}))
    inside = (pack.c.epoch == lost.epoch) & (pack.c.first_seq <= lost.last_seq) & (pack.c.last_seq >= lost.first_seq)
    unsigned = update(pack).where(inside, pack.c.state == Custody.HELD)
    unit.connection.execute(unsigned.values(state=Custody.SENT, held_at=None))


def resend_asked(reader: Reader) -> list[Stretch]:
    """The stretches of the own journal that headquarters asks for again and that no pack brings since it asked."""
    pack, table = tables.pack, tables.resend
    inside = (pack.c.epoch == table.c.epoch) & (pack.c.first_seq <= table.c.first_seq)
    inside &= (pack.c.last_seq >= table.c.last_seq) & (pack.c.sealed_at > table.c.asked_at)
    asked = select(table).where(~select(pack.c.id).where(inside).exists()).order_by(table.c.epoch, table.c.first_seq)
    rows = reader.connection.execute(asked)
    return [Stretch(row.epoch, row.first_seq, row.last_seq) for row in rows]


def asked_again(reader: Reader) -> int:
    """How many changes of the own journal headquarters asks for again and no pack brings since it asked."""
    return sum(one.last_seq - one.first_seq + 1 for one in resend_asked(reader))


def receipts(reader: Reader, since: datetime) -> dict[str, list[bytes]]:
    """The receipts that were given, by device, the oldest first: those given since a moment, and the last of each."""
    table = tables.taken_in
    asked = select(table.c.device, table.c.receipt, table.c.taken_at).where(table.c.receipt.is_not(None))
    last: dict[str, bytes] = {}
    found: dict[str, list[bytes]] = {}
    for row in reader.connection.execute(asked.order_by(table.c.taken_at, table.c.sha256)):
        last[row.device] = row.receipt
        if row.taken_at >= since:
            found.setdefault(row.device, []).append(row.receipt)
    return {device: found.get(device, [receipt]) for device, receipt in last.items()}
