"""What is wrong with the register: told until somebody mends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.work.promising import TODAY, adapted, goal_added, level_agreed, measured, required

from gemba.domain.goals import Bound, Goal
from gemba.domain.places import Level
from gemba.errors import Refusal
from gemba.work import goals, measures, requirements
from gemba.work.desk import Desk
from gemba.work.goal_gaps import all_gaps, gaps_at
from gemba.work.goal_register import GoalRegister
from gemba.work.places import add_place


def codes(desk: Desk) -> list[str]:
    with desk.reader() as reader:
        return [gap.code for gap in all_gaps(reader)]


@pytest.fixture
def region(desk: Desk) -> str:
    return add_place(desk, "South", level=Level.REGION).uid


def test_a_goal_that_is_owned_measured_and_met_has_no_gap(desk: Desk) -> None:
    goal = goal_added(desk)
    required(desk, goal, measure=measured(desk, "on-time", 90, 97))
    assert codes(desk) == []


def test_a_goal_without_owner_or_requirement_says_so(desk: Desk) -> None:
    goal_added(desk, owner="")
    assert codes(desk) == ["no_owner", "no_requirement"]
    with desk.reader() as reader:
        gap = all_gaps(reader)[0]
    assert gap.words == "told-first: nobody answers for it; name an owner."


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("unmet", (97, 90), {}),
        ("unmet", (1, 7), {"bound": Bound.AT_MOST, "target": 5.0}),
        ("no_value", (), {}),
        ("no_target", (97,), {"target": None}),
        ("other_unit", (97,), {"unit": "hours"}),
    ],
)
def test_a_branch_that_is_not_met_or_cannot_be_told_says_so(
    desk: Desk, code: str, values: tuple[float, ...], said: dict[str, Any]
) -> None:
    required(desk, goal_added(desk), measure=measured(desk, "on-time", *values), **said)
    assert codes(desk) == [code]


def test_a_branch_without_measure_or_with_a_retired_one_says_so(desk: Desk) -> None:
    goal = goal_added(desk)
    branch = required(desk, goal)
    assert codes(desk) == ["no_measure"]
    measure = measured(desk, "on-time", 97)
    requirements.change(desk, branch, measure=measure)
    assert codes(desk) == []
    measures.retire(desk, measure)
    assert codes(desk) == ["measure_retired"]
    requirements.retire(desk, branch)
    assert codes(desk) == ["no_requirement"]


def test_branches_stay_when_a_goal_changes_and_an_adaptation_has_them_too(desk: Desk, region: str) -> None:
    goal = goal_added(desk)
    required(desk, goal, measure=measured(desk, "on-time", 97))
    goals.change(desk, goal, reason="r", statement="Other words")
    there = adapted(desk, goal, region)
    required(desk, there, driver="on TIME", measure=measured(desk, "south", 80), target=75.0)
    required(desk, there, driver="In words", measure=measured(desk, "words", 80), target=75.0)
    with desk.reader() as reader:
        register = GoalRegister(reader)
        found = [each.requirement.driver for each in register.branches(register.lines.root(there))]
    assert found == ["on TIME", "In words"], "its own take the place of the goal's"
    assert codes(desk) == []


def test_an_adaptation_that_ran_out_whose_goal_ended_or_changed_says_so(desk: Desk, region: str) -> None:
    goal = goal_added(desk)
    required(desk, goal, measure=measured(desk, "on-time", 97))
    site = add_place(desk, "Harbour", parent=region).uid
    there = adapted(desk, goal, region)
    adapted(desk, goal, site, valid_from=TODAY - timedelta(days=40), valid_to=TODAY - timedelta(days=1))
    assert codes(desk) == ["expired"]
    with desk.reader() as reader:
        assert "told-first (Harbour): expired yesterday" in all_gaps(reader)[0].words
    goals.change(desk, goal, reason="Asked for", statement="At once")
    assert codes(desk) == ["expired", "core_changed"]
    goals.change(desk, there, reason="Looked at", statement="Within two days")
    assert codes(desk) == ["expired"]
    goals.retire(desk, goal, on=TODAY, reason="r")
    assert sorted(codes(desk)) == ["core_ended", "expired"]


def test_what_two_laptops_did_without_knowing_of_each_other_is_told(desk: Desk, region: str) -> None:
    goal = goal_added(desk)
    required(desk, goal, measure=measured(desk, "on-time", 97))
    there = adapted(desk, goal, region)
    with desk.reader() as reader:
        mine, ours = reader.get(Goal, goal), reader.get(Goal, there)
    assert mine is not None
    assert ours is not None
    with desk.unit() as unit:
        unit.put(_again(ours, desk.ids()))
    assert codes(desk) == ["overlap", "overlap"]
    with desk.unit() as unit:
        unit.put(_again(mine, desk.ids()))
    assert codes(desk).count("code_twice") == 2
    goals.change(desk, goal, reason="r", title="Two")
    with desk.unit() as unit:
        unit.put(_again(mine, desk.ids(), version=2, replaces=goal))
    assert "version_twice" in codes(desk)


def _again(goal: Goal, uid: str, **fields: Any) -> Goal:
    said = {name: getattr(goal, name) for name in Goal.__struct_fields__} | fields | {"uid": uid}
    return Goal(**said)


def test_service_levels_say_which_side_falls_short(desk: Desk) -> None:
    level_agreed(desk, expected=98.0, achieved=96.0)
    assert codes(desk) == ["promise_short"]
    level_agreed(desk, "Wait", promised=5, unit="min", bound=Bound.AT_MOST, expected=6, achieved=7)
    assert codes(desk) == ["promise_short", "delivery_short"]
    level_agreed(desk, "Open", owner="", review_by=TODAY - timedelta(days=1))
    assert codes(desk) == [
        *("promise_short", "delivery_short", "no_owner"),  # what weighs most first
        *("not_known", "review_overdue"),
        "not_asked",
    ]


def test_gaps_of_a_place_are_those_of_what_holds_there(desk: Desk, region: str) -> None:
    goal = goal_added(desk, owner="")
    required(desk, goal, measure=measured(desk, "on-time", 97))
    adapted(desk, goal, region, owner="South lead")
    with desk.reader() as reader:
        assert [gap.code for gap in gaps_at(reader, None, TODAY)] == ["no_owner"]
        assert gaps_at(reader, region, TODAY) == ()
        assert [gap.code for gap in gaps_at(reader, region, date(2026, 5, 1))] == ["no_owner"]


def test_requirements_that_say_too_little_or_too_much_are_refused(desk: Desk) -> None:
    goal = goal_added(desk)
    branch = required(desk, goal)
    for code, said in [
        ("work.goal_without", {"driver": " "}),
        ("work.goal_without", {"measured_by": ""}),
        ("work.not_a_number", {"target": float("nan")}),
        ("work.not_a_number", {"target": 1e300}),
        ("work.unknown_record", {"measure": "gone"}),
        ("work.goal_item_unknown", {"items": ("none/data/q",)}),
    ]:
        with pytest.raises(Refusal) as refused:
            required(desk, goal, **said)
        assert refused.value.code == code
        with pytest.raises(Refusal) as refused:
            requirements.change(desk, branch, **said)
        assert refused.value.code == code
    with pytest.raises(Refusal, match=r"work\.requirement_field"):
        requirements.change(desk, branch, goal="x")
    requirements.retire(desk, branch)
    with pytest.raises(Refusal, match=r"work\.requirement_retired"):
        requirements.change(desk, branch, target=1.0)
