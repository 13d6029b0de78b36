"""The quarterly pack: what it counts, and that all of it is on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.reports.report_reading import whole
from tests.work.deep_diving import fill

from gemba.errors import Refusal
from gemba.store.follow_times import Stage
from gemba.work.deep_dive import OTHER, deep_dive, quarter_of
from gemba.work.deep_dive_sheet import deep_dive_pdf
from gemba.work.desk import Desk

BEGINS, ENDS = date(2025, 12, 1), date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (date(2026, 2, 14), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (date(2024, 4, 1), date(2024, 4, 1), date(2024, 6, 30)),
    ],
)
def test_quarters(day: date, begins: date, ends: date) -> None:
    assert quarter_of(day) == (begins, ends)


def test_a_quarter_is_told(desk: Desk, tmp_path: Path) -> None:
    fill(desk, n=120)
    facts = deep_dive(desk, BEGINS, ENDS)
    assert facts.complaints == sum(mode.count for mode in facts.modes) + sum(
        bar.amount for bar in facts.by_count.bars if bar.name == OTHER
    )
    assert facts.by_count.bars[-1].name == OTHER
    assert facts.uncoded == 0
    assert facts.modes[0].count >= facts.modes[-1].count
    assert {lag.stage for lag in facts.lags.whole()} >= {Stage.TRIAGED, Stage.CHANGED}
    assert facts.surveys[0].groups
    assert facts.discrepancies[0].n == 7
    assert facts.risks[0].priority == "H"
    assert facts.elsewhere
    assert facts.pairs[0].verdict == "trade_off"
    done = deep_dive_pdf(desk, facts, tmp_path / "pack.pdf")
    words = whole(tmp_path / "pack.pdf")
    for part in (
        "Counter service",
        "From feedback to change",
        "Parcel is not found",
        "Trade-off",
        "waiting time (min)",
    ):
        assert part in words
    assert done.pages >= 4
    assert not done.warnings


def test_an_empty_quarter_is_told_as_such(desk: Desk, tmp_path: Path) -> None:
    facts = deep_dive(desk, BEGINS, ENDS)
    assert (facts.complaints, facts.modes, facts.pairs) == (0, (), ())
    deep_dive_pdf(desk, facts, tmp_path / "pack.pdf")
    assert "No risks are written down yet" in whole(tmp_path / "pack.pdf")


def test_one_place_and_days_that_run_backwards(desk: Desk) -> None:
    harbour, *_ = fill(desk, n=60)
    assert 0 < deep_dive(desk, BEGINS, ENDS, place=harbour).complaints < deep_dive(desk, BEGINS, ENDS).complaints
    with pytest.raises(Refusal, match="period_backwards"):
        deep_dive(desk, ENDS, BEGINS)
