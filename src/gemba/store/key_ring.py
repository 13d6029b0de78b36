"""Headquarters' age keys: which are sealed to now, which come next, and which open old packs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import insert, select, update

from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.unit import Unit


class Use(StrEnum):
    """What a key is for."""

    CURRENT = "current"
    """Packs are sealed to it."""
    NEXT = "next"
    """Packs are sealed to it, too, so that it can become the current one on any day."""
    PAST = "past"
    """It opens packs that were sealed before it was replaced."""
    RECOVERY = "recovery"
    """Packs are sealed to it; its secret lies with two people and not in the store."""
    AUDIENCE = "audience"
    """Every laptop has its secret from headquarters: what is published for all is sealed to it."""
    PAST_AUDIENCE = "past-audience"
    """It was that, until a laptop was revoked that had it."""


class AgeKey(msgspec.Struct, frozen=True, kw_only=True):
    """One age key."""

    recipient: str
    """The public half, `age1...`."""
    secret: str
    """`AGE-SECRET-KEY-1...`; empty when it is not kept here, or was destroyed."""
    use: Use
    made_at: datetime
    retired_at: datetime | None = None


def keys(reader: Reader, *uses: Use) -> list[AgeKey]:
    """The keys of these uses (of all, if none is named), the oldest first."""
    table = tables.identity
    asked = select(table).order_by(table.c.made_at, table.c.recipient)
    found = [AgeKey(**{**row, "use": Use(row["use"])}) for row in reader.connection.execute(asked).mappings()]
    return [key for key in found if key.use in (uses or tuple(Use))]


def recipients(reader: Reader) -> tuple[str, ...]:
    """What others seal to: current, next and recovery; the device's own key where none of them was made."""
    kept = {key.use: key.recipient for key in keys(reader)}
    found = tuple(kept[use] for use in (Use.CURRENT, Use.NEXT, Use.RECOVERY) if use in kept)
    return found or (reader.device.recipient,)


def add(unit: Unit, key: AgeKey) -> None:
    """Keep a new key."""
    unit.connection.execute(insert(tables.identity).values(msgspec.structs.asdict(key)))


def put_to_use(unit: Unit, recipient: str, use: Use, *, retired_at: datetime | None = None) -> None:
    """Use a key for something else from now on."""
    table = tables.identity
    changed = update(table).where(table.c.recipient == recipient)
    unit.connection.execute(changed.values(use=use, retired_at=retired_at))


def destroy(unit: Unit, recipient: str) -> None:
    """Take a key's secret out for good; that there was such a key stays known."""
    table = tables.identity
    unit.connection.execute(update(table).where(table.c.recipient == recipient).values(secret=""))
