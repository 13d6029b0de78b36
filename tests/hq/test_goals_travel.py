"""Goals of headquarters reach every laptop; what two of them did without knowing of each other is told, and kept."""

from __future__ import annotations

from pathlib import Path

from tests.hq.test_escalations_travel import sent
from tests.work.promising import TODAY, adapted, goal_added, level_agreed, measured, required

from gemba.domain.places import Level
from gemba.hq.publishing import publish
from gemba.store.checking import check
from gemba.work import goals
from gemba.work.desk import Desk
from gemba.work.goal_facts import goal_facts
from gemba.work.goal_gaps import all_gaps
from gemba.work.goals_in_force import goal_named, in_force
from gemba.work.level_facts import level_lines
from gemba.work.places import add_place
from gemba.work.take_in import take_in


def codes(desk: Desk) -> list[str]:
    with desk.reader() as reader:
        return [gap.code for gap in all_gaps(reader)]


def held(desk: Desk, place: str | None) -> list[str]:
    with desk.reader() as reader:
        return [one.uid for one in in_force(reader, place, TODAY)]


def test_a_goal_its_tree_and_its_service_levels_reach_every_laptop(
    laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    region = add_place(hq, "South", level=Level.REGION).uid
    goal = goal_added(hq)
    required(hq, goal, measure=measured(hq, "on-time", 93))
    level_agreed(hq, goal=goal, expected=99.0, achieved=90.0)
    there = adapted(hq, goal, region)
    for one in (laptop, another_laptop):
        sent(one, hq, tmp_path / "receipts")
    down = publish(hq, tmp_path / "down").file
    for one in (laptop, another_laptop):
        take_in(one, down)
        assert (held(one, None), held(one, region)) == ([goal], [there])
        with one.reader() as reader:
            assert [each.requirement.driver for each in goal_facts(reader, goal).branches] == ["On time"]
            assert [branch.now.value for branch in goal_facts(reader, goal).branches if branch.now] == [93]
            assert [line.goal for line in level_lines(reader)] == ["told-first"]
        assert check(one.store) == []


def test_a_goal_ended_by_headquarters_ends_everywhere_and_nothing_is_lost(
    laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    goal = goal_added(hq)
    sent(laptop, hq, tmp_path / "receipts")
    take_in(laptop, publish(hq, tmp_path / "down").file)
    later = goals.change(hq, goal, reason="Clearer", statement="At once.").uid
    take_in(laptop, publish(hq, tmp_path / "down").file)
    assert held(laptop, None) == [later]
    goals.retire(hq, goal, on=TODAY, reason="No longer sold")
    take_in(laptop, publish(hq, tmp_path / "down").file)
    assert held(laptop, None) == []
    with laptop.reader() as reader:
        found = goal_facts(reader, goal)
    assert (found.line.state, len(found.versions)) == ("retired", 2)


def test_two_that_did_not_know_of_each_other_are_both_kept_and_told(
    laptop: Desk, another_laptop: Desk, hq: Desk, tmp_path: Path
) -> None:
    shared = goal_added(hq, "shared")
    for one in (laptop, another_laptop):
        sent(one, hq, tmp_path / "receipts")
        take_in(one, publish(hq, tmp_path / "down").file)
    for at, one in enumerate((laptop, another_laptop)):
        goal_added(one, "Same code")
        goals.change(one, shared, reason=f"Laptop {at}", statement=f"Said by {at}.")
        sent(one, hq, tmp_path / "receipts")
    assert codes(hq).count("code_twice") == 2
    assert codes(hq).count("version_twice") == 1
    assert len(held(hq, None)) == 3
    with hq.reader() as reader:
        assert goal_named(reader, "shared").statement == "Said by 1.", "of two made at a time the later made holds"
        versions = goal_facts(reader, shared).versions
    assert [one.goal.reason for one in versions] == ["Laptop 1", "Laptop 0", ""]
    goals.change(hq, shared, reason="Settled", statement="Said by both.")
    with hq.reader() as reader:
        assert goal_named(reader, "shared").statement == "Said by both."
    assert "version_twice" not in codes(hq), "a later version settles it"
    assert check(hq.store) == []
