from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.complaints import Complaint
from gemba.domain.measures import Period
from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.store import series

pytestmark = pytest.mark.on_both

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture
def keep(store, records, time):
    """Keeps complaints."""
    time.now = NOW
    with store.unit(records.person.uid) as unit:
        unit.put(records.person)
        unit.put(records.place)

    def put(received, **fields):
        made = Complaint(
            uid=records.uid(),
            number="K",
            source="",
            received_at=received,
            recorded_at=NOW,
            person=records.person.uid,
            **fields,
        )
        with store.unit(records.person.uid) as unit:
            unit.put(made)
        return made.uid

    return put


def at(day, hour=12):
    return datetime(2026, 1, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def test_weeks_without_a_complaint_are_there_and_the_last_one_is_not_over(store, keep):
    for day in (5, 6, 26, 76):
        keep(at(day))
    with store.reader() as reader:
        found = series.counts(reader, {}, Period.WEEK)
    assert found.begins[0] == date(2026, 1, 5)
    assert found.begins[-1] == date(2026, 3, 16)
    assert found.whole == (2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1)
    assert found.unfinished


@pytest.mark.parametrize("period", list(Period))
def test_counts_are_those_of_the_calendar_of_the_zone_also_over_the_change_of_the_clock(store, keep, period):
    zone = "America/New_York"  # its clock changed on 8 March 2026
    moments = [datetime(2026, 3, 7, 0, tzinfo=UTC) + timedelta(hours=5 * n) for n in range(40)]
    for moment in moments:
        keep(moment)
    wanted = Counter(series.first_day(period, moment.astimezone(ZoneInfo(zone)).date()) for moment in moments)
    with store.reader() as reader:
        found = series.counts(reader, {}, period, zone=zone)
    assert dict(zip(found.begins, found.whole, strict=True)) == {day: wanted.get(day, 0) for day in found.begins}
    assert sum(found.whole) == len(moments)


def test_codes_that_were_replaced_count_as_todays_and_the_most_frequent_stands_first(store, records, keep):
    with store.unit(records.person.uid) as unit:
        for version, terms, crosswalk in ((1, {"late": "Late", "rude": "Rude"}, {}),
                                          (2, {"slow": "Slow", "rude": "Rude"}, {"late": "slow"})):  # fmt: skip
            unit.put(
                Vocabulary(
                    uid=records.uid(),
                    facet=Facet.CAUSE,
                    version=version,
                    terms=terms,
                    crosswalk=crosswalk,
                    released_at=NOW,
                    person=records.person.uid,
                )
            )
    for cause in ("late", "slow", "slow", "rude", ""):
        keep(at(70), cause=cause)
    with store.reader() as reader:
        found = series.counts(reader, {}, Period.MONTH, by="cause")
        only = series.counts(reader, {"cause": "slow"}, Period.MONTH)
    assert list(found.groups.items()) == [("slow", (3,)), ("", (1,)), ("rude", (1,))]
    assert only.whole == (3,)


def test_filters_place_and_days_narrow_what_is_counted(store, records, keep):
    below = Place(uid=records.uid(), name="Till", parent=records.place.uid)
    with store.unit(records.person.uid) as unit:
        unit.put(below)
    keep(at(40), place=below.uid, severity="high")
    keep(at(41), place=records.place.uid)
    keep(at(42))
    with store.reader() as reader:
        there = series.counts(reader, {}, Period.MONTH, place=records.place.uid)
        high = series.counts(reader, {"severity": "high"}, Period.MONTH)
        days = series.counts(reader, {}, Period.DAY, begins=date(2026, 2, 9), ends=date(2026, 2, 10))
        by = series.totals(reader, {}, "place", during=(at(1), at(80)))
    assert sum(there.whole) == 2
    assert sum(high.whole) == 1
    assert (days.begins, days.whole) == ((date(2026, 2, 9), date(2026, 2, 10)), (1, 1))
    assert not days.unfinished
    assert by == {below.uid: 1, records.place.uid: 1, "": 1}


def test_what_is_behind_a_point_and_what_lies_between(store, keep):
    uids = [keep(at(day)) for day in (33, 34, 70)]
    with store.reader() as reader:
        during = series.stretch(Period.MONTH, date(2026, 2, 1), "UTC")
        assert series.records_behind(reader, {}, during) == uids[:2]
        assert series.records_behind(reader, {}, during, most=1) == uids[:1]
        assert series.moments(reader, {}) == [at(33), at(34), at(70)]
        assert series.moments(reader, {}, most=2) == [at(34), at(70)]


def test_what_cannot_be_counted_is_refused(store, keep):
    keep(at(1))
    with store.reader() as reader:
        with pytest.raises(Refusal, match="unknown_category"):
            series.counts(reader, {}, Period.DAY, by="customer")
        with pytest.raises(Refusal, match="unknown_filter"):
            series.counts(reader, {"shoe": "42"}, Period.DAY)
        with pytest.raises(Refusal, match="too_many_periods"):
            series.counts(reader, {}, Period.DAY, begins=date(1990, 1, 1))


def test_nothing_at_all_is_one_empty_period(store, keep):
    with store.reader() as reader:
        found = series.counts(reader, {}, Period.MONTH)
    assert found.whole == (0,)
    assert found.unfinished


@given(st.dates(date(1999, 1, 1), date(2050, 1, 1)), st.sampled_from(Period))
def test_a_day_lies_in_its_period_and_periods_follow_one_another(day, period):
    first = series.first_day(period, day)
    assert first <= day < series.after(period, first)
    assert series.first_day(period, series.after(period, first)) == series.after(period, first)


@pytest.mark.parametrize("of", [{}, {"product": "loan"}])
def test_a_part_and_its_whole_are_what_counting_each_gives(store, records, keep, of) -> None:
    for day in range(1, 70):
        product, severity = ("loan", "card", "")[day % 3], ("high", "low")[day % 2]
        keep(at(day), product=product, severity=severity, place=records.place.uid if day % 5 else None)
    with store.reader() as reader:
        for place in (None, records.place.uid):
            part, whole = series.parts(reader, {"severity": "high"}, of, Period.WEEK, place=place)
            alone = series.counts(reader, {**of, "severity": "high"}, Period.WEEK, place=place)
            around = series.counts(reader, of, Period.WEEK, place=place, begins=alone.begins[0])
            assert (part.whole, part.begins) == (alone.whole, alone.begins)
            assert (whole.whole, whole.begins) == (around.whole, around.begins)
            assert part.unfinished == alone.unfinished
        nothing, _ = series.parts(reader, {"severity": "critical"}, of, Period.WEEK)
        assert sum(nothing.whole) == 0


def test_a_register_that_is_not_kept_any_more_is_told_from_quiet_weeks(store, keep, time) -> None:
    with store.reader() as reader:
        assert series.silent_since(reader) is None
    keep(at(5))
    for days, silent in ((59, None), (61, date(2026, 1, 5))):
        time.now = at(5) + timedelta(days=days)
        with store.reader() as reader:
            assert series.silent_since(reader) == silent
