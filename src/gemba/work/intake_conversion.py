"""From a file to rows of lots: everything that needs no store, so that a process of its own can do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.vocabularies import Facet
from gemba.store import lot_rows
from gemba.store.reading import Reader
from gemba.work.intake_due import Due
from gemba.work.intake_fields import KEY
from gemba.work.intake_names import Codes, Places, Unfit
from gemba.work.intake_plan import Plan
from gemba.work.intake_reading import Reading, rows
from gemba.work.intake_records import Faulty
from gemba.work.intake_refused import Refused
from gemba.work.intake_row import Converter

AT_ONCE = 2000
"""Records that are handed on together, unless they make up whole lots."""


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """Some records as rows of a lot."""

    rows: bytes
    """Lines of JSON, each with its end."""
    count: int
    done: int
    """Records of the file that were read so far, refused ones included."""
    places: dict[str, str]
    """Sites that are to be made before, uid by name."""
    packed: bytes = b""
    """The kept bytes of a lot of these rows, where whole lots were asked for."""


class Conversion:
    """One going through a file.

    Args:
        reader: of the store; asked now, and later only when `needs_store`.
        reading: how the file is read.
        plan: what its columns stand for.
        now: the clock of this computer.
        refused: where refused records are written.
    """

    def __init__(self, reader: Reader, reading: Reading, plan: Plan, now: datetime, refused: Path | None) -> None:
        self._reading = reading
        self.places = Places(reader, plan)
        self.codes = {facet.value: Codes(reader, facet, plan) for facet in Facet}
        self._due = Due(reader)
        self._plan, self._now = plan, now
        self.refused = Refused(reading.columns, refused)
        self.same: dict[str, Any] | None = None
        """What holds for all rows, once whole lots are asked for: nothing is here to compare them with."""
        self.fields = self._converter().fields

    @property
    def needs_store(self) -> bool:
        """True when it can be done nowhere else."""
        return self._due.needs_store

    def frames(self, path: Path) -> Iterator[Frame]:
        """The records of the file; refused ones are gathered."""
        converter, refused = self._converter(), self.refused
        encode, convert, at_key, seen, done = lot_rows.encode, converter.convert, self.fields.index(KEY), set[int](), 0
        some: list[bytes] = []
        size, most = 0, AT_ONCE if self.same is None else lot_rows.ROWS
        for one in rows(path, self._reading):
            done += 1
            if isinstance(one, Faulty):
                refused.faulty(one)
                continue
            line, cells = one
            try:
                values = convert(cells)
                short = hash(values[at_key])
                if short in seen:
                    raise Unfit("key_twice", values[at_key])  # noqa: TRY301 - as any other reason
            except Unfit as unfit:
                refused.unfit(line, cells, unfit)
                continue
            seen.add(short)
            some.append(encode(values))
            size += len(some[-1])
            if len(some) >= most or size >= lot_rows.FULL:
                yield self._frame(some, done)
                some, size = [], 0
        yield self._frame(some, done)
        refused.finish()

    def _frame(self, some: list[bytes], done: int) -> Frame:
        lines = b"\n".join([*some, b""])
        packed = b""
        if self.same is not None and some:
            packed = lot_rows.pack([lot_rows.head_line(self.fields, self.same), lines])
        return Frame(lines, len(some), done, self.places.take_made(), packed)

    def _converter(self) -> Converter:
        plan, reading = self._plan, self._reading
        return Converter(reading.columns, plan, self.places, self.codes, self._due, self._now, reading.decimal)
