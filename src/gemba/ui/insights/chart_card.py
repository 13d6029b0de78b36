"""One chart with its words: why it, what signals, other kinds, baselines, thresholds, records, table, files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.insights.baseline_form import BaselineForm
from gemba.ui.insights.chart_table import ChartTable
from gemba.ui.insights.chart_view import ChartView
from gemba.ui.insights.point_words import counted
from gemba.ui.insights.shown import ChartShown, Wanted, categories
from gemba.ui.insights.threshold_form import ThresholdForm
from gemba.ui.insights.values_form import ValuesForm
from gemba.ui.lineage.behind import Behind
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.chart_files import chart_file, rows
from gemba.work.chart_words import kind_title
from gemba.work.measures import KINDS, retire


class ChartCard(QWidget):
    """The chart that is chosen.

    Args:
        services: of the window.
        parent: the owner.
    """

    asked = Signal(object)
    """A `Wanted` chart."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: ChartShown | None = None
        self._wanted = Wanted("")
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.subject = Words("", tone="muted", wrap=True, parent=self)
        self.badges = Badges(self)
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.reason = Words("", wrap=True, parent=self)
        self.signals = Words("", wrap=True, strong=True, parent=self)
        self.notes = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.view = ChartView("insights.chart", self)
        self.kind = self._choice("insights.kind", wording.text("Kind of chart"))
        self.kind.offer([(kind, kind_title(kind)) for kind in KINDS])
        self.spread = self._choice("insights.spread", wording.text("How limits are worked out"))
        self.spread.offer(
            [
                ("mean", wording.text("Mean moving range")),
                ("screened", wording.text("Screened moving range")),
                ("median", wording.text("Median moving range")),
            ]
        )
        self.by = self._choice("insights.by", wording.text("Bars by"))
        self.by.offer(categories())
        self.facts = QVBoxLayout()
        self.table = ChartTable(self)
        self.baseline = BaselineForm(services, self)
        self.threshold = ThresholdForm(services, self)
        self.values = ValuesForm(services, self)
        choices = Flow()
        for choice in (self.kind, self.spread, self.by):
            choices.addWidget(choice)
        rows_ = QVBoxLayout(self)
        rows_.setContentsMargins(0, 0, 0, 0)
        rows_.setSpacing(10)
        parts: tuple[QWidget, ...] = (self.title, self.subject, self.badges, self.reason)
        for part in parts:
            rows_.addWidget(part)
        rows_.addLayout(choices)
        for part in (self.problem, self.signals, self.view, self.notes):
            rows_.addWidget(part)
        rows_.addLayout(self._buttons())
        for part in (self.baseline, self.threshold, self.values):
            rows_.addWidget(part)
        rows_.addLayout(self.facts)
        rows_.addWidget(self.table)
        self.view.lead_by(self._behind)

    def show_chart(self, shown: ChartShown, wanted: Wanted) -> None:
        """Show a chart."""
        facts = shown.facts
        same = self._shown is not None and self._shown.measure.uid == shown.measure.uid
        self._shown, self._wanted = shown, wanted
        self.say_problem("")
        self.title.setText(facts.title)
        self._say(self.subject, facts.subject)
        self._say(self.reason, self._why(shown))
        self._say(self.signals, "\n".join(signal.sentence for signal in facts.signals[-6:]))
        self.signals.set_tone("poor" if any(signal.worse for signal in facts.signals) else "good")
        self._say(self.notes, "\n".join(facts.notes))
        self.badges.say(*self._badges(shown))
        for choice, code in ((self.kind, wanted.kind), (self.spread, wanted.spread), (self.by, wanted.by)):
            choice.blockSignals(True)
            choice.choose(code)
            choice.blockSignals(False)
        self.by.setVisible(facts.bars)
        self.spread.setVisible(not (facts.bars or facts.funnel) and not any(phase.frozen for phase in facts.phases))
        self.view.show_chart(facts)
        self.table.show_chart(facts)
        self._show_facts(shown)
        for form in (self.baseline, self.threshold, self.values):
            form.about(shown, keep=same)
        self._values.setVisible(not shown.counted)

    def say_problem(self, words: str) -> None:
        """Say why another chart is not drawn."""
        self._say(self.problem, words)

    def write_to(self, file: Path) -> None:
        """Write the chart beside the window."""
        if self._shown is not None:
            self._file = file
            self._services.jobs.errand(chart_file, self._services.desk, self._shown.facts, file, done=self._written)

    @Slot()
    def take_out(self) -> None:
        """Ask where to, and write the chart."""
        kinds = wording.text("Picture (*.png);;Page (*.pdf);;Table (*.csv)")
        name, chosen = QFileDialog.getSaveFileName(self, wording.text("Take the chart out"), "chart.png", kinds)
        if name:
            file = Path(name)
            ending = next((each for each in (".png", ".pdf", ".csv") if each in chosen), ".png")
            self.write_to(file if file.suffix else file.with_suffix(ending))

    @Slot()
    def retire(self) -> None:
        """Stop charting the measure."""
        if self._shown is not None:
            self._services.jobs.write(retire, self._shown.measure.uid, done=self._retired)

    def _buttons(self) -> Flow:
        flow = Flow()
        made = (
            ("baseline", wording.text("Freeze a baseline …"), "target", self._begin_baseline),
            ("threshold", wording.text("Threshold …"), "bell", self._begin_threshold),
            ("values", wording.text("Enter values …"), "pencil", self._begin_values),
            ("out", wording.text("Take out …"), "download", self.take_out),
            ("retire", wording.text("Retire"), "archive", self.retire),
        )
        for name, words, icon, run in made:
            button = Button(words, name=f"insights.chart.{name}", icon=icon, look="quiet", run=run)
            if name == "values":
                self._values = button
            flow.addWidget(button)
        return flow

    def _choice(self, name: str, words: str) -> Choice:
        choice = Choice(name=name, parent=self)
        choice.setAccessibleName(words)
        choice.setMinimumContentsLength(18)
        choice.activated.connect(self._changed)
        return choice

    @Slot()
    def _changed(self) -> None:
        if self._shown is not None:
            uid = self._shown.measure.uid
            self.asked.emit(Wanted(uid, self.kind.value, self.spread.value, self.by.value))

    def _behind(self, at: int) -> Behind | None:
        """The complaints that a point counts; of entered values there are none."""
        shown = self._shown
        if shown is None or not shown.ways[at]:
            return None
        point = shown.facts.points[at]
        number, count = counted(shown.facts, point)
        return Behind(number=number, title=point.label, count=count, to=("complaints", shown.ways[at]))

    @Slot()
    def _begin_baseline(self) -> None:
        self.baseline.begin()

    @Slot()
    def _begin_threshold(self) -> None:
        self.threshold.begin()

    @Slot()
    def _begin_values(self) -> None:
        self.values.begin()

    def _why(self, shown: ChartShown) -> str:
        facts = shown.facts
        if facts.kind == facts.proposed or facts.bars or facts.funnel:
            return facts.reason
        return wording.text("{kind} is proposed: {reason}", kind=kind_title(facts.proposed), reason=facts.reason)

    def _badges(self, shown: ChartShown) -> list[tuple[str, str]]:
        facts = shown.facts
        found = [(facts.kind_title, "accent")]
        found += [(phase.title, "plain") for phase in facts.phases[-1:] if phase.title]
        if any(phase.provisional and phase.frozen for phase in facts.phases[-1:]):
            found.append((wording.text("Provisional"), "fair"))
        if shown.measure.triggers_review:
            found.append((wording.text("Signals ask for a review"), "note"))
        return found

    def _show_facts(self, shown: ChartShown) -> None:
        while (item := self.facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        told = rows(shown.facts)[2:] + [
            (wording.text("Baseline from {day}", day=each.holds_from.isoformat()), each.reason)
            for each in shown.baselines
        ]
        if told:
            self.facts.addWidget(Facts(*told))

    def _written(self, _size: int) -> None:
        self._services.messages.info(wording.text("Written: {file}", file=str(self._file)))

    def _retired(self, _change: object) -> None:
        self._services.messages.info(wording.text("The measure is retired; what is known of it stays."))

    @staticmethod
    def _say(words: Words, text: str) -> None:
        words.setText(text)
        words.setVisible(bool(text))
