from __future__ import annotations

import time
from datetime import date, datetime
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gemba.domain.recurrence import days
from gemba.domain.recurrence_rules import WEEKDAYS, Every, Rule, parse, written
from gemba.errors import Refusal

starts = st.dates(date(1990, 1, 1), date(2110, 12, 31))
weekdays = st.sampled_from(WEEKDAYS)
several_days = st.lists(weekdays, min_size=1, max_size=4, unique=True).map(",".join)
ordinals = st.tuples(st.sampled_from([*range(-4, 0), *range(1, 5)]), weekdays).map(lambda pair: f"{pair[0]}{pair[1]}")
months = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)
month_days = st.lists(st.one_of(st.integers(1, 31), st.integers(-31, -1)), min_size=1, max_size=3, unique=True)


@st.composite
def rules(draw) -> str:
    """Rules that are offered, written as calendars write them."""
    freq = draw(st.sampled_from(list(Every)))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 6))}"]
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    by = []
    if draw(st.booleans()):
        by.append(f"BYMONTH={','.join(map(str, draw(months)))}")
    if freq is not Every.WEEK and draw(st.booleans()):
        by.append(f"BYMONTHDAY={','.join(map(str, draw(month_days)))}")
    if draw(st.booleans()):
        ordinal = freq in {Every.MONTH, Every.YEAR} and draw(st.booleans())
        by.append(f"BYDAY={draw(ordinals) if ordinal else draw(several_days)}")
    if by and freq in {Every.MONTH, Every.YEAR} and draw(st.booleans()):
        by.append(f"BYSETPOS={draw(st.sampled_from([-2, -1, 1, 2, 3]))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU', 'WE']))}")
    return ";".join(parts + by)


def parsed(rule: str) -> Rule | None:
    """The rule; none where no month has one of its days."""
    try:
        return parse(rule)
    except Refusal:
        return None


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(rules(), starts)
def test_the_days_are_those_that_another_program_finds(rule, first) -> None:
    last = first.replace(year=first.year + 3, day=28)
    meant = parsed(rule)
    assume(meant is not None)
    mine = list(days(meant, first, last))
    assume(mine)  # the other program looks for a first day until the end of time
    there = rrulestr(rule, dtstart=datetime.combine(first, datetime.min.time()))
    other = [one.date() for one in islice(there, len(mine) + 1)]
    assert [day for day in other if day <= last] == mine


@given(rules(), starts)
def test_days_rise_and_count_is_kept(rule, first) -> None:
    try:
        meant = parse(rule)
    except Refusal:
        return
    found = list(days(meant, first, first.replace(year=first.year + 2, day=28)))
    assert found == sorted(set(found))
    assert len(found) <= (meant.count or len(found))


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("FREQ=YEARLY", date(2096, 2, 29), [date(2096, 2, 29), date(2104, 2, 29)]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", date(2099, 1, 1), [date(2099, 2, 28), date(2100, 2, 28)]),
        ("FREQ=MONTHLY", date(2026, 1, 31), [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31)]),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 10, 1), [date(2026, 10, 30), date(2026, 11, 27)]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 1, 1), [date(2026, 1, 30), date(2026, 2, 27)]),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU", date(2026, 3, 3), [date(2026, 3, 3), date(2026, 3, 15)]),
        ("FREQ=YEARLY;BYDAY=1MO,-1MO", date(2026, 1, 1), [date(2026, 1, 5), date(2026, 12, 28), date(2027, 1, 4)]),
    ],
)
def test_known_rules(rule, first, expected) -> None:
    assert list(islice(days(parse(rule), first, date(2110, 1, 1)), len(expected))) == expected


def test_the_year_2100_has_no_leap_day() -> None:
    assert list(days(parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), date(2095, 1, 1), date(2105, 1, 1))) == [
        date(2096, 2, 29),
        date(2104, 2, 29),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=5WE;BYSETPOS=3",
        "FREQ=YEARLY;INTERVAL=1000",
    ],
)
def test_a_rule_that_never_comes_or_never_ends_is_not_looped(rule) -> None:
    began = time.perf_counter()
    found = list(days(parse(rule), date(2026, 11, 23), date(2036, 11, 23)))
    assert len(found) <= 1
    assert time.perf_counter() - began < 20, "a loop to the end of the calendar takes minutes"


def test_the_ends_of_the_calendar_are_reached() -> None:
    for every in Every:
        found = list(days(parse(f"FREQ={every}"), date(9999, 12, 1), date.max))
        assert found[0] == date(9999, 12, 1)
        assert next(iter(days(parse(f"FREQ={every}"), date.min, date(2, 1, 1)))) == date.min


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "rule_none"),
        ("every monday", "rule_part"),
        ("FREQ=SECONDLY", "rule_too_often"),
        ("FREQ=HOURLY;INTERVAL=5", "rule_too_often"),
        ("BYDAY=MO", "rule_freq"),
        ("FREQ=FORTNIGHTLY", "rule_freq"),
        ("FREQ=DAILY;COUNT=1e9", "rule_number"),
        ("FREQ=DAILY;COUNT=1000000000", "rule_number"),
        ("FREQ=DAILY;COUNT=999999999", "rule_range"),
        ("FREQ=DAILY;INTERVAL=0", "rule_range"),
        ("FREQ=DAILY;COUNT=-1", "rule_range"),
        ("FREQ=DAILY;FREQ=DAILY", "rule_twice"),
        ("FREQ=DAILY;BYHOUR=9", "rule_unknown"),
        ("DTSTART=20260101;FREQ=DAILY", "rule_unknown"),
        ("FREQ=DAILY\nRDATE=20260101", "rule_freq"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "rule_value"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "rule_value"),
        ("FREQ=YEARLY;BYMONTH=13", "rule_value"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule_value"),
        ("FREQ=WEEKLY;WKST=XX", "rule_value"),
        ("FREQ=DAILY;UNTIL=tomorrow", "rule_value"),
        ("FREQ=DAILY;UNTIL=20260231", "rule_value"),
        ("FREQ=DAILY;UNTIL=20260201;COUNT=2", "rule_both"),
        ("FREQ=WEEKLY;BYDAY=1MO", "rule_ordinal"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "rule_weekly"),
        ("FREQ=MONTHLY;BYSETPOS=1", "rule_position"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rule_never"),
        ("FREQ=DAILY;" + "BYMONTH=" + ",".join(["1"] * 300), "rule_long"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(rule, code) -> None:
    with pytest.raises(Refusal) as told:
        parse(rule)
    assert told.value.code == f"domain.{code}"


@given(st.text(max_size=60))
def test_any_words_are_a_rule_or_refused(words) -> None:
    try:
        parse(words)
    except Refusal:
        return


def test_a_rule_has_one_form() -> None:
    assert written(" rrule:freq=monthly; byday=1mo; ") == "FREQ=MONTHLY;BYDAY=1MO"
    assert parse("FREQ=DAILY;UNTIL=20260301T235959Z").until == date(2026, 3, 1)
