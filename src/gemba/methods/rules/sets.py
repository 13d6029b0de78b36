"""Sets of rules, and what a set says about a chart.

Default: N1 with Anhøj's run rules. Zone rules (N5 to N8, WE2, WE3) suppose points that spread evenly both ways: they
are for individuals and means, and cry wolf on counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from gemba.methods.charts.model import Chart, ChartSort
from gemba.methods.rules.anhoej import Runs, runs
from gemba.methods.rules.zones import Rule, signals

DEFAULT = (Rule.N1, Rule.ANHOEJ)
NELSON = (Rule.N1, Rule.N2, Rule.N3, Rule.N4, Rule.N5, Rule.N6, Rule.N7, Rule.N8)
WESTERN_ELECTRIC = (Rule.WE1, Rule.WE2, Rule.WE3, Rule.WE4)
_LIMITS = {Rule.N1, Rule.WE1}
_ZONES = {Rule.N5, Rule.N6, Rule.N7, Rule.N8, Rule.WE2, Rule.WE3}
_EVEN = {ChartSort.XBAR, ChartSort.INDIVIDUALS, ChartSort.INDIVIDUALS_PRIME, ChartSort.T}


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that fired, and the points that it flags (positions from 0)."""

    rule: Rule
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a set of rules says about a chart."""

    signals: tuple[Signal, ...]
    """Only rules that fired."""
    runs: tuple[Runs, ...]
    """Runs and crossings of each phase, whether or not the rule was asked for."""

    @property
    def quiet(self) -> bool:
        """No rule fired: what is seen is what chance makes."""
        return not self.signals


def read(chart: Chart, rules: Collection[Rule] = DEFAULT) -> Reading:
    """Read a chart by a set of rules; each phase is read by itself.

    Limits are compared with the points as they are drawn; all other rules use standardised points, so that unequal
    sizes are judged each by its own sigma.
    """
    bounds = [*chart.starts, len(chart.values)]
    phases = [slice(a, b) for a, b in pairwise(bounds)]
    read_runs = tuple(runs(chart.values[part], chart.centre[part]) for part in phases)
    found = [Signal(rule, _points(chart, rule, phases, read_runs)) for rule in rules]
    return Reading(tuple(each for each in found if each.points), read_runs)


def fitting(rules: Collection[Rule], sort: ChartSort) -> tuple[Rule, ...]:
    """Those of the rules that may be read on such a chart; zone rules only where points spread evenly."""
    kept = [rule for rule in rules if rule not in _ZONES or sort in _EVEN]
    return tuple(rule for rule in kept if sort is not ChartSort.RUN or rule is Rule.ANHOEJ)


def _points(chart: Chart, rule: Rule, phases: list[slice], read_runs: tuple[Runs, ...]) -> tuple[int, ...]:
    if rule in _LIMITS:
        return chart.beyond()
    if rule is Rule.ANHOEJ:
        told = zip(phases, read_runs, strict=True)
        return tuple(
            at
            for part, each in told
            if each.signal
            for at in range(part.start + each.run_from, part.start + each.run_to + 1)
        )
    return tuple(part.start + at for part in phases for at in signals(rule, chart.z[part]))
