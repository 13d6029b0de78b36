from __future__ import annotations

from datetime import timedelta

import pytest
from tests.work.complaint_records import put_complaint

from gemba.domain.complaints import ClockPause, Complaint
from gemba.errors import Refusal
from gemba.work import retention
from gemba.work.places import add_place


def days_ago(desk, days):
    return desk.clock() - timedelta(days=days)


def due(desk):
    return {one.uid for one in retention.plan_sweep(desk).shown}


@pytest.fixture
def site(desk):
    return add_place(desk, "Harbour", parent=add_place(desk, "North").uid).uid


def test_nothing_is_due_without_a_rule_or_a_day(desk, site) -> None:
    put_complaint(desk, place=site, closed_at=days_ago(desk, 4000))
    assert retention.plan_sweep(desk).count == 0


def test_the_nearest_rule_holds_and_there_the_one_for_the_purpose(desk, site) -> None:
    retention.add_rule(desk, 1000)
    retention.add_rule(desk, 10, place=site, purpose="marketing")
    retention.add_rule(desk, 100, place=site)
    old, middle, young = (put_complaint(desk, place=site, closed_at=days_ago(desk, n)).uid for n in (101, 99, 11))
    quick = put_complaint(desk, place=site, purpose="marketing", closed_at=days_ago(desk, 11)).uid
    elsewhere = put_complaint(desk, closed_at=days_ago(desk, 999)).uid
    assert due(desk) == {old, quick}
    assert not {middle, young, elsewhere} & due(desk)


def test_on_the_very_day_it_is_due(desk) -> None:
    retention.add_rule(desk, 30)
    on_it = put_complaint(desk, closed_at=days_ago(desk, 30)).uid
    put_complaint(desk, closed_at=days_ago(desk, 29))
    assert due(desk) == {on_it}


def test_open_complaints_are_never_due_by_a_rule_but_by_their_own_day(desk) -> None:
    retention.add_rule(desk, 0)
    put_complaint(desk)
    wished = put_complaint(desk, delete_by=days_ago(desk, 1).date()).uid
    assert due(desk) == {wished}


def test_a_new_rule_for_the_same_takes_the_place_of_the_old(desk) -> None:
    retention.add_rule(desk, 10)
    retention.add_rule(desk, 500)
    put_complaint(desk, closed_at=days_ago(desk, 20))
    assert retention.plan_sweep(desk).count == 0
    with desk.reader() as reader:
        (rule,) = retention.Rules(reader).rules
    retention.retire_rule(desk, rule.uid)
    with desk.reader() as reader:
        assert retention.Rules(reader).rules == ()


def test_a_sweep_erases_what_was_shown_and_what_belongs_to_it(desk) -> None:
    retention.add_rule(desk, 10)
    old = put_complaint(desk, words="Ada waited.", customer="Ada", step="queue", closed_at=days_ago(desk, 20))
    pause = ClockPause(
        uid=desk.ids(), complaint=old.uid, begun_at=desk.clock(), reason="Ada is away", person=desk.person.uid
    )
    with desk.unit() as unit:
        unit.put(pause)
    plan = retention.plan_sweep(desk)
    later = put_complaint(desk, words="Bob waited.", closed_at=days_ago(desk, 20)).uid
    assert retention.sweep(desk, plan, "our rule of ten days") == 1
    with desk.reader() as reader:
        gone, kept = reader.get(Complaint, old.uid), reader.get(Complaint, later)
        assert (gone.words, gone.customer, gone.step) == ("", "", "queue")
        assert reader.get(ClockPause, pause.uid).reason == ""
        assert kept.words == "Bob waited."
    assert due(desk) == {later}
    assert retention.sweep(desk, plan, "again") == 0


def test_a_sweep_that_is_called_off_goes_on_next_time(desk) -> None:
    retention.add_rule(desk, 10)
    for _ in range(3):
        put_complaint(desk, words="waited", closed_at=days_ago(desk, 20))

    def stop(done: int, count: int) -> None:
        raise KeyboardInterrupt

    plan = retention.plan_sweep(desk)
    with pytest.raises(KeyboardInterrupt):
        retention.sweep(desk, plan, "rule", stop)
    assert retention.sweep(desk, plan, "rule") == 3


def test_bad_rules_and_silent_sweeps_are_refused(desk) -> None:
    for days in (-1, 10**6):
        with pytest.raises(Refusal, match=r"work\.retention_days"):
            retention.add_rule(desk, days)
    retention.add_rule(desk, 10)
    put_complaint(desk, closed_at=days_ago(desk, 20))
    with pytest.raises(Refusal, match=r"work\.erase_without_reason"):
        retention.sweep(desk, retention.plan_sweep(desk), "  ")
