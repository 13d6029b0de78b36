"""Decisions as a table for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.decisions import Boundary, Decision
from gemba.domain.goals import Goal
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.store.decision_lists import DECISIONS
from gemba.store.lists import Query
from gemba.work.desk import Desk
from gemba.work.table_files import Cell, write_csv

FIELDS = (
    *("number", "decided_on", "place", "role", "scenario", "title", "why", "amount", "unit", "escalated", "standing"),
    *("boundary", "goal", "contradicts", "customers", "segment", "effect", "exception", "expires", "source", "key"),
    *("recorded_at", "person"),
)
_AT_ONCE = 500


class ExportedDecisions(msgspec.Struct, frozen=True):
    """A table that was written."""

    file: Path
    count: int


def export_decisions(
    desk: Desk, out: Path, query: Query, *, progress: Callable[[int, int], None] | None = None
) -> ExportedDecisions:
    """Write the decisions that are asked for as CSV; no cell is one that a spreadsheet takes for a formula.

    The columns go by names that an import knows again.

    Args:
        desk: who exports, where.
        out: the file.
        query: as lists take it.
        progress: `progress(done, count)`; what it raises stops the work, and nothing is written.

    Raises:
        Trouble: the disk is full, or the folder cannot be written.
    """
    with desk.reader() as reader:
        names: dict[str, dict[str, str]] = {
            "place": {one.uid: one.name for one in reader.find(Place)},
            "goal": {one.uid: one.code for one in reader.find(Goal)},
            "boundary": {one.uid: one.title for one in reader.find(Boundary)},
            "person": {one.uid: one.name for one in reader.find(Person)},
        }
        keys = DECISIONS.keys(reader, query)

        def rows() -> Iterator[list[Cell]]:
            for start in range(0, len(keys), _AT_ONCE):
                if progress is not None:
                    progress(start, len(keys))
                lines = DECISIONS.lines(reader, keys[start : start + _AT_ONCE])
                found = {one.uid: one for one in reader.many(Decision, [line.uid for line in lines])}
                for line in lines:
                    yield [_cell(found[line.uid], name, names) for name in FIELDS]

        return ExportedDecisions(out, write_csv(out, FIELDS, rows()))


def _cell(one: Decision, name: str, names: dict[str, dict[str, str]]) -> Cell:
    value: Any = getattr(one, name)
    if value is None:
        return None
    if name in names:
        return names[name].get(value) or str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
