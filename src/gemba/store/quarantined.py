"""Packs in quarantine: kept, not believed yet, each until a person decides."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import RowMapping, insert, select, update

from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.unit import Unit


class Why(StrEnum):
    """Why a pack is in quarantine."""

    UNKNOWN = "unknown"
    """Its sender is not enrolled, or it holds operations of somebody who is not."""
    REVOKED = "revoked"
    """It goes beyond what is taken in of a device that was revoked."""


class Decision(StrEnum):
    """What a person, or a later enrolment, made of it."""

    LET_IN = "let-in"
    """A person believes it: it is taken in with the next try."""
    TAKEN_IN = "taken-in"
    SET_ASIDE = "set-aside"


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in quarantine."""

    sha256: str
    device: str
    """Id of the device that sealed it."""
    words: str
    """The eight words of that device's key."""
    why: Why
    arrived_at: datetime
    decision: Decision | None = None
    settled_at: datetime | None = None

    @property
    def is_released(self) -> bool:
        """True when a person has let it in."""
        return self.decision in {Decision.LET_IN, Decision.TAKEN_IN}


def all_quarantined(reader: Reader, *, settled: bool = False) -> list[Quarantined]:
    """The packs that wait for a decision, the oldest first; with `settled` also those that have had theirs."""
    table = tables.quarantined
    asked = select(table).order_by(table.c.arrived_at, table.c.sha256)
    rows = reader.connection.execute(asked if settled else asked.where(table.c.settled_at.is_(None))).mappings()
    return [_value(row) for row in rows]


def find(reader: Reader, sha256: str) -> Quarantined | None:
    """One pack in quarantine, settled or not."""
    table = tables.quarantined
    row = reader.connection.execute(select(table).where(table.c.sha256 == sha256)).mappings().one_or_none()
    return None if row is None else _value(row)


def add(unit: Unit, one: Quarantined) -> None:
    """Note a pack that has come into quarantine; one that is there already stays as it is."""
    if find(unit, one.sha256) is None:
        row = {name: getattr(one, name) for name in ("sha256", "device", "words", "why", "arrived_at")}
        unit.connection.execute(insert(tables.quarantined).values(row))


def settle(unit: Unit, sha256: str, decision: Decision) -> None:
    """Note what became of a pack; nothing happens when it never was in quarantine."""
    one = find(unit, sha256)
    if one is None or one.decision is Decision.TAKEN_IN:
        return
    table = tables.quarantined
    settled_at = None if decision is Decision.LET_IN else unit.clock()
    settled = update(table).where(table.c.sha256 == sha256)
    unit.connection.execute(settled.values(why=f"{one.why} {decision}", settled_at=settled_at))


def _value(row: RowMapping) -> Quarantined:
    why, _, decision = str(row["why"]).partition(" ")
    said = {name: row[name] for name in Quarantined.__struct_fields__ if name not in {"why", "decision"}}
    return Quarantined(**said, why=Why(why), decision=Decision(decision) if decision else None)
