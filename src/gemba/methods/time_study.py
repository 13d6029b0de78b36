"""Time study and flow: how many cycles to watch, what to report of them, takt, and process-cycle efficiency.

Sources: Niebel, Motion and Time Study (n = (z s / (k x-bar))²); Rother and Shook, Learning to See. Times in any one
unit. No names are kept with times.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median, stdev

from gemba.errors import Refusal
from gemba.methods.checking import above, enough, within
from gemba.methods.tails import wanted_z

FEWEST_CYCLES = 10


class Work(StrEnum):
    """What an element of work is to the customer."""

    VALUE = "value"
    NECESSARY = "necessary"
    WASTE = "waste"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Cycles:
    """What watched cycles tell."""

    n: int
    mean: float
    sd: float
    median: float
    lowest: float
    highest: float
    lowest_repeatable: float | None
    """The lowest time that was seen at least twice, to the resolution asked for; None when none was."""
    needed: int
    """Cycles for the wanted precision."""

    @property
    def enough(self) -> bool:
        """At least ten cycles, and as many as the precision needs."""
        return self.n >= max(FEWEST_CYCLES, self.needed)


def study(times: Sequence[float], precision: float = 0.05, confidence: float = 0.95, resolution: float = 1) -> Cycles:
    """Sum up watched cycles.

    Args:
        times: one for each cycle.
        precision: half-width of the mean's interval, as a share of the mean.
        confidence: two-sided.
        resolution: times are equal when they round to the same multiple of it.

    Raises:
        Refusal: `methods.too_few` below two cycles, `methods.outside` for a time that is not above 0.
    """
    enough(times, 2)
    for each in times:
        above("time", each, 0)
    above("resolution", resolution, 0)
    mean, sd = fmean(times), stdev(times)
    seen = Counter(round(each / resolution) for each in times)
    again = [each for each in times if seen[round(each / resolution)] > 1]
    return Cycles(
        len(times),
        mean,
        sd,
        median(times),
        min(times),
        max(times),
        min(again, default=None),
        cycles_needed(mean, sd, precision, confidence),
    )


def cycles_needed(mean: float, sd: float, precision: float = 0.05, confidence: float = 0.95) -> int:
    """How many cycles give the mean to ± precision of itself; at least 1."""
    above("mean", mean, 0)
    above("precision", precision, 0)
    within("sd", sd, 0)
    return max(1, math.ceil((wanted_z(confidence) * sd / (precision * mean)) ** 2 - 1e-9))


def takt(available: float, demand: float) -> float:
    """Time available for each unit that customers ask for, in the unit of `available`."""
    above("available", available, 0)
    above("demand", demand, 0)
    return available / demand


def cycle_efficiency(path: Iterable[tuple[Work, float]]) -> float:
    """Value-adding time over lead time of ONE path; work that runs beside it must be left out.

    Args:
        path: sort and time of every element, waits too, in the order that one case passes them.

    Raises:
        Refusal: `methods.outside` for a negative time or a path that takes none.
    """
    elements = list(path)
    for _, time in elements:
        within("time", time, 0)
    lead = math.fsum(time for _, time in elements)
    above("lead time", lead, 0)
    return math.fsum(time for work, time in elements if work is Work.VALUE) / lead


def efficiency(value_added: float, lead_time: float) -> float:
    """The same from two sums.

    Raises:
        Refusal: `methods.efficiency` when more value-adding time than lead time shows that parallel work was added up.
    """
    within("value added", value_added, 0)
    above("lead time", lead_time, 0)
    if value_added > lead_time:
        raise Refusal("methods.efficiency", value_added=value_added, lead_time=lead_time)
    return value_added / lead_time
