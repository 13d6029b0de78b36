"""The quarterly audit of measures: what is known of each, and what is proposed for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import promise
from tests.work.following import START, complaint, keep
from tests.work.registering import NOISE, RISING, entry, measure, requirement

from gemba.domain.measures import Measure, Period
from gemba.errors import Refusal
from gemba.kinds.registers.metrics import recalibration
from gemba.methods.correlation import spearman
from gemba.work import measures
from gemba.work.desk import Desk
from gemba.work.metric_audit import STRONG, MeasureAudited, metric_audit, proposal
from gemba.work.metric_audit_view import moves_words, reason_words
from gemba.work.register_view import Asked
from gemba.work.register_views import view


def audited(desk: Desk, code: str, outcome: str | None = None, lags: int = 3) -> MeasureAudited:
    return next(one for one in metric_audit(desk, outcome, lags).measures if one.code == code)


def test_a_correlation_is_that_of_the_method_at_its_strongest_lag(desk: Desk) -> None:
    outcome = measure(desk, "csat", RISING, direction="up")
    measure(desk, "leads", [*NOISE[2:], 1.0, 2.0])
    measure(desk, "noise", NOISE, direction="up")
    found = audited(desk, "noise", outcome).moves
    for lag in range(4):
        expected = spearman(NOISE, RISING, lag)
        assert (found.lags[lag].r, found.lags[lag].p, found.lags[lag].n) == (expected.r, expected.p, expected.n)
        assert (found.lags[lag].low, found.lags[lag].high) == (expected.interval.low, expected.interval.high)
    assert found.best is not None
    assert found.best.p == min(at.p for at in found.lags if at.p is not None)
    assert found.verdict == "unclear"
    assert f"n = {found.best.n}" in moves_words(found)


def test_a_measure_that_leads_is_found_at_its_lag(desk: Desk) -> None:
    outcome = measure(desk, "csat", NOISE, direction="up")
    measure(desk, "first", [*NOISE[2:], 5.0, 5.0], direction="up")
    found = audited(desk, "first", outcome)
    assert found.moves.best is not None
    assert (found.moves.best.lag, found.moves.verdict) == (2, "together")
    assert audited(desk, "first", outcome, lags=0).moves.verdict == "unclear"


def test_what_is_not_shown_is_not_said_to_be_absent(desk: Desk) -> None:
    outcome = measure(desk, "csat", RISING, direction="up")
    measure(desk, "short", NOISE[:10])
    measure(desk, "long", NOISE)
    found = audited(desk, "short", outcome)
    assert (found.moves.verdict, found.proposal) == ("wide", "")
    assert max(abs(bound or 0) for at in found.moves.lags for bound in (at.low, at.high)) >= STRONG
    assert moves_words(found.moves).startswith("cannot be said yet: ")
    assert audited(desk, "long", outcome).proposal == "retire"


def test_better_is_told_by_the_direction_of_both(desk: Desk) -> None:
    outcome = measure(desk, "csat", RISING, direction="up")
    measure(desk, "waits", [50 - x for x in RISING], direction="down")
    measure(desk, "speed", [50 - x for x in RISING], direction="up")
    assert audited(desk, "waits", outcome).moves.verdict == "together"
    assert audited(desk, "speed", outcome).moves.verdict == "trade_off"
    assert (audited(desk, "speed", outcome).proposal, audited(desk, "csat", outcome).proposal) == ("change", "keep")


def test_what_cannot_be_said_is_told(desk: Desk) -> None:
    outcome = measure(desk, "csat", RISING, direction="up")
    measure(desk, "flat", [3.0] * 24)
    measure(desk, "silent", [])
    measure(desk, "new", RISING[:4])
    measure(desk, "weekly", RISING, period=Period.WEEK)
    said = {one.code: (one.moves.verdict, one.proposal) for one in metric_audit(desk, outcome).measures}
    assert said == {
        "csat": ("itself", "keep"),
        "flat": ("constant", "retire"),
        "silent": ("few", "retire"),
        "new": ("few", ""),
        "weekly": ("periods", ""),
    }
    assert "never changes" in moves_words(audited(desk, "flat", outcome).moves)
    codes = [(gap.code, gap.subject) for gap in view(desk, "metric_audit", Asked(outcome=outcome)).gaps]
    assert ("measure_constant", f"measure:{audited(desk, 'flat').measure}") in codes
    assert ("measure_without_values", f"measure:{audited(desk, 'silent').measure}") in codes


def test_complaints_are_counted_by_the_period_of_the_outcome(desk: Desk) -> None:
    """More complaints each month from April 2025 on, as satisfaction falls."""
    outcome = measure(desk, "csat", [90.0 - at for at in range(11)], direction="up")
    for month in range(11):
        for at in range(month + 1):
            received = (date(2025 + (3 + month) // 12, (3 + month) % 12 + 1, 2 + at) - START.date()).days
            keep(desk, complaint(desk, received))
    measures.add(desk, measures.NewMeasure(code="all", period=Period.WEEK))
    found = audited(desk, "all", outcome).moves
    assert (found.verdict, found.by, found.best and found.best.r) == ("together", "month", -1)
    assert "by month" in moves_words(found)
    with desk.reader() as reader:
        weekly = next(one for one in reader.find(Measure) if one.code == "all")
    turned = audited(desk, "csat", weekly.uid).moves
    assert (turned.verdict, turned.by, turned.n) == ("together", "", found.n)


def test_what_rests_on_a_measure_and_who_answers(desk: Desk) -> None:
    outcome = measure(desk, "csat", RISING, direction="up")
    flat = measure(desk, "flat", [3.0] * 24)
    assert audited(desk, "flat", outcome).uses == ()
    requirement(desk, promise(desk, "told", owner="Service lead"), "On time", measure=flat)
    found = audited(desk, "flat", outcome)
    assert (found.uses, found.owner, found.proposal) == (("goal told: On time",), "Service lead", "change")
    entry(desk, "metric_audit", "Flat", measure=f"measure:{flat}", quarter="2025-Q4", answers="Head of data")
    found = audited(desk, "flat", outcome)
    assert found.owner == "Head of data"
    assert found.uses == ("goal told: On time",), "an audit is no use"
    assert found.entry == "", "of another quarter"
    entry(desk, "metric_conflict", "Two", first=f"measure:{flat}", first_owner="A", second=f"measure:{outcome}",
          second_owner="B", shows="It does")  # fmt: skip
    assert len(audited(desk, "flat", outcome).uses) == 2


def test_a_measure_is_calibrated_anew_after_18_to_24_months(desk: Desk) -> None:
    today = desk.clock().date()
    for months, expected in ((17, "no"), (19, "due"), (25, "overdue")):
        made = measure(desk, f"after{months}", RISING)
        earlier, latest = (today - timedelta(days=round(each * 30.5)) for each in (months + 20, months))
        for said in (latest, earlier):
            entry(desk, "metric_audit", "Flat", measure=f"measure:{made}", quarter="2026-Q1", recalibrated_on=str(said))
        found = audited(desk, f"after{months}")
        assert (found.calibrated, found.recalibrate) == (latest, expected)
    assert audited(desk, "after17").due_from == recalibration(today - timedelta(days=round(17 * 30.5)))[0]


@given(st.dates(max_value=date(9990, 1, 1)))
def test_the_window_of_a_calibration_opens_18_and_closes_24_months_later(day: date) -> None:
    begins, ends = recalibration(day)
    assert (begins.year * 12 + begins.month) - (day.year * 12 + day.month) == 18
    assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == 24
    assert begins.day <= day.day
    assert begins.day == day.day or (begins + timedelta(days=1)).day == 1


@given(
    st.booleans(),
    st.integers(0, 3),
    st.sampled_from(["", "itself", "trade_off", "constant", "together", "unclear", "wide", "few", "periods"]),
)
def test_every_proposal_has_a_reason_and_nothing_in_use_is_retired(used: bool, values: int, moves: str) -> None:
    proposed, reason = proposal(used=used, values=values, moves=moves)
    assert proposed in {"keep", "change", "retire", ""}
    assert reason_words(reason)
    assert not (used and proposed == "retire")
    assert values or proposed != "keep"


def test_a_retired_measure_is_not_audited_and_the_last_outcome_is_taken_up(desk: Desk) -> None:
    one, other = measure(desk, "a", RISING), measure(desk, "b", NOISE)
    assert metric_audit(desk).outcome == "", "two might be meant"
    entry(desk, "metric_audit", "A", measure=f"measure:{one}", quarter="2025-Q4", outcome=f"measure:{other}")
    assert metric_audit(desk).outcome == other
    measures.retire(desk, one)
    assert [each.code for each in metric_audit(desk).measures] == ["b"]


def test_an_audit_prefills_its_entries(desk: Desk) -> None:
    outcome = measure(desk, "csat", RISING, direction="up")
    measure(desk, "flat", [3.0] * 24)
    draft = next(one.draft for one in view(desk, "metric_audit", Asked(outcome=outcome)).proposals if one.key == "flat")
    assert draft.fields["verdict"] == "retire"
    assert draft.fields["outcome"] == f"measure:{outcome}"
    assert draft.fields["quarter"] == "2026-Q1"
    assert "answers" not in draft.fields


def test_what_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="correlate_lag"):
        metric_audit(desk, lags=13)
    with pytest.raises(Refusal, match="unknown_record"):
        metric_audit(desk, "nobody")
