"""The one shape of a workbook that import, repair, export, overlays and the editor share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets that an XLSForm knows, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed while a workbook was read.

    Attributes:
        code: what, for example "formula_without_value".
        sheet: name of the sheet, or "" for the whole file.
        row: row number in the source, 0 when the remark is not about one row.
        column: the header, or the letter of the column when there is no header.
        text: what stands there.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    text: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: a header and the rows below it that hold anything.

    Attributes:
        name: as the sheet is called in the source.
        columns: the headers as written, in order.
        rows: header → text of the cell; empty cells are absent.
        numbers: the row number in the source of each row. A row that is new may have 0.
        merged: merged cells as (first row, first column, last row, last column), counted from 1.
        letters: the letter of the column of each header in the source.
    """

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its row number in the source."""
        yield from zip(self.numbers, self.rows, strict=True)

    def placed(self) -> list[tuple[int, dict[str, str]]]:
        """Each row with the row that it takes in a written workbook.

        Rows stay where they were; a row that was put between them moves the later ones down, an empty row at a time.
        """
        taken, places = 1, []
        for number, row in zip([*self.numbers, *([0] * len(self.rows))], self.rows, strict=False):
            taken = max(taken + 1, number)
            places.append((taken, row))
        return places


@dataclass(slots=True)
class Book:
    """A workbook in memory.

    Attributes:
        sheets: by lower-case name; only the sheets of an XLSForm, and those that are nearly called so.
        others: names of the sheets that are no part of a form and were not read.
        remarks: what was noticed while reading.
    """

    sheets: dict[str, Sheet] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def survey(self) -> Sheet:
        """The questions."""
        return self.sheet("survey")

    @property
    def choices(self) -> Sheet:
        """The lists of choices."""
        return self.sheet("choices")

    @property
    def settings(self) -> Sheet:
        """The title, id, version and such."""
        return self.sheet("settings")

    def sheet(self, name: str) -> Sheet:
        """The sheet called `name`; an empty one is made when there is none."""
        return self.sheets.setdefault(name.lower(), Sheet(name))

    def take(self, sheet: Sheet, *, alone: bool = False) -> None:
        """Put a sheet in under its name; the only sheet of a workbook is its survey, whatever it is called."""
        name = sheet.name.lower()
        self.sheets.setdefault("survey" if alone and name not in SHEETS else name, sheet)

    def copy(self) -> Book:
        """A book that can be changed without changing this one."""
        return deepcopy(self)

    def definition(self) -> dict[str, Any]:
        """The book in the shape that pyxform takes; what is in it may be changed."""
        made: dict[str, Any] = {"sheet_names": [*(sheet.name for sheet in self.sheets.values()), *self.others]}
        for name, sheet in self.sheets.items():
            if name in SHEETS and (sheet.columns or sheet.rows):
                # pyxform takes the first row of these, wherever the file has it.
                plain = name in {"settings", "entities"}
                made[name] = [dict(row) for row in sheet.rows] if plain else _with_gaps(sheet.placed())
                made[f"{name}_header"] = [dict.fromkeys(sheet.columns)] if sheet.columns else []
        return made


def _with_gaps(placed: Sequence[tuple[int, dict[str, str]]]) -> list[dict[str, str]]:
    """The rows from the second on, empty ones included: names that pyxform makes up are of row numbers."""
    rows: list[dict[str, str]] = []
    for number, row in placed:
        rows.extend({} for _ in range(number - 2 - len(rows)))
        rows.append(dict(row))
    return rows
