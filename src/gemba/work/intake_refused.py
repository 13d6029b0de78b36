"""Records that were not imported: counted by reason, the first shown, all written into a file for repair."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from gemba.errors import Trouble
from gemba.work.intake_encoding import UNREADABLE
from gemba.work.intake_names import Unfit
from gemba.work.intake_reading import ADDED
from gemba.work.intake_reasons import words
from gemba.work.intake_records import Faulty
from gemba.work.table_files import csv_text

_SHOWN = 200


class RefusedRow(msgspec.Struct, frozen=True):
    """A record that was not imported."""

    line: int
    code: str
    words: str
    """Why, for people."""
    cells: tuple[str, ...]
    """Its first cells, shortened."""


class Refused:
    """Gathers refused records; all go into a file as they come, so that none is held.

    Args:
        columns: titles.
        file: where all are written (UTF-8 CSV, formulas neutralised); nowhere when there is none.
    """

    def __init__(self, columns: Sequence[str], file: Path | None) -> None:
        self.count = 0
        self.reasons = Counter[str]()
        self.first: list[RefusedRow] = []
        self.file: Path | None = None
        self._columns, self._wanted = columns, file
        self._out: IO[str] | None = None
        self._rows: Any = None

    def faulty(self, one: Faulty) -> None:
        """A record that could not be read."""
        self._add(one.line, one.why, words(one.why), one.cells or (one.text,))

    def unfit(self, line: int, cells: Sequence[str], unfit: Unfit) -> None:
        """A record with a cell that its field cannot hold."""
        self._add(line, unfit.code, words(unfit.code, unfit.value, unfit.column), cells)

    def finish(self) -> None:
        """All were told; the file is whole, and has no name yet."""
        if self._out is not None:
            try:
                self._out.close()
            except OSError as error:
                raise Trouble("work.cannot_write", file=str(self._wanted)) from error
        self._out = self._rows = None

    def publish(self) -> None:
        """Give the file its name; there is none when nothing was refused."""
        if self._wanted is not None and self.count:
            try:
                _part_of(self._wanted).replace(self._wanted)
            except OSError as error:
                raise Trouble("work.cannot_write", file=str(self._wanted)) from error
            self.file = self._wanted

    def _add(self, line: int, code: str, why: str, cells: Sequence[str]) -> None:
        self.count += 1
        self.reasons[code] += 1
        if len(self.first) < _SHOWN:
            shown = tuple(_readable(cell[:80]) for cell in cells[:8])
            self.first.append(RefusedRow(line, code, _readable(why), shown))
        if self._wanted is not None:
            self._write(line, why, cells)

    def _write(self, line: int, why: str, cells: Sequence[str]) -> None:
        try:
            if self._rows is None:
                self._begin()
            row = [csv_text(_readable(cell), guard=True) for cell in cells]
            row += [""] * (len(self._columns) - len(row))
            self._rows.writerow([*row, line, csv_text(_readable(why), guard=True)])
        except OSError as error:
            raise Trouble("work.cannot_write", file=str(self._wanted)) from error

    def _begin(self) -> None:
        assert self._wanted is not None
        self._out = _part_of(self._wanted).open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._out)
        added = [title for title in ADDED if title not in self._columns]
        self._rows.writerow([*(csv_text(title, guard=True) for title in self._columns), *added])


def abandon(wanted: Path | None) -> None:
    """Leave no file behind."""
    if wanted is not None:
        _part_of(wanted).unlink(missing_ok=True)


def _part_of(wanted: Path) -> Path:
    return wanted.with_name(f".{wanted.name}.part")


def _readable(text: str) -> str:
    """A text without what no file of texts can hold: unreadable bytes as they would look in a western encoding."""
    text = text.replace("\0", "\N{SYMBOL FOR NULL}")
    if text.isascii() or UNREADABLE.search(text) is None:
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    except UnicodeEncodeError:
        return UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text)
