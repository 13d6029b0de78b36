"""Puts rows of an import into lots, some thousand each, and lays them; packing one is done beside laying the next."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import msgspec

from gemba.domain.intakes import ComplaintLot
from gemba.domain.record import Uid
from gemba.store import lot_rows
from gemba.store.lot_files import LotFiles
from gemba.store.lots import Laying
from gemba.store.unit import Unit
from gemba.work.desk import Desk


class _Packed(msgspec.Struct, frozen=True):
    """A lot whose file is being packed."""

    lines: bytes
    count: int
    sha256: Future[str]


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
        self._packed: list[_Packed] = []
        self._thread = ThreadPoolExecutor(1, "lots")
        self.laying = Laying(unit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

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

    def finish(self) -> None:
        """Lay what is left."""
        for fields in list(self._open):
            self._close(fields)
        while self._packed:
            self._lay(self._packed.pop(0))

    def _close(self, fields: tuple[str, ...]) -> None:
        """Have a lot packed; lay the one before meanwhile."""
        lot = self._open.pop(fields)
        same = {name: value for name, value in self._same.items() if name not in fields}
        said = b"".join([lot_rows.head_line(fields, same), *lot.lines])
        self._packed.append(_Packed(said, lot.count, self._thread.submit(self._pack, said)))
        if len(self._packed) > 1:
            self._lay(self._packed.pop(0))

    def _pack(self, said: bytes) -> str:
        kept = lot_rows.pack([said])
        sha256 = hashlib.sha256(kept).hexdigest()
        self._files.keep(sha256, kept)
        return sha256

    def _lay(self, packed: _Packed) -> None:
        lot = ComplaintLot(
            uid=self._desk.ids(),
            intake=self._intake,
            rows=packed.sha256.result(),
            count=packed.count,
            person=self._desk.person.uid,
        )
        self._unit.put(lot)
        self.laying.lay(lot, lot_rows.read(packed.lines), learn=False)
