"""Setting a threshold: which rules ask for a review, and how often they cry wolf."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.methods.rules.zones import Rule
from gemba.reports.chart_numbers import figure
from gemba.ui.insights.form import ChartForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.chart_words import rule_title
from gemba.work.thresholds import POINTS, Rate, Simulated, set_threshold, simulate

_OFFERED = (Rule.N1, Rule.ANHOEJ, Rule.N2, Rule.N3, Rule.N4, Rule.N5, Rule.N6, Rule.N7, Rule.N8)


class ThresholdForm(ChartForm):
    """The form; arguments as for every form about a chart."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "insights.threshold", wording.text("When signals ask for a review"), parent)
        self.body.addWidget(
            Words(
                wording.text(
                    "Every set of rules cries wolf at times. How often is simulated for a measure like this one, were "
                    "nothing ever to change."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.rules: dict[str, QCheckBox] = {}
        boxes = QVBoxLayout()
        boxes.setSpacing(2)
        for rule in _OFFERED:
            box = QCheckBox(f"{rule.value}: {rule_title(rule)}", self)
            box.setObjectName(f"insights.threshold.{rule.name.lower()}")
            self.rules[rule.value] = box
            boxes.addWidget(box)
        self.body.addLayout(boxes)
        self.points = QSpinBox(self)
        self.points.setObjectName("insights.threshold.points")
        self.points.setRange(2, 520)
        self.points.setMaximumWidth(160)
        self.body.addWidget(Field(wording.text("&Over so many points"), self.points))
        self.told = Words("", strong=True, wrap=True, parent=self)
        self.others = Words("", wrap=True, parent=self)
        self.note = Words("", tone="muted", scale="small", wrap=True, parent=self)
        for words in (self.told, self.others, self.note):
            self.body.addWidget(words)
        self.first = self.rules[Rule.N1.value]
        self.put_buttons(
            Button(wording.text("Simulate"), name="insights.threshold.simulate", icon="activity", run=self.simulate),
            Button(
                wording.text("Keep this threshold"),
                name="insights.threshold.keep",
                icon="check",
                run=self.keep,
                once=True,
            ),
            Button(wording.text("No review"), name="insights.threshold.off", look="quiet", run=self.switch_off),
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """The rules that are ticked."""
        return tuple(rule for rule, box in self.rules.items() if box.isChecked())

    def fill(self) -> None:
        """The rules of the measure, or the default ones, and what they give."""
        measure = None if self.shown is None else self.shown.measure
        held = () if self.shown is None else self.shown.measure.rules or self.shown.facts.rules
        for rule, box in self.rules.items():
            box.setChecked(rule in held)
        self.points.setValue((measure.false_alarm_points if measure is not None else 0) or POINTS)
        self.simulate()

    @Slot()
    def simulate(self) -> None:
        """Measure how often the ticked rules cry wolf."""
        if self.shown is not None:
            self.say("")
            told = (self.shown.measure.uid, self.chosen, self.points.value())
            self.services.jobs.ask(simulate, self.services.desk, *told, done=self.show_simulated, failed=self.refused)

    def show_simulated(self, found: Simulated) -> None:
        """Say what the simulation found, beside thresholds that people are tempted by."""
        self.told.setText(found.line)
        self.others.setText("\n".join(_line(each) for each in found.others))
        self.note.setText(found.note)

    @Slot()
    def keep(self) -> None:
        """Keep the ticked rules; signals ask for a review from now on."""
        self._set(triggers_review=True)

    @Slot()
    def switch_off(self) -> None:
        """Signals are shown, and ask for nothing."""
        self._set(triggers_review=False)

    def _set(self, *, triggers_review: bool) -> None:
        if self.shown is not None:
            told = (self.shown.measure.uid, self.chosen, self.points.value(), triggers_review)
            self.services.jobs.write(_set, *told, done=self._kept, failed=self.refused)

    def _kept(self, _change: Change) -> None:
        self.hide()
        self.services.messages.info(wording.text("The threshold is kept with its false-alarm rate."))


def _line(rate: Rate) -> str:
    share = figure(rate.share, percent=True)
    words = wording.text("{threshold}: {share} of series", threshold=rate.name, share=share)
    return wording.text("For comparison – {words}", words=words)


def _set(desk: Any, measure: str, rules: tuple[str, ...], points: int, triggers_review: bool) -> Change:  # noqa: FBT001 - as the job hands it over
    return set_threshold(desk, measure, rules, points=points, triggers_review=triggers_review)
