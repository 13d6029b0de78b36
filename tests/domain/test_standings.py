"""How a decision stands: the rule, for any boundaries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.decisions import Boundary, Standing
from gemba.domain.standings import Why, holds, nearest, plain, stand

DAY = date(2026, 5, 4)
CHAIN = ("branch", "region")
_numbers = iter(range(10**9))


def boundary(**fields: Any) -> Boundary:
    said: dict[str, Any] = {
        "scenario": "refund",
        "title": "Refund",
        "role": "Branch lead",
        "limit": 50.0,
        "unit": "EUR",
    }
    said |= {"valid_from": date(2026, 1, 1), "made_at": datetime(2026, 1, 1, tzinfo=UTC), "person": "p"}
    return Boundary(uid=f"b{next(_numbers)}", **{**said, **fields})


amounts = st.floats(min_value=0, max_value=1e9)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@given(amounts, amounts, st.booleans())
def test_more_than_the_limit_is_beyond_unless_it_went_up(amount: float, limit: float, escalated: bool) -> None:
    found = stand(boundary(limit=limit), amount, "EUR", escalated=escalated).standing
    if amount > limit * (1 + 1e-8) + 1e-9:
        assert found is (Standing.ESCALATED if escalated else Standing.BEYOND)
    elif escalated:
        assert found in {Standing.NEEDLESS, Standing.ESCALATED}
    if amount == limit:
        assert found is (Standing.NEEDLESS if escalated else Standing.AT_LIMIT)
    if amount < limit * (1 - 1e-8) - 1e-9:
        assert found is (Standing.NEEDLESS if escalated else Standing.WITHIN)


def test_cents_added_up_are_at_the_limit() -> None:
    assert stand(boundary(limit=0.3), 0.1 + 0.2, "EUR", escalated=False).standing is Standing.AT_LIMIT


@given(st.none() | amounts, st.booleans())
def test_without_a_boundary_it_is_a_gap_whatever_it_says(amount: float | None, escalated: bool) -> None:
    found = stand(None, amount, "EUR", escalated=escalated)
    assert (found.standing, found.why) == (Standing.UNBOUNDED, Why.NO_BOUNDARY)


@given(st.none() | amounts)
def test_any_amount_is_within_and_need_not_go_up(amount: float | None) -> None:
    free = boundary(limit=None)
    assert stand(free, amount, "", escalated=False).standing is Standing.WITHIN
    assert stand(free, amount, "", escalated=True).standing is Standing.NEEDLESS


@given(st.booleans())
def test_what_cannot_be_compared_is_not_told(escalated: bool) -> None:
    assert stand(boundary(), None, "EUR", escalated=escalated).why is Why.NO_AMOUNT
    other = stand(boundary(), 10, "hours", escalated=escalated)
    assert (other.standing, other.why) == (Standing.UNTOLD, Why.OTHER_UNIT)


def test_a_unit_is_the_same_in_any_case() -> None:
    assert stand(boundary(), 10, " eur ", escalated=False).standing is Standing.WITHIN


@given(days)
def test_a_boundary_holds_from_its_first_to_its_last_day(day: date) -> None:
    one = boundary(valid_from=date(2024, 1, 1), valid_to=date(2025, 12, 31))
    assert holds(one, day) == (date(2024, 1, 1) <= day <= date(2025, 12, 31))
    assert not holds(boundary(retired=True), day)


@given(st.permutations([None, "region", "branch", "elsewhere"]), st.integers(0, 4))
def test_the_nearest_place_counts(order: list[str | None], count: int) -> None:
    some = [boundary(place=place) for place in order[:count]]
    found = nearest(some, "branch LEAD", " Refund", CHAIN, DAY)
    here = [place for place in ("branch", "region", None) if place in order[:count]]
    assert (found.place if found else "none") == (here[0] if here else "none")


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True))
def test_of_several_at_one_place_the_one_that_began_last_counts(ages: list[int]) -> None:
    some = [boundary(valid_from=DAY - timedelta(days=age)) for age in ages]
    found = nearest(some, "Branch lead", "refund", CHAIN, DAY)
    assert found is not None
    assert found.valid_from == DAY - timedelta(days=min(ages))


@given(st.sampled_from(["Other role", "branch"]), st.sampled_from(["refund", "waiver"]))
def test_another_role_or_scenario_is_another_case(role: str, scenario: str) -> None:
    assert nearest([boundary()], role, scenario, CHAIN, DAY) is None


@given(st.text(max_size=30))
def test_words_are_compared_in_one_form(words: str) -> None:
    assert plain(plain(words)) == plain(words) or not words.isascii()
    assert plain(f"  {words} ") == plain(words)
