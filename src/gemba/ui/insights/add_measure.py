"""The form of a new measure."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.measures import MeasureSort, Period
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.chart_words import period_title
from gemba.work.measures import NewMeasure, add, read_filters


class AddMeasure(Card):
    """Hidden until it is asked for.

    Args:
        services: of the window.
        parent: the owner.
    """

    added = Signal(str)
    """Uid of the measure that was added."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Add a measure"), look="inset", parent=parent)
        self._services = services
        self.code, self.title, self.filters = (QLineEdit(self) for _ in range(3))
        for entry, name in ((self.code, "code"), (self.title, "title"), (self.filters, "filters")):
            entry.setObjectName(f"insights.add.{name}")
        self.sort = Choice(
            [
                ("count", wording.text("Number of complaints")),
                ("share", wording.text("Share of all complaints")),
                ("values", wording.text("Values from elsewhere")),
            ],
            name="insights.add.sort",
        )
        self.period = Choice([(each.value, period_title(each)) for each in Period], name="insights.add.period")
        self.period.choose(Period.WEEK)
        self.operations = QCheckBox(wording.text("Measured by operations, not told by customers"), self)
        self.operations.setObjectName("insights.add.operations")
        self.up = QCheckBox(wording.text("More is better"), self)
        self.up.setObjectName("insights.add.up")
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        fields = Flow(gap=16)
        for words, field in (
            (wording.text("&Code"), self.code),
            (wording.text("&Title"), self.title),
            (wording.text("W&hat"), self.sort),
            (wording.text("&Each point is a"), self.period),
        ):
            fields.addWidget(Field(words, field))
        self.body.addLayout(fields)
        self.body.addWidget(
            Field(
                wording.text("&Which complaints"),
                self.filters,
                hint=wording.text("For example cause=late-delivery,product=loan|card; empty for all."),
            )
        )
        for part in (self.operations, self.up, self.problem):
            self.body.addWidget(part)
        flow = Flow()
        add_it = Button(wording.text("Add"), name="insights.add.add", icon="plus", run=self.add, once=True)
        on_enter(add_it, self.code, self.title, self.filters)
        flow.addWidget(add_it)
        flow.addWidget(Button(wording.text("Cancel"), name="insights.add.cancel", look="quiet", run=self.hide))
        self.body.addLayout(flow)
        self.hide()

    @Slot()
    def begin(self) -> None:
        """Show the form, empty."""
        for entry in (self.code, self.title, self.filters):
            entry.clear()
        self._say("")
        self.show()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def add(self) -> None:
        """Add the measure."""
        told: dict[str, Any] = {
            "code": self.code.text(),
            "title": self.title.text(),
            "sort": MeasureSort.VALUES if self.sort.value == "values" else MeasureSort.COMPLAINTS,
            "of": {} if self.sort.value == "share" else None,
            "period": Period(self.period.value),
            "is_customer": not self.operations.isChecked(),
            "direction": "up" if self.up.isChecked() else "down",
        }
        self._services.jobs.write(_add, told, self.filters.text(), done=self._was_added, failed=self._refused)

    def _was_added(self, change: Change) -> None:
        self.hide()
        self.added.emit(change.uid)

    def _refused(self, error: GembaError) -> None:
        self._say(wording.sentence(error))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _add(desk: Any, told: dict[str, Any], filters: str) -> Change:
    return add(desk, NewMeasure(filters=read_filters(filters), **told))
