"""Freezing a baseline, or a new one with its reason."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.insights.form import ChartForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.baselines import freeze


class BaselineForm(ChartForm):
    """The form; arguments as for every form about a chart."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "insights.baseline", wording.text("Freeze a baseline"), parent)
        self.about_it = Words("", tone="muted", wrap=True, parent=self)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("insights.baseline.reason")
        self.begins, self.ends, self.holds = (
            DayField(name=f"insights.baseline.{name}") for name in ("begins", "ends", "holds")
        )
        self.first = self.reason
        self.body.addWidget(self.about_it)
        self.body.addWidget(
            Field(
                wording.text("&Why now"),
                self.reason,
                hint=wording.text("The first baseline, another definition, a change that was verified …"),
            )
        )
        days = Flow(gap=16)
        for words, field in (
            (wording.text("&From"), self.begins),
            (wording.text("&To"), self.ends),
            (wording.text("&Holds from"), self.holds),
        ):
            days.addWidget(Field(words, field))
        self.body.addLayout(days)
        freeze = Button(
            wording.text("Freeze"), name="insights.baseline.freeze", icon="check", run=self.freeze, once=True
        )
        on_enter(freeze, self.reason)
        self.put_buttons(freeze)

    def fill(self) -> None:
        """Say what is there already."""
        self.reason.clear()
        for field in (self.begins, self.ends, self.holds):
            field.clear()
        words = wording.text(
            "Limits are frozen from 20 points, from 12 as provisional; later points are then judged by them."
        )
        if self.shown is not None and self.shown.baselines:
            words += " " + wording.text("The new baseline takes over from its day on; the earlier ones stay.")
        self.about_it.setText(words)

    @Slot()
    def freeze(self) -> None:
        """Freeze the limits of the chart that is shown."""
        if self.shown is None:
            return
        told = {
            "reason": self.reason.text(),
            "begins": self.begins.day,
            "ends": self.ends.day,
            "holds_from": self.holds.day,
            "kind": self.shown.facts.kind,
        }
        self.services.jobs.write(_freeze, self.shown.measure.uid, told, done=self._frozen, failed=self.refused)

    def _frozen(self, _change: Change) -> None:
        self.hide()
        self.services.messages.info(wording.text("The baseline is frozen."))


def _freeze(desk: Any, measure: str, told: dict[str, Any]) -> Change:
    return freeze(desk, measure, **told)
