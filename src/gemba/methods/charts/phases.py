"""Phases: a chart whose limits were fixed anew, on purpose, at named points.

A baseline is frozen at 20 points or more; from 12 it may be used as provisional. It is never worked out anew silently:
what makes a new phase (a new definition, a verified change) is the caller's record, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, pairwise

from gemba.methods.charts.limits import draw
from gemba.methods.charts.model import Baseline, Chart
from gemba.methods.checking import enough, within

SETTLED = 20
PROVISIONAL = 12


def freeze(chart: Chart) -> Baseline:
    """The newest phase's baseline, to judge later points by.

    Raises:
        Refusal: `methods.too_few` below 12 points; from 12 to 19 the baseline says that it is provisional.
    """
    baseline = chart.baselines[-1]
    enough(range(baseline.points), PROVISIONAL)
    return baseline


def judged(baseline: Baseline, values: Sequence[float | None], sizes: Sequence[float] | None = None) -> Chart:
    """New points against a frozen baseline.

    Args:
        baseline: from `freeze`.
        values: points as the chart draws them.
        sizes: n of each point in the baseline's unit; of a rate drawn per 10,000, exposure / 10,000.
    """
    return draw(baseline, values, sizes)


def phased(make: Callable[[slice], Chart], length: int, starts: Sequence[int]) -> Chart:
    """One chart of several phases, each with limits of its own.

    Args:
        make: draws the chart of the points in a slice, for example `lambda part: u_chart(counts[part], sizes[part])`.
        length: number of points in all.
        starts: where the second and later phases begin, rising.

    Raises:
        Refusal: `methods.outside` for a start that does not rise or lies outside.
    """
    bounds = [0, *starts, length]
    for before, after in pairwise(bounds):
        within("start of a phase", after, before + 1, length)
    parts = [make(slice(before, after)) for before, after in pairwise(bounds)]
    return joined(parts)


def joined(parts: Sequence[Chart]) -> Chart:
    """Charts of one sort set one after the other.

    Raises:
        Refusal: `methods.too_few` without any.
    """
    enough(parts, 1)
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part.values)
    return Chart(
        parts[0].sort,
        tuple(chain.from_iterable(part.values for part in parts)),
        tuple(chain.from_iterable(part.centre for part in parts)),
        tuple(chain.from_iterable(part.lower for part in parts)),
        tuple(chain.from_iterable(part.upper for part in parts)),
        tuple(chain.from_iterable(part.z for part in parts)),
        tuple(chain.from_iterable(part.baselines for part in parts)),
        tuple(starts),
    )
