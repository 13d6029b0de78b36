from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain import recurrence
from gemba.domain.occurrences import Why, between, demand_sense, occurrences, upcoming
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.domain.recurrence_rules import WEEKDAYS, parse
from gemba.errors import Refusal

RULES = [
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,SA",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=1SU",
    "FREQ=YEARLY",
    "FREQ=DAILY;COUNT=9",
]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]


def schedule(rule: str = "FREQ=MONTHLY;BYDAY=1MO", starts: date = date(2026, 1, 1), **fields) -> Schedule:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Schedule(uid="s", title="t", subject="audit", rule=rule, starts=starts, made_at=now, person="p", **fields)


@st.composite
def schedules(draw) -> Schedule:
    starts = draw(st.dates(date(2019, 12, 1), date(2100, 12, 31)))
    length = draw(st.none() | st.integers(0, 500))
    return schedule(
        draw(st.sampled_from(RULES)),
        starts,
        ends=None if length is None else starts + timedelta(length),
        working_day=draw(st.sampled_from(list(WorkingDay))),
        week=tuple(draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True))),
        closed_on=tuple(
            day.isoformat() for day in draw(st.lists(st.dates(starts, starts + timedelta(60)), max_size=5))
        ),
        spread_days=draw(st.integers(0, 40)),
        seed=draw(st.text("abc", min_size=1, max_size=4)),
        at=draw(st.sampled_from(["", "00:00", "02:30", "09:30", "23:59"])),
        zone=draw(st.sampled_from(ZONES)),
    )


@settings(deadline=None, max_examples=200)
@given(schedules())
def test_every_date_of_the_rule_is_held_or_skipped_with_a_reason_and_held_ones_rise(made) -> None:
    last = made.starts + timedelta(400)
    found = list(occurrences(made, last))
    if any(one.on is not None for one in found):
        demand_sense(made)
    else:
        with suppress(Refusal):
            demand_sense(made)  # no date is held: of rules that never come it says so
    until = min(last, made.ends or last)
    assert [one.ruled for one in found] == list(recurrence.days(parse(made.rule), made.starts, until))
    held = [one.on for one in found if one.on is not None]
    assert all(before < after for before, after in pairwise(held))
    assert all(one.why is not None for one in found if one.on is None)
    assert all(made.starts <= on <= (made.ends or date.max) for on in held)


@settings(deadline=None, max_examples=200)
@given(schedules())
def test_random_days_stay_within_their_range_and_before_the_next_date(made) -> None:
    found = list(occurrences(made, made.starts + timedelta(300)))
    assert all(0 <= one.spread <= made.spread_days for one in found)
    assert all(one.ruled + timedelta(one.spread) < following.ruled for one, following in pairwise(found) if one.spread)


@settings(deadline=None, max_examples=100)
@given(schedules())
def test_held_days_are_working_days_unless_the_day_is_kept(made) -> None:
    if made.working_day is WorkingDay.KEEP:
        return
    for one in occurrences(made, made.starts + timedelta(300)):
        if one.on is not None:
            assert WEEKDAYS[one.on.weekday()] in made.week
            assert one.on.isoformat() not in made.closed_on


@settings(deadline=None, max_examples=100)
@given(schedules(), st.integers(0, 300), st.integers(0, 90))
def test_a_window_holds_what_the_whole_has_there(made, begins, length) -> None:
    first = made.starts + timedelta(begins)
    last = first + timedelta(length)
    whole = [one for one in occurrences(made, last + timedelta(400)) if one.on is not None and first <= one.on <= last]
    assert [one for one in between(made, first, last) if one.on is not None] == whole


def test_the_seed_makes_the_days_and_nothing_else_does() -> None:
    days = {
        seed: [one.on for one in upcoming(schedule(spread_days=14, seed=seed), date(2026, 1, 1), 12)] for seed in "ab"
    }
    again = [one.on for one in upcoming(schedule(spread_days=14, seed="a"), date(2026, 1, 1), 12)]
    assert days["a"] == again != days["b"]
    later = upcoming(schedule(spread_days=14, seed="a"), date(2026, 6, 1), 3)
    assert [one.on for one in later] == [day for day in again if day >= date(2026, 6, 1)][:3]


def test_dates_are_spread_over_all_their_days() -> None:
    found = occurrences(schedule("FREQ=MONTHLY", spread_days=4, seed="x"), date(2060, 1, 1))
    assert {one.spread for one in found} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("zone", sorted(available_timezones())[::12])
