"""Composite measures: weighted parts by segment, and no whole without all of its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.registering import entry, measure

from gemba.errors import Refusal
from gemba.work.composite_metrics import Composite, composites, points_of
from gemba.work.desk import Desk
from gemba.work.register_views import gaps
from gemba.work.registers import change, move


def part(desk: Desk, of: str, weight: str = "50", segment: str = "small", state: str = "in_force", **scale: str) -> str:
    return entry(desk, "composite_metric", "Closeness", state, segment=segment, measure=f"measure:{of}", weight=weight,
                 because="Asked", **{"worst": "0", "best": "100", **scale})  # fmt: skip


def the_one(desk: Desk) -> Composite:
    (found,) = composites(desk)
    return found


def test_a_whole_is_the_weighted_mean_of_its_parts(desk: Desk) -> None:
    one, other = measure(desk, "a", [10.0, 80.0]), measure(desk, "b", [5.0, 30.0])
    part(desk, one, "30")
    part(desk, other, "10", worst="60", best="0")
    found = the_one(desk)
    assert [(each.value, each.points, each.share) for each in found.parts] == [(80.0, 80.0, 0.75), (30.0, 50.0, 0.25)]
    assert found.value == pytest.approx(0.75 * 80 + 0.25 * 50)


def test_parts_in_draft_or_retired_do_not_count_and_segments_are_apart(desk: Desk) -> None:
    one = measure(desk, "a", [10.0])
    uid = part(desk, one)
    part(desk, one, state="")
    part(desk, one, segment="large", best="20")
    assert [(each.segment, each.value) for each in composites(desk)] == [("large", 50.0), ("small", 10.0)]
    move(desk, uid, "retired")
    assert [each.segment for each in composites(desk)] == ["large"]


def test_without_a_part_there_is_no_whole(desk: Desk) -> None:
    part(desk, measure(desk, "a", [10.0]))
    part(desk, measure(desk, "b", []))
    assert the_one(desk).value is None
    assert [each.points for each in the_one(desk).parts] == [10.0, None]
    (gap,) = gaps(desk, "composite_metric")["composite_metric"]
    assert "the measure has no value yet" in gap.words


def test_a_scale_without_width_is_told(desk: Desk) -> None:
    part(desk, measure(desk, "a", [10.0]), worst="5", best="5")
    assert the_one(desk).value is None
    assert "the same" in the_one(desk).parts[0].trouble


def test_a_new_weight_is_a_new_version_with_a_reason(desk: Desk) -> None:
    uid = part(desk, measure(desk, "a", [10.0]))
    with pytest.raises(Refusal, match="entry_redefined"):
        change(desk, uid, fields={"weight": "60"})
    change(desk, uid, fields={"weight": "60"}, why="Interviews of the spring")
    assert (the_one(desk).parts[0].version, the_one(desk).parts[0].weight) == ("2", 60)
    with pytest.raises(Refusal, match="register_range"):
        change(desk, uid, fields={"weight": "0"}, why="x")


_VALUES = st.floats(-1e6, 1e6)


@given(_VALUES, _VALUES, _VALUES)
def test_points_lie_between_worst_and_best(value: float, worst: float, best: float) -> None:
    points = points_of(value, worst, best)
    if worst == best:
        assert points is None
        return
    assert points is not None
    assert 0 <= points <= 100
    assert (points_of(worst, worst, best), points_of(best, worst, best)) == (0, 100)
    other = points_of(value, best, worst)
    assert other is not None
    assert points + other == pytest.approx(100)
