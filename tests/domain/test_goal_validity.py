"""Which version of which goal holds, against a plain telling of the rule, and when laptops disagree."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba.domain.goal_validity import LONGEST_CODE, Lines, code_written, has_ended, plain_code
from gemba.domain.goals import Goal
from gemba.errors import Refusal

DAY = date(2026, 1, 1)
CHAIN = ("site", "region", "enterprise")


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def goal(uid: str, **fields: Any) -> Goal:
    said: dict[str, Any] = {
        "code": "told",
        "version": 1,
        "title": "Told",
        "statement": "We tell you.",
        "need": "Tell me.",
        "valid_from": DAY,
        "made_at": datetime(2026, 1, 1, tzinfo=UTC),
        "person": "p",
    }
    return Goal(uid=uid, **{**said, **fields})


def held(*goals: Goal, places: tuple[str, ...] = CHAIN, on: date = DAY) -> list[str]:
    return [one.uid for one in Lines(goals).holding(places, on)]


def test_a_later_version_holds_from_its_first_day_although_the_earlier_has_no_last_one() -> None:
    one, two = goal("1"), goal("2", version=2, replaces="1", valid_from=day(10))
    assert held(one, two, on=day(9)) == ["1"]
    assert held(one, two, on=day(10)) == ["2"]


def test_a_later_version_that_has_ended_does_not_bring_the_earlier_one_back() -> None:
    one, two = goal("1"), goal("2", version=2, replaces="1", valid_from=day(10), valid_to=day(12))
    assert held(one, two, on=day(12)) == ["2"]
    assert held(one, two, on=day(13)) == []


def test_a_retired_goal_holds_until_the_day_before() -> None:
    one = goal("1", retired_on=day(5))
    assert held(one, on=day(4)) == ["1"]
    assert held(one, on=day(5)) == []


def test_the_nearest_adaptation_holds_and_once_it_has_run_out_the_next() -> None:
    core = goal("1")
    region = goal("2", core="1", place="region", valid_to=day(30))
    site = goal("3", core="1", place="site", valid_to=day(10))
    assert held(core, region, site) == ["3"]
    assert held(core, region, site, on=day(11)) == ["2"]
    assert held(core, region, site, on=day(31)) == ["1"]
    assert held(core, region, site, places=("elsewhere", "enterprise")) == ["1"]


def test_an_adaptation_ends_with_the_goal_that_it_adapts() -> None:
    core = goal("1", retired_on=day(3))
    assert held(core, goal("2", core="1", place="region", valid_to=day(30)), on=day(3)) == []


def test_an_adaptation_of_an_earlier_version_stays_when_the_goal_changes() -> None:
    core, later = goal("1"), goal("2", version=2, replaces="1", valid_from=day(5))
    adapted = goal("3", core="1", place="region", valid_to=day(30))
    assert held(core, later, adapted, on=day(6)) == ["3"]
    assert held(core, later, adapted, places=("other",), on=day(6)) == ["2"]


def test_one_code_that_two_laptops_gave_is_two_goals_and_both_hold() -> None:
    assert held(goal("1"), goal("2")) == ["1", "2"]


def test_of_two_versions_that_replace_the_same_one_the_later_made_holds() -> None:
    later = datetime(2026, 1, 2, tzinfo=UTC)
    one = goal("1")
    assert held(one, goal("9", version=2, replaces="1"), goal("2", version=2, replaces="1", made_at=later)) == ["2"]


def test_what_is_named_but_not_here_takes_nothing_away() -> None:
    assert held(goal("2", version=2, replaces="gone")) == ["2"]
    assert held(goal("3", core="gone", place="region")) == ["3"]


def test_goals_that_replace_or_adapt_each_other_in_a_circle_are_read_all_the_same() -> None:
    assert held(goal("1", version=2, replaces="2"), goal("2", replaces="1")) == ["1"]
    found = Lines([goal("1", core="2", place="region"), goal("2", core="1", place="site")])
    assert found.core("1") == found.core("2") == "1"
    assert len(found.holding(CHAIN, DAY)) == 1


def test_a_version_that_replaces_one_of_a_circle_belongs_to_it() -> None:
    lines = Lines([goal("1", replaces="2"), goal("2", replaces="1"), goal("3", version=9, replaces="2")])
    assert {lines.root(uid) for uid in "123"} == {"1"}
    assert [one.uid for one in lines.holding(CHAIN, DAY)] == ["3"]
    assert Lines([goal("1", replaces="1")]).root("1") == "1"


def test_a_goal_of_thousands_of_versions_is_read_as_fast_as_as_many_goals() -> None:
    many = [goal(f"{at:05}", version=at + 1, replaces=f"{at - 1:05}" if at else None) for at in range(4000)]
    lines = Lines(many[::-1])
    assert list(lines.lines) == ["00000"]
    assert [one.version for one in lines.holding((), DAY)] == [4000]


def test_an_adaptation_has_the_code_of_its_goal() -> None:
    lines = Lines([goal("1", code="Told First"), goal("2", code="other", core="1", place="region")])
    assert {lines.code(uid) for uid in ("1", "2")} == {"told-first"}


days = st.integers(0, 12).map(day)
ends = st.none() | days


@st.composite
def registers(draw: st.DrawFn) -> list[Goal]:
    """One goal in up to four versions, each with up to three adaptations."""
    versions: list[Goal] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        before = versions[-1].uid if versions else None
        begins = draw(days)
        versions.append(
            goal(f"v{number}", version=number, replaces=before, valid_from=begins, valid_to=draw(ends),
                 retired_on=draw(ends))
        )  # fmt: skip
    count = draw(st.integers(0, 3))
    adapted = [
        goal(f"a{at}", core=draw(st.sampled_from(versions)).uid, place=draw(st.sampled_from(["site", "region"])),
             valid_from=draw(days), valid_to=draw(days), retired_on=draw(ends))
        for at in range(count)
    ]  # fmt: skip
    return [*versions, *adapted]


@given(registers(), days, st.randoms(use_true_random=False))
def test_what_holds_is_what_the_rule_says(goals: list[Goal], on: date, shuffled: Any) -> None:
    """The rule, told once more without lines: latest version begun, then nearest and latest adaptation."""
    versions = [one for one in goals if one.core is None and one.valid_from <= on]
    core = max(versions, key=lambda one: one.version, default=None)
    expected = [core.uid] if core is not None and not has_ended(core, on) else []
    if expected:
        adapted = [one for one in goals if one.core and one.valid_from <= on and not has_ended(one, on)]
        for place in CHAIN:
            here = sorted((one.valid_from, one.uid) for one in adapted if one.place == place)
            if here:
                expected = [here[-1][1]]
                break
    shuffled.shuffle(goals)
    assert held(*goals, on=on) == expected


@given(st.text(alphabet=st.characters(categories=["L", "N"]) | st.sampled_from(" _-."), min_size=1, max_size=30))
def test_a_code_that_was_written_in_its_one_form_is_left_alone(said: str) -> None:
    assume(plain_code(said).replace("-", "").replace(".", "").isalnum() and len(plain_code(said)) <= LONGEST_CODE)
    assert code_written(code_written(said)) == code_written(said)


@pytest.mark.parametrize("said", ["Told first", " told_first ", "TOLD-FIRST", "told  first"])
def test_codes_that_people_write_alike_are_one(said: str) -> None:
    assert code_written(said) == "told-first"


@pytest.mark.parametrize("said", ["", "-", "a=b", "a/b", "x" * 41, "@told"])
def test_what_is_no_code_is_refused(said: str) -> None:
    with pytest.raises(Refusal, match=r"domain\.goal_code"):
        code_written(said)
