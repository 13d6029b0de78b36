"""Evidence that packs named and that has not arrived yet: whose it is, and which pack told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import delete, select

from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.store.upserting import upsert

_PREFIX = "lacks:"
_AT_ONCE = 500


class Lacking(msgspec.Struct, frozen=True):
    """One piece of evidence that is missing here."""

    sha256: str
    device: str
    """Id of the laptop whose pack named it."""
    pack: str
    """SHA-256 of that pack."""


def note(unit: Unit, sha256s: Iterable[str], *, device: str, pack: str) -> None:
    """Note evidence that a pack named and that is not here."""
    table = tables.setting
    for sha256 in sha256s:
        row = {"key": _PREFIX + sha256, "value": {"device": device, "pack": pack}}
        unit.connection.execute(upsert(unit.connection, table).values(row).on_conflict_do_nothing())


def arrived(unit: Unit, sha256s: Collection[str]) -> None:
    """Forget that evidence was missing."""
    table, keys = tables.setting, [_PREFIX + sha256 for sha256 in sha256s]
    for start in range(0, len(keys), _AT_ONCE):
        unit.connection.execute(delete(table).where(table.c.key.in_(keys[start : start + _AT_ONCE])))


def lacking(reader: Reader) -> list[Lacking]:
    """All that is missing, by hash."""
    table = tables.setting
    # A range, so that the key's index is used whatever the collation of the database thinks of LIKE.
    asked = select(table.c.key, table.c.value).where(table.c.key >= _PREFIX, table.c.key < _PREFIX[:-1] + ";")
    rows = reader.connection.execute(asked.order_by(table.c.key))
    return [
        Lacking(row.key.removeprefix(_PREFIX), row.value["device"], row.value["pack"])
        for row in rows
        if row.key.startswith(_PREFIX)
    ]
