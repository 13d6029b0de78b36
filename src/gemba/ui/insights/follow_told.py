"""What customers told against what was logged: the summary, the lines, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.insights.follow_note import NoteForm
from gemba.ui.lineage.behind import these
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import discrepancies as work
from gemba.work.follow_words import interval


class ToldCard(Card):
    """The card.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Told against logged"), parent=parent)
        self._services = services
        self._lines: Sequence[work.DiscrepancyLine] = ()
        self.summary = Words("", wrap=True, parent=self)
        self.table = FigureTable(
            "follow.told",
            wording.text("Told against logged"),
            [wording.text(word) for word in ("What", "Told", "Logged", "Difference", "Place", "Explanation")],
            numbers=(1, 2, 3),
            parent=self,
        )
        self.why = QLineEdit(self)
        self.why.setObjectName("follow.told.why")
        self.why_field = Field(wording.text("&Why do both differ?"), self.why, parent=self)
        self.settle_button = Button(
            wording.text("Settle"), name="follow.told.settle", icon="check", run=self.settle, once=True, parent=self
        )
        across = QHBoxLayout()
        across.addWidget(self.why_field, 1)
        across.addWidget(self.settle_button)
        self.counts = NumberLinks("follow.told.counts", self)
        for widget in (self.summary, self.counts, self.table):
            self.body.addWidget(widget)
        self.body.addLayout(across)
        self.note = NoteForm(services, self)
        self.body.addWidget(self.note)
        self.table.chosen.connect(self._choose)
        self.show_lines((), ())

    def show_lines(self, lines: Sequence[work.DiscrepancyLine], summaries: Sequence[work.Summary]) -> None:
        """Show what was noted."""
        self._lines = lines
        said = [
            wording.text(
                "{what}: customers tell {median} {unit} more in the middle ({interval}; n {n}, {open} open).",
                what=one.what,
                median=f"{one.median:g}",
                unit=one.unit,
                interval=interval(one.low, one.high),
                n=one.n,
                open=one.open,
            )
            for one in summaries
        ]
        self.summary.setText("\n".join(said) or wording.text("Nothing was noted yet."))
        told = [line.discrepancy for line in lines]
        unsettled = [one.uid for one in told if one.settled_at is None]
        noted = wording.text("noted, told against logged")
        self.counts.put(
            these(terms.number(len(told)), noted, "discrepancy", (one.uid for one in told)),
            these(terms.number(len(unsettled)), wording.text("of them open"), "discrepancy", unsettled),
        )
        self.table.put(
            [
                (
                    line.discrepancy.what,
                    f"{line.discrepancy.told:g} {line.discrepancy.unit}".strip(),
                    f"{line.discrepancy.logged:g} {line.discrepancy.unit}".strip(),
                    f"{line.difference:+g}",
                    line.place,
                    line.discrepancy.explanation or wording.text("open"),
                )
                for line in lines
            ],
            [{} if line.discrepancy.settled_at else {5: "fair"} for line in lines],
        )
        for widget in (self.table, self.why_field, self.settle_button):
            widget.setVisible(bool(lines))

    @Slot()
    def settle(self) -> None:
        """Keep why the chosen one differs."""
        row = self.table.currentRow()
        if not 0 <= row < len(self._lines):
            self.why_field.say_problem(wording.text("Choose the line that it explains."))
            return
        self.why_field.say_problem("")
        self._services.jobs.write(
            work.settle,
            self._lines[row].discrepancy.uid,
            self.why.text(),
            done=self._settled,
            failed=self._refused,
        )

    def _settled(self, _change: Change) -> None:
        self.why.clear()
        self._services.messages.info(wording.text("The difference is explained; both figures stay."))

    def _refused(self, error: GembaError) -> None:
        self.why_field.say_problem(wording.sentence(error))

    @Slot(int)
    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.why.setText(self._lines[row].discrepancy.explanation)
