"""Thresholds that ask for a review: how often they cry wolf is measured before anybody relies on them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import msgspec

from gemba.domain.change import Change
from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.charts.moving_range import short_term_sigma
from gemba.methods.rules.false_alarms import SERIES, FalseAlarms, above_mean, false_alarms, rise_on_last
from gemba.methods.rules.sets import DEFAULT
from gemba.methods.rules.zones import Rule
from gemba.reports.chart_numbers import figure
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.chart_facts import facts_of
from gemba.work.chart_words import false_alarm_line
from gemba.work.charting import sigma_z_of
from gemba.work.desk import Desk
from gemba.work.frozen_limits import frozen
from gemba.work.measure_series import Numbers, series_of
from gemba.work.measures import check_rules
from gemba.work.records import known

POINTS = 24
LOWEST, HIGHEST = 0.01, 500.0
"""Means that can be simulated; from the highest on, counts spread as good as normally and nothing changes any more."""
_NAIVE_RISE, _NAIVE_ABOVE = 0.5, 1.25


class Rate(msgspec.Struct, frozen=True):
    """How often a threshold cries wolf when nothing has changed."""

    name: str
    """In words."""
    share: float
    """Of simulated stable series that raise at least one alarm."""
    low: float
    """95 % interval of that share, from the number of series simulated."""
    high: float
    is_naive: bool = False
    """A threshold that is offered nowhere; shown so that people see why not."""


class Simulated(msgspec.Struct, frozen=True):
    """What the simulation says of a set of rules, beside thresholds that people are tempted by."""

    rules: tuple[str, ...]
    points: int
    mean: float
    """Expected count a period that was simulated."""
    series: int
    chosen: Rate
    others: tuple[Rate, ...]
    note: str

    @property
    def line(self) -> str:
        """The sentence that is said wherever the threshold is shown."""
        return false_alarm_line(self.chosen.share, self.points, rules=self.rules)


def simulate(desk: Desk, measure: Uid | Measure, rules: Sequence[str] = (), points: int = POINTS) -> Simulated:
    """Measure how often rules cry wolf on a series like this measure's, were nothing ever to change.

    Args:
        desk: whose store it is.
        measure: its mean count is simulated.
        rules: codes; those that the chart is read with when empty.
        points: how many points are looked at, for example the weeks until somebody looks again.

    Raises:
        Refusal: a rule is unknown, or the number of points cannot be simulated.
    """
    check_rules(tuple(rules))
    if not 2 <= points <= 520:
        raise Refusal("work.threshold_points", points=points)
    with desk.reader() as reader:
        about = known(reader, Measure, measure) if isinstance(measure, str) else measure
        expected, note = _expected(reader, about)
        named = tuple(Rule(rule) for rule in rules) or _own(reader, about)
    mean = min(max(expected, LOWEST), HIGHEST)
    chosen = _rate(", ".join(named), false_alarms(named, mean=mean, periods=points))
    naive = (
        _rate(
            text("{share} more than in the period before", share="+50\u00a0%"),
            false_alarms(rise_on_last(_NAIVE_RISE), mean=mean, periods=points),
            is_naive=True,
        ),
        _rate(
            text("more than {share} of the usual", share="125\u00a0%"),
            false_alarms(above_mean(_NAIVE_ABOVE), mean=mean, periods=points),
            is_naive=True,
        ),
    )
    default = () if set(named) == set(DEFAULT) else (
        _rate(", ".join(DEFAULT), false_alarms(DEFAULT, mean=mean, periods=points)),
    )  # fmt: skip
    return Simulated(tuple(rule.value for rule in named), points, mean, SERIES, chosen, (*default, *naive), note)


def set_threshold(
    desk: Desk, measure: Uid, rules: Sequence[str] = (), *, points: int = POINTS, triggers_review: bool = True
) -> Change:
    """Let signals of a measure ask for a review; the false-alarm rate is simulated now and kept with it.

    Raises:
        Refusal: as for `simulate`.
    """
    found = simulate(desk, measure, rules, points)
    with desk.unit() as unit:
        unit.change(
            Measure,
            measure,
            rules=found.rules,
            false_alarms=found.chosen.share,
            false_alarm_points=points,
            triggers_review=triggers_review,
        )
        return unit.change_made(measure)


def _own(reader: Reader, measure: Measure) -> tuple[Rule, ...]:
    """The rules that the measure's chart is read with."""
    return tuple(Rule(rule) for rule in measure.rules or facts_of(reader, measure).rules) or DEFAULT


def _expected(reader: Reader, measure: Measure) -> tuple[float, str]:
    usual = frozen(reader, measure.uid)
    series = series_of(reader, measure, usual[-1].begins, usual[-1].ends) if usual else series_of(reader, measure)
    if not series.counts:
        return HIGHEST, text("Nothing is counted yet; simulated with a mean of 500 a period.")
    mean = fmean(series.counts)
    if series.numbers is Numbers.MEASURED:
        sigma = short_term_sigma(series.values) if len(series.values) > 1 else 0.0
        alike = (mean / sigma) ** 2 if sigma > 0 else HIGHEST
        return alike, text(
            "Measured values: simulated as counts that vary as much, with mean {mean}.", mean=figure(alike)
        )
    spread = max(1.0, sigma_z_of(series) or 1.0)
    alike = mean / spread**2
    if spread > 1:
        return alike, text(
            "Neighbours differ {times} times as much as chance counts do; simulated as counts that vary as much, with "
            "mean {mean}.",
            times=figure(spread),
            mean=figure(alike),
        )
    return alike, text("Simulated with the mean of this measure, {mean} a period.", mean=figure(mean))


def _rate(name: str, found: FalseAlarms, *, is_naive: bool = False) -> Rate:
    return Rate(name, found.share, found.interval.low, found.interval.high, is_naive)
