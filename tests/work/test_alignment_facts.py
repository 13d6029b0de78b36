from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.drifting import Organisation

from gemba.domain.programmes import AuditState
from gemba.domain.samples import Sample, SampleItem, SamplingMethod, item_uid
from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.store.alignment_counts import Tally
from gemba.work.alignment_facts import FEWEST, Question, rate_of, rates
from gemba.work.alignment_weights import weighted_rates
from gemba.work.alignment_words import rate_words, under_way_words


@pytest.fixture
def world(desk):
    return Organisation(desk)


def test_a_rate_is_of_those_with_evidence_and_what_cannot_be_told_stands_beside(world, desk):
    world.judged(world.harbour, "aaaapct")
    world.judged(world.harbour, "p", exception="The road was closed.")
    found = rates(desk, Question(), "site")
    (harbour,) = found.groups
    assert (harbour.title, harbour.judged, harbour.cannot_tell, harbour.excepted) == ("Harbour", 7, 1, 1)
    assert harbour.rate == pytest.approx(4 / 7)
    assert harbour.with_part == pytest.approx(6 / 7)
    assert (harbour.low, harbour.high) == (wilson(4, 7).low, wilson(4, 7).high)
    assert found.whole.tally == harbour.tally


def test_fewer_than_five_are_counts_and_no_rate(world, desk):
    world.judged(world.harbour, "aaac")
    (harbour,) = rates(desk, Question(), "site").groups
    assert harbour.rate is harbour.low is harbour.with_part is None
    assert rate_words(harbour) == "too few to say (3 of 4)"


def test_areas_count_for_their_site_and_sites_for_their_region(world, desk):
    world.judged(world.counter, "aaaaa")
    world.judged(world.station, "ccccc")
    world.judged(world.market, "aaaac")
    assert [(one.title, one.judged) for one in rates(desk, Question(), "site").groups] == [
        ("Harbour", 5),
        ("Station", 5),
        ("Market", 5),
    ]
    regions = rates(desk, Question(), "region").groups
    assert [(one.title, one.aligned, one.judged) for one in regions] == [("North", 5, 10), ("South", 4, 5)]
    only = rates(desk, Question(place=world.north), "site")
    assert only.whole.judged == 10


def test_versions_and_adaptations_of_a_goal_are_one_line(world, desk):
    from tests.work.auditing import promise

    world.goals["told2"] = promise(desk, "told", version=2, title="Told at once", replaces=world.goals["told"])
    world.goals["told-north"] = promise(
        desk, "told", title="Told in the north", core=world.goals["told2"], place=world.north, reason="Trams."
    )
    for goal in ("told", "told2", "told-north"):
        world.judged(world.harbour, "aa", goal=goal)
    (told,) = rates(desk, Question(), "goal").groups
    assert (told.key, told.title, told.judged) == ("told", "Told at once", 6)
    assert rates(desk, Question(goals=("told",)), "quarter").whole.judged == 6


def test_what_is_under_way_is_told_apart(world, desk):
    world.judged(world.harbour, "ccc", state=AuditState.RESPONDING)
    found = rates(desk, Question(quarters=("2026-Q3",)), "goal")
    assert not found.groups
    assert under_way_words(found.under_way) == "3 verdicts in 1 audit that is not concluded do not count yet."


def test_other_words_are_refused(desk):
    with pytest.raises(Refusal, match="weather"):
        rates(desk, Question(), "weather")


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_rate_lies_in_its_interval_and_what_cannot_be_told_never_moves_it(aligned, part, contrary, untold):
    rate = rate_of("", "", Tally(aligned, part, contrary, untold))
    without = rate_of("", "", Tally(aligned, part, contrary, 0))
    assert (rate.rate, rate.low, rate.high, rate.with_part) == (
        without.rate,
        without.low,
        without.high,
        without.with_part,
    )
    if aligned + part + contrary < FEWEST:
        assert rate.rate is None
    else:
        assert 0 <= rate.low <= rate.rate <= rate.with_part <= 1
        assert rate.rate <= rate.high <= 1


def test_an_uneven_sample_is_weighed(world, desk):
    """A small stratum that is drawn whole must not count as much as a large one of which few are drawn."""
    decisions = world.judged(world.harbour, "cccccaaaaa")
    (audit,) = world.audits.values()
    made = Sample(
        uid=desk.ids(), audit=audit, frame="f", frame_count=105, frame_sha256="f", begins=desk.clock().date(),
        ends=desk.clock().date(), method=SamplingMethod.PROPORTIONAL, strata="role",
        sizes={"small": "5/5", "large": "5/100"}, seed="s", algorithm="a", count=10, drawn_at=desk.clock(),
        person=desk.person.uid,
    )  # fmt: skip
    with desk.unit() as unit:
        unit.put(made)
        for at, decision in enumerate(decisions):
            stratum, weight = ("small", 1.0) if at < 5 else ("large", 20.0)
            item = SampleItem(
                uid=item_uid(made.uid, decision), sample=made.uid, decision=decision, stratum=stratum, position=at + 1,
                weight=weight,
            )  # fmt: skip
            unit.put(item)
    (told,) = weighted_rates(desk, Question())
    assert (told.goal, told.n, told.plain, told.unweighted) == ("told", 10, 0.5, 0)
    assert told.rate == pytest.approx(100 / 105)


def test_without_weights_there_is_nothing_to_weigh(world, desk):
    world.judged(world.harbour, "aaaaac")
    assert weighted_rates(desk, Question()) == ()
