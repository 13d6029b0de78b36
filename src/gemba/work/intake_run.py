"""One going through a file that is imported: its records read, and compared with what is here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import msgspec

from gemba.domain.record import Uid
from gemba.store import lot_rows
from gemba.store.lot_comparing import Comparing, Row
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.intake_conversion import Conversion, Frame
from gemba.work.intake_plan import Plan
from gemba.work.intake_process import converted
from gemba.work.intake_reading import Reading
from gemba.work.intake_refused import RefusedRow, abandon

Step = Callable[[int, int, str], None]
"""Told how many records are done, how many there are (roughly), and what is being done; may raise to cancel."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0
    """Records of which a person has set something otherwise; the person's word stays."""
    erased: int = 0
    """Records whose words were erased; they stay so."""
    reasons: dict[str, int] = {}
    """Refused records by the code of the reason."""
    first_refused: tuple[RefusedRow, ...] = ()
    unknown: dict[str, dict[str, int]] = {}
    """By field the values that are not known here, with how often they occur."""
    new_places: tuple[str, ...] = ()
    new_codes: dict[str, dict[str, str]] = {}
    """Title by code, by facet."""
    refused_file: str = ""
    """Where all refused records stand."""


class Some(msgspec.Struct, frozen=True):
    """Rows that are to be written, as lines of lots, and the sites that are to be made before."""

    places: dict[str, Uid]
    added: bytes
    count_added: int
    changed: bytes
    count_changed: int
    packed: bytes = b""
    """Kept bytes of a lot of all that are new, where they make up one."""


class Run:
    """One going through a file.

    Args:
        desk: who does it.
        reader: of the store.
        reading: how the file is read.
        plan: what its columns stand for.
        refused: where refused records are written.
    """

    def __init__(self, desk: Desk, reader: Reader, reading: Reading, plan: Plan, refused: Path | None) -> None:
        self._reading, self._refused = reading, refused
        self.made = Conversion(reader, reading, plan, desk.clock(), refused)
        self.fields = self.made.fields
        self._comparing = Comparing(reader, plan.source, self.fields, ("due_at",))
        self._done: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.made.refused.publish()
        else:
            abandon(self._refused)

    def ask_for_lots(self, same: dict[str, Any]) -> None:
        """Have rows that need not be compared made into whole lots; `same` is what holds for all."""
        if self._comparing.is_new:
            self.made.same = same

    def compared(self, path: Path, step: Step | None) -> Generator[Some, None, None]:
        """Records that are new, and those that say something else with all their fields, some at a time."""
        total, done = self._reading.rows, 0
        with closing(converted(self.made, path, total)) as pieces:
            for one in pieces:
                if isinstance(one, Conversion):
                    self.made = one
                    continue
                yield self._told(one)
                done = one.done
                if step is not None:
                    step(done, max(total, done + 1), text("Reading complaints …"))
        if step is not None:
            step(done, done, text("Writing indexes …"))

    def _told(self, frame: Frame) -> Some:
        if self._comparing.is_new:
            self._done["added"] += frame.count
            return Some(frame.places, frame.rows, frame.count, b"", 0, frame.packed)
        found = self._comparing.compare(_rows_of(frame.rows))
        self._done.update(
            added=len(found.added),
            changed=len(found.changed),
            unchanged=found.unchanged,
            kept=found.kept,
            erased=found.erased,
        )
        return Some(frame.places, _lines(found.added), len(found.added), _lines(found.changed), len(found.changed))

    def counted(self) -> Counted:
        """What has been done so far."""
        unknown = {
            facet: dict(codes.unknown.most_common(50)) for facet, codes in self.made.codes.items() if codes.unknown
        }
        if self.made.places.unknown:
            unknown["place"] = dict(self.made.places.unknown.most_common(50))
        return Counted(
            **{name: self._done[name] for name in ("added", "changed", "unchanged", "kept", "erased")},
            refused=self.made.refused.count,
            reasons=dict(self.made.refused.reasons),
            first_refused=tuple(self.made.refused.first),
            unknown=unknown,
            new_places=tuple(self.made.places.made),
            new_codes={facet: codes.added for facet, codes in self.made.codes.items() if codes.added},
            refused_file=str(self.made.refused.file or ""),
        )


def _rows_of(lines: bytes) -> list[Row]:
    return list(_DECODER.decode_lines(lines))


_DECODER = msgspec.json.Decoder(list[Any])


def _lines(rows: Sequence[Row]) -> bytes:
    return b"".join([lot_rows.encode(row) + b"\n" for row in rows])
