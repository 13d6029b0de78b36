"""The steps of a map as a CSV file, out and in again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from gemba.domain.change import Change
from gemba.domain.process_maps import ProcessMap, ProcessStep, StepSort
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.reports.files import written
from gemba.store.unit import Unit
from gemba.work.csv_rows import CsvRows
from gemba.work.desk import Desk
from gemba.work.process_maps import STEP_FIELDS, checked, new_step, standing
from gemba.work.records import known
from gemba.work.table_files import csv_text

_NUMBERS = ("cycle", "wait", "value_adding", "rework")
_YES = frozenset({"yes", "true", "1", "x"})
_FORMULA = ("=", "+", "-", "@")
_LARGEST = 2_000_000
"""Bytes; a map has dozens of steps, not thousands."""


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not taken."""

    row: int
    """Line of the file; the headings are line 1."""
    code: str
    """Of the refusal."""
    facts: dict[str, Any]


class StepsTaken(msgspec.Struct, frozen=True):
    """What came of reading steps from a file."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    change: Change


class _Stop(Exception):
    """Leaves the transaction without keeping what was tried."""


def export_steps(desk: Desk, process_map: Uid, out: Path) -> int:
    """Write the steps of a map to a CSV file (UTF-8, seconds); gives how many.

    Raises:
        Refusal: the map is unknown.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        known(reader, ProcessMap, process_map)
        steps = standing(reader, process_map)
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(STEP_FIELDS)
    for step in steps:
        writer.writerow([csv_text(_cell(getattr(step, name)), guard=True) for name in STEP_FIELDS])
    _write(out, held.getvalue().encode("utf-8-sig"))
    return len(steps)


def _write(out: Path, data: bytes) -> None:
    def put(file: BinaryIO) -> None:
        file.write(data)

    written(out, put)


def import_steps(desk: Desk, process_map: Uid, file: Path, *, dry_run: bool = False) -> StepsTaken:
    """Take the steps of a map from a CSV file, in its order.

    A row is the step with its code, or with its title when it has no code; the same file twice changes nothing. Steps
    that the file does not name stay, after those that it does.

    Args:
        desk: who does it, where.
        process_map: uid of the map.
        file: with at least a column `title` or `code`; `hand_off` is yes or no, times are seconds.
        dry_run: only say what would come of it.

    Raises:
        Refusal: the map is unknown, or the file is no table of steps.
        Trouble: the file cannot be read.
    """
    rows = list(_rows(file))
    found: list[StepsTaken] = []
    try:
        with desk.unit() as unit:
            known(unit, ProcessMap, process_map)
            found.append(_take(desk, unit, process_map, rows))
            _end_here(dry_run)
    except _Stop:
        return msgspec.structs.replace(found[0], change=Change())
    return found[0]


def _end_here(dry_run: bool) -> None:  # noqa: FBT001 - internal
    if dry_run:
        raise _Stop


def _take(desk: Desk, unit: Unit, process_map: Uid, rows: list[tuple[int, dict[str, str]]]) -> StepsTaken:
    before = standing(unit, process_map)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    refused: list[RefusedRow] = []
    in_order = _in_order(before, rows)
    for place, (line, row) in enumerate(rows, 1):
        try:
            said = _said(row)
            old = _meant(before, row)
            position = old.position if old is not None and in_order else float(place)
            counts[_keep(desk, unit, process_map, old, said, position)] += 1
        except Refusal as refusal:
            refused.append(RefusedRow(line, refusal.code, refusal.facts))
    if not in_order:
        named = {old.uid for _, row in rows if (old := _meant(before, row)) is not None}
        for place, step in enumerate((step for step in before if step.uid not in named), len(rows) + 1):
            unit.change(ProcessStep, step.uid, position=float(place))
    return StepsTaken(**counts, refused=tuple(refused), change=unit.change_made(process_map))


def _in_order(before: list[ProcessStep], rows: list[tuple[int, dict[str, str]]]) -> bool:
    """True when the file names only steps that are there, in the order in which they stand."""
    meant = [_meant(before, row) for _, row in rows]
    places = [before.index(step) for step in meant if step is not None]
    return len(places) == len(meant) and places == sorted(places)


def _keep(
    desk: Desk, unit: Unit, process_map: Uid, old: ProcessStep | None, said: Mapping[str, Any], position: float
) -> str:
    if old is None:
        unit.put(new_step(desk, unit, process_map, str(said.get("title", "")), position, said))
        return "added"
    wanted = msgspec.structs.replace(old, **said, position=position)
    if wanted == old:
        return "unchanged"
    checked(unit, wanted)
    unit.change(ProcessStep, old.uid, **said, position=position)
    return "changed"


def _meant(steps: list[ProcessStep], row: Mapping[str, str]) -> ProcessStep | None:
    code, title = row.get("code", ""), row.get("title", "").casefold()
    for step in steps:
        if step.code == code if code else not step.code and step.title.casefold() == title:
            return step
    return None


def _said(row: Mapping[str, str]) -> dict[str, Any]:
    """What a row says, by field.

    Raises:
        Refusal: `work.step_unreadable` for a cell that is no number or sort.
    """
    return {name: _value(name, row[name]) for name in STEP_FIELDS if name in row}


def _value(name: str, cell: str) -> Any:
    try:
        if name in _NUMBERS:
            return float(cell.replace(",", ".")) if cell else None
        if name == "people":
            return int(cell) if cell else None
        if name == "hand_off":
            return cell.casefold() in _YES
        return StepSort(cell or StepSort.PROCESS) if name == "sort" else cell
    except ValueError as error:
        raise Refusal("work.step_unreadable", field=name, value=cell) from error


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    words = _read(file)
    if "\0" in words:
        raise Refusal("work.steps_unreadable", file=file.name)
    try:
        reader = CsvRows(words, strict=True)
        heads = [head.strip().casefold().replace(" ", "_").replace("-", "_") for head in next(reader, [])]
        if not {"code", "title"} & set(heads):
            raise Refusal("work.steps_unreadable", file=file.name)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line, dict(zip(heads, map(_unguarded, cells), strict=False))
    except csv.Error as error:
        raise Refusal("work.steps_unreadable", file=file.name) from error


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            raise Refusal("work.steps_unreadable", file=file.name)
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("work.steps_unreadable", file=file.name) from error
    except OSError as error:
        raise Trouble("work.steps_not_read", file=str(file)) from error


def _unguarded(cell: str) -> str:
    """Without the apostrophe that an export puts before what a spreadsheet would take for a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _cell(value: object) -> str | float | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, (int, float)):
        return value
    return str(value)
