from __future__ import annotations

from datetime import date, timedelta

import pytest

from gemba.domain.complaints import Complaint, ComplaintState, Severity, SimilarElsewhere, ToldBack
from gemba.domain.places import Level
from gemba.errors import Refusal
from gemba.work import complaints
from gemba.work.clock_targets import Clocks, apply_to_running, retire_target, set_target, targets
from gemba.work.complaint_moves import move
from gemba.work.desk import Desk
from gemba.work.places import add_place


def due_hours(desk: Desk, uid: str) -> float | None:
    with desk.reader() as reader:
        one = reader.get(Complaint, uid)
    assert one is not None
    return None if one.due_at is None else (one.due_at - one.received_at) / timedelta(hours=1)


def test_the_region_s_target_counts_below_it_and_open_ones_follow_when_asked(desk: Desk) -> None:
    region = add_place(desk, "South", level=Level.REGION).uid
    site, other = add_place(desk, "Harbour", parent=region).uid, add_place(desk, "Hill").uid
    there = complaints.add(desk, words="x", place=site, severity=Severity.HIGH).uid
    elsewhere = complaints.add(desk, words="x", place=other, severity=Severity.HIGH).uid
    done = complaints.add(desk, words="x", place=site, severity=Severity.HIGH).uid
    told = {"told_back": ToldBack.YES, "similar": SimilarElsewhere.NO, "answer": "a", "owner": "Head of cards"}
    move(desk, done, ComplaintState.CLOSED, severity=Severity.HIGH, decision="upheld", **told)
    assert due_hours(desk, there) == 72
    set_target(desk, Severity.HIGH, tell_hours=48, place=region)
    assert due_hours(desk, there) == 72, "clocks that run keep theirs"
    seen: list[tuple[int, int]] = []
    assert apply_to_running(desk, Severity.HIGH, region, lambda done, all_: seen.append((done, all_))) == 1
    assert seen == [(0, 1), (1, 1)]
    assert (due_hours(desk, there), due_hours(desk, elsewhere), due_hours(desk, done)) == (48, 72, 72)
    new = complaints.add(desk, words="x", place=site, severity=Severity.HIGH).uid
    assert due_hours(desk, new) == 48
    complaints.change(desk, new, place=other)
    assert due_hours(desk, new) == 72
    complaints.change(desk, new, severity=Severity.LOW)
    assert due_hours(desk, new) is None


def test_a_target_counts_from_its_day_on_and_may_be_taken_out_of_use(desk: Desk) -> None:
    later = set_target(desk, Severity.LOW, tell_hours=100, valid_from=date(2026, 5, 1)).uid
    with desk.reader() as reader:
        clocks, now = Clocks(reader), desk.clock()
        assert clocks.due_at(Severity.LOW, None, now) is None
        assert clocks.due_at(Severity.LOW, None, now + timedelta(days=90)) == now + timedelta(days=90, hours=100)
    none = set_target(desk, Severity.HIGH, tell_hours=None).uid
    assert due_hours(desk, complaints.add(desk, words="x", severity=Severity.HIGH).uid) is None
    retire_target(desk, none)
    assert due_hours(desk, complaints.add(desk, words="x", severity=Severity.HIGH).uid) == 72
    with desk.reader() as reader:
        assert [one.uid for one in targets(reader)] == [later]


def test_hours_that_no_target_has_are_refused(desk: Desk) -> None:
    for hours in (0, 9000):
        with pytest.raises(Refusal, match=r"work\.target_hours"):
            set_target(desk, Severity.HIGH, tell_hours=hours)


def test_the_day_of_receipt_is_that_of_the_place(desk: Desk) -> None:
    far = add_place(desk, "Auckland", zone="Pacific/Auckland").uid
    now = desk.clock().replace(hour=20)
    tomorrow_there = (now + timedelta(days=1)).date()
    set_target(desk, Severity.MEDIUM, tell_hours=10, valid_from=tomorrow_there)
    with desk.reader() as reader:
        assert Clocks(reader).due_at(Severity.MEDIUM, far, now) is not None
        assert Clocks(reader).due_at(Severity.MEDIUM, None, now) is None
