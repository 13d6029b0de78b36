"""Goals as people keep them: versions, adaptations, and their end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gemba.domain.goals import Goal
from gemba.domain.places import Level
from gemba.errors import Refusal
from gemba.work import goals
from gemba.work.desk import Desk
from gemba.work.goals_in_force import goal_named, in_force, lineage
from gemba.work.places import add_place

TODAY = date(2026, 3, 2)
SAID = {"code": "Told first", "title": "Told first", "statement": "We tell you first.", "need": "Do not let me wait."}


def added(desk: Desk, **fields: Any) -> str:
    return goals.add(desk, goals.NewGoal(**{**SAID, **fields})).uid


def adapted(desk: Desk, goal: str, place: str, **fields: Any) -> str:
    said = {"statement": "We tell you within a week.", "reason": "Strike", "valid_to": date(2026, 4, 30), **fields}
    return goals.adapt(desk, goal, goals.NewAdaptation(place=place, **said)).uid


def held(desk: Desk, place: str | None, on: date = TODAY) -> list[str]:
    with desk.reader() as reader:
        return [one.uid for one in in_force(reader, place, on)]


def one(desk: Desk, words: str) -> Goal:
    with desk.reader() as reader:
        return goal_named(reader, words)


@pytest.fixture
def region(desk: Desk) -> str:
    return add_place(desk, "South", level=Level.REGION).uid


@pytest.fixture
def site(desk: Desk, region: str) -> str:
    return add_place(desk, "Harbour", parent=region).uid


def test_a_goal_is_kept_in_its_first_version_from_today_on(desk: Desk) -> None:
    made = one(desk, added(desk, owner="Service lead"))
    assert (made.code, made.version, made.valid_from, made.owner) == ("told-first", 1, TODAY, "Service lead")
    assert held(desk, None) == [made.uid]
    assert held(desk, None, TODAY - timedelta(days=1)) == []


def test_a_goal_without_a_code_is_called_by_its_title(desk: Desk) -> None:
    assert one(desk, added(desk, code="", title="We tell you: first!")).code == "we-tell-you-first"
    long = one(desk, added(desk, code="", title="A promise of very many words that goes on and on"))
    assert long.code == "a-promise-of-very-many-words-that-goes"
    assert len(one(desk, added(desk, code="", title="x" * 60)).code) == 40


def test_a_change_is_a_new_version_that_holds_from_its_day(desk: Desk, site: str) -> None:
    first = added(desk)
    later = goals.change(desk, first, reason="Customers asked", statement="At once.", valid_from=date(2026, 4, 1)).uid
    assert held(desk, site, date(2026, 3, 31)) == [first]
    assert held(desk, site, date(2026, 4, 1)) == [later]
    made = one(desk, later)
    assert (made.version, made.replaces, made.reason, made.need) == (2, first, "Customers asked", SAID["need"])
    assert one(desk, "TOLD FIRST").uid == first, "a code means the version that holds today"
    third = goals.change(desk, first, reason="Owner named", owner="Head of service", valid_from=date(2026, 5, 1)).uid
    assert one(desk, third).version == 3, "whichever version is named, the latest is replaced"


def test_an_adaptation_holds_in_its_region_until_it_runs_out(desk: Desk, region: str, site: str) -> None:
    goal = added(desk)
    elsewhere = add_place(desk, "Hill").uid
    there = adapted(desk, goal, region)
    assert held(desk, site) == [there]
    assert held(desk, elsewhere) == held(desk, None) == [goal]
    assert held(desk, site, date(2026, 5, 1)) == [goal]
    longer = goals.change(desk, there, reason="It goes on", valid_to=date(2026, 5, 31)).uid
    assert held(desk, site, date(2026, 5, 1)) == [longer]
    with desk.reader() as reader:
        assert set(lineage(reader).values()) == {"told-first"}


def test_a_goal_retired_mid_quarter_holds_before_and_not_after_and_takes_its_adaptations_along(
    desk: Desk, region: str, site: str
) -> None:
    goal = added(desk)
    adapted(desk, goal, region)
    goals.change(desk, goal, reason="Later", statement="Other.", valid_from=date(2026, 6, 1))
    goals.retire(desk, goal, on=date(2026, 3, 20), reason="No longer sold")
    assert len(held(desk, site, date(2026, 3, 19))) == 1
    assert held(desk, site, date(2026, 3, 20)) == held(desk, site, date(2026, 6, 2)) == []
    again = added(desk, valid_from=date(2026, 7, 1))
    assert held(desk, site, date(2026, 7, 1)) == [again], "once it has ended, its code is free"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("domain.goal_code", {"code": "a/b"}),
        ("work.goal_without", {"code": " ", "title": "?!"}),
        ("work.goal_without", {"title": " "}),
        ("work.goal_without", {"statement": " "}),
        ("work.goal_without", {"need": ""}),
        ("work.goal_too_long", {"title": "x" * 201}),
        ("work.goal_days", {"valid_to": date(2026, 3, 1)}),
        ("work.unknown_record", {"place": "nowhere"}),
    ],
)
def test_a_goal_that_says_too_little_or_too_much_is_refused(desk: Desk, code: str, said: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        added(desk, **said)
    assert refused.value.code == code


def test_a_code_is_given_once(desk: Desk) -> None:
    added(desk)
    with pytest.raises(Refusal, match=r"work\.goal_taken"):
        added(desk, code="TOLD_FIRST")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("work.goal_without_reason", {"reason": " ", "owner": "x"}),
        ("work.goal_same", {"reason": "r", "title": "Told first"}),
        ("work.goal_field", {"reason": "r", "code": "x"}),
        ("work.goal_before_version", {"reason": "r", "owner": "x", "valid_from": date(2026, 3, 1)}),
        ("work.goal_days", {"reason": "r", "valid_to": date(2026, 3, 1)}),
    ],
)
def test_a_change_without_reason_or_difference_is_refused(desk: Desk, code: str, said: dict[str, Any]) -> None:
    goal = added(desk)
    with pytest.raises(Refusal) as refused:
        goals.change(desk, goal, **said)
    assert refused.value.code == code


def test_adaptations_that_could_not_hold_are_refused(desk: Desk, region: str, site: str) -> None:
    goal, local = added(desk), added(desk, code="local", place=site)
    there = adapted(desk, goal, region)
    for code, about, said in [
        ("work.goal_adapts_adaptation", there, {"place": site}),
        ("work.goal_adapted_already", goal, {"place": region, "valid_from": date(2026, 4, 30)}),
        ("work.goal_place_not_below", local, {"place": region}),
        ("work.goal_place_not_below", local, {"place": site}),
        ("work.goal_without_reason", goal, {"place": site, "reason": ""}),
        ("work.goal_days", goal, {"place": site, "valid_to": date(2026, 1, 1)}),
    ]:
        with pytest.raises(Refusal) as refused:
            adapted(desk, about, **said)
        assert refused.value.code == code
    assert adapted(desk, goal, region, valid_from=date(2026, 5, 1), valid_to=date(2026, 6, 1))
    with pytest.raises(Refusal, match=r"work\.goal_without_expiry"):
        goals.change(desk, there, reason="r", valid_to=None)


def test_retiring_needs_a_reason_and_a_day_on_which_it_holds(desk: Desk) -> None:
    goal = added(desk)
    with pytest.raises(Refusal, match=r"work\.goal_without_reason"):
        goals.retire(desk, goal, on=TODAY, reason="")
    with pytest.raises(Refusal, match=r"work\.goal_not_begun"):
        goals.retire(desk, goal, on=TODAY - timedelta(days=1), reason="r")
    goals.retire(desk, goal, on=TODAY, reason="r")
    for again in (
        lambda: goals.retire(desk, goal, on=TODAY, reason="r"),
        lambda: goals.change(desk, goal, reason="r", owner="x"),
        lambda: adapted(desk, goal, add_place(desk, "West").uid),
    ):
        with pytest.raises(Refusal, match=r"work\.goal_retired"):
            again()


def test_a_goal_that_nobody_knows_is_refused_with_those_that_there_are(desk: Desk) -> None:
    added(desk)
    with pytest.raises(Refusal) as refused:
        one(desk, "tolled")
    assert refused.value.facts == {"name": "tolled", "known": "told-first"}
    for word in ("", "zz"):
        with pytest.raises(Refusal, match=r"work\.unknown_goal"):
            one(desk, word)


def test_a_code_that_two_laptops_gave_is_named_by_uid(desk: Desk) -> None:
    mine = one(desk, added(desk))
    theirs = Goal(uid=desk.ids(), **{name: getattr(mine, name) for name in Goal.__struct_fields__ if name != "uid"})
    with desk.unit() as unit:
        unit.put(theirs)
    with pytest.raises(Refusal, match=r"work\.goal_not_unique"):
        one(desk, "told-first")
    assert one(desk, theirs.uid).uid == theirs.uid
    assert sorted(held(desk, None)) == sorted([mine.uid, theirs.uid])


def test_four_hundred_sites_are_asked_from_one_reading(desk: Desk) -> None:
    region = add_place(desk, "North", level=Level.REGION).uid
    goal = added(desk)
    there = adapted(desk, goal, region)
    sites = [add_place(desk, f"Site {number}", parent=region).uid for number in range(12)]
    with desk.reader() as reader:
        first = in_force(reader, sites[0], TODAY)
        assert [one.uid for one in first] == [there]
        for place in sites:
            assert in_force(reader, place, TODAY) is first, "places that no goal names share one answer"
    with desk.unit() as unit:
        before = in_force(unit, None, TODAY)
        unit.change(Goal, goal, retired_on=TODAY)
        assert (len(before), in_force(unit, None, TODAY)) == (1, ()), "who writes sees what was written"