def test_the_time_on_the_wall_stays(zone) -> None:
    there = ZoneInfo(zone)
    for one in occurrences(schedule("FREQ=DAILY", at="09:30", minutes=90, zone=zone), date(2026, 12, 31)):
        assert one.begins is not None
        assert one.ends is not None
        local = one.begins.astimezone(there)
        assert (local.date(), local.strftime("%H:%M")) == (one.on, "09:30") or one.leapt
        assert one.ends - one.begins == timedelta(minutes=90)


def test_a_time_that_the_clock_leaps_over_is_held_later_and_said() -> None:
    night = schedule("FREQ=DAILY", date(2026, 3, 28), at="02:30", zone="Europe/Berlin")
    before, leap, after = list(occurrences(night, date(2026, 3, 30)))
    berlin = ZoneInfo("Europe/Berlin")
    assert leap.begins is not None
    assert leap.begins.astimezone(berlin).strftime("%d %H:%M") == "29 03:30"
    assert (before.leapt, leap.leapt, after.leapt) == (False, True, False)


def test_a_time_that_comes_twice_is_the_first_of_them() -> None:
    night = schedule("FREQ=DAILY", date(2026, 10, 25), at="02:30", zone="Europe/Berlin")
    assert next(occurrences(night, date(2026, 10, 25))).begins == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_closed_and_working_days_move_or_skip_a_date_and_say_why() -> None:
    saturday, christmas = date(2026, 12, 26), "2026-12-28"
    moved = {
        rule: next(occurrences(schedule("FREQ=YEARLY", saturday, working_day=rule, closed_on=(christmas,)), saturday))
        for rule in WorkingDay
    }
    assert moved[WorkingDay.KEEP].on == saturday
    assert moved[WorkingDay.NEXT].on == date(2026, 12, 29)
    assert (moved[WorkingDay.SKIP].on, moved[WorkingDay.SKIP].why) == (None, Why.WEEKEND)
    assert moved[WorkingDay.PREVIOUS].on == date(2026, 12, 29), "never before the schedule starts"
    earlier = schedule("FREQ=MONTHLY;BYMONTHDAY=26", date(2026, 11, 1), working_day=WorkingDay.PREVIOUS)
    assert [one.on for one in occurrences(earlier, saturday)] == [date(2026, 11, 26), date(2026, 12, 25)]


def test_two_dates_never_fall_on_one_day() -> None:
    found = list(
        occurrences(schedule("FREQ=DAILY", date(2026, 11, 20), working_day=WorkingDay.NEXT), date(2026, 11, 24))
    )
    assert [one.on for one in found] == [date(2026, 11, 20), date(2026, 11, 23), None, None, date(2026, 11, 24)]
    assert [one.why for one in found][2:4] == [Why.SAME_DAY, Why.SAME_DAY]


def test_a_rule_without_an_end_is_looked_at_as_far_as_the_horizon() -> None:
    found = upcoming(schedule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), date(2026, 1, 1), 12)
    assert [one.on for one in found] == [date(2028, 2, 29), date(2032, 2, 29)]
    never = schedule("FREQ=WEEKLY;BYDAY=SU", working_day=WorkingDay.SKIP)
    assert len(upcoming(never, date(2026, 1, 1), 12)) == 60


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends": date(2025, 12, 31)}, "schedule_backwards"),
        ({"starts": date(9999, 1, 1)}, "schedule_years"),
        ({"at": "9.30"}, "schedule_time"),
        ({"at": "24:00"}, "schedule_time"),
        ({"minutes": 0}, "schedule_minutes"),
        ({"grace_days": -1}, "schedule_grace"),
        ({"spread_days": 93}, "schedule_spread"),
        ({"week": ()}, "schedule_week"),
        ({"week": ("MON",)}, "schedule_week"),
        ({"closed_on": ("25.12.2026",)}, "schedule_closed"),
        ({"zone": "Europe/Atlantis"}, "schedule_zone"),
        ({"zone": "../etc/passwd"}, "schedule_zone"),
        ({"rule": "FREQ=SECONDLY"}, "rule_too_often"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(fields, code) -> None:
    with pytest.raises(Refusal) as told:
        demand_sense(schedule(**fields))
    assert told.value.code == f"domain.{code}"


@pytest.mark.parametrize(
    "said",
    [
        {"rule": "FREQ=DAILY;UNTIL=19700101"},
        {"rule": "FREQ=WEEKLY;BYDAY=SU", "ends": date(2026, 1, 3)},
        {"rule": "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "starts": date(2027, 1, 1)},
        {"rule": "FREQ=WEEKLY;BYDAY=SU", "working_day": WorkingDay.SKIP, "week": ("MO", "TU")},
    ],
)
def test_a_schedule_on_which_nothing_would_ever_be_held_is_refused(said):
    with pytest.raises(Refusal, match="schedule_without_date"):
        demand_sense(schedule(**({"starts": date(2026, 1, 1)} | said)))
