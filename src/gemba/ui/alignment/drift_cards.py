"""Cards of the view of drift: the conclusion, the trend, auditors, and causes."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.chart_numbers import figure
from gemba.ui.alignment.drift_shown import DriftShown
from gemba.ui.insights.chart_view import ChartView
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.picture import PictureView
from gemba.ui.parts.words import Words
from gemba.work.alignment_words import (
    counts_words,
    outcome_words,
    rate_words,
    shift_points,
    shift_verdict,
    shift_words,
    under_way_words,
)
from gemba.work.drift_auditors import AuditorRates, auditor_warning, chance
from gemba.work.drift_causes import Causes
from gemba.work.drift_pictures import trend_drawing

_MOVED = 8
_PIXELS, _WIDE = 3.78, 78.0
"""To the millimetre; millimetres of a small chart."""
_RATES = ("Goal", "Rate (95 %)")
_SINCE = ("Points since before", "Change")
_COUNTS = ("Aligned", "In part", "Contrary", "Cannot tell", "Exceptions")
_TONES = {"up": "good", "down": "poor"}


class GoalsCard(Card):
    """The rates of goals, and what changed since the quarter before."""

    opened = Signal(str)
    """Code of a goal whose records are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Do decisions keep what was promised?"), parent=parent)
        self._codes: list[str] = []
        self.whole = Words("", strong=True, wrap=True, parent=self)
        self.changed = Words("", wrap=True, parent=self)
        self.waiting = Words("", tone="muted", wrap=True, parent=self)
        self.table = FigureTable(
            "drift.goals",
            wording.text("Goals and how they are kept"),
            [wording.text(word) for word in (*_RATES, *_SINCE, *_COUNTS)],
            numbers=(2, 4, 5, 6, 7, 8),
            parent=self,
        )
        for part in (self.whole, self.changed, self.waiting, self.table):
            self.body.addWidget(part)
        self.table.opened.connect(self._open)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        whole = shown.goals.whole
        self.whole.setText(
            wording.text("All together: {rate} aligned; {counts}.", rate=rate_words(whole), counts=counts_words(whole))
        )
        changes = shown.changes
        self.changed.setVisible(changes is not None)
        if changes is not None:
            change = shift_words(changes.whole)
            self.changed.setText(wording.text("Since {before}: {change}.", before=changes.before, change=change))
        waiting = under_way_words(shown.goals.under_way)
        self.waiting.setText(waiting)
        self.waiting.setVisible(bool(waiting))
        by = {one.key: one for one in changes.groups} if changes is not None else {}
        self._codes = [one.key for one in shown.goals.groups]
        self.table.put(
            [
                (
                    *(one.title, rate_words(one)),
                    *((shift_points(by[one.key]), shift_verdict(by[one.key])) if one.key in by else ("–", "–")),
                    *map(figure, (one.aligned, one.part, one.contrary, one.cannot_tell, one.excepted)),
                )
                for one in shown.goals.groups
            ],
            [
                {3: _TONES[by[code].verdict]} if code in by and by[code].verdict in _TONES else {}
                for code in self._codes
            ],
        )

    @Slot(int)
    def _open(self, row: int) -> None:
        self.opened.emit(self._codes[row])


class TrendCard(Card):
    """Goals from quarter to quarter, and beside what customers say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("From quarter to quarter"), parent=parent)
        self._shown: DriftShown | None = None
        told = wording.text("Points are rates, bars behind them 95 % intervals; quarters with too few are empty.")
        self.view = PictureView("drift.trend", wording.text("Goals over the last eight quarters"), self)
        self.outcomes = FigureTable(
            "drift.outcomes",
            wording.text("Goals beside what customers say"),
            [wording.text(word) for word in ("Goal", "Customers' measure", "Do they move together?")],
            parent=self,
        )
        for part in (Words(told, tone="muted", wrap=True), self.view, self.outcomes):
            self.body.addWidget(part)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        self._shown = shown
        self._lay_out()
        self.outcomes.put([(one.goal_title, one.measure_title, outcome_words(one)) for one in shown.outcomes])
        self.outcomes.setVisible(bool(shown.outcomes))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many charts beside one another as there is room for."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._shown is not None:
            wide = max(60.0, (self.width() - 44) / _PIXELS)
            self.view.show_picture(trend_drawing(self._shown.trends, wide, max(1, int(wide // _WIDE))).picture)


class FunnelCard(Card):
    """Every site by the spread that its own number of decisions has."""

    opened = Signal(str)
    """Uid of a site whose records are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Sites by the spread that their size has"), parent=parent)
        self.reason = Words("", tone="muted", wrap=True, parent=self)
        self.view = ChartView("drift.funnel", self)
        self.view.setAccessibleName(wording.text("Funnel plot of sites"))
        self.told = Words("", wrap=True, parent=self)
        self.notes = Words("", tone="muted", scale="small", wrap=True, parent=self)
        for part in (self.reason, self.view, self.told, self.notes):
            self.body.addWidget(part)
        self.view.opened.connect(self._open)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        facts = shown.funnel
        self.reason.setText(facts.reason)
        self.view.setVisible(bool(facts.points))
        self.view.show_chart(facts)
        told = " ".join(signal.sentence for signal in facts.signals[:5])
        if len(facts.signals) > 5:
            told += " " + wording.text("and {n} more …", n=len(facts.signals) - 5)
        calm = wording.text("No site lies beyond the limits: what is seen is what chance makes.")
        self.told.setText((told or calm) if facts.points else "")
        self.notes.setText(" ".join(facts.notes))

    @Slot(int)
    def _open(self, at: int) -> None:
        self.opened.emit(self.view.facts.points[at].key)


