"""The curve of what is still open: where it lies, and what it says."""

from __future__ import annotations

import pytest

from gemba.reports.picture_facts import Area, Stroke
from gemba.reports.waiting_curves import CurvePoint, WaitingCurve, draw_curve, spoken

CURVE = WaitingCurve(
    "Received to closed",
    (CurvePoint(2, 0.8, 0.6, 1.0), CurvePoint(5, 0.4, 0.2, 0.7), CurvePoint(40, 0.4, 0.2, 0.7)),
    n=10,
    still_open=4,
    median=5,
    last=40,
)


def test_the_line_falls_in_steps_within_the_drawing() -> None:
    plot = draw_curve(CURVE, 120, 60)
    line = max(
        (one for one in plot.picture.shapes if isinstance(one, Stroke) and one.colour == "accent"),
        key=lambda one: len(one.points),
    )
    assert line.points[0] == (plot.x(0), plot.y(1))
    assert line.points[-1] == (plot.x(40), plot.y(0.4))
    for (x, y), (later, lower) in zip(line.points, line.points[1:], strict=False):
        assert later >= x
        assert lower >= y
    assert all(0 <= x <= 120 and 0 <= y <= 60 for x, y in line.points)


def test_the_band_is_as_wide_as_the_interval() -> None:
    plot = draw_curve(CURVE, 120, 60)
    first = next(one for one in plot.picture.shapes if isinstance(one, Area))
    assert (first.y, first.y + first.height) == pytest.approx((plot.y(1.0), plot.y(0.6)))


def test_a_day_is_found_again_where_it_is_drawn() -> None:
    plot = draw_curve(CURVE, 120, 60)
    assert plot.day_at(plot.x(17)) == pytest.approx(17)
    assert plot.day_at(-5) == 0


def test_what_it_says() -> None:
    assert CURVE.told(1) == "After 1 day 100.0\u00a0% are still open (100.0\u00a0% – 100.0\u00a0%)."
    assert CURVE.told(6).startswith("After 6 days 40.0\u00a0%")
    assert "half are through after 5 days" in spoken(CURVE)
    assert "fewer than half" in spoken(WaitingCurve("x", (), 3, 3))


def test_nothing_can_be_drawn_too() -> None:
    assert draw_curve(WaitingCurve("x", (), 0, 0), 60, 30).picture.shapes
