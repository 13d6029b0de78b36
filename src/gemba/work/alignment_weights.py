"""What a sample says of all decisions it was drawn from: weighted shares beside the plain ones.

Where strata were drawn unevenly, a plain rate tells of the sample and not of the place. Each goal apart, since one
decision may be judged against several. The correction for finite populations takes the whole stratum, though some of
its decisions do not concern the goal: intervals are rather too wide than too narrow.
"""

from __future__ import annotations

import msgspec

from gemba.methods.sampling.estimates import estimate_mean
from gemba.store.alignment_counts import Which
from gemba.store.alignment_weights import Weighted, weighted
from gemba.store.reading import Reader
from gemba.work.alignment_facts import FEWEST, Question, which_of
from gemba.work.alignment_scene import Scene
from gemba.work.desk import Desk


class WeightedRate(msgspec.Struct, frozen=True, kw_only=True):
    """One goal, as its sample weighs it."""

    goal: str
    title: str
    plain: float | None
    """Of the same decisions, without weights."""
    rate: float | None
    low: float | None
    high: float | None
    n: int
    """Judged decisions that were drawn with a weight."""
    unweighted: int
    """Judged decisions outside any sample: they are in the plain rate only."""
    lonely: int
    """Strata with a single sampled decision, which add nothing to the interval."""


def weighted_rates(desk: Desk, question: Question) -> tuple[WeightedRate, ...]:
    """Weighted rates by goal; empty when no sample weighs anything unevenly."""
    with desk.reader() as reader:
        scene = Scene(reader)
        return weighted_in(reader, scene, which_of(scene, question))


def weighted_in(reader: Reader, scene: Scene, which: Which) -> tuple[WeightedRate, ...]:
    """The same of verdicts that are named already, in a view of the store that is open."""
    rows = weighted(reader, which)
    if len({row.weight for row in rows if row.weight is not None}) < 2:
        return ()
    by_goal: dict[str, list[Weighted]] = {}
    for row in rows:
        by_goal.setdefault(scene.group("goal", row.goal), []).append(row)
    return tuple(_rate(code, scene.title("goal", code), by_goal[code]) for code in scene.order("goal", set(by_goal)))


def _rate(code: str, title: str, rows: list[Weighted]) -> WeightedRate:
    values: list[float] = []
    strata: list[tuple[str, str]] = []
    populations: list[float] = []
    weights: list[float] = []
    for row in rows:
        if row.weight is not None:
            n = row.judged
            values += [1.0] * row.aligned + [0.0] * (n - row.aligned)
            strata += [(row.sample, row.stratum)] * n
            populations += [max(float(row.population), float(n))] * n
            weights += [row.weight] * n
    unweighted = sum(row.judged for row in rows if row.weight is None)
    told = len(values) >= FEWEST
    made = estimate_mean(values, strata, populations, weights) if told else None
    interval = None if made is None else made.interval()
    return WeightedRate(
        goal=code,
        title=title,
        plain=sum(values) / len(values) if told else None,
        rate=None if made is None else made.value,
        low=None if interval is None else max(0.0, interval.low),
        high=None if interval is None else min(1.0, interval.high),
        n=len(values),
        unweighted=unweighted,
        lonely=0 if made is None else made.lonely,
    )
