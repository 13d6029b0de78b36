from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.reports.chart_facts import ChartFacts, PhaseFacts, PointFacts, SignalFacts
from gemba.reports.chart_numbers import figure, ticks
from gemba.reports.charts import chart_drawing, lay_out, spoken
from gemba.reports.picture_facts import Area, Label, Point, Stroke


def chart(values, **fields):
    points = tuple(
        PointFacts(label=f"W{at}", begins=date(2026, 1, 5) + timedelta(at), value=each, centre=10, upper=19, lower=1)
        for at, each in enumerate(values)
    )  # fmt: skip
    told = {"title": "Late", "kind": "c", "kind_title": "c chart", "proposed": "c", "reason": "", "points": points}
    return ChartFacts(**{**told, **fields})


def shapes(picture, kind):
    return [each for each in picture.shapes if isinstance(each, kind)]


def signal(rule, *points, worse=True):
    return SignalFacts(rule=rule, first=points[0], last=points[-1], points=points, sentence=rule, worse=worse)


@pytest.mark.parametrize("count", [1, 2, 24, 200])
def test_everything_lies_within_the_drawing(count):
    laid = lay_out(chart([at % 17 for at in range(count)], axis="Number", across="Week"), 170, 90)
    assert len(laid.spots) == count
    for stroke in shapes(laid.picture, Stroke):
        for x, y in stroke.points:
            assert -0.1 <= x <= 170.1
            assert -0.1 <= y <= 90.1
    for spot in laid.spots:
        assert 0 < spot.x < 170
        assert 0 < spot.y < 90


def test_signals_are_marked_by_shape_and_good_news_in_another_colour():
    facts = chart([5, 30, 6, 7, 8, 9, 2], signals=(signal("N1", 1), signal("Anhøj", 3, 4, 5, worse=False)))
    marks = {(point.mark, point.colour) for point in shapes(chart_drawing(facts, 170, 90), Point)}
    assert {("diamond", "poor"), ("square", "good"), ("dot", "accent")} <= marks


def test_limits_step_with_each_points_size():
    points = tuple(
        PointFacts(label=str(at), value=0.5, size=n, centre=0.5, lower=0.5 - 1 / n, upper=0.5 + 1 / n)
        for at, n in enumerate((4, 4, 8))
    )
    picture = chart_drawing(chart([], points=points, percent=True), 170, 90)
    dashed = [stroke.points for stroke in shapes(picture, Stroke) if stroke.dashed]
    assert len(dashed) == 2
    assert all(len({y for _, y in points}) == 2 for points in dashed)
    assert any("%" in label.words for label in shapes(picture, Label))


def test_a_phase_has_a_line_of_its_own_and_what_runs_is_a_ring():
    phases = tuple(
        PhaseFacts(start=start, title=title, frozen=True, provisional=False, points=20, convention="")
        for start, title in ((0, "first"), (3, "second"))
    )
    facts = chart([9, 9, 9, 4, 4], phases=phases)
    points = (*facts.points, PointFacts(label="now", value=1, excluded="not over"))
    picture = chart_drawing(chart([], points=points, phases=phases), 170, 90)
    words = [label.words for label in shapes(picture, Label)]
    assert "second" in words
    assert "not judged" in words
    assert sum(point.mark == "ring" for point in shapes(picture, Point)) == 2  # the point, and its legend


def test_bars_are_as_long_as_what_they_count():
    points = tuple(
        PointFacts(label=name, key=name, value=value, centre=share)
        for name, value, share in (("late", 60, 0.6), ("rude", 30, 0.9), ("other", 10, 1.0))
    )
    laid = lay_out(chart([], points=points, bars=True, vital=2), 170, 90)
    lengths = [area.width for area in shapes(laid.picture, Area)]
    assert lengths[1] == pytest.approx(lengths[0] / 2)
    assert len(laid.spots) == 3
    assert [area.fill for area in shapes(laid.picture, Area)] == ["accent", "accent", "accent_soft"]


def test_a_funnel_names_the_sites_that_stand_out():
    points = tuple(
        PointFacts(label=f"Site {at}", value=0.2 + at / 20, size=10.0 * (at + 1), centre=0.3, lower=0.1, upper=0.4)
        for at in range(5)
    )
    facts = chart([], points=points, funnel=True, percent=True, signals=(signal("N1", 4),))
    words = [label.words for label in shapes(chart_drawing(facts, 170, 90), Label)]
    assert "Site 4" in words
    assert "Site 3" not in words


def test_what_is_drawn_is_told_in_words():
    assert "nothing to chart" in spoken(chart([]))
    facts = chart([5, 30], signals=(signal("N1", 1),))
    assert "2 points" in spoken(facts)
    assert "N1" in spoken(facts)
    assert not chart_drawing(facts, 170, 90).mirrored
    assert chart_drawing(chart([]), 170, 90).shapes


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_marks_of_an_axis_are_round_and_hold_what_is_charted(low, span):
    marks = ticks(low, low + span)
    assert 2 <= len(marks) <= 9
    slack = 1e-6 * (span + abs(low))
    assert marks[0] <= low + slack
    assert marks[-1] >= low + span - slack


@pytest.mark.parametrize(
    ("value", "percent", "shown"),
    [(None, False, "–"), (0.1234, True, "12.3\u00a0%"), (0.00123, True, "0.123\u00a0%"), (12345, False, "12\u202f345"),
     (3.14159, False, "3.142"), (24, False, "24"), (24.06, False, "24.1")],
)  # fmt: skip
def test_numbers_show_what_matters(value, percent, shown):
    assert figure(value, percent=percent) == shown


@given(st.floats(-1e12, 1e12), st.integers(-3, 3))
def test_a_line_that_only_rounding_moves_has_room_on_both_sides(value, steps):
    other = value
    for _ in range(abs(steps)):
        other = math.nextafter(other, math.copysign(math.inf, steps))
    low, high = min(value, other), max(value, other)
    marks = ticks(low, high)
    assert marks[0] < marks[-1]
    assert marks[0] <= low
    assert high <= marks[-1]
