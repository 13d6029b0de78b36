"""Puts rows of an import into lots, some thousand each, and lays them."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from gemba.domain.intakes import ComplaintLot
from gemba.domain.record import Uid
from gemba.store import lot_rows
from gemba.store.lot_files import LotFiles
from gemba.store.lots import Laying
from gemba.store.unit import Unit
from gemba.work.desk import Desk


class _Open(msgspec.Struct):
    """A lot that is not full yet."""

    lines: list[bytes] = []
    count: int = 0
    size: int = 0


class LotWriter:
    """Writes the lots of one import.

    Args:
        desk: who imports.
        unit: the transaction.
        intake: uid of the import.
        same: what holds for all rows.
        files: keeps what is packed.
    """

    def __init__(self, desk: Desk, unit: Unit, intake: Uid, same: dict[str, Any], files: LotFiles) -> None:
        self._desk, self._unit, self._intake, self._same, self._files = desk, unit, intake, same, files
        self._open: dict[tuple[str, ...], _Open] = {}
        self._laying = Laying(unit, apart=True)

    def add(self, fields: tuple[str, ...], rows: bytes, count: int) -> None:
        """Put rows (lines of JSON) into the lot of these fields; it is laid when it is full."""
        if not count:
            return
        lot = self._open.setdefault(fields, _Open())
        lot.lines.append(rows)
        lot.count += count
        lot.size += len(rows)
        if lot.count >= lot_rows.ROWS or lot.size >= lot_rows.FULL:
            self._close(fields)

    def lay_whole(self, fields: tuple[str, ...], rows: bytes, count: int, packed: bytes) -> None:
        """Lay a lot that is packed already."""
        self._lay(self._head(fields) + rows, count, packed)

    def finish(self) -> None:
        """Lay what is left."""
        for fields in list(self._open):
            self._close(fields)

    def _close(self, fields: tuple[str, ...]) -> None:
        lot = self._open.pop(fields)
        said = b"".join([self._head(fields), *lot.lines])
        self._lay(said, lot.count, lot_rows.pack([said]))

    def _head(self, fields: tuple[str, ...]) -> bytes:
        return lot_rows.head_line(fields, {name: value for name, value in self._same.items() if name not in fields})

    def _lay(self, said: bytes, count: int, packed: bytes) -> None:
        """Keep a lot's file, then lay what it says."""
        sha256 = hashlib.sha256(packed).hexdigest()
        self._files.keep(sha256, packed)
        person = self._desk.person.uid
        lot = ComplaintLot(uid=self._desk.ids(), intake=self._intake, rows=sha256, count=count, person=person)
        self._unit.put(lot)
        self._laying.lay(lot, lot_rows.read(said))
