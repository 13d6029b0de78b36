"""The grid that fills: elements down, the last cycles across, what runs now marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.parts.figure_table import FigureTable
from gemba.work.stopwatch import Stopwatch, WatchState
from gemba.work.time_facts import ElementFacts, StudyFacts
from gemba.work.time_sheet import missing_words

CYCLES = 4
"""That are seen; all of them are in the table that is exported."""
_FIRST = 1
"""Column of the first cycle."""
_WIDE = 68
"""Pixels of a cycle, so that nothing moves while it fills."""


class CycleGrid(FigureTable):
    """Times of the last cycles.

    Args:
        parent: the owner.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        heads = [wording.text("Element"), *("" for _ in range(CYCLES)), wording.text("Missing")]
        super().__init__(
            "times.grid",
            wording.text("Times of the last cycles"),
            heads,
            numbers=tuple(range(_FIRST, _FIRST + CYCLES)),
            most=12,
            parent=parent,
        )
        self.setSelectionMode(FigureTable.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_cycles(self, facts: StudyFacts, watch: Stopwatch) -> None:
        """Show what was taken, and mark what runs."""
        first = max(1, watch.cycle - CYCLES + 1)
        cycles = list(range(first, first + CYCLES))
        for at, cycle in enumerate(cycles):
            self.setHorizontalHeaderItem(_FIRST + at, self._cell(f"{cycle}", _FIRST + at))
        rows, tones = [], []
        for at, one in enumerate(facts.elements):
            runs = watch.state is not WatchState.READY and at == watch.at
            words = [_cell(one, cycle) for cycle in cycles]
            if runs:
                words[cycles.index(watch.cycle)] = " ".join([words[cycles.index(watch.cycle)], "▸"]).strip()
            rows.append([f"{at + 1}   {one.element.title}", *words, missing_words(one)])
            tone = {_FIRST + at: "plain" for at, cycle in enumerate(cycles) if _is_out(one, cycle)}
            tone |= {0: "accent", _FIRST + cycles.index(watch.cycle): "accent"} if runs else {}
            tones.append(tone | ({_FIRST + CYCLES: "good"} if one.missing == 0 else {}))
        self.put(rows, tones)
        for at in range(CYCLES):
            self.setColumnWidth(_FIRST + at, _WIDE)


def _cell(one: ElementFacts, cycle: int) -> str:
    """The time of a cycle; in brackets when it does not count."""
    counted = [each.seconds for each in one.readings if each.cycle == cycle and not each.left_out]
    out = [each.seconds for each in one.readings if each.cycle == cycle and each.left_out]
    parts = [f"{sum(counted):.1f}"] if counted else []
    return " ".join([*parts, *(f"({each:.1f})" for each in out[:1])])


def _is_out(one: ElementFacts, cycle: int) -> bool:
    here = [each for each in one.readings if each.cycle == cycle]
    return bool(here) and all(each.left_out for each in here)
