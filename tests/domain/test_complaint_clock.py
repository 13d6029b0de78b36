"""The clock of a complaint: pauses in any order, zones, and changes to summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from gemba.domain.complaint_clock import SOON, ClockState, Stretch, due, state, target_for, tell_hours
from gemba.domain.complaints import ClockTarget, Severity

BEGINS = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

hours = st.integers(1, 300)
stretches = st.builds(
    lambda begun, long: Stretch(BEGINS + begun * HOUR, BEGINS + (begun + long) * HOUR),
    st.integers(-50, 400),
    st.integers(0, 80),
)


def by_the_minute_hand(allowed: int, pauses: list[Stretch]) -> datetime:
    """What a clock says that counts every hour that is not paused."""
    at, left = BEGINS, allowed
    while left:
        if not any(one.begun <= at < (one.ended or one.begun) for one in pauses):
            left -= 1
        at += HOUR
    return at


@given(hours, st.lists(stretches, max_size=6))
def test_it_runs_as_a_clock_that_counts_every_hour(allowed: int, pauses: list[Stretch]) -> None:
    assert due(BEGINS, allowed, pauses) == by_the_minute_hand(allowed, pauses)


@given(hours, st.lists(stretches, max_size=6), st.randoms())
def test_the_order_of_pauses_does_not_matter(allowed: int, pauses: list[Stretch], chance: object) -> None:
    mixed = list(pauses)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert due(BEGINS, allowed, mixed) == due(BEGINS, allowed, pauses)


@given(hours, st.lists(stretches, max_size=4), stretches)
def test_a_further_pause_never_makes_it_run_out_earlier(allowed: int, pauses: list[Stretch], further: Stretch) -> None:
    before, after = due(BEGINS, allowed, pauses), due(BEGINS, allowed, [*pauses, further])
    assert before is not None
    assert after is not None
    assert after >= before


@given(hours, st.lists(stretches, max_size=4), st.integers(0, 300))
@example(allowed=10, pauses=[Stretch(BEGINS + HOUR, BEGINS + 3 * HOUR)], begun=1)
def test_while_it_stands_it_says_what_it_said_when_it_was_stopped(
    allowed: int, pauses: list[Stretch], begun: int
) -> None:
    since = BEGINS + begun * HOUR
    still = due(BEGINS, allowed, [*pauses, Stretch(since)])
    ended_at_once = due(BEGINS, allowed, [one for one in pauses if one.begun < since])
    assert still is not None
    assert ended_at_once is not None
    assert still <= ended_at_once


@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    hours,
    st.integers(0, 8760),
)
def test_hours_are_hours_that_pass_whatever_the_zone(zone: str, allowed: int, later: int) -> None:
    """Over a change to summer time the clock on the wall shows an hour more or less; 72 hours stay 72."""
    begins = BEGINS + later * HOUR
    there = begins.astimezone(ZoneInfo(zone))
    until = due(there.astimezone(UTC), allowed, [])
    assert until is not None
    assert until - begins == timedelta(hours=allowed)


def test_over_the_change_to_summer_time_the_wall_shows_an_hour_more() -> None:
    zone = ZoneInfo("Europe/Berlin")
    until = due(datetime(2026, 3, 27, 18, 0, tzinfo=zone).astimezone(UTC), 72, [])
    assert until is not None
    assert f"{until.astimezone(zone):%H:%M}" == "19:00"


def test_without_a_target_there_is_no_clock() -> None:
    assert due(BEGINS, None, []) is None
    assert state(None, now=BEGINS, waits=True) is ClockState.NONE


@given(st.integers(-100, 100), st.booleans())
def test_a_clock_that_is_answered_is_met_or_missed(passed: int, paused: bool) -> None:
    until = BEGINS + 72 * HOUR
    told = until + passed * HOUR
    said = state(until, now=told, waits=False, paused=paused, answered_at=told)
    assert said is (ClockState.MISSED if passed > 0 else ClockState.MET)


def test_the_states_of_a_clock_that_runs() -> None:
    until = BEGINS + 72 * HOUR
    assert state(until, now=BEGINS, waits=True) is ClockState.RUNNING
    assert state(until, now=until - SOON, waits=True) is ClockState.SOON
    assert state(until, now=until, waits=True) is ClockState.OVERDUE
    assert state(until, now=until, waits=True, paused=True) is ClockState.PAUSED
    assert state(until, now=until, waits=False) is ClockState.NONE, "told at a time that nobody knows"


def a_target(uid: str, tell: int | None, place: str | None = None, day: int = 1, **fields: bool) -> ClockTarget:
    return ClockTarget(
        uid=uid,
        severity=Severity.HIGH,
        place=place,
        tell_hours=tell,
        valid_from=date(2026, 1, day),
        person="p",
        **fields,
    )


def test_the_nearest_place_counts_and_there_the_newest() -> None:
    known = [
        a_target("1", 72),
        a_target("2", 48, "region"),
        a_target("3", 36, "region", 10),
        a_target("4", 12, "region", 20),
        a_target("5", 6, "site", 2, retired=True),
    ]
    day = date(2026, 1, 15)
    assert target_for(known, Severity.HIGH, ["site", "region"], day) == known[2]
    assert target_for(known, Severity.HIGH, ["other"], day) == known[0]
    assert target_for(known, Severity.LOW, ["region"], day) is None
    assert tell_hours(None, Severity.CRITICAL) == 24
    assert tell_hours(None, Severity.LOW) is None
    assert tell_hours(a_target("6", None), Severity.HIGH) is None
