from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.work.charting import STEADY, go_on, measure_of
from tests.work.complaining import complain

from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.measures import Signal, SignalState
from gemba.errors import Refusal
from gemba.work import alerts, signals
from gemba.work.baselines import freeze
from gemba.work.measures import NewMeasure, add
from gemba.work.review_signal import review_signal
from gemba.work.thresholds import set_threshold, simulate

SHIFTED = (*STEADY, 30, 31)


def rules_of(found):
    return sorted((each.code, each.rule) for each in found)


def test_one_alert_for_each_signal_however_often_one_looks(desk):
    uid = measure_of(desk, SHIFTED)
    first = signals.scan(desk)
    assert len(first.raised) == 1
    again = signals.scan(desk)
    assert (again.raised, again.went_on) == ((), 0)
    (alert,) = alerts.open_signals(desk)
    assert (alert.measure, alert.rule, alert.seen.isoformat()) == (uid, "N1", "2026-02-01")


def test_two_laptops_that_see_the_same_meet_in_one_alert(desk):
    uid = measure_of(desk, SHIFTED)
    signals.scan(desk)
    (alert,) = alerts.open_signals(desk)
    assert alert.uid == signals.signal_uid(uid, "N1", alert.begins)
    assert alert.uid != signals.signal_uid(uid, "N2", alert.begins)


def test_what_signalled_long_ago_raises_no_alert(desk):
    measure_of(desk, (*STEADY[:10], 40, *STEADY[10:]))
    assert signals.scan(desk).raised == ()


def test_a_snoozed_alert_comes_back_by_itself(desk):
    measure_of(desk, SHIFTED)
    signals.scan(desk)
    (alert,) = alerts.open_signals(desk)
    today = desk.clock().date()
    alerts.snooze(desk, alert.uid, today + timedelta(days=3), "holidays")
    assert alerts.open_signals(desk) == []
    (resting,) = alerts.alerts(desk, states=(SignalState.SNOOZED,))
    assert resting.reason == "holidays"
    with desk.reader() as reader:
        (record,) = reader.find(Signal)
    assert alerts.standing(record, today + timedelta(days=2)) is SignalState.SNOOZED
    assert alerts.standing(record, today + timedelta(days=3)) is SignalState.OPEN


def test_a_closed_alert_is_not_raised_again(desk):
    measure_of(desk, SHIFTED)
    signals.scan(desk)
    (alert,) = alerts.open_signals(desk)
    alerts.close(desk, alert.uid, "the new till was tried")
    assert signals.scan(desk).raised == ()
    assert alerts.open_signals(desk) == []
    alerts.reopen(desk, alert.uid)
    assert len(alerts.open_signals(desk)) == 1


def test_what_is_done_needs_a_reason_and_a_day_to_come(desk):
    measure_of(desk, SHIFTED)
    signals.scan(desk)
    (alert,) = alerts.open_signals(desk)
    tomorrow = desk.clock().date() + timedelta(days=1)
    with pytest.raises(Refusal, match="signal_reason"):
        alerts.snooze(desk, alert.uid, tomorrow, " ")
    with pytest.raises(Refusal, match="snooze_past"):
        alerts.snooze(desk, alert.uid, desk.clock().date(), "why")
    with pytest.raises(Refusal, match="snooze_long"):
        alerts.snooze(desk, alert.uid, desk.clock().date() + alerts.LONGEST_REST + timedelta(days=1), "why")
    with pytest.raises(Refusal, match="signal_reason"):
        alerts.close(desk, alert.uid, "")
    alerts.close(desk, alert.uid, "done")
    with pytest.raises(Refusal, match="signal_closed"):
        alerts.snooze(desk, alert.uid, tomorrow, "why")


def test_customers_who_see_what_operations_do_not_measure_raise_misalignment(desk):
    measure_of(desk, SHIFTED, "complaints")
    measure_of(desk, (*STEADY, 10, 9), "errors", is_customer=False)
    signals.scan(desk)
    assert rules_of(alerts.open_signals(desk)) == [("complaints", "N1"), ("complaints", "misalignment")]


def test_there_is_no_misalignment_while_operations_see_it_too(desk):
    measure_of(desk, SHIFTED, "complaints")
    measure_of(desk, SHIFTED, "errors", is_customer=False)
    signals.scan(desk)
    assert "misalignment" not in {each.rule for each in alerts.open_signals(desk)}


def test_a_signal_that_goes_on_stays_one_alert(desk):
    uid = measure_of(desk, STEADY)
    freeze(desk, uid, reason="first")
    go_on(desk, uid, (30,), date(2026, 1, 1))
    signals.scan(desk)
    go_on(desk, uid, (31,), date(2026, 2, 1))
    found = signals.scan(desk)
    assert (found.raised, found.went_on) == ((), 1)
    (alert,) = alerts.open_signals(desk)
    assert (alert.begins.month, alert.seen.month) == (1, 2)


def test_a_threshold_says_how_often_it_cries_wolf_wherever_it_is_shown(desk):
    uid = measure_of(desk, SHIFTED)
    found = simulate(desk, uid, points=24)
    assert found.rules == ("N1", "Anhøj")
    assert found.chosen.low < found.chosen.share < found.chosen.high
    assert 0.05 < found.chosen.share < 0.3
    assert [each.is_naive for each in found.others] == [True, True]
    assert min(each.share for each in found.others) > 0.9
    set_threshold(desk, uid, points=24)
    signals.scan(desk)
    (alert,) = alerts.open_signals(desk)
    assert alert.asks_for_review
    assert "24 points" in alert.false_alarms


def test_a_threshold_over_no_points_or_of_no_rule_is_refused(desk):
    uid = measure_of(desk, SHIFTED)
    with pytest.raises(Refusal, match="threshold_points"):
        simulate(desk, uid, points=1)
    with pytest.raises(Refusal, match="unknown_rule"):
        simulate(desk, uid, ("N0",))


def test_an_alert_leads_to_a_review_of_the_complaints_that_signal(desk):
    now = desk.clock().date()
    monday = now - timedelta(days=now.weekday())
    for week in range(1, 21):
        for n in range(30 if week == 1 else STEADY[week]):
            complain(desk, monday - timedelta(days=7 * week - n % 5), cause="late")
    uid = add(desk, NewMeasure(code="late", filters={"cause": "late"})).uid
    assert len(signals.scan(desk).raised) == 1
    (alert,) = alerts.open_signals(desk)
    change = review_signal(desk, alert.uid)
    with desk.reader() as reader:
        made = reader.get(ComplaintReview, change.uid)
    assert (made.count, made.filters, made.begins) == (30, {"cause": "late"}, monday - timedelta(days=7))
    (again,) = alerts.open_signals(desk)
    assert (again.measure, again.review) == (uid, made.uid)
    assert review_signal(desk, alert.uid).uid == made.uid


def test_values_have_no_complaints_to_review(desk):
    measure_of(desk, SHIFTED)
    signals.scan(desk)
    (alert,) = alerts.open_signals(desk)
    with pytest.raises(Refusal, match="signal_without_complaints"):
        review_signal(desk, alert.uid)
