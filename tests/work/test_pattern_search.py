"""Has anyone solved this? What fits best comes first, near ones come too, and why is said."""

from __future__ import annotations

import msgspec
import pytest
from tests.work.spreading import carry, found, later_desk, look, sites, speak, verified

from gemba.domain.effects import EffectResult
from gemba.domain.patterns import Transfer
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.work import follow_action, patterns
from gemba.work.desk import Desk
from gemba.work.pattern_from_action import draft_from
from gemba.work.pattern_search import Asked, solved
from gemba.work.vocabularies import Words, release


def pattern(desk: Desk, place: str, step: str, cause: str, title: str) -> str:
    draft = draft_from(desk, verified(desk, found(desk, place, step, cause)))
    return patterns.add(desk, msgspec.structs.replace(draft, title=title, problem="It happens.", how=title)).uid


def titles(desk: Desk, **asked: str) -> list[str]:
    return [one.pattern.title for one in solved(desk, Asked(**asked))]


@pytest.fixture
def four(desk: Desk) -> tuple[str, str, str]:
    speak(desk)
    places = sites(desk)
    pattern(desk, places[0], "counter", "capacity", "Second counter at noon")
    pattern(desk, places[0], "counter", "hand_off", "One queue for all counters")
    pattern(desk, places[2], "apply", "capacity", "Forms are filled in at home")
    pattern(desk, places[2], "apply", "hand_off", "One number for each application")
    return places


def test_both_codes_before_the_step_before_the_cause(desk: Desk, four: tuple[str, str, str]) -> None:
    answers = solved(desk, Asked(step="counter", cause="capacity"))
    assert [one.pattern.title for one in answers] == [
        "Second counter at noon", "One queue for all counters", "Forms are filled in at home",
    ]  # fmt: skip
    assert [one.why[0] for one in answers] == [
        "Same step and cause", "Same step, another cause", "Same cause, another step",
    ]  # fmt: skip


def test_words_find_also_where_not_all_occur(desk: Desk, four: tuple[str, str, str]) -> None:
    assert titles(desk, words="counter NOON")[0] == "Second counter at noon"
    answer = solved(desk, Asked(words="counter unheard-of"))
    assert {one.pattern.title for one in answer} == {"Second counter at noon", "One queue for all counters"}
    assert answer[0].why == ("Words: counter",)
    assert titles(desk, words="numb") == ["One number for each application"]
    assert titles(desk, words="… ?") == []


def test_a_place_of_the_same_region_counts(desk: Desk, four: tuple[str, str, str]) -> None:
    _, mill, _ = four
    answers = solved(desk, Asked(words="one", place=mill))
    assert [one.pattern.title for one in answers] == ["One queue for all counters", "One number for each application"]
    assert "A place like this, also in North" in answers[0].why
    assert len(solved(desk, Asked(place=mill))) == 4


def test_what_held_elsewhere_comes_first_and_what_failed_last_with_a_word(desk: Desk) -> None:
    desk, clock = later_desk(desk)
    speak(desk)
    home, mill, island = sites(desk)
    first = pattern(desk, home, "counter", "capacity", "Second counter at noon")
    origin = verified(desk, found(desk, home))
    patterns.add(desk, msgspec.structs.replace(draft_from(desk, origin), title="Appointments"))
    third = pattern(desk, mill, "counter", "capacity", "Tickets")
    transfer = carry(desk, third, island)
    with desk.reader() as reader:
        action = reader.find(Transfer, uid=transfer)[0].action
    follow_action.done(desk, action, "It stands there.")
    look(desk, clock, action, EffectResult.HOLDS, EffectResult.HOLDS, EffectResult.HOLDS)
    follow_action.reopen(desk, origin, "Nobody kept the appointments.")
    answers = solved(desk, Asked(step="counter", cause="capacity"))
    assert [one.pattern.title for one in answers] == ["Tickets", "Second counter at noon", "Appointments"]
    assert answers[0].track.holds == 1
    assert "opened again" in answers[2].warning
    patterns.retire(desk, first)
    assert "Second counter at noon" not in titles(desk, step="counter", cause="capacity")


def test_a_code_of_old_finds_what_is_coded_anew(desk: Desk, four: tuple[str, str, str]) -> None:
    release(
        desk,
        Facet.STEP,
        Words(terms={"desk": "Desk", "apply": "Application"}),
        crosswalk={"counter": "desk"},
    )
    for code in ("counter", "desk"):
        assert titles(desk, step=code, cause="capacity")[0] == "Second counter at noon"


def test_nothing_asked_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="pattern_nothing_asked"):
        solved(desk, Asked(words="  "))
