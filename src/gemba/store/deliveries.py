"""Ways to headquarters, and the queue of what goes by which of them. These two tables are the only truth of it.

A password never stands here (`gemba.store.carrier_secrets`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from sqlalchemy import RowMapping, delete, select, update

from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.store.upserting import upsert

V = TypeVar("V", bound=msgspec.Struct)


class DeliveryState(StrEnum):
    """How far something has come by one carrier."""

    QUEUED = "queued"
    """It goes as soon as it is its turn; also what a program left that ended while it was sending."""
    SENDING = "sending"
    WAITING = "waiting"
    """It failed, and is tried again."""
    DONE = "done"
    """All of it lies there, and was read back."""


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """A way to headquarters."""

    name: str
    url: str
    options: dict[str, Any] = {}
    automatic: bool = True
    """Whether every pack goes this way without being told."""
    made_at: datetime
    tried_at: datetime | None = None
    trouble: dict[str, Any] | None = None
    """What was wrong at the last try, as `kept` writes it."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """Something that goes by a carrier."""

    pack: str
    """SHA-256 of a pack, or the uid of an assessment that goes to an OpenRosa server."""
    carrier: str
    state: DeliveryState = DeliveryState.QUEUED
    parts: int = 0
    """How many there are; 0 until that is known."""
    parts_there: int = 0
    bytes_there: int = 0
    tries: int = 0
    queued_at: datetime
    next_try_at: datetime | None = None
    done_at: datetime | None = None
    trouble: dict[str, Any] | None = None


def kept(error: GembaError) -> dict[str, Any]:
    """A failure as it is kept: its code and facts, so that its sentence follows the language of whoever reads it."""
    return {
        "code": error.code,
        "rule": isinstance(error, Refusal),
        "facts": {k: str(v) for k, v in error.facts.items()},
    }


def failure(trouble: dict[str, Any] | None) -> GembaError | None:
    """A failure that was kept."""
    if trouble is None:
        return None
    return (Refusal if trouble.get("rule") else Trouble)(trouble["code"], **trouble["facts"])


def put_carrier(unit: Unit, carrier: Carrier) -> None:
    """Keep a carrier; one of that name is replaced, and what is queued for it stays queued."""
    row = msgspec.structs.asdict(carrier)
    unit.connection.execute(
        upsert(unit.connection, tables.carrier).values(row).on_conflict_do_update(index_elements=["name"], set_=row)
    )


def carriers(reader: Reader) -> list[Carrier]:
    """All carriers, the oldest first."""
    table = tables.carrier
    rows = reader.connection.execute(select(table).order_by(table.c.made_at, table.c.name)).mappings()
    return [_value(Carrier, row) for row in rows]


def carrier_named(reader: Reader, name: str) -> Carrier:
    """A carrier by its name.

    Raises:
        Refusal: `store.unknown_carrier`.
    """
    for carrier in carriers(reader):
        if carrier.name == name:
            return carrier
    raise Refusal("store.unknown_carrier", name=name)


def remove_carrier(unit: Unit, name: str) -> None:
    """Forget a carrier and what was queued for it; what it carried stays sent."""
    carrier_named(unit, name)
    unit.connection.execute(delete(tables.delivery).where(tables.delivery.c.carrier == name))
    unit.connection.execute(delete(tables.carrier).where(tables.carrier.c.name == name))


def tried(unit: Unit, name: str, error: GembaError | None) -> None:
    """Note that a carrier was tried just now, and what was wrong."""
    table = tables.carrier
    values = {"tried_at": unit.clock(), "trouble": None if error is None else kept(error)}
    unit.connection.execute(update(table).where(table.c.name == name).values(values))


def enqueue(unit: Unit, packs: Iterable[str], carrier: str) -> None:
    """Queue what is not queued for this carrier yet."""
    now = unit.clock()
    for pack in packs:
        row = msgspec.structs.asdict(Delivery(pack=pack, carrier=carrier, queued_at=now))
        unit.connection.execute(upsert(unit.connection, tables.delivery).values(row).on_conflict_do_nothing())


def deliveries(reader: Reader, carrier: str | None = None) -> list[Delivery]:
    """What is queued or done, in the order in which it was queued; of one carrier if it is named."""
    table = tables.delivery
    asked = select(table).order_by(table.c.queued_at, table.c.pack, table.c.carrier)
    if carrier is not None:
        asked = asked.where(table.c.carrier == carrier)
    return [_value(Delivery, row) for row in reader.connection.execute(asked).mappings()]


def queue_again(unit: Unit, pack: str, carrier: str) -> None:
    """Let something go again at once: headquarters asked for parts, or a person did."""
    _set(unit, pack, carrier, state=DeliveryState.QUEUED, next_try_at=None, done_at=None)


def rest(unit: Unit, carriers: Iterable[str], until: datetime) -> None:
    """Let nothing more go by these carriers by itself before a moment; a person may send it at any time."""
    table = tables.delivery
    for carrier in carriers:
        open_ones = (table.c.carrier == carrier) & (table.c.state != DeliveryState.DONE)
        later = {"state": DeliveryState.WAITING, "next_try_at": until, "trouble": None}
        unit.connection.execute(update(table).where(open_ones).values(later))


def advance(unit: Unit, pack: str, carrier: str, *, parts: int, parts_there: int, bytes_there: int) -> None:
    """Note how far something has come."""
    there = {"parts": parts, "parts_there": parts_there, "bytes_there": bytes_there}
    _set(unit, pack, carrier, state=DeliveryState.SENDING, **there)


def done(unit: Unit, pack: str, carrier: str) -> None:
    """Note that all of it lies there."""
    _set(unit, pack, carrier, state=DeliveryState.DONE, done_at=unit.clock(), next_try_at=None, trouble=None)


def failed(unit: Unit, delivery: Delivery, error: GembaError, next_try_at: datetime) -> None:
    """Note why it did not go, and when it is tried again."""
    _set(
        unit,
        delivery.pack,
        delivery.carrier,
        state=DeliveryState.WAITING,
        tries=delivery.tries + 1,
        next_try_at=next_try_at,
        trouble=kept(error),
    )


def drop(unit: Unit, packs: Iterable[str]) -> None:
    """Take what headquarters holds out of the queue; what was done stays noted."""
    table = tables.delivery
    for pack in packs:
        open_ones = (table.c.pack == pack) & (table.c.state != DeliveryState.DONE)
        unit.connection.execute(delete(table).where(open_ones))


def evidence_of(reader: Reader, pack: str) -> list[tuple[str, bool]]:
    """The kept bytes that were put into a pack: SHA-256, and whether a receipt names them."""
    table = tables.blob
    rows = reader.connection.execute(select(table.c.sha256, table.c.held_at).where(table.c.pack == pack))
    return sorted((row.sha256, row.held_at is not None) for row in rows)


def _value(sort: type[V], row: RowMapping) -> V:
    return msgspec.convert({field: row[field] for field in sort.__struct_fields__}, sort)


def _set(unit: Unit, pack: str, carrier: str, **values: Any) -> None:
    table = tables.delivery
    unit.connection.execute(update(table).where(table.c.pack == pack, table.c.carrier == carrier).values(**values))
