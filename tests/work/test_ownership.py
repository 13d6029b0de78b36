"""Who answers for what: one owner is right, none is a finding, and so are two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import promise
from tests.work.registering import entry, way

from gemba.errors import Refusal
from gemba.kinds.registers.owners import roles_in
from gemba.work.desk import Desk
from gemba.work.goal_gaps import all_gaps
from gemba.work.ownership import Owned, ownership_map
from gemba.work.registers import move

SCOPE = {"scope": "From asking to the answer"}


def stage(desk: Desk, title: str) -> Owned:
    return next(one for one in ownership_map(desk).stages if title in one.stage)


def test_steps_have_one_owner_none_or_two(desk: Desk) -> None:
    way(desk, "Requests", "ask", "sort", "answer", ask="Reception", sort="Back office / Team lead")
    found = {one.stage: (one.owners, one.finding) for one in ownership_map(desk).stages}
    assert found == {
        "Ask": (("Reception",), ""),
        "Sort": (("Back office", "Team lead"), "two_owners"),
        "Answer": ((), "no_owner"),
    }


def test_map_and_register_agree_or_there_are_two(desk: Desk) -> None:
    steps = way(desk, "Requests", "ask", ask="Reception")
    same = entry(
        desk, "ownership", "Asking", step=f"process_step:{steps[0]}", role="reception", steward="North", **SCOPE
    )
    assert (stage(desk, "Ask").owners, stage(desk, "Ask").finding) == (("Reception",), "")
    assert stage(desk, "Ask").stewards == ("North",)
    other = entry(desk, "ownership", "Asking", step=f"process_step:{steps[0]}", role="Service desk", **SCOPE)
    assert stage(desk, "Ask").finding == "two_owners"
    assert stage(desk, "Ask").entries == (same, other)
    move(desk, other, "retired")
    assert stage(desk, "Ask").finding == ""


def test_work_is_handed_to_the_owner_of_the_next_step(desk: Desk) -> None:
    steps = way(desk, "Requests", "ask", "answer", ask="Reception", answer="Adviser")
    uid = entry(desk, "ownership", "Asking", step=f"process_step:{steps[0]}", role="Reception",
                handoff_to="Back office", **SCOPE)  # fmt: skip
    assert (stage(desk, "Ask").finding, stage(desk, "Ask").next_owner) == ("handoff", "Adviser")
    move(desk, uid, "retired")
    entry(desk, "ownership", "Asking", step=f"process_step:{steps[0]}", role="Reception", handoff_to="adviser", **SCOPE)
    assert stage(desk, "Ask").finding == ""


def test_stages_without_a_step_are_told_region_by_region(desk: Desk, place: str) -> None:
    entry(desk, "ownership", "Complaining", role="Service lead", **SCOPE)
    entry(desk, "ownership", "complaining", role="Regional lead", place=place, **SCOPE)
    found = [one for one in ownership_map(desk).stages if one.stage.casefold() == "complaining"]
    assert [(one.owners, one.where, one.finding) for one in found] == [
        (("Service lead",), "", ""),
        (("Regional lead",), "Harbour branch", ""),
    ]
    entry(desk, "ownership", "Complaining", role="Branch lead", place=place, **SCOPE)
    assert [one.finding for one in ownership_map(desk).findings] == ["two_owners"]


def test_a_goal_without_an_owner_is_a_finding(desk: Desk) -> None:
    promise(desk, "told", owner="")
    promise(desk, "fair", owner="Service lead")
    assert [(one.stage[:4], one.finding) for one in ownership_map(desk).findings] == [("told", "no_owner")]
    promise(desk, "old", owner="", valid_to=date(2025, 1, 1))
    assert len(ownership_map(desk).findings) == 1, "what holds no more needs no owner"


def test_an_adaptation_needs_an_owner_too(desk: Desk, place: str) -> None:
    core = promise(desk, "told", owner="Service lead")
    promise(desk, "told", core=core, place=place, owner="", valid_to=date(2027, 1, 1))
    (found,) = ownership_map(desk).findings
    assert (found.stage[:4], found.where, found.finding) == ("told", "Harbour branch", "no_owner")
    assert [one.finding for one in ownership_map(desk, place).stages] == ["no_owner"], "it takes the goal's place there"
    with desk.reader() as reader:
        assert [gap.code for gap in all_gaps(reader) if gap.code == "no_owner"] == ["no_owner"], (
            "the same as the goals say"
        )


def test_a_stage_is_in_force_only_with_an_owner(desk: Desk) -> None:
    with pytest.raises(Refusal, match="register_needs"):
        entry(desk, "ownership", "Complaining", "in_force", **SCOPE)


@given(st.lists(st.from_regex(r"[A-Za-z][A-Za-z &-]{0,20}", fullmatch=True).map(str.strip), max_size=4))
def test_as_many_roles_as_are_named(roles: list[str]) -> None:
    for sign in ("/", ";", " + ", "\n"):
        assert roles_in(sign.join(roles)) == tuple(roles)
