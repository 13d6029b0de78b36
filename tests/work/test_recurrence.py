"""What comes back after it was closed, and what is the same elsewhere."""

from __future__ import annotations

import pytest
from tests.work.following import action, analysis, complaint, day, keep

from gemba.domain.complaints import ComplaintState
from gemba.domain.places import Level
from gemba.work.desk import Desk
from gemba.work.elsewhere import elsewhere
from gemba.work.follow_words import share
from gemba.work.places import add_place
from gemba.work.recurrence import recurrence, share_of
from gemba.work.which_complaints import Which

CODES = {"step": "counter", "cause": "staff"}


def done_at(desk: Desk, place: str, done: float) -> None:
    cause = analysis(desk, 1, place=place, **CODES)
    keep(desk, cause, action(desk, place, 2, done, analysis=cause.uid))


def test_a_return_within_ninety_days_counts(desk: Desk, place: str) -> None:
    other = add_place(desk, "South").uid
    done_at(desk, place, 10)
    done_at(desk, other, 10)
    keep(
        desk,
        complaint(desk, 5, place=place, **CODES),  # before it was done
        complaint(desk, 30, place=place, step="counter", cause="other"),
        back := complaint(desk, 50, place=place, **CODES),
        complaint(desk, 105, place=other, **CODES),  # too late
    )
    found = recurrence(desk)
    assert (found.actions.closed, found.actions.returned, found.actions.watched) == (2, 1, 0)
    assert found.actions.share == pytest.approx(0.5)
    assert found.actions.plain is not None
    assert found.actions.plain.low == pytest.approx(0.0945, abs=1e-3)
    assert [(one.complaint, one.days) for one in found.after_actions] == [(back.uid, 40.0), (None, None)]


def test_what_is_still_watched_is_not_called_a_success(desk: Desk, place: str) -> None:
    done_at(desk, place, 100)  # the clock stands on day 119
    found = recurrence(desk).actions
    assert (found.closed, found.returned, found.watched, found.share, found.plain) == (1, 0, 1, 0.0, None)


def test_closed_complaints_that_come_back(desk: Desk, place: str) -> None:
    closed = {"state": ComplaintState.CLOSED}
    keep(
        desk,
        complaint(desk, 0, place=place, closed_at=day(2), **CODES, **closed),
        complaint(desk, 12, place=place, closed_at=day(13), **CODES, **closed),
        complaint(desk, 1, place=place, closed_at=day(13), step="till", cause="staff", **closed),
    )
    found = recurrence(desk)
    assert found.complaints is not None
    assert (found.complaints.closed, found.complaints.returned, found.complaints.watched) == (3, 1, 0)
    assert [(cell.step, cell.of.returned) for cell in found.cells] == [("counter", 1), ("till", 0)]
    assert recurrence(desk, after_complaints_too=False).complaints is None
    assert recurrence(desk, Which(filters={"step": "till"})).complaints == share_of({}, {24 * 106: 1}, 90)


def test_a_late_return_is_none() -> None:
    found = share_of({24 * 100: 1, 24 * 90: 1}, {24 * 10: 1, 24 * 200: 1}, 90)
    assert (found.closed, found.returned, found.watched) == (4, 1, 1)
    assert found.share == pytest.approx(1 / 3)
    assert share_of({}, {}, 90).share is None


def test_a_share_of_none_or_all_is_told_as_wide_as_so_few_cases_are() -> None:
    assert share(share_of({}, {24 * 106: 1}, 90)) == "0 % (0 % – 79.3 %)".replace(" %", "\u00a0%")
    assert "cannot be told" in share(share_of({}, {24 * 10: 1}, 90))


def test_the_same_at_two_sites_with_what_was_done_elsewhere(desk: Desk) -> None:
    north, south, east = (add_place(desk, name).uid for name in ("North", "South", "East"))
    hall = add_place(desk, "Hall", level=Level.AREA, parent=north).uid
    done_at(desk, hall, 20)
    keep(
        desk,
        *(complaint(desk, at, place=hall, **CODES) for at in (1, 2)),
        *(complaint(desk, at, place=south, **CODES) for at in (3, 4, 5)),
        complaint(desk, 1, place=east, step="till", cause="staff"),
    )
    (issue,) = elsewhere(desk)
    assert [(at.name, at.count) for at in issue.sites] == [("South", 3), ("North", 2)]
    assert issue.untouched == ("South",)
    (measure,) = issue.countermeasures
    assert (measure.site, measure.came_back) == ("North", False)
    assert measure.days_quiet == pytest.approx(99, abs=0.1)
    assert elsewhere(desk, each=3) == ()
