"""Matched cohorts: did complaints fare better where something was changed, compared with those most like them?

Complaints received at the changed places since the change are compared with complaints of other places of the same
time, or with those of the same places before it, and only with those that were alike. Who found no match is dropped,
and counted. How alike both groups were before and after matching is part of the answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.comparing.balance import Balance, balance
from gemba.methods.comparing.propensity import match_nearest, propensities
from gemba.methods.comparing.strata import match_exactly
from gemba.methods.comparing.uncertainty import pairs_interval, strata_interval
from gemba.methods.proportions import Interval
from gemba.store.follow_cohorts import TRAITS, CohortUnit, Outcome, cohort_units, how_many
from gemba.store.list_filters import places_below
from gemba.work.desk import Desk
from gemba.work.which_complaints import ALL, Which

MOST_UNITS = 200_000
FEW_PLACES = 10
_MOST_VALUES = 40


class Against(StrEnum):
    """Whom the changed ones are compared with."""

    ELSEWHERE = "elsewhere"
    """Complaints of other places, received in the same time."""
    BEFORE = "before"
    """Complaints of the same places, received before the change, for as long as it has lasted."""


class Matching(StrEnum):
    """How alike they must be."""

    EXACT = "exact"
    """The same in every trait."""
    COARSE = "cem"
    """The same after coarsening: quarter for month, two bands of severity."""
    NEAREST = "propensity"
    """Nearest in how likely the change was for one like it, within 0.2 standard deviations."""


class CohortPlan(msgspec.Struct, frozen=True):
    """One comparison, said before its answer is known."""

    places: tuple[Uid, ...]
    """Where something was changed, with all below."""
    since: date
    """First day with the change."""
    outcome: Outcome
    which: Which = ALL
    against: Against = Against.ELSEWHERE
    match_on: tuple[str, ...] = ("product", "step", "channel", "month")
    matching: Matching = Matching.EXACT


class Cohort(msgspec.Struct, frozen=True):
    """What came out, with all that was dropped."""

    plan: CohortPlan
    effect: float | None
    """Share of the changed less share of those like them, in points of 1; `None` when nobody could be matched."""
    interval: Interval | None
    share_treated: float | None
    """Of the matched."""
    treated: int
    untreated: int
    dropped_treated: int
    dropped_untreated: int
    pending: int
    """Left out because it is too early to tell what comes of them."""
    balance: tuple[Balance, ...]
    """Standardised differences of every value of every trait, the worst first."""
    balanced: bool
    """All below 0.1 after matching."""
    places_treated: int
    places_untreated: int
    few_places: bool
    """Fewer than ten places in all: chance between places is not in the interval; use the permutation of places."""


def cohort(desk: Desk, plan: CohortPlan) -> Cohort:
    """Compare by a plan.

    Raises:
        Refusal: `work.cohort_places`, `work.cohort_traits`, `work.cohort_large` for more than 200,000 complaints,
            `work.cohort_empty` when one of the groups has none, or `methods.separated`.
    """
    _check(plan)
    with desk.reader() as reader:
        changed = set(places_below(reader, plan.places))
        which = _days(plan, reader.clock().date())
        count = how_many(reader, which.filters, **which.range())
        if count > MOST_UNITS:
            raise Refusal("work.cohort_large", count=count, most=MOST_UNITS)
        found = [
            unit
            for unit in cohort_units(reader, plan.outcome, which.filters, **which.range())
            if _belongs(unit, plan, changed)
        ]
    told = [unit for unit in found if unit.outcome is not None]
    treated = [unit.place in changed and unit.received_at >= _midnight(plan.since) for unit in told]
    if not any(treated) or all(treated):
        raise Refusal("work.cohort_empty", group="changed" if not any(treated) else "compared")
    return _compared(plan, told, treated, len(found) - len(told))


def _compared(plan: CohortPlan, units: Sequence[CohortUnit], treated: Sequence[bool], pending: int) -> Cohort:
    outcomes = [float(bool(unit.outcome)) for unit in units]
    keys = [tuple(_value(unit, trait, plan.matching) for trait in plan.match_on) for unit in units]
    dummies = _dummies(keys, plan.match_on)
    if plan.matching is Matching.NEAREST:
        pairs = match_nearest(propensities(list(zip(*dummies.values(), strict=True)), treated), treated)
        weights, effect, interval = pairs.weights(len(units)), pairs.effect(outcomes), pairs_interval(pairs, outcomes)
        kept, dropped = (len(pairs.pairs),) * 2, (pairs.dropped_treated, pairs.dropped_untreated)
    else:
        matched = match_exactly(keys, treated, outcomes)
        weights, effect, interval = matched.weights, matched.effect, strata_interval(keys, treated, outcomes)
        kept, dropped = (matched.treated, matched.untreated), (matched.dropped_treated, matched.dropped_untreated)
    shown = balance(dummies, treated, weights) if kept[0] else ()
    shown = tuple(sorted(shown, key=lambda one: (not math.isnan(one.after), -abs(one.after), one.trait)))
    places: tuple[set[Uid | None], set[Uid | None]] = (set(), set())
    for unit, has_it in zip(units, treated, strict=True):
        places[not has_it].add(unit.place)
    good = [outcome for outcome, weight, has_it in zip(outcomes, weights, treated, strict=True) if has_it and weight]
    return Cohort(
        plan,
        None if math.isnan(effect) else effect,
        interval,
        sum(good) / len(good) if good else None,
        *kept,
        *dropped,
        pending,
        shown,
        bool(shown) and all(one.balanced for one in shown),
        len(places[0]),
        len(places[1]),
        len(places[0] | places[1]) < FEW_PLACES,
    )


def _check(plan: CohortPlan) -> None:
    if not plan.places:
        raise Refusal("work.cohort_places")
    useless = {Against.BEFORE: "month", Against.ELSEWHERE: "place"}[plan.against]
    wrong = [trait for trait in plan.match_on if trait not in TRAITS or trait == useless]
    if wrong or not plan.match_on:
        raise Refusal(
            "work.cohort_traits", given=", ".join(wrong), known=", ".join(one for one in TRAITS if one != useless)
        )


def _days(plan: CohortPlan, today: date) -> Which:
    """The days that are read: of the change, or twice as long when the time before is compared."""
    ends = plan.which.ends or today
    begins = plan.since if plan.against is Against.ELSEWHERE else plan.since - (ends - plan.since) - timedelta(days=1)
    begins = begins if plan.which.begins is None else max(begins, plan.which.begins)
    place = plan.which.place
    return Which(plan.which.filters, place, begins, ends)


def _belongs(unit: CohortUnit, plan: CohortPlan, changed: set[Uid]) -> bool:
    """Against the time before only the changed places count; against others every place does."""
    return unit.place in changed or plan.against is Against.ELSEWHERE


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _value(unit: CohortUnit, trait: str, matching: Matching) -> str:
    value = unit.traits[trait]
    if matching is not Matching.COARSE:
        return value
    if trait == "month":
        return f"{value[:4]}-Q{(int(value[5:]) + 2) // 3}"
    if trait == "severity":
        return "severe" if value in {"high", "critical"} else "mild"
    return value


def _dummies(keys: Sequence[tuple[str, ...]], traits: Sequence[str]) -> dict[str, list[float]]:
    """One 0/1 trait for each value of each trait, the rarest values of a long list together."""
    found: dict[str, list[float]] = {}
    for at, trait in enumerate(traits):
        column = [key[at] for key in keys]
        common = [value for value, _ in Counter(column).most_common(_MOST_VALUES)]
        for value in sorted(common)[1:] or common:  # the first follows from the others
            found[f"{trait} = {value or '?'}"] = [float(one == value) for one in column]
    return found
