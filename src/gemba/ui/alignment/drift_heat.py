"""The card with the heat map: drawn, or as a table that says the same."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gemba import wording
from gemba.ui.alignment.drift_behind import Meant, of_rate, question_of, verdicts
from gemba.ui.alignment.drift_shown import Asked
from gemba.ui.alignment.heat_view import HeatView, heat_area
from gemba.ui.lineage.behind import Behind
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.words import Words
from gemba.work.alignment_words import counts_words, heat_notes, mark_title, rate_words
from gemba.work.drift_cells import HeatCell, HeatMap
from gemba.work.drift_pictures import heat_facts

_HIGHEST = 560
"""Pixels of the drawing that are seen without scrolling."""
_LISTED = 400
"""Rows of the table; what is marked stands first."""
_TONES = {"below": "poor", "above": "good"}


class HeatCard(Card):
    """Places by goals.

    Args:
        parent: the owner.
    """

    saving = Signal(object)
    """The `Path` that the drawing is to be written to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Where practice drifts"), parent=parent)
        self._made: HeatMap | None = None
        self._listed: list[HeatCell] = []
        self._asked = Asked()
        self.twin = Button(
            wording.text("As a table"), name="drift.heat.twin", icon="list", look="quiet", run=self.turn, parent=self
        )
        self.twin.setCheckable(True)
        self.save = Button(
            wording.text("Save …"), name="drift.heat.save", icon="download", look="quiet", run=self.ask, parent=self
        )
        self.head.addWidget(self.save)
        self.head.addWidget(self.twin)
        self.view = HeatView("drift.heat", self)
        self.area = heat_area(self.view, name="drift.heat.area", parent=self)
        self.table = FigureTable(
            "drift.heat.table",
            wording.text("Places by goals"),
            [wording.text(word) for word in ("Place", "Goal", "Rate (95 %)", "Made of", "Stands")],
            parent=self,
        )
        self._stack = QStackedWidget(self)
        for widget in (self.area, self.table):
            self._stack.addWidget(widget)
        self.goals = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.notes = Words("", tone="muted", scale="small", wrap=True, parent=self)
        for part in (self.goals, self._stack, self.notes):
            self.body.addWidget(part)
        self.view.pointed.connect(self._follow)

    def show_heat(self, made: HeatMap, asked: Asked) -> None:
        """Show another heat map, of what was asked for."""
        self._made, self._asked = made, asked
        self.view.lead_by(self._behind)
        self.view.show_heat(heat_facts(made), self._words)
        told = [f"{code}: {title}" for code, title in made.goals if code != title]
        self.goals.setText(" · ".join(told))
        self.goals.setVisible(bool(told))
        self.notes.setText(" ".join(heat_notes(made)))
        self._listed = sorted(
            (one for row in made.rows for one in row.cells if one.mark != "none"),
            key=lambda one: {"below": 0, "above": 1}.get(one.mark, 2),
        )[:_LISTED]
        codes = {"": wording.text("All goals"), **dict(made.goals)}
        self.table.put(
            [
                (one.rate.title, codes[one.goal], rate_words(one.rate), counts_words(one.rate), mark_title(one.mark))
                for one in self._listed
            ],
            [{4: _TONES[one.mark]} if one.mark in _TONES else {} for one in self._listed],
            [{2: of_rate(one.rate, self._meant(one)), 3: self._whole(one)} for one in self._listed],
        )
        self._fit()

    @Slot()
    def ask(self) -> None:
        """Ask where the heat map goes, and as what."""
        kinds = wording.text("Picture (*.png);;Document (*.pdf);;Table of values (*.csv)")
        proposed = str(Path.home() / "drift.png")
        name, kind = QFileDialog.getSaveFileName(self, wording.text("Save the heat map"), proposed, kinds)
        if name:
            out = Path(name)
            ending = kind.partition("*")[2].rstrip(")")
            self.saving.emit(out if out.suffix else out.with_suffix(ending))

    @Slot()
    def turn(self) -> None:
        """Show the table in place of the drawing, or the drawing again."""
        self._stack.setCurrentIndex(1 if self.twin.isChecked() else 0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.body.contentsMargins()
        self.view.fit(max(200, self.width() - margins.left() - margins.right() - 14))
        high = self.view.sizeHint().height() + 16
        self._stack.setFixedHeight(self.table.height() if self._stack.currentIndex() else min(_HIGHEST, high))

    def _cell(self, row: int, column: int) -> HeatCell | None:
        if self._made is None or not 0 <= row < len(self._made.rows):
            return None
        cells = self._made.rows[row].cells
        return cells[column] if 0 <= column < len(cells) else None

    def _words(self, row: int, column: int) -> list[str]:
        one = self._cell(row, column)
        if one is None or self._made is None:
            return []
        goal = dict(self._made.goals).get(one.goal, wording.text("All goals"))
        return [f"{one.rate.title} · {goal}", rate_words(one.rate), counts_words(one.rate), mark_title(one.mark)]

    def _meant(self, one: HeatCell) -> Meant:
        goals = (one.goal,) if one.goal else ()
        return Meant(question=question_of(self._asked, goals=goals, place=one.place))

    def _whole(self, one: HeatCell) -> Behind:
        return verdicts(counts_words(one.rate), one.rate.title, one.rate.whole, self._meant(one))

    def _behind(self, row: int, column: int) -> Behind | None:
        """All verdicts of a cell, apart by what was found."""
        one = self._cell(row, column)
        if one is None or self._made is None or not one.rate.whole:
            return None
        goal = dict(self._made.goals).get(one.goal, wording.text("All goals"))
        title = f"{one.rate.title} · {goal}"
        return verdicts(rate_words(one.rate), title, one.rate.whole, self._meant(one), counts_words(one.rate))

    @Slot(int, int)
    def _follow(self, row: int, column: int) -> None:
        """What the keyboard is on stays in sight."""
        if row >= 0 and self.view.hasFocus():
            box = self.view.box(row, column)
            self.area.ensureVisible(round(box.center().x()), round(box.center().y()), 60, 60)
