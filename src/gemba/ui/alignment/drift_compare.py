"""Places side by side, or why they are not compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.reports.chart_numbers import figure
from gemba.ui.alignment.drift_shown import Asked, DriftShown, read_comparison, read_scores
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.benchmark import Benchmark
from gemba.work.benchmark_lines import BenchLine, Comparison

_SLOTS = 3


class CompareCard(Card):
    """Two or three places, compared only by the same definitions.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Compare places"), parent=parent)
        self._services, self._asked = services, Asked()
        told = wording.text("Only by the same version of a goal, with intervals; ranked only where these separate.")
        bar = QFrame(self)
        flow = Flow(bar)
        self.places = [
            Choice([("", wording.text("Choose a place"))], name=f"drift.compare.{at}", search=True, parent=bar)
            for at in range(_SLOTS)
        ]
        for at, choice in enumerate(self.places, 1):
            choice.setAccessibleName(wording.text("Place {n} to compare", n=at))
            flow.addWidget(choice)
        self.by = Choice([("", _alignment())], name="drift.compare.by", parent=bar)
        self.by.setAccessibleName(wording.text("What places are compared by"))
        flow.addWidget(self.by)
        self.go = Button(wording.text("Compare"), name="drift.compare.go", icon="scale", run=self.compare, parent=bar)
        flow.addWidget(self.go)
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self._rows = QVBoxLayout()
        for part in (Words(told, tone="muted", wrap=True), bar, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(self._rows)
        self.tables: list[FigureTable] = []
        self.problem.hide()

    def show_drift(self, shown: DriftShown) -> None:
        """What can be chosen."""
        if shown.asked.quarter != self._asked.quarter:
            self._services.jobs.call_off(spot=self)
            self._empty()
        self._asked = shown.asked
        self.by.offer([("", _alignment()), *shown.checklists])
        for choice in self.places:
            choice.offer([("", wording.text("Choose a place")), *shown.places])

    @Slot()
    def compare(self) -> None:
        """Compare what is chosen."""
        wanted = tuple(dict.fromkeys(choice.value for choice in self.places if choice.value))
        jobs, desk = self._services.jobs, self._services.desk
        if self.by.value:
            what = (wanted, self._asked, self.by.value)
            jobs.ask(read_scores, desk, *what, done=self._scored, spot=self, failed=self._refused)
        else:
            jobs.ask(read_comparison, desk, wanted, self._asked, done=self._came, spot=self, failed=self._refused)

    def _empty(self) -> None:
        clear(self._rows)
        self.tables = []
        self.problem.hide()

    def _refused(self, error: GembaError) -> None:
        self._empty()
        self.problem.setText(wording.sentence(error))
        self.problem.show()

    def _scored(self, found: Comparison) -> None:
        self._empty()
        self._say_refused([found])
        self._show([] if found.refused else [found], percent=False)

    def _came(self, found: Benchmark) -> None:
        self._empty()
        if found.warning:
            self._rows.addWidget(Words(found.warning, tone="fair", wrap=True))
        if not found.comparisons:
            none = wording.text("Nothing that counts was judged at these places in this time.")
            self._rows.addWidget(Words(none, tone="muted", wrap=True))
        self._say_refused(found.comparisons)
        self._show([one for one in found.comparisons if not one.refused], percent=True)

    def _say_refused(self, comparisons: Sequence[Comparison]) -> None:
        for one in comparisons:
            if one.refused:
                words = wording.text("Not compared: {reason}.", reason=one.refused)
                self._rows.addWidget(Words(words, tone="fair", wrap=True))

    def _show(self, compared: list[Comparison], *, percent: bool) -> None:
        if not compared:
            return
        heads = [wording.text(word) for word in ("Compared by", "Place", "n", "Value", "Interval (95 %)", "Rank")]
        table = FigureTable("drift.compare.table", wording.text("Places side by side"), heads, numbers=(2, 3), most=24)
        table.put([(one.title, *_row(line, percent=percent)) for one in compared for line in one.lines])
        self.tables.append(table)
        self._rows.addWidget(table)
        for note in dict.fromkeys(note for one in compared for note in (one.ranking, *one.notes)):
            self._rows.addWidget(Words(note, tone="muted", scale="small", wrap=True))


def _alignment() -> str:
    return wording.text("By how goals are kept")


def _row(line: BenchLine, *, percent: bool) -> tuple[str, ...]:
    low, high = (figure(value, percent=percent) for value in (line.low, line.high))
    rank = "–" if line.best_rank is None else f"{line.best_rank} – {line.worst_rank}"
    if line.best_rank is not None and line.best_rank == line.worst_rank:
        rank = str(line.best_rank)
    between = wording.text("too few to say") if line.value is None else f"{low} – {high}"
    return line.title, figure(line.n), figure(line.value, percent=percent), between, rank
