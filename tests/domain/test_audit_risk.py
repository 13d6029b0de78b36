from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.audit_risk import WEIGHTS, SiteSigns, checked_weights, parts_of, ranked, risk_of
from gemba.errors import Refusal

counts = st.integers(0, 10_000)
some_signs = st.builds(
    SiteSigns,
    site=st.uuids().map(str),
    open_signals=counts,
    complaints=st.integers(100, 200),
    severe=st.integers(0, 100),
    judged=st.integers(100, 200),
    aligned=st.integers(0, 100),
    quarters_since=st.none() | st.integers(0, 400),
    boundaries=counts,
    goals=counts,
    deciders=counts,
    decisions=counts,
    decisions_before=st.floats(0, 1e6),
)
weights = st.fixed_dictionaries({code: st.floats(0.01, 100) for code in WEIGHTS})


@given(some_signs, weights)
def test_each_part_lies_between_0_and_1_and_the_risk_between_0_and_100(signs, chosen) -> None:
    found = risk_of(signs, chosen)
    assert all(0 <= found.parts[code] <= 1 for code in WEIGHTS)
    assert 0 <= found.risk <= 100


@given(some_signs, weights)
def test_the_risk_follows_from_what_is_kept(signs, chosen) -> None:
    kept = risk_of(signs, chosen).parts
    whole = sum(kept[f"weight.{code}"] for code in WEIGHTS)
    again = 100 * sum(kept[f"weight.{code}"] * kept[code] for code in WEIGHTS) / whole
    assert risk_of(signs, chosen).risk == pytest.approx(again, abs=0.051)


@given(st.lists(some_signs, min_size=2, max_size=8, unique_by=lambda one: one.site), st.randoms())
def test_the_order_does_not_depend_on_how_the_sites_come(found, chance) -> None:
    risks = [risk_of(one) for one in found]
    mixed = list(risks)
    chance.shuffle(mixed)
    assert ranked(risks, "2026-Q4") == ranked(mixed, "2026-Q4")


def test_equal_sites_take_turns_from_quarter_to_quarter() -> None:
    risks = [risk_of(SiteSigns(site=str(number))) for number in range(6)]
    firsts = {ranked(risks, f"{year}-Q{number}")[0].site for year in range(2020, 2030) for number in (1, 2, 3, 4)}
    assert len(firsts) == 6


def test_too_few_verdicts_say_nothing_and_too_few_complaints_neither() -> None:
    few = parts_of(SiteSigns(site="x", judged=4, aligned=0, complaints=9, severe=9))
    enough = parts_of(SiteSigns(site="x", judged=5, aligned=0, complaints=10, severe=9))
    assert (few["drift"], few["severity"]) == (0.5, 0.0)
    assert (enough["drift"], enough["severity"]) == (1.0, 0.9)


def test_a_site_never_audited_counts_like_one_of_two_years_ago() -> None:
    ages = [parts_of(SiteSigns(site="x", quarters_since=age))["since"] for age in (None, 8, 2, 0)]
    assert ages == [1, 1, 0.25, 0]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"luck": 1}, "domain.risk_part"),
        ({"drift": -1}, "domain.risk_weight"),
        ({"drift": float("nan")}, "domain.risk_weight"),
        (dict.fromkeys(WEIGHTS, 0), "domain.risk_weights_none"),
    ],
)
def test_weights_that_make_no_sense_are_refused(chosen, code) -> None:
    with pytest.raises(Refusal, match=code):
        checked_weights(chosen)
