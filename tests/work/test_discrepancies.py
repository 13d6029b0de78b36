"""What customers tell and what systems log: both are kept, and the difference is explained or stays open."""

from __future__ import annotations

import math

import pytest
from tests.work.following import complaint, keep

from gemba.domain.follow_through import Discrepancy
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.discrepancies import Told, discrepancies, note, settle, summaries
from gemba.work.places import add_place

WAIT = {"what": "waiting time", "unit": "min"}


def test_a_discrepancy_takes_place_and_step_from_its_complaint(desk: Desk, place: str) -> None:
    about = complaint(desk, 0, place=place, step="counter")
    keep(desk, about)
    uid = note(desk, Told(told=40, logged=12, complaint=about.uid, **WAIT)).uid
    (line,) = discrepancies(desk)
    assert (line.discrepancy.place, line.discrepancy.step, line.number) == (place, "counter", about.number)
    assert line.difference == 28
    settle(desk, uid, "The clock starts when the ticket is drawn.")
    assert discrepancies(desk, only_open=True) == ()
    with desk.reader() as reader:
        kept = reader.get(Discrepancy, uid)
    assert kept is not None
    assert (kept.told, kept.logged) == (40, 12)  # both stay


def test_the_summary_has_the_median_and_its_interval(desk: Desk, place: str) -> None:
    for gap in (1, 2, 3, 4, 5, 6, 7, 8, -9, 10):
        note(desk, Told(told=20 + gap, logged=20, place=place, **WAIT))
    note(desk, Told(what="amount", told=1, logged=1, unit="EUR"))
    first, second = summaries(discrepancies(desk))
    assert (first.what, first.n, first.open, first.median) == ("waiting time", 10, 10, 4.5)
    assert (first.low, first.high) == (1, 8)
    assert first.told_more == 9
    assert first.share.low == pytest.approx(0.596, abs=1e-3)
    assert (second.n, second.low) == (1, None)


def test_a_place_with_what_is_below_it(desk: Desk) -> None:
    region = add_place(desk, "North").uid
    site = add_place(desk, "Port", parent=region).uid
    note(desk, Told(told=1, logged=2, place=site, **WAIT))
    note(desk, Told(told=1, logged=2, **WAIT))
    assert len(discrepancies(desk, place=region)) == 1


def test_what_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="without_what"):
        note(desk, Told(what=" ", told=1, logged=2, unit="min"))
    with pytest.raises(Refusal, match="number"):
        note(desk, Told(told=math.nan, logged=2, **WAIT))
    with pytest.raises(Refusal, match="unknown_record"):
        note(desk, Told(told=1, logged=2, complaint="x", **WAIT))
    uid = note(desk, Told(told=1, logged=2, **WAIT)).uid
    with pytest.raises(Refusal, match="without_reason"):
        settle(desk, uid, " ")
