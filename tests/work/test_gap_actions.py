"""What is wrong with a goal is mended by one action, which stands beside it while it is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.work.promising import TODAY, goal_added, level_agreed, required

from gemba.domain.actions import Action
from gemba.errors import Refusal
from gemba.work import goals
from gemba.work.desk import Desk
from gemba.work.follow_action import done
from gemba.work.gap_actions import gap_named, mend
from gemba.work.goal_facts import goal_facts
from gemba.work.goal_gap import Gap
from gemba.work.goal_gaps import all_gaps
from gemba.work.places import add_place
from gemba.work.records import known

MONTH = TODAY + timedelta(30)


def gap(desk: Desk, code: str, of: str = "told-first", driver: str = "") -> Gap:
    with desk.reader() as reader:
        return gap_named(all_gaps(reader), of, code, driver)


@pytest.fixture
def top(desk: Desk) -> str:
    return add_place(desk, "Enterprise").uid


def test_a_goal_without_owner_is_mended_by_one_open_action_that_serves_it(desk: Desk, top: str) -> None:
    goal = goal_added(desk, owner="")
    made = mend(desk, gap(desk, "no_owner"), owner="Steward", due=MONTH).uid
    with desk.reader() as reader:
        action = known(reader, Action, made)
    assert (action.place, action.goal, action.owner) == (top, goal, "Steward")
    assert action.text == "told-first: nobody answers for it; name an owner."
    assert gap(desk, "no_owner").action == action.number
    assert gap(desk, "no_requirement").action == ""
    with pytest.raises(Refusal, match=r"work\.gap_has_action"):
        mend(desk, gap(desk, "no_owner"), owner="Steward", due=MONTH)


def test_it_stays_the_same_gap_in_a_new_version_and_comes_back_once_the_action_is_done(desk: Desk, top: str) -> None:
    goal = goal_added(desk, owner="")
    made = mend(desk, gap(desk, "no_owner"), owner="Steward", due=MONTH, words="Name one").uid
    later = goals.change(desk, goal, reason="Clearer", statement="At once.").uid
    assert gap(desk, "no_owner").action
    done(desk, made, "Named")
    assert gap(desk, "no_owner").action == ""  # and yet nobody was
    again = mend(desk, gap(desk, "no_owner"), owner="Steward", due=MONTH).uid
    assert again != made
    with desk.reader() as reader:
        assert goal_facts(reader, later).line.gaps[0].action == known(reader, Action, again).number


def test_gaps_of_requirements_and_service_levels_are_told_apart(desk: Desk, top: str) -> None:
    goal = goal_added(desk)
    required(desk, goal, driver="On time", measure=None)
    required(desk, goal, driver="Complete", measure=None)
    with pytest.raises(Refusal, match=r"work\.gaps_named"):
        gap(desk, "no_measure")
    mend(desk, gap(desk, "no_measure", driver="On time"), owner="Steward", due=MONTH)
    assert gap(desk, "no_measure", driver="Complete").action == ""
    level = level_agreed(desk, promised=5.0, expected=3.0)
    with desk.reader() as reader:
        code = next(one.code for one in all_gaps(reader) if one.uid == level)
    mend(desk, gap(desk, code, level), owner="Steward", due=MONTH)
    assert gap(desk, code, level).action


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    goal_added(desk, owner="")
    found = gap(desk, "no_owner")
    for said, code in (
        ({"owner": " ", "due": MONTH}, "work.action_without_owner"),
        ({"owner": "Steward", "due": TODAY - timedelta(1)}, "work.gap_due"),
        ({"owner": "Steward", "due": MONTH}, "work.gap_without_place"),
    ):
        with pytest.raises(Refusal) as refused:
            mend(desk, found, **said)
        assert refused.value.code == code
    with pytest.raises(Refusal, match=r"work\.no_gap_named"):
        gap(desk, "unmet")
