"""What people enter by mistake on the way from a finding to its verified change: a rule and a sentence for each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import new_uid, ticking_clock
from tests.work.conftest import template_of

from gemba import wording
from gemba.domain.actions import Action, ActionState
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.occurrences import HORIZON_YEARS, between, upcoming
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.errors import Refusal
from gemba.work import conduct, follow_action
from gemba.work.action_rules import day_at, demand_due_after, left_on
from gemba.work.open_desk import make_desk
from gemba.work.place_merging import merge_place
from gemba.work.places import add_place

ZONES = sorted(available_timezones())
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ENDLESS = ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY", "FREQ=YEARLY")
NEVER = ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6,9,11")
RARE = "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29"
"""From an odd year it never comes, and no rule's words tell that."""
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware
STARTS = st.dates(date(1990, 1, 1), date(2190, 1, 1))


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    desk = make_desk(tmp_path_factory.mktemp("bad") / "store", clock=ticking_clock(), ids=new_uid, demo=True)
    place = add_place(desk, "Harbour branch").uid
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    yield desk, place, walk
    desk.store.close()


def finding(desk, place, walk, raised_at=NOW):
    with desk.unit() as unit:
        made = Finding(
            uid=new_uid(),
            number=unit.number(Finding),
            assessment=walk,
            place=place,
            criterion="The counter is open.",
            grade=FindingGrade.MAJOR,
            text="It was closed.",
            raised_at=raised_at,
            person=desk.person.uid,
        )
        unit.put(made)
    return made


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(ZONES), MOMENTS, st.integers(-3, 3))
def test_nothing_is_due_before_the_day_on_which_it_was_found_by_the_clocks_of_the_place(bench, zone, moment, days):
    desk, place, walk = bench
    with desk.unit() as unit:
        unit.change(Place, place, zone=zone)
    about = msgspec.structs.replace(finding(desk, place, walk), raised_at=moment)
    there = moment.astimezone(ZoneInfo(zone)).date()
    with desk.reader() as reader:
        assert day_at(reader, place, moment) == there
        if days >= 0:
            demand_due_after(reader, about, there + timedelta(days))
            return
        with pytest.raises(Refusal) as refused:
            demand_due_after(reader, about, there + timedelta(days))
    said = wording.sentence(refused.value)
    assert about.number in said
    assert said.endswith(".")


def test_an_action_that_is_due_before_its_finding_is_not_kept(bench):
    desk, place, walk = bench
    about = finding(desk, place, walk)
    with pytest.raises(Refusal, match="due_before_finding"):
        follow_action.add(desk, about.uid, text="Open it", owner="Counter lead", due=date(2026, 2, 27))
    with desk.reader() as reader:
        assert reader.find(Action, finding=about.uid) == []


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from(" \t\n\u200b\u00a0-–—.…_*/\\?!"), max_size=12))
def test_what_shows_nothing_closes_nothing(bench, proof):
    desk, place, walk = bench
    about = finding(desk, place, walk)
    action = follow_action.add(desk, about.uid, text="Open it", owner="Counter lead", due=date(2026, 4, 1)).uid
    with pytest.raises(Refusal) as refused:
        follow_action.done(desk, action, proof)
    assert wording.sentence(refused.value).endswith(".")
    with desk.reader() as reader:
        assert reader.get(Action, action).state is ActionState.OPEN
        assert reader.get(Finding, about.uid).state is FindingState.OPEN


NAMES = st.text("ab ", min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, st.none() | st.integers(-3, 3)), max_size=5), NAMES)
def test_who_left_is_given_nothing_unless_somebody_of_that_name_is_here(people, owner):
    today = NOW.date()
    known = [
        Person(uid=f"{at}", name=name, left_on=None if days is None else today + timedelta(days))
        for at, (name, days) in enumerate(people)
    ]
    said = " ".join(owner.split())
    meant = [one for one in known if " ".join(one.name.split()) == said]
    here = [one for one in meant if one.left_on is None or one.left_on > today]
    left = left_on(known, owner.upper(), today)
    assert (left is not None) == (bool(meant) and not here)
    assert left is None or left <= today


def test_an_owner_who_left_is_refused_in_a_sentence(bench):
    desk, place, walk = bench
    about = finding(desk, place, walk)
    with desk.unit() as unit:
        unit.put(Person(uid=new_uid(), name="Gone hand", left_on=NOW.date() - timedelta(days=1)))
    with pytest.raises(Refusal) as refused:
        follow_action.add(desk, about.uid, text="Open it", owner="gone  HAND", due=date(2026, 4, 1))
    assert wording.sentence(refused.value) == "gone  HAND left on 2026-03-01; name somebody who is here, or a role."


def test_a_chain_that_is_opened_again_goes_on_where_its_site_goes_on(bench):
    desk, _, _ = bench
    old, new = add_place(desk, "Old town").uid, add_place(desk, "New town").uid
    walk = conduct.start(desk, template_of(desk, "walk").uid, old).uid
    about = finding(desk, old, walk)
    first = follow_action.add(desk, about.uid, text="Open it", owner="Counter lead", due=date(2026, 4, 1)).uid
    follow_action.done(desk, first, "It was open at noon.")
    merge_place(desk, old, new)
    follow_action.reopen(desk, first, "It is closed again.")
    second = follow_action.add(desk, about.uid, text="Open both", owner="Counter lead", due=date(2026, 4, 1)).uid
    with desk.reader() as reader:
        assert reader.get(Finding, about.uid).state is FindingState.OPEN
        assert [reader.get(Action, uid).place for uid in (first, second)] == [old, new]


def schedule(rule, starts, **fields):
    about = {"title": "Review", "subject": "review", "made_at": NOW, "person": "p", **fields}
    return Schedule(uid="s", rule=rule, starts=starts, **about)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from((*ENDLESS, RARE)), STARTS, st.integers(0, 4000), st.integers(1, 40))
def test_a_rule_that_never_ends_or_never_comes_is_answered_within_its_horizon(rule, starts, later, count):
    first = starts + timedelta(later)
    found = upcoming(schedule(rule, starts), first, count)
    assert len(found) <= count
    assert all(first <= one.on for one in found)
    assert all(one.on.year <= first.year + HORIZON_YEARS for one in found)
    assert found or rule == RARE
    assert len(between(schedule(rule, starts), first, first + timedelta(400))) <= 401


@pytest.mark.parametrize("rule", NEVER)
def test_a_rule_that_no_calendar_ever_has_is_refused_in_a_sentence(rule):
    with pytest.raises(Refusal, match="rule_never") as refused:
        upcoming(schedule(rule, date(2026, 1, 1)), date(2026, 1, 1), 1)
    assert rule in wording.sentence(refused.value)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2000, 1, 1), date(2037, 1, 1)),
    st.times(max_value=time(23, 59)).map(lambda at: at.strftime("%H:%M")),
    st.integers(1, 600),
)
def test_the_clock_on_the_wall_holds_in_every_zone_and_through_every_leap(zone, starts, at, minutes):
    for one in between(
        schedule("FREQ=DAILY", starts, at=at, minutes=minutes, zone=zone), starts, starts + timedelta(9)
    ):
        there = one.begins.astimezone(ZoneInfo(zone))
        wall = datetime.combine(one.on, time.fromisoformat(at))
        assert one.ends - one.begins == timedelta(minutes=minutes)
        assert one.leapt == (there.replace(tzinfo=None) != wall)
        if one.leapt:
            leap = there.replace(tzinfo=None) - wall
            assert timedelta(0) < leap <= timedelta(days=1)
