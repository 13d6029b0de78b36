from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.methods.text.agreement import Judged, agreement, minutes_saved

CASES = [
    Judged("late", 0.95, "late", "2026-01"),
    Judged("late", 0.9, "fee", "2026-01"),
    Judged("fee", 0.85, "fee", "2026-02"),
    Judged("fee", 0.99, "fee", "2026-02"),
    Judged("", 0.4, "staff", "2026-02"),
]


def test_only_what_was_suggested_is_compared():
    found = agreement(CASES)
    assert (found.n, found.not_sure, found.suggested, found.right) == (5, 1, 4, 3)
    assert found.confusion.labels == ("fee", "late")
    assert found.confusion.counts == ((2, 0), (1, 1))
    assert found.kappa is not None
    assert found.kappa.kappa == pytest.approx(0.5)
    assert found.prevalence == 0.75


def test_periods_stand_in_order():
    assert [(p.when, p.suggested, p.right, p.not_sure) for p in agreement(CASES).periods] == [
        ("2026-01", 2, 1, 0),
        ("2026-02", 2, 2, 1),
    ]


def test_nothing_suggested_has_no_kappa():
    found = agreement([Judged("", 0.1, "fee")])
    assert (found.kappa, found.reliability, found.confusion.labels) == (None, None, ())


def test_minutes_are_spared_by_what_was_right_and_cost_by_every_check():
    assert minutes_saved(CASES, 2, 0.5) == 3 * 2 - 4 * 0.5
    with pytest.raises(Refusal):
        minutes_saved(CASES, -1)


def test_nothing_to_compare_is_refused():
    with pytest.raises(Refusal, match="too_few"):
        agreement([])
