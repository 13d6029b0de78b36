"""Values of measures that are not counted from records: entered, or imported from a table."""

from __future__ import annotations

import csv
import math
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.store.reading import Reader
from gemba.store.series import first_day
from gemba.store.unit import Unit
from gemba.work.csv_rows import CsvRows
from gemba.work.desk import Desk
from gemba.work.records import known

_VALUES = uuid.UUID("6a1f3c58-51a6-4f5c-8df0-6a0b0a4b9d31")
_MOST_BYTES = 50_000_000


class Imported(msgspec.Struct, frozen=True):
    """What an import did."""

    change: Change
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[tuple[int, str], ...] = ()
    """Line of the file and what is wrong there: `date`, `value` or `size`."""


class _Row(msgspec.Struct, frozen=True):
    day: date
    value: float
    size: float | None


def value_uid(measure: Uid, begins: date) -> Uid:
    """The uid of a measure's value: the same wherever and however often it is entered."""
    return str(uuid.uuid5(_VALUES, f"{measure}\0{begins.isoformat()}"))


def enter(desk: Desk, measure: Uid, day: date, value: float, size: float | None = None) -> Change:
    """Enter the value of the period that a day lies in; a value that is there is corrected.

    Raises:
        Refusal: the measure is unknown or counted from complaints, or the value is no number.
    """
    if not math.isfinite(value) or (size is not None and not (math.isfinite(size) and size > 0)):
        raise Refusal("work.measure_value", value=value)
    with desk.unit() as unit:
        _keep(desk, unit, _entered(unit, measure), _Row(day, value, size))
        return unit.change_made(measure)


def import_values(desk: Desk, measure: Uid, file: Path, *, day: str = "", value: str = "", size: str = "") -> Imported:
    """Take values in from a CSV file; a value of a period that is there is corrected, so it may be done again.

    Args:
        desk: who does it.
        measure: uid.
        file: CSV with titles in its first row, UTF-8.
        day: column of the periods (`2026-03`, `2026-03-09` or `2026-W11`); the first when left out.
        value: column of the values; the second when left out.
        size: column of what they are based on, if any.

    Raises:
        Refusal: the measure is unknown or counted from complaints, or a column is not there.
        Trouble: the file cannot be read.
    """
    rows = list(_lines(file, day, value, size))
    good = [row for _, row, _ in rows if row is not None]
    refused = tuple((line, problem) for line, row, problem in rows if row is None)
    with desk.unit() as unit:
        about = _entered(unit, measure)
        told = [_keep(desk, unit, about, row) for row in good]
        counted = {state: told.count(state) for state in ("added", "changed", "unchanged")}
        return Imported(unit.change_made(measure), refused=refused, **counted)


def values(reader: Reader, measure: Measure) -> list[MeasureValue]:
    """The values of a measure, the oldest first."""
    return sorted(reader.find(MeasureValue, measure=measure.uid), key=lambda each: each.begins)


def _entered(unit: Unit, measure: Uid) -> Measure:
    found = known(unit, Measure, measure)
    if found.sort is not MeasureSort.VALUES:
        raise Refusal("work.measure_is_counted", measure=found.code)
    return found


def _keep(desk: Desk, unit: Unit, measure: Measure, row: _Row) -> str:
    begins = first_day(measure.period, row.day)
    uid = value_uid(measure.uid, begins)
    before = unit.get(MeasureValue, uid)
    if before is not None and (before.value, before.size) == (row.value, row.size):
        return "unchanged"
    if before is not None:
        unit.change(MeasureValue, uid, value=row.value, size=row.size)
        return "changed"
    unit.put(
        MeasureValue(
            uid=uid, measure=measure.uid, begins=begins, value=row.value, size=row.size, person=desk.person.uid
        )
    )
    return "added"


def _lines(file: Path, day: str, value: str, size: str) -> Iterator[tuple[int, _Row | None, str]]:
    """Number of each line, what it says, or what is wrong with it."""
    reader = CsvRows(_read(file))
    try:
        titles = [title.strip() for title in next(reader, [])]
        wanted = [day or (titles[0] if titles else ""), value or (titles[1] if len(titles) > 1 else "")]
        wanted += [size] if size else []
        for title in wanted:
            if title not in titles:
                raise Refusal("work.no_such_column", column=title or "–", known=", ".join(titles))
        at = [titles.index(title) for title in wanted]
        for cells in reader:
            if cells:
                yield (reader.line, *_row([cells[place] if place < len(cells) else "" for place in at]))
    except csv.Error as error:
        raise Refusal("work.values_unreadable", file=file.name, line=reader.line) from error


def _row(cells: list[str]) -> tuple[_Row | None, str]:
    day = read_day(cells[0])
    if day is None:
        return None, "date"
    value = _number(cells[1])
    if value is None:
        return None, "value"
    size = _number(cells[2]) if len(cells) > 2 else None
    if len(cells) > 2 and (size is None or size <= 0):
        return None, "size"
    return _Row(day, value, size), ""


def read_day(said: str) -> date | None:
    """A day from `2026-03-09`, `2026-03`, `2026-Q1` or `2026-W11`; `None` for anything else."""
    said = said.strip()
    try:
        if "Q" in said.upper():
            year, _, quarter = said.upper().replace("-", "").partition("Q")
            return date(int(year), int(quarter) * 3 - 2, 1)
        if "W" in said.upper():
            return date.fromisoformat(f"{said.upper()}-1" if said.count("-") == 1 else said)
        return date.fromisoformat(f"{said}-01" if said.count("-") == 1 else said)
    except ValueError:
        return None


def _number(said: str) -> float | None:
    try:
        found = float(said.strip().replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Refusal("work.values_too_large", file=file.name)
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("work.values_not_utf8", file=file.name) from error
    except OSError as error:
        raise Trouble("work.values_not_read", file=file.name, reason=error.strerror or str(error)) from error


__all__ = ["Imported", "Period", "enter", "import_values", "read_day", "value_uid", "values"]
