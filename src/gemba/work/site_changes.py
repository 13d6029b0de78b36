"""Places with a change against places without it, before and after: difference in differences over places and months.

It supposes that both would have moved alike; the means of every month before the change are part of the answer, so
that it can be seen whether they did. With fewer than ten places the permutation of places is what is believed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date

import msgspec

from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.comparing.differences import DifferenceInDifferences, difference_in_differences
from gemba.methods.comparing.permutation import Permutation, permutation_test
from gemba.methods.comparing.trends import PeriodMeans, trends
from gemba.store.follow_cells import site_of
from gemba.store.follow_cohorts import Outcome, cohort_units, how_many
from gemba.store.list_filters import places_below
from gemba.work.cohorts import FEW_PLACES, MOST_UNITS
from gemba.work.desk import Desk
from gemba.work.measure_series import series_of
from gemba.work.records import known
from gemba.work.which_complaints import Which

FEW_ON_A_SIDE = 5
"""Changed (or other) places below which the interval by place is far too narrow, however many there are in all."""


class SiteRow(msgspec.Struct, frozen=True):
    """One place in one period."""

    place: Hashable
    period: str
    """Sorts in time order."""
    after: bool
    treated: bool
    value: float


class TrendPoint(msgspec.Struct, frozen=True):
    """Both groups' means in one period; `None` where a group has no row."""

    period: str
    after: bool
    treated: float | None
    untreated: float | None


class SiteChange(msgspec.Struct, frozen=True):
    """The answer."""

    effect: float
    """Change of the treated places beyond that of the others."""
    low: float
    high: float
    p: float
    """By place; not to be trusted where places are few."""
    permutation: Permutation | None
    """Of each place's own change; `None` when no place has rows before and after on both sides."""
    places: int
    rows: int
    few_places: bool
    """Fewer than ten places, or fewer than five on one side: believe the permutation, not the interval."""
    trend: tuple[TrendPoint, ...]
    pending: int
    """Complaints left out because it is too early to tell."""


def site_change(desk: Desk, places: Sequence[Uid], since: date, outcome: Outcome, which: Which) -> SiteChange:
    """Compare sites by the monthly share of an outcome.

    A month in the midst of which the change came belongs to neither side and is left out.

    Raises:
        Refusal: `work.cohort_places`, `work.cohort_large`, or `methods.too_few` when one of the four groups is empty.
    """
    if not places:
        raise Refusal("work.cohort_places")
    with desk.reader() as reader:
        count = how_many(reader, which.filters, **which.range())
        if count > MOST_UNITS:
            raise Refusal("work.cohort_large", count=count, most=MOST_UNITS)
        changed, sites = set(places_below(reader, tuple(places))), site_of(reader)
        shares: dict[tuple[Uid, str], list[float]] = defaultdict(list)
        pending = 0
        for unit in cohort_units(reader, outcome, which.filters, **which.range()):
            if unit.outcome is None:
                pending += 1
            elif unit.place:
                shares[(unit.place, unit.traits["month"])].append(float(unit.outcome))
    by_site: dict[tuple[Uid, str, bool], list[float]] = defaultdict(list)
    for (place, month), values in shares.items():
        by_site[(sites.get(place, place), month, place in changed)] += values
    first = f"{since:%Y-%m}"
    rows = [
        SiteRow(site, month, month >= first, treated, math.fsum(values) / len(values))
        for (site, month, treated), values in sorted(by_site.items())
        if month != first or since.day == 1
    ]
    return compared(rows, pending)


def measure_change(desk: Desk, treated: Sequence[Uid], others: Sequence[Uid], since: date) -> SiteChange:
    """Compare measures: those of places with a change against those of places without it.

    Raises:
        Refusal: a measure is unknown, or `methods.too_few` when one of the four groups is empty.
    """
    rows = []
    with desk.reader() as reader:
        for uid in (*treated, *others):
            series = series_of(reader, known(reader, Measure, uid))
            rows += [
                SiteRow(uid, begins.isoformat(), begins >= since, uid in treated, value)
                for begins, value in zip(series.begins, series.values, strict=True)
            ]
    return compared(rows)


def compared(rows: Sequence[SiteRow], pending: int = 0) -> SiteChange:
    """Difference in differences of rows of places and periods, with its trends and the permutation of places.

    Raises:
        Refusal: `methods.too_few`.
    """
    values, treated = [row.value for row in rows], [row.treated for row in rows]
    found: DifferenceInDifferences = difference_in_differences(
        values, treated, [row.after for row in rows], [row.place for row in rows]
    )
    means: Mapping[str, PeriodMeans] = trends(values, treated, [row.period for row in rows])
    is_after = {row.period: row.after for row in rows}
    points = tuple(
        TrendPoint(period, is_after[period], _number(one.treated), _number(one.untreated))
        for period, one in means.items()
    )
    return SiteChange(
        found.effect,
        found.interval.low,
        found.interval.high,
        found.p,
        _permuted(rows),
        found.clusters,
        found.n,
        found.clusters < FEW_PLACES or _fewest_side(rows) < FEW_ON_A_SIDE,
        points,
        pending,
    )


def _permuted(rows: Sequence[SiteRow]) -> Permutation | None:
    """Each place's mean after less its mean before, the treated against the others."""
    by_place: dict[Hashable, tuple[list[float], list[float]]] = {}
    with_it = {row.place: row.treated for row in rows}
    for row in rows:
        by_place.setdefault(row.place, ([], []))[int(row.after)].append(row.value)
    whole = {place: parts for place, parts in by_place.items() if parts[0] and parts[1]}
    sides = [with_it[place] for place in whole]
    if not any(sides) or all(sides):
        return None
    changes = [_mean(after) - _mean(before) for before, after in whole.values()]
    return permutation_test(changes, sides)


def _fewest_side(rows: Sequence[SiteRow]) -> int:
    return min(len({row.place for row in rows if row.treated is side}) for side in (True, False))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
