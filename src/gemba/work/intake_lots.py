"""Puts rows of an import into lots, some thousand each, and lays them; packing one is done beside laying the next."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
        self._lines: dict[tuple[str, ...], list[bytes]] = {}
        self._sizes: dict[tuple[str, ...], int] = {}
        self._packed: list[_Packed] = []
        self._thread = ThreadPoolExecutor(1, "lots")
        self.laying = Laying(unit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def add(self, fields: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """Put rows into the lot of these fields; it is laid when it is full."""
        for start in range(0, len(rows), _AT_ONCE):
            encoded = [lot_rows.encode(row) for row in rows[start : start + _AT_ONCE]]
            lines = self._lines.setdefault(fields, [])
            lines += encoded
            self._sizes[fields] = self._sizes.get(fields, 0) + sum(map(len, encoded))
            if len(lines) >= lot_rows.ROWS or self._sizes[fields] >= lot_rows.FULL:
                self._close(fields)

    def finish(self) -> None:
        """Lay what is left."""
        for fields in list(self._lines):
            self._close(fields)
        while self._packed:
            self._lay(self._packed.pop(0))

    def _close(self, fields: tuple[str, ...]) -> None:
        """Have a lot packed; lay the one before meanwhile."""
        lines = self._lines.pop(fields)
        self._sizes.pop(fields)
        same = {name: value for name, value in self._same.items() if name not in fields}
        said = b"".join([lot_rows.head_line(fields, same), b"\n".join(lines), b"\n"])
        self._packed.append(_Packed(said, len(lines), self._thread.submit(self._pack, said)))
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


_AT_ONCE = 500
