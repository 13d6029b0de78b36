"""How each goal is kept from quarter to quarter, beside what customers say where the goal names a measure of theirs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import msgspec

from gemba.domain.goals import Goal, Requirement
from gemba.domain.measures import Measure
from gemba.domain.quarters import quarter_of, quarters_until
from gemba.errors import Refusal
from gemba.methods.correlation import spearman
from gemba.store.alignment_counts import Tally
from gemba.store.reading import Reader
from gemba.work.alignment_facts import Question, Rate, rate_of, tallied
from gemba.work.alignment_scene import Scene
from gemba.work.desk import Desk
from gemba.work.measure_series import Numbers, Series, series_of

FEWEST_QUARTERS = 5
QUARTERS = 8
_LINK = "measure:"


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """One goal over quarters; without decisions in a quarter its rate says so."""

    goal: str
    title: str
    quarters: tuple[Rate, ...]
    """Keys are the quarters."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A goal beside a measure of what customers say."""

    goal: str
    goal_title: str
    measure: str
    """Uid."""
    measure_title: str
    unit: str
    better: str
    """`up` or `down`."""
    quarters: tuple[tuple[str, float | None, float | None], ...]
    """Quarter, alignment rate, value of the measure."""
    r: float | None
    """Spearman's rank correlation; `None` below five quarters that have both."""
    low: float | None
    high: float | None
    n: int
    verdict: str
    """`with` (the customer is better off where the goal is kept), `against`, `untold`."""


def trends(desk: Desk, question: Question, last: str = "") -> tuple[Trend, ...]:
    """The last eight quarters of each goal.

    Args:
        desk: where the records are.
        question: goals and place; its quarters do not matter.
        last: quarter up to which; the present one when empty.
    """
    with desk.reader() as reader:
        return trends_in(reader, Scene(reader), question, last or quarter_of(desk.clock().date()))


def trends_in(reader: Reader, scene: Scene, question: Question, last: str) -> tuple[Trend, ...]:
    """The same, in a view of the store that is open already."""
    quarters = quarters_until(last, QUARTERS)
    asked = msgspec.structs.replace(question, quarters=quarters)
    counted = tallied(reader, scene, asked, ("goal", "quarter"))
    codes = scene.order("goal", {goal for goal, _ in counted})
    return tuple(
        Trend(
            goal=code,
            title=scene.title("goal", code),
            quarters=tuple(rate_of(at, at, counted.get((code, at), Tally())) for at in quarters),
        )
        for code in codes
    )


def outcomes(desk: Desk, question: Question, last: str = "") -> tuple[Outcome, ...]:
    """Each goal that names a measure of what customers say, beside it."""
    until = last or quarter_of(desk.clock().date())
    with desk.reader() as reader:
        scene = Scene(reader)
        by_goal = {one.goal: one for one in trends_in(reader, scene, question, until)}
        linked = _linked(reader, scene)
        return tuple(
            _outcome(reader, by_goal[code], measure)
            for code, measures in sorted(linked.items())
            if code in by_goal
            for measure in measures
        )


def _linked(reader: Reader, scene: Scene) -> dict[str, list[Measure]]:
    """Customers' measures by code of the goal that names them, itself or through a requirement."""
    named: dict[str, list[str]] = {}
    for requirement in reader.find(Requirement):
        if requirement.measure and not requirement.retired:
            named.setdefault(scene.group("goal", requirement.goal), []).append(requirement.measure)
    for goal in reader.find(Goal):
        for link in goal.links:
            if link.startswith(_LINK):
                named.setdefault(scene.group("goal", goal.uid), []).append(link.removeprefix(_LINK))
    found = {code: list(reader.many(Measure, list(dict.fromkeys(uids)))) for code, uids in named.items()}
    return {code: [one for one in some if one.is_customer and not one.retired] for code, some in found.items()}


def _outcome(reader: Reader, trend: Trend, measure: Measure) -> Outcome:
    try:
        values = by_quarter(series_of(reader, measure))
    except Refusal:  # a measure that cannot be read just now says nothing
        values = {}
    rows = tuple((one.key, one.rate, values.get(one.key)) for one in trend.quarters)
    pairs = [(rate, value) for _, rate, value in rows if rate is not None and value is not None]
    firsts, seconds = [rate for rate, _ in pairs], [value for _, value in pairs]
    found = spearman(firsts, seconds) if len(pairs) >= FEWEST_QUARTERS else None
    told = found is not None and not math.isnan(found.r)
    verdict = "untold"
    if found is not None and told and (found.interval.low > 0 or found.interval.high < 0):
        verdict = "with" if (found.r > 0) == (measure.direction == "up") else "against"
    return Outcome(
        goal=trend.goal,
        goal_title=trend.title,
        measure=measure.uid,
        measure_title=measure.title,
        unit=measure.unit,
        better=measure.direction,
        quarters=rows,
        r=found.r if found is not None and told else None,
        low=found.interval.low if found is not None and told else None,
        high=found.interval.high if found is not None and told else None,
        n=len(pairs),
        verdict=verdict,
    )


def by_quarter(series: Series) -> dict[str, float]:
    """A series by quarter: counts are added up, shares and rates weighted by their size, what is measured averaged."""
    rows: dict[str, list[tuple[float, float]]] = {}
    for day, count, size in _points(series):
        rows.setdefault(quarter_of(day), []).append((count, size))
    if series.numbers is Numbers.COUNTS:
        return {quarter: math.fsum(count for count, _ in some) for quarter, some in rows.items()}
    return {
        quarter: math.fsum(count for count, _ in some) / whole
        for quarter, some in rows.items()
        if (whole := math.fsum(size for _, size in some)) > 0
    }


def _points(series: Series) -> Iterator[tuple[date, float, float]]:
    sizes = series.sizes if series.sizes is not None and series.numbers is not Numbers.MEASURED else None
    for at, day in enumerate(series.begins):
        yield day, series.counts[at], 1.0 if sizes is None else sizes[at]
