"""Entering or importing the values of a measure that is not counted from records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.ui.insights.form import ChartForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.measure_values import Imported, enter, import_values, read_day


class ValuesForm(ChartForm):
    """The form; arguments as for every form about a chart."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "insights.values", wording.text("Enter values"), parent)
        self.day, self.value, self.based_on = (QLineEdit(self) for _ in range(3))
        fields = Flow(gap=16)
        for entry, name, words, hint in (
            (self.day, "day", wording.text("&Period"), wording.text("2026-03, 2026-W11 or a day")),
            (self.value, "value", wording.text("&Value"), ""),
            (self.based_on, "size", wording.text("&Based on"), wording.text("May stay empty")),
        ):
            entry.setObjectName(f"insights.values.{name}")
            fields.addWidget(Field(words, entry, hint=hint))
        self.first = self.day
        self.body.addLayout(fields)
        keep = Button(wording.text("Keep"), name="insights.values.keep", icon="check", run=self.keep, once=True)
        on_enter(keep, self.day, self.value, self.based_on)
        self.put_buttons(
            keep,
            Button(wording.text("Import a CSV file …"), name="insights.values.import", look="quiet", run=self.choose),
        )

    @Slot()
    def keep(self) -> None:
        """Keep the value; one that is there is corrected."""
        if self.shown is None:
            return
        said = (self.day.text(), self.value.text(), self.based_on.text())
        self.services.jobs.write(_enter, self.shown.measure.uid, said, done=self._kept, failed=self.refused)

    @Slot()
    def choose(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(self, wording.text("Import values"), "", wording.text("Tables (*.csv)"))
        if name:
            self.take_in(Path(name))

    def take_in(self, file: Path) -> None:
        """Import a file: its first column says the periods, its second the values."""
        if self.shown is not None:
            self.services.jobs.write(_import, self.shown.measure.uid, file, done=self._came, failed=self.refused)

    def _kept(self, _change: Change) -> None:
        self.say("")
        for entry in (self.day, self.value, self.based_on):
            entry.clear()
        self.day.setFocus()

    def _came(self, done: Imported) -> None:
        self.services.changed.tell(done.change)
        self.services.messages.info(
            wording.text(
                "{added} added, {changed} changed, {unchanged} unchanged, {refused} refused.",
                added=done.added,
                changed=done.changed,
                unchanged=done.unchanged,
                refused=len(done.refused),
            )
        )


def _enter(desk: Any, measure: str, said: tuple[str, str, str]) -> Change:
    day = read_day(said[0])
    if day is None:
        raise Refusal("ui.bad_period", period=said[0])
    try:
        value, size = float(said[1].replace(",", ".")), float(said[2].replace(",", ".")) if said[2].strip() else None
    except ValueError as error:
        raise Refusal("work.measure_value", value=said[1]) from error
    return enter(desk, measure, day, value, size)


def _import(desk: Any, measure: str, file: Path) -> Imported:
    return import_values(desk, measure, file)
