"""What the rules see on a chart: each signal with its points and a sentence."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

from gemba.domain.measures import Measure
from gemba.methods.charts.model import ChartSort
from gemba.methods.rules.anhoej import Runs
from gemba.methods.rules.sets import DEFAULT, fitting, read
from gemba.methods.rules.zones import Rule
from gemba.reports.chart_facts import PointFacts, SignalFacts
from gemba.reports.chart_numbers import figure
from gemba.wording import text
from gemba.work.chart_words import rule_title
from gemba.work.charting import Drawn

_GOOD_WHEN_HIGH = {ChartSort.G, ChartSort.T}
_LIMITS_ONLY = {ChartSort.EWMA, ChartSort.CUSUM}


def rules_for(measure: Measure, drawn: Drawn) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules that a chart is read with, and those asked for that do not fit it."""
    asked = tuple(Rule(rule) for rule in measure.rules) or _own(drawn)
    if drawn.sort in _LIMITS_ONLY:
        return (Rule.N1,), tuple(rule for rule in asked if measure.rules and rule is not Rule.N1)
    kept = fitting(asked, drawn.sort)
    if not kept and drawn.sort is ChartSort.RUN:
        kept = (Rule.ANHOEJ,)
    return kept, tuple(rule for rule in asked if rule not in kept and measure.rules)


def _own(drawn: Drawn) -> tuple[Rule, ...]:
    choice = drawn.choice
    return choice.rules if choice is not None and choice.sort is drawn.sort else DEFAULT


def signals(
    measure: Measure, drawn: Drawn, points: Sequence[PointFacts], rules: Collection[Rule], *, percent: bool
) -> tuple[SignalFacts, ...]:
    """Every signal of the rules, in the order of their first points."""
    if drawn.sums is not None:
        flagged = {Rule.N1: drawn.sums.beyond()}
        runs: tuple[Runs, ...] = ()
    else:
        reading = read(drawn.chart, rules)
        flagged, runs = {each.rule: each.points for each in reading.signals}, reading.runs
    found = [
        _told(measure, drawn, points, (rule, group), runs, percent)
        for rule, positions in flagged.items()
        for group in _groups(drawn, rule, positions)
    ]
    return tuple(sorted(found, key=lambda each: (each.first, each.rule)))


def _groups(drawn: Drawn, rule: Rule, positions: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Neighbours that signal together are one signal; on the other side of the centre begins another."""
    group: list[int] = []
    for at in positions:
        apart = group and (at != group[-1] + 1 or (rule is Rule.N1 and _side(drawn, at) != _side(drawn, group[-1])))
        if apart and not (rule is Rule.ANHOEJ and at > group[-1] and _same_run(drawn, group[-1], at)):
            yield tuple(group)
            group = []
        group.append(at)
    if group:
        yield tuple(group)


def _same_run(drawn: Drawn, before: int, at: int) -> bool:
    """Points on the centre line do not end a run."""
    return all(drawn.chart.values[i] == drawn.chart.centre[i] for i in range(before + 1, at))


def _side(drawn: Drawn, at: int) -> int:
    if drawn.sums is not None:
        return 1 if drawn.sums.high[at] >= drawn.sums.low[at] else -1
    value, centre = drawn.chart.values[at] or 0.0, drawn.chart.centre[at]
    return (value > centre) - (value < centre)


def _told(
    measure: Measure,
    drawn: Drawn,
    points: Sequence[PointFacts],
    signal: tuple[Rule, tuple[int, ...]],
    runs: Sequence[Runs],
    percent: bool,  # noqa: FBT001 - internal
) -> SignalFacts:
    rule, group = signal
    last = group[-1]
    side = _side(drawn, last)
    high_is_bad = (measure.direction == "down") != (drawn.sort in _GOOD_WHEN_HIGH)
    return SignalFacts(
        rule=rule.value,
        first=group[0],
        last=last,
        points=group,
        sentence=_sentence(drawn, points, signal, runs, percent, side),
        worse=(side > 0) == high_is_bad,
    )


def _sentence(
    drawn: Drawn,
    points: Sequence[PointFacts],
    signal: tuple[Rule, tuple[int, ...]],
    runs: Sequence[Runs],
    percent: bool,  # noqa: FBT001 - internal
    side: int,
) -> str:
    rule, group = signal
    first, last = points[group[0]].label, points[group[-1]].label
    if drawn.sums is not None:
        return text("{label}: the sum of deviations is beyond {limit} sigmas.", label=last, limit="5")
    if rule in {Rule.N1, Rule.WE1}:
        return _beyond(points, signal, percent, side)
    if rule is Rule.ANHOEJ:
        return _run(drawn, group, runs, first, last, side)
    where = first if first == last else f"{first} – {last}"
    return text("{where}: {what} ({rule}).", where=where, what=rule_title(rule), rule=rule.value)


def _beyond(
    points: Sequence[PointFacts],
    signal: tuple[Rule, tuple[int, ...]],
    percent: bool,  # noqa: FBT001 - internal
    side: int,
) -> str:
    rule, group = signal
    at = max(group, key=lambda each: abs(points[each].z or 0.0))
    point = points[at]
    limit = point.upper if side > 0 else point.lower
    words = text("above the upper limit") if side > 0 else text("below the lower limit")
    far = (
        ""
        if point.z is None or not math.isfinite(point.z)
        else text(", {z} sigmas from the centre", z=f"{abs(point.z):.1f}")
    )
    return text(
        "{label}: {value} is {side} {limit}{far} ({rule}).",
        rule=rule.value,
        label=point.label,
        value=figure(point.value, percent=percent),
        side=words,
        limit=figure(limit, percent=percent),
        far=far,
    )


def _run(drawn: Drawn, group: tuple[int, ...], runs: Sequence[Runs], first: str, last: str, side: int) -> str:
    phase = max((at for at, start in enumerate(drawn.chart.starts) if start <= group[0]), default=0)
    seen = runs[phase]
    if seen.longest > seen.longest_allowed:
        words = text("above") if side > 0 else text("below")
        return text(
            "{first} – {last}: {n} points in a row {side} the centre line; chance seldom makes over {most} (Anhøj).",
            first=first,
            last=last,
            n=seen.longest,
            side=words,
            most=seen.longest_allowed,
        )
    return text(
        "The centre line is crossed {n:time|times}; chance makes {least} or more (Anhøj). Longest "
        "run: {first} – {last}.",
        n=seen.crossings,
        least=seen.crossings_needed,
        first=first,
        last=last,
    )
