"""Cards of the view of drift: the conclusion, the trend, and sites by their size."""

from __future__ import annotations

import msgspec
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.chart_numbers import figure
from gemba.ui.alignment.drift_behind import DEPARTURES, JUDGED, Meant, of_counts, of_rate, question_of, verdicts
from gemba.ui.alignment.drift_shown import Asked, DriftShown
from gemba.ui.insights.chart_view import ChartView
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.parts.cards import Card
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.picture import PictureView
from gemba.ui.parts.words import Words
from gemba.work.alignment_facts import Rate
from gemba.work.alignment_weights import WeightedRate
from gemba.work.alignment_words import (
    counts_words,
    outcome_words,
    rate_words,
    shift_points,
    shift_verdict,
    shift_words,
    under_way_words,
)
from gemba.work.drift_changes import Shift
from gemba.work.drift_pictures import trend_drawing

_PIXELS, _WIDE = 3.78, 78.0
"""To the millimetre; millimetres of a small chart."""
_RATES = ("Goal", "Rate (95 %)")
_COUNTS = ("Aligned", "In part", "Contrary", "Cannot tell", "Exceptions")
_SINCE = ("Change since before",)
_TONES = {"up": "good", "down": "poor"}


def _since(shift: Shift) -> str:
    """What can be said of a change, with its points where there are any."""
    points = "" if shift.difference is None else shift_points(shift)
    return " · ".join(filter(None, (shift_verdict(shift), points)))


class GoalsCard(Card):
    """The rates of goals, and what changed since the quarter before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Do decisions keep what was promised?"), parent=parent)
        self._codes: list[str] = []
        self.whole = Words("", strong=True, wrap=True, parent=self)
        self.changed = Words("", wrap=True, parent=self)
        self.waiting = Words("", tone="muted", wrap=True, parent=self)
        self.table = FigureTable(
            "drift.goals",
            wording.text("Goals and how they are kept"),
            [wording.text(word) for word in (*_RATES, *_COUNTS, *_SINCE)],
            numbers=(2, 3, 4, 5, 6),
            parent=self,
        )
        self.weighs = Words(wording.text("As the samples weigh it"), strong=True, parent=self)
        self.weighted = FigureTable(
            "drift.weighted",
            wording.text("Rates of goals as their samples weigh them"),
            [wording.text(word) for word in ("Goal", "n", "Plain", "Weighted", "Interval (95 %)", "In no sample")],
            numbers=(1, 2, 3, 5),
            parent=self,
        )
        self.made_of = NumberLinks("drift.made_of", self)
        for part in (self.whole, self.made_of, self.changed, self.waiting, self.table, self.weighs, self.weighted):
            self.body.addWidget(part)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        whole = shown.goals.whole
        self.whole.setText(
            wording.text("All together: {rate} aligned; {counts}.", rate=rate_words(whole), counts=counts_words(whole))
        )
        everything = Meant(question=question_of(shown.asked))
        self.made_of.put(*of_counts(whole, everything))
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
                    *map(figure, (one.aligned, one.part, one.contrary, one.cannot_tell, one.excepted)),
                    _since(by[one.key]) if one.key in by else "–",
                )
                for one in shown.goals.groups
            ],
            [
                {7: _TONES[by[code].verdict]} if code in by and by[code].verdict in _TONES else {}
                for code in self._codes
            ],
            [_behind(one, shown) for one in shown.goals.groups],
        )

        self._show_weighted(shown.weighted)

    def _show_weighted(self, found: tuple[WeightedRate, ...]) -> None:
        for part in (self.weighs, self.weighted):
            part.setVisible(bool(found))
        self.weighted.put(
            [
                (
                    *(one.title, figure(one.n), figure(one.plain, percent=True), figure(one.rate, percent=True)),
                    *(f"{figure(one.low, percent=True)} – {figure(one.high, percent=True)}", figure(one.unweighted)),
                )
                for one in found
            ]
        )


def _behind(one: Rate, shown: DriftShown) -> dict[int, Behind]:
    """The verdicts behind each number of a goal's row."""
    meant = Meant(question=question_of(shown.asked, goals=(one.key,)))
    apart = msgspec.structs.replace(meant, verdicts=DEPARTURES, excepted=True)
    excepted = verdicts(str(one.excepted), wording.text("Justified exceptions"), one.excepted, apart)
    return {1: of_rate(one, meant), **dict(enumerate([*of_counts(one, meant), excepted], 2))}


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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Sites by the spread that their size has"), parent=parent)
        self.reason = Words("", tone="muted", wrap=True, parent=self)
        self.view = ChartView("drift.funnel", self)
        self.view.setAccessibleName(wording.text("Funnel plot of sites"))
        self.told = Words("", wrap=True, parent=self)
        self.notes = Words("", tone="muted", scale="small", wrap=True, parent=self)
        for part in (self.reason, self.view, self.told, self.notes):
            self.body.addWidget(part)
        self._asked = Asked()
        self.view.lead_by(self._behind)

    def show_drift(self, shown: DriftShown) -> None:
        """Show what was read."""
        facts, self._asked = shown.funnel, shown.asked
        self.reason.setText(facts.reason)
        self.view.setVisible(bool(facts.points))
        self.view.show_chart(facts)
        told = " ".join(signal.sentence for signal in facts.signals[:5])
        if len(facts.signals) > 5:
            told += " " + wording.text("and {n} more …", n=len(facts.signals) - 5)
        calm = wording.text("No site lies beyond the limits: what is seen is what chance makes.")
        self.told.setText((told or calm) if facts.points else "")
        self.notes.setText(" ".join(facts.notes))

    def _behind(self, at: int) -> Behind | None:
        """The verdicts at a site that were judged either way."""
        point = self.view.facts.points[at]
        meant = Meant(question=question_of(self._asked, place=point.key), verdicts=JUDGED)
        count = round(point.size or 0)
        number = wording.text("{value} of {n}", value=figure(point.value, percent=True), n=count)
        return verdicts(number, point.label, count, meant) if count else None
