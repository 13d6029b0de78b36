from __future__ import annotations

import math

import pytest

from gemba.methods.text.reliability import reliability


def test_bands_count_what_was_right():
    found = reliability([0.95, 0.92, 0.55, 0.58, 1.0], [True, False, True, True, True])
    assert [(band.n, band.right) for band in found.bands if band.n] == [(2, 2), (3, 2)]
    assert found.bands[-1].confidence == pytest.approx((0.95 + 0.92 + 1) / 3)
    assert math.isnan(found.bands[0].accuracy)


def test_error_and_brier_by_hand():
    found = reliability([0.8, 0.8, 0.8, 0.8], [True, True, True, False])
    assert found.error == pytest.approx(0.05)
    assert found.brier == pytest.approx((3 * 0.04 + 0.64) / 4)


def test_a_level_shows_less_and_what_it_shows_is_counted():
    level = reliability([0.95, 0.85, 0.5, 0.4], [True, False, True, False]).at(0.8)
    assert (level.shown, level.coverage, level.accuracy) == (2, 0.5, 0.5)
