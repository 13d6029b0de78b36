"""Maturity: levels count only with evidence that is there, the lowest practice sets the place's; where to begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import promise
from tests.work.following import analysis, complaint, keep
from tests.work.registering import judged, site

from gemba.kinds.registers.change import level_shown
from gemba.methods.maturity import maturity
from gemba.work import conduct, starters
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.maturity_profile import BANDS, PlaceProfile, bands_of, choice, maturity_profile
from gemba.work.register_facts import entries, entry_facts
from gemba.work.register_views import gaps, view, write_proposed


def profile(desk: Desk, name: str) -> PlaceProfile:
    return next(one for one in maturity_profile(desk).places if one.name == name)


def complained(desk: Desk, place: str, n: int, severity: str = "high") -> None:
    for at in range(n):
        keep(desk, complaint(desk, 90 + at, place=place, step="answer", severity=severity))


def test_the_lowest_practice_sets_the_level(desk: Desk) -> None:
    shows, hill = f"goal:{promise(desk)}", site(desk, "Hill")
    judged(desk, "Going to see", hill, 4, shows)
    judged(desk, "Closing the loop", hill, 1, shows)
    assert profile(desk, "Hill").staged == 1
    assert {one.title: one.shown for one in profile(desk, "Hill").practices} == {
        "Going to see": 4,
        "Closing the loop": 1,
    }


def test_a_level_without_evidence_does_not_count(desk: Desk) -> None:
    shows, hill = f"goal:{promise(desk)}", site(desk, "Hill")
    uid = judged(desk, "Going to see", hill, 1, shows, claimed=3)
    assert profile(desk, "Hill").practices[0].shown == 1
    assert [gap.code for gap in gaps(desk, "maturity")["maturity"]] == ["level_without_evidence"]
    (derived,) = entry_facts(desk, uid).derived
    assert (derived.tone, derived.value.startswith("1, though 3 is claimed")) == ("fair", True)


def test_evidence_that_is_erased_counts_no_more(desk: Desk) -> None:
    hill = site(desk, "Hill")
    wrong = judged(desk, "Going to see", hill, 2, f"goal:{promise(desk)}")
    told = _analysis(desk, hill)
    uid = judged(desk, "Closing the loop", hill, 2, f"cause_analysis:{told}")
    assert profile(desk, "Hill").staged == 2
    erase(desk, "cause_analysis", told, "Asked for by the customer")
    found = {one.entry: one for one in profile(desk, "Hill").practices}
    assert (found[uid].shown, found[uid].lost, found[wrong].shown) == (0, (f"cause_analysis:{told}",) * 2, 2)
    assert {gap.code for gap in gaps(desk, "maturity")["maturity"]} >= {"evidence_lost", "level_without_evidence"}
    assert "(erased)" in dict(entry_facts(desk, uid).values)["Evidence that it is managed (1)"]


def test_the_newest_look_at_a_practice_counts(desk: Desk) -> None:
    shows, hill = f"goal:{promise(desk)}", site(desk, "Hill")
    judged(desk, "Going to see", hill, 3, shows)
    judged(desk, "going to see ", hill, 1, shows)
    assert [one.shown for one in profile(desk, "Hill").practices] == [1]


def test_where_to_begin(desk: Desk) -> None:
    shows = f"goal:{promise(desk)}"
    places = {name: site(desk, name) for name in ("Harbour", "Hill", "Market", "Station")}
    for name, level, n in (("Harbour", 1, 5), ("Hill", 2, 5), ("Market", 3, 2), ("Station", 0, 0)):
        judged(desk, "Going to see", places[name], level, shows)
        complained(desk, places[name], n)
    found = maturity_profile(desk)
    assert [(one.name, one.band, one.staged, one.choice, one.turn) for one in found.places] == [
        ("Hill", "high", 2, "begin", 1),
        ("Harbour", "high", 1, "prepare", 2),
        ("Market", "medium", 3, "follow", 3),
        ("Station", "low", 0, "later", 4),
    ]
    assert found.unjudged == ()
    other = site(desk, "Depot")
    complained(desk, other, 1, "critical")
    assert maturity_profile(desk).unjudged == ((other, "Depot", 8),)


def test_a_self_assessment_of_practices_fills_in_entries(desk: Desk, place: str, queue_photo: bytes) -> None:
    uid = conduct.start(desk, starters.take(desk, "cx_practice_maturity").uid, place).uid
    paths = {item.name: item.path for item in conduct.open_sheet(desk, uid).fill.items()}
    conduct.answer(desk, uid, paths["strategy_level"], "2")
    conduct.answer(desk, uid, paths["measures_level"], "1")
    conduct.answer(desk, uid, paths["measures_level"] + "_evidence", "Board in the hall, May")
    photo = attach(desk, uid, queue_photo, "plan.jpg", path=paths["strategy_level"] + "_photo").uid
    conduct.answer(desk, uid, paths["strategy_level"] + "_photo", "plan.jpg")
    _fill_in(desk, uid)
    assert view(desk, "maturity").proposals == (), "not concluded"
    conclude(desk, uid)
    proposed = {one.key.partition(".")[2]: one.draft for one in view(desk, "maturity").proposals}
    assert len(proposed) == 8
    assert proposed["strategy"].fields["evidence_2"] == f"evidence:{photo}"
    assert proposed["measures"].fields["evidence_1"] == f"assessment:{uid}"
    assert "evidence_1" not in proposed["leadership"].fields
    write_proposed(desk, "maturity")
    assert view(desk, "maturity").proposals == ()
    assert len(entries(desk, "maturity")) == 8
    assert sorted(one.shown for one in profile(desk, "Harbour branch").practices) == [0] * 6 + [1, 2]


def _fill_in(desk: Desk, uid: str) -> None:
    """Answer what is missing with the first choice, a day or a word."""
    while missing := conduct.open_sheet(desk, uid).fill.missing():
        shown = conduct.open_sheet(desk, uid).fill.view(missing[0].path)
        words = shown.choices[0].name if shown.choices else "2026-03-01" if shown.kind == "date" else "Words"
        conduct.answer(desk, uid, shown.path, words)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 5), min_size=1, max_size=12))
def test_bands_follow_weights(weights: dict[str, int]) -> None:
    bands = bands_of(weights)
    assert set(bands) == set(weights)
    for one, weight in weights.items():
        for other, less in weights.items():
            if less < weight:
                assert BANDS.index(bands[one]) <= BANDS.index(bands[other])
            if less == weight:
                assert bands[one] == bands[other]
        if not weight:
            assert bands[one] == "low"


@given(st.integers(0, 4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_what_counts_is_never_more_than_claimed_nor_than_shown(claimed: int, shown: list[bool]) -> None:
    fields = {"level": str(claimed), **{f"evidence_{at}": "goal:x" for at, said in enumerate(shown, 1) if said}}
    level = level_shown(fields)
    assert level <= claimed
    assert all(shown[:level])
    assert level == min(claimed, maturity({"a": [int(each) for each in shown]}).profile["a"])
    assert level_shown(fields, frozenset()) == 0


@pytest.mark.parametrize("staged", range(5))
def test_the_grid_says_one_thing_of_every_field(staged: int) -> None:
    assert [choice(band, staged) for band in BANDS] == (
        ["begin", "follow", "follow"] if staged >= 2 else ["prepare", "later", "later"]
    )


def _analysis(desk: Desk, place: str) -> str:
    made = analysis(desk, 3, place=place)
    keep(desk, made)
    return made.uid
