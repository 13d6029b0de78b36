"""What a sample can and cannot show, in numbers and words."""

from __future__ import annotations

import pytest
from tests.work.sampling import drawn, region

from gemba.work.sample_facts import facts_of, planned_margin


def facts(desk, *said, counts=(24, 12, 4), **more):
    made = region(desk, counts)
    sample = drawn(desk, made.audit, *said, **more)
    with desk.reader() as reader:
        return facts_of(reader, sample.uid)


def test_thirteen_without_a_finding_still_allow_a_fifth(desk):
    found = facts(desk, n=13)
    assert found.zero_allows == pytest.approx(0.2058, abs=5e-5)
    assert any("No finding in 13 decisions still allows 20.6\u00a0% bad ones" in words for words in found.hides)


def test_the_margin_that_was_asked_for_is_kept(desk):
    found = facts(desk, margin=0.10, counts=(120, 60, 20))
    assert found.sample.count == 66
    assert 0.098 < found.margin <= 0.10


def test_of_all_nothing_is_left_to_chance(desk):
    found = facts(desk, "all")
    assert (found.margin, found.zero_allows, {p for _, p in found.none_seen}) == (0.0, 0.0, {0.0})
    assert "nothing is left to chance" in found.shows[0]
    assert not any("still allows" in words for words in found.hides)


def test_a_discovery_sample_sees_one_of_so_many_bad(desk):
    found = facts(desk, "discovery", share=0.05, counts=(120, 60, 20))
    assert found.sample.count == 51
    assert dict(found.none_seen)[0.05] <= 0.05
    assert any("not to tell how many" in words for words in found.hides)


def test_an_acceptance_plan_accepts_or_rejects_a_lot_only(desk):
    found = facts(desk, "acceptance", aql=10.0)
    assert found.acceptance is not None
    assert (found.acceptance.letter, found.acceptance.accept, found.acceptance.reject) == ("D", 2, 3)
    assert any("does not tell how many are bad" in words for words in found.hides)


def test_strata_are_called_by_name_and_undated_decisions_are_told(desk):
    found = facts(desk, "proportional", strata="place", n=12, undated=2)
    assert {one.name for one in found.strata} == {"Harbour", "Station", "Market"}
    assert any("2 decisions without a date" in words for words in found.hides)


def test_the_margin_of_strata_is_weighted():
    assert planned_margin([(1000, 100)]) == pytest.approx(0.0930, abs=1e-4)
    assert planned_margin([(500, 50), (500, 50)]) == pytest.approx(planned_margin([(1000, 100)]), rel=0.01)
    assert planned_margin([(500, 90), (500, 10)]) > planned_margin([(500, 50), (500, 50)])
