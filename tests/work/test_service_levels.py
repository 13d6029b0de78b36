"""Service levels: three columns, with the worst gap first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.work.promising import TODAY, goal_added, level_agreed, measured

from gemba.domain.goals import Bound, ServiceLevel
from gemba.errors import Refusal
from gemba.work import service_levels
from gemba.work.desk import Desk
from gemba.work.level_facts import LevelLine, level_line, level_lines, level_named


def lines(desk: Desk) -> dict[str, LevelLine]:
    with desk.reader() as reader:
        return {line.level.title: line for line in level_lines(reader)}


def test_the_worst_gap_stands_first_whichever_side_is_good_and_what_is_not_known_last(desk: Desk) -> None:
    level_agreed(desk, "Unknown")
    level_agreed(desk, "A bit short", achieved=94.0, expected=90.0)
    level_agreed(desk, "Twice as long", promised=5, unit="min", bound=Bound.AT_MOST, expected=5, achieved=10)
    level_agreed(desk, "Better", achieved=99.0, expected=95.0)
    found = lines(desk)
    assert list(found) == ["Twice as long", "A bit short", "Better", "Unknown"]
    assert found["Twice as long"].worst == pytest.approx(1.0)
    assert found["A bit short"].worst == pytest.approx(1 / 95)
    assert found["Better"].worst == pytest.approx(0)
    assert found["Unknown"].worst is None


def test_a_measure_tells_what_is_achieved_unless_its_unit_is_another(desk: Desk) -> None:
    measure = measured(desk, "on-time", 90, 91)
    goal = goal_added(desk)
    uid = level_agreed(desk, measure=measure, achieved=99.0, goal=goal)
    line = lines(desk)["Call back"]
    assert (line.standing.achieved, line.standing.on, line.goal) == (91, date(2026, 2, 1), "told-first")
    assert line.standing.measure is not None
    service_levels.change(desk, uid, unit="hours")
    told = lines(desk)["Call back"]
    assert (told.standing.achieved, told.standing.measure) == (99.0, None)
    assert "other_unit" in {gap.code for gap in told.gaps}


def test_what_is_entered_by_hand_is_of_today_and_a_change_is_kept(desk: Desk) -> None:
    uid = level_agreed(desk, achieved=90.0)
    assert lines(desk)["Call back"].standing.on == TODAY
    service_levels.change(desk, uid, achieved=80.0, achieved_on=date(2026, 2, 1), title=" Called back ")
    assert lines(desk)["Called back"].standing.on == date(2026, 2, 1)
    with desk.reader() as reader:
        assert level_named(reader, "CALLED BACK").uid == level_named(reader, uid[:13]).uid == uid
        line = level_line(reader, uid)
    assert line is not None
    assert (line.state, line.is_overdue) == ("in_force", False)


def test_retired_ones_are_gone_from_the_register_and_kept(desk: Desk) -> None:
    uid = level_agreed(desk)
    service_levels.retire(desk, uid)
    assert lines(desk) == {}
    with desk.reader() as reader:
        kept = reader.get(ServiceLevel, uid)
        assert level_line(reader, uid) is None
    assert kept is not None
    assert kept.retired
    with pytest.raises(Refusal, match=r"work\.level_retired"):
        service_levels.change(desk, uid, promised=1.0)


def test_an_agreement_that_ran_out_or_is_to_be_looked_at_says_so(desk: Desk) -> None:
    level_agreed(desk, "Old", valid_from=date(2025, 1, 1), valid_to=TODAY - timedelta(days=3))
    level_agreed(desk, "Stale", review_by=TODAY - timedelta(days=1), expected=95.0, achieved=95.0)
    found = lines(desk)
    assert (found["Old"].state, found["Old"].remaining) == ("expired", "expired 3 days ago")
    assert [gap.code for gap in found["Old"].gaps] == ["expired"]
    assert found["Stale"].is_overdue
    assert [gap.code for gap in found["Stale"].gaps] == ["review_overdue"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("work.goal_without", {"provider": ""}),
        ("work.goal_without", {"customer": " "}),
        ("work.level_to_itself", {"customer": "front OFFICE"}),
        ("work.not_a_number", {"promised": float("inf")}),
        ("work.not_a_number", {"expected": float("nan")}),
        ("work.goal_days", {"valid_to": date(2020, 1, 1)}),
        ("work.unknown_record", {"goal": "gone"}),
        ("work.unknown_record", {"measure": "gone"}),
        ("work.unknown_record", {"place": "gone"}),
    ],
)
def test_what_could_not_be_agreed_is_refused(desk: Desk, code: str, said: dict[str, Any]) -> None:
    uid = level_agreed(desk, "There")
    with pytest.raises(Refusal) as refused:
        level_agreed(desk, **said)
    assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        service_levels.change(desk, uid, **said)
    assert refused.value.code == code


def test_a_level_that_nobody_knows_is_refused_with_those_that_there_are(desk: Desk) -> None:
    for _ in range(2):
        level_agreed(desk, "Twin")
    with desk.reader() as reader:
        with pytest.raises(Refusal, match=r"work\.unknown_level"):
            level_named(reader, "none")
        with pytest.raises(Refusal, match=r"work\.level_not_unique"):
            level_named(reader, "twin")
    with pytest.raises(Refusal, match=r"work\.level_field"):
        service_levels.change(desk, desk.ids(), made_at="x")
