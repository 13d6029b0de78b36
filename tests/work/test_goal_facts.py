"""One goal with everything around it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.work.promising import TODAY, adapted, goal_added, level_agreed, measured, required

from gemba.domain.places import Level
from gemba.errors import Refusal
from gemba.work import complaints, goals
from gemba.work.desk import Desk
from gemba.work.goal_facts import GoalFacts, goal_facts, goal_lines
from gemba.work.goal_links import link_choices
from gemba.work.latest_values import latest
from gemba.work.measures import NewMeasure, add, measure_named
from gemba.work.places import add_place
from gemba.work.template_questions import template_questions


def facts(desk: Desk, uid: str) -> GoalFacts:
    with desk.reader() as reader:
        return goal_facts(reader, uid)


def test_the_register_lists_goals_by_code_each_before_its_adaptations(desk: Desk) -> None:
    south, north = (add_place(desk, name, level=Level.REGION).uid for name in ("South", "North"))
    later = goal_added(desk, "zero", valid_from=TODAY + timedelta(days=9))
    first = goal_added(desk, "first", valid_to=TODAY + timedelta(days=12))
    adapted(desk, first, south)
    adapted(desk, first, north, valid_to=TODAY)
    with desk.reader() as reader:
        found = [(line.code, line.place, line.state, line.remaining) for line in goal_lines(reader)]
    assert found == [
        ("first", "", "ending", "runs out in 12 days"),
        ("first", "North", "ending", "runs out today"),
        ("first", "South", "in_force", "runs out in 59 days"),
        ("zero", "", "later", ""),
    ]
    assert facts(desk, later).line.state == "later"


def test_versions_say_what_changed_the_newest_first(desk: Desk) -> None:
    goal = goal_added(desk, owner="")
    goals.change(desk, goal, reason="Owner named", owner="Lead", anchors={"contrary": "We said no."})
    later = goals.change(desk, goal, reason="Clearer", statement="At once.", valid_from=date(2026, 6, 1)).uid
    found = facts(desk, later)
    assert [one.goal.version for one in found.versions] == [3, 2, 1]
    assert [one.is_shown for one in found.versions] == [False, True, False]
    last, second, first = found.versions
    assert [(one.field, one.before, one.after) for one in last.changed] == [
        ("Promise", "We tell you first.", "At once.")
    ]
    assert [(one.field, one.before, one.after) for one in second.changed] == [
        ("Owner", "", "Lead"),
        ("What each verdict means", "", "Contrary: We said no."),
    ]
    assert first.changed == ()


def test_a_goal_shows_its_tree_its_service_levels_and_what_belongs_to_it(desk: Desk) -> None:
    measure = measured(desk, "on-time", 90, 93)
    question = next(iter(template_questions(desk)))
    goal = goal_added(desk, items=(question,), links=(f"measure:{measure}",))
    required(desk, goal, measure=measure)
    required(desk, goal, driver="Told the truth")
    level_agreed(desk, goal=goal, expected=90.0, achieved=90.0)
    there = adapted(desk, goal, add_place(desk, "South").uid)
    found = facts(desk, goal)
    assert [(each.requirement.driver, each.meets) for each in found.branches] == [
        ("On time", False),
        ("Told the truth", None),
    ]
    assert (found.line.requirements, found.line.met, found.line.unmet) == (2, 0, 1)
    assert [level.title for level, _ in found.levels] == ["Call back"]
    assert [(one.noun, one.title) for one in found.links] == [("measure", "on-time · on-time")]
    assert [one.uid for one in found.adaptations] == [there]
    core = facts(desk, there).core
    assert core is not None
    assert core.uid == goal


def test_what_a_goal_names_must_be_there(desk: Desk) -> None:
    for code, said in [
        ("work.goal_item_unknown", {"items": ("nothing/data/q",)}),
        ("work.goal_link", {"links": ("measure:gone",)}),
        ("work.goal_link", {"links": ("person:x",)}),
        ("work.goal_verdict", {"anchors": {"perhaps": "x"}}),
        ("work.goal_too_long", {"anchors": {"part": "x" * 501}}),
    ]:
        with pytest.raises(Refusal) as refused:
            goal_added(desk, **said)
        assert refused.value.code == code
    measured(desk, "on-time")
    with desk.reader() as reader:
        assert any(code.startswith("measure:") for code, _ in link_choices(reader))


def test_the_newest_value_of_a_count_is_that_of_the_last_period_that_is_over(desk: Desk) -> None:
    """Today is a Monday: two of last week count, one of today does not yet."""
    add(desk, NewMeasure(code="all"))
    for days in (3, 2, 0):
        complaints.add(desk, words="x", received_at=desk.clock() - timedelta(days=days))
    with desk.reader() as reader:
        now = latest(reader, measure_named(reader, "all"))
    assert now is not None
    assert (now.value, now.begins) == (2, date(2026, 2, 23))


def test_every_question_of_the_starter_checklists_may_be_named(desk: Desk) -> None:
    found = template_questions(desk)
    assert len(found) > 50
    assert all(item.startswith(item.split("/")[0] + "/") and one.label for item, one in found.items())