class AuditorsCard(Card):
    """Whether auditors judge alike, and what that does to sites."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Do auditors judge alike?"), parent=parent)
        self.told = Words("", wrap=True, parent=self)
        self.rates = FigureTable(
            "drift.auditors",
            wording.text("Rates by auditor, who are told by letters"),
            [wording.text(word) for word in ("Auditor", "Rate (95 %)", "Judged")],
            numbers=(2,),
            most=6,
            parent=self,
        )
        self.sites = FigureTable(
            "drift.adjusted",
            wording.text("Sites that the adjustment moves most"),
            [wording.text(word) for word in ("Site", "Plain", "Adjusted", "Interval (95 %)", "Auditors")],
            numbers=(2, 4),
            parent=self,
        )
        self.alone = Words("", tone="muted", scale="small", wrap=True, parent=self)
        for part in (self.told, self.rates, self.sites, self.alone):
            self.body.addWidget(part)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        found = shown.auditors
        self.told.setText(_alike(found))
        self.told.set_tone("poor" if found.differ else "ink")
        self.rates.put([(one.title, rate_words(one), figure(one.judged)) for one in found.auditors])
        moved = [one for one in found.sites if one.adjusted is not None][:_MOVED]
        self.sites.put(
            [
                (
                    *(one.plain.title, rate_words(one.plain), figure(one.adjusted, percent=True)),
                    *(f"{figure(one.low, percent=True)} – {figure(one.high, percent=True)}", figure(one.auditors)),
                )
                for one in moved
            ]
        )
        self.sites.setVisible(len(found.auditors) > 1)
        self.alone.setText(
            wording.plural(
                "{n} site was judged by one auditor alone: site and auditor cannot be told apart there.",
                "{n} sites were judged by one auditor alone: site and auditor cannot be told apart there.",
                found.alone,
            )
            if found.alone
            else ""
        )


def _alike(found: AuditorRates) -> str:
    if len(found.auditors) < 2:
        return wording.text("One auditor judged all of it, so this cannot be told.")
    told = wording.text("Auditors do not differ more than chance makes (p = {p}).", p=chance(found.p))
    return auditor_warning(found) or told


class CausesCard(Card):
    """What forces decisions against the same goal at several sites."""

    opened = Signal(str)
    """Code of the goal whose departures are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Why: the same at several sites"), parent=parent)
        self._found: Causes | None = None
        self.told = Words("", tone="muted", wrap=True, parent=self)
        self.table = FigureTable(
            "drift.causes",
            wording.text("What comes back at several sites"),
            [
                wording.text(word)
                for word in ("Goal", "Forced by", "Behind it", "Cases", "Before", "Sites", "q", "Proposal")
            ],
            numbers=(3, 4, 5, 6),
            parent=self,
        )
        for part in (self.told, self.table):
            self.body.addWidget(part)
        self.table.opened.connect(self._open)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        self._found = found = shown.causes
        self.told.setText(
            wording.text(
                "Of {n} departures {unnamed} name neither constraint nor cause and {alone} come at one site only. A "
                "person decides; this proposes.",
                n=found.departures,
                unnamed=found.unnamed,
                alone=found.at_one_site,
            )
            if found.departures
            else wording.text("No decision departs from what was promised, as far as was judged.")
        )
        words = {"systemic": wording.text("systemic"), "isolated": wording.text("isolated")}
        self.table.put(
            [
                (
                    *(one.goal_title, one.constraint_title, one.cause_title or "–", figure(one.cases)),
                    *(figure(one.before), figure(one.site_count), "–" if one.q is None else f"{one.q:.3f}"),
                    words.get(one.verdict, wording.text("not enough evidence")),
                )
                for one in found.groups
            ],
            [{7: "poor"} if one.verdict == "systemic" else {} for one in found.groups],
        )
        self.table.setVisible(bool(found.groups))

    @Slot(int)
    def _open(self, row: int) -> None:
        if self._found is not None:
            self.opened.emit(self._found.groups[row].goal)
