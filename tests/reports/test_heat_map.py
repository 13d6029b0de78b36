from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gemba.reports.heat_map import HeatFacts, HeatLine, heat_drawing
from gemba.reports.picture_facts import Area, Label, Shape
from gemba.reports.small_multiples import SmallChart, SmallPoint, small_multiples

MARKS = ("below", "above", "like", "few", "none")


def facts(rows, columns, mark="like", groups=()):
    lines = tuple(
        HeatLine(f"Row {at}", tuple(("80 %", mark) for _ in range(columns)), "North" if at in groups else "")
        for at in range(rows)
    )
    return HeatFacts(tuple(f"g{at}" for at in range(columns)), lines, "spoken")


@given(st.integers(1, 30), st.integers(1, 20), st.sampled_from(MARKS), st.sets(st.integers(0, 29)), st.floats(60, 400))
def test_every_cell_has_its_words_and_is_found_where_it_is_drawn(rows, columns, mark, groups, width):
    plan = heat_drawing(facts(rows, columns, mark, groups), width)
    labels = [one for one in plan.picture.shapes if isinstance(one, Label) and one.words == "80 %"]
    assert len(labels) == rows * columns
    for row in range(rows):
        for column in range(columns):
            left, top, wide, high = plan.box(row, column)
            assert plan.cell_at(left + wide / 2, top + high / 2) == (row, column)
            assert left + wide <= plan.picture.width + 1e-6
            assert top + high <= plan.picture.height + 1e-6
    assert plan.cell_at(1.0, plan.tops[0] + 1) is None


def test_a_mark_has_a_shape_besides_its_colour_and_few_have_neither():
    for mark, fill, triangles in (
        ("below", "poor_soft", 1),
        ("above", "good_soft", 1),
        ("few", "", 0),
        ("none", None, 0),
    ):
        shapes = heat_drawing(facts(1, 1, mark)).picture.shapes
        grounds = [one.fill for one in shapes if isinstance(one, Area)]
        assert grounds == ([] if fill is None else [fill])
        assert sum(isinstance(one, Shape) for one in shapes) == triangles
    down, up = (
        next(one for one in heat_drawing(facts(1, 1, mark)).picture.shapes if isinstance(one, Shape))
        for mark in ("below", "above")
    )
    assert down.points != up.points


def test_small_charts_share_one_scale_and_leave_empty_what_is_too_few():
    points = (SmallPoint("2026-Q1", 0.5, 0.4, 0.6), SmallPoint("2026-Q2"), SmallPoint("2026-Q3", 1.0, 0.9, 1.0))
    plan = small_multiples((SmallChart("One", points), SmallChart("Two", points)), "spoken", 100.0, columns=2)
    (first, second) = plan.boxes
    assert first[1] == second[1]
    bars = [one for one in plan.picture.shapes if isinstance(one, Area)]
    assert len(bars) == 4
    assert all(one.y >= 0 and one.y + one.height <= plan.picture.height for one in bars)
