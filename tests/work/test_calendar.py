"""Everything that comes or is due stands in one calendar; what is overdue stands first, with its age and its owner."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar as Reading
from tests.work.auditing import another_person
from tests.work.meeting import MONDAY, SEATS, council, kept, later, planned
from tests.work.test_meetings import late_action, raised

from gemba.domain.due import Due, DueSort
from gemba.domain.goals import Goal
from gemba.domain.measures import Measure
from gemba.domain.people import Person
from gemba.domain.process_maps import ProcessMap
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.errors import Refusal, Trouble
from gemba.ui.calendar.ways import way_to
from gemba.work import bodies, commitments, follow_action, meetings, minutes, rotations, schedules
from gemba.work.bodies import Cadence, Seat
from gemba.work.calendar import Calendar, Wanted, sorts_named
from gemba.work.calendar_file import write_calendar
from gemba.work.commitments import Word
from gemba.work.desk import Desk
from gemba.work.make_scheduled import make
from gemba.work.minutes import Minutes
from gemba.work.places import add_place
from gemba.work.registers import EntryDraft, add
from gemba.work.rotations import Stint


def listed(desk: Desk, **wanted: object) -> list[Due]:
    with desk.reader() as reader:
        return Calendar(reader, desk, Wanted(**wanted)).page()


def told(desk: Desk, **wanted: object) -> list[tuple[str, str]]:
    return [(one.day.isoformat()[5:], one.sort.value) for one in listed(desk, **wanted)]


def everything(desk: Desk, place: str, audit: str) -> None:
    """One thing of each sort within the next weeks or the last ones."""
    late_action(desk, audit)
    raised(desk, place)
    word = Word(said="It is slow.", text="A second desk.", to="the team", role="Head", due=MONDAY, place=place)
    commitments.add(desk, word)
    stint = Stint(leader=desk.person.uid, place=place, role="Counter", planned_on=MONDAY + timedelta(days=1))
    rotations.plan(desk, stint)
    entry = EntryDraft("Long wait", {"definition": "15 minutes", "unit": "Visit", "perceived_by": "customer"})
    add(desk, "defect_definition", msgspec.structs.replace(entry, review_by=MONDAY + timedelta(days=2), place=place))
    with desk.unit() as unit:
        common = {"made_at": desk.clock(), "person": desk.person.uid}
        unit.put(ProcessMap(uid=desk.ids(), title="Returns", review_by=MONDAY + timedelta(days=3), **common))
        goal = {"code": "told-first", "title": "Told first", "statement": "We tell you.", "need": "I want to know."}
        ends = {"valid_from": date(2025, 1, 1), "valid_to": MONDAY + timedelta(days=4), "version": 1, "owner": "Head"}
        unit.put(Goal(uid=desk.ids(), **goal, **ends, **common))
        old = {"made_at": desk.clock() - timedelta(days=18 * 30 + 20), "person": desk.person.uid}
        unit.put(Measure(uid=desk.ids(), code="wait", title="Waiting", **old))
    council(desk, place)


def test_everything_stands_in_one_calendar(desk: Desk, place: str, audit: str) -> None:
    everything(desk, place, audit)
    found = listed(desk, last=MONDAY + timedelta(days=7))
    sorts = {one.sort for one in found}
    assert {
        *(DueSort.MEETING, DueSort.PROMISE, DueSort.ROTATION, DueSort.ENTRY, DueSort.MAP, DueSort.GOAL),
        DueSort.ESCALATION,
    } <= sorts
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert all(one.owner for one in found if one.sort is not DueSort.MAP and one.sort is not DueSort.ENTRY)
    assert all(way_to(one.noun, one.uid) for one in found)
    assert [one.sort for one in listed(desk, overdue=True)] == [DueSort.ACTION]
    assert [one.sort for one in listed(desk, first=date(2026, 3, 31), last=date(2026, 3, 31))] == [DueSort.QUARTER]
    assert {one.sort for one in listed(desk, first=date(2026, 2, 1), last=date(2026, 6, 30))} >= {DueSort.MEASURE}


def test_the_calendar_is_narrowed_by_place_sort_and_own(desk: Desk, place: str, audit: str) -> None:
    everything(desk, place, audit)
    elsewhere = add_place(desk, "Kiosk").uid
    raised(desk, elsewhere)
    with desk.unit() as unit:
        other = Person(uid=desk.ids(), name="Somebody else")
        unit.put(other)
    stranger = msgspec.structs.replace(desk, person=other)
    assert {one.place for one in listed(desk, place=elsewhere)} == {"Kiosk"}
    assert {one.sort for one in listed(desk, sorts=(DueSort.ROTATION, DueSort.GOAL))} == {
        DueSort.ROTATION,
        DueSort.GOAL,
    }
    assert {one.sort for one in listed(stranger, own=True)} == {DueSort.QUARTER}
    assert len(listed(desk, own=True)) > 5
    body = council(desk, title="Board")
    bodies.seat(desk, body, Seat(role="Guest", member=other.uid))
    assert {one.title for one in listed(stranger, own=True, sorts=(DueSort.MEETING,))} == {"Board"}


def test_what_is_overdue_says_since_when_and_goes_when_it_is_done(desk: Desk, place: str, audit: str) -> None:
    action = late_action(desk, audit)
    body = council(desk, place)
    meeting = planned(desk, body)
    then = later(desk, 10)
    with then.reader() as reader:
        calendar = Calendar(reader, then, Wanted(overdue=True))
        found = calendar.page()
        assert [(one.sort.value, one.days_late(calendar.today)) for one in found] == [
            ("action", 19),
            ("meeting", 10),
            ("meeting", 3),
        ]
        assert [one.owner for one in found] == ["Team lead", SEATS[0], SEATS[0]]
        assert calendar.counts() == {DueSort.MEETING: 2, DueSort.ACTION: 1}
    minutes.hold(then, meeting, Minutes(present=SEATS))
    follow_action.done(then, action, "Labels hang.")
    assert [(one.noun, one.day) for one in listed(then, overdue=True)] == [
        ("governance_body", MONDAY + timedelta(days=7))
    ]


def test_a_date_of_a_schedule_becomes_what_is_made_for_it_and_is_never_there_twice(desk: Desk, place: str) -> None:
    draft = schedules.Draft(title="Audit", rule="FREQ=WEEKLY;BYDAY=TH", starts=MONDAY, place=place, owner="Lead")
    uid = schedules.add(desk, draft).uid
    before = told(desk, sorts=(DueSort.AUDIT,), last=date(2026, 3, 20))
    make(desk, uid, MONDAY, MONDAY + timedelta(days=6))
    found = listed(desk, sorts=(DueSort.AUDIT,), last=date(2026, 3, 20))
    assert [(one.day.isoformat()[5:], one.sort.value) for one in found] == before
    assert [one.noun for one in found] == ["audit", "schedule", "schedule"]
    schedules.retire(desk, uid)
    assert len(listed(desk, sorts=(DueSort.AUDIT,), last=date(2026, 3, 20))) == 1


def test_terms_that_end_stand_there_until_somebody_follows(desk: Desk) -> None:
    body = council(desk)
    bodies.seat(desk, body, Seat(role="Advocate", ends=MONDAY + timedelta(days=5)))
    (one,) = listed(desk, sorts=(DueSort.TERM,))
    assert (one.day, one.title) == (MONDAY + timedelta(days=5), "Advocate, Service council")
    then = later(desk, 20)
    assert [late.sort for late in listed(then, overdue=True, sorts=(DueSort.TERM,))] == [DueSort.TERM]
    bodies.seat(then, body, Seat(role="advocate"))
    assert listed(then, overdue=True, sorts=(DueSort.TERM,)) == []


def test_a_day_that_no_calendar_has_is_refused(desk: Desk) -> None:
    for wanted, code in (
        ({"first": date(2026, 3, 2), "last": date(2026, 3, 1)}, "work.calendar_backwards"),
        ({"first": date(2026, 3, 2), "last": date(2036, 3, 1)}, "work.calendar_days"),
    ):
        with pytest.raises(Refusal) as found:
            listed(desk, **wanted)
        assert found.value.code == code
    with pytest.raises(Refusal):
        sorts_named(["rumour"])
    assert listed(desk, first=date(9999, 12, 1), last=date(9999, 12, 31))  # the end of the last quarter


@pytest.mark.parametrize("overdue", [False, True])
def test_pages_one_after_the_other_are_the_whole_calendar(desk: Desk, place: str, audit: str, overdue: bool) -> None:
    everything(desk, place, audit)
    for day in range(4):
        raised(desk, place, f"Queue {day}")
    then = later(desk, 45) if overdue else desk
    with then.reader() as reader:
        calendar = Calendar(reader, then, Wanted(overdue=overdue))
        whole = calendar.page(1000)
        for size in (1, 3):
            found: list[Due] = []
            while some := calendar.page(size, found[-1] if found else None):
                found += some
            assert found == whole
        sorts = list(DueSort)
        keys = [(sorts[rank], key) for _, rank, key in calendar.places()]
        assert calendar.lines(keys) == whole
        assert sum(calendar.counts().values()) == len(whole)
        assert len(whole) > 5


def test_days_count_what_a_list_has(desk: Desk, place: str, audit: str) -> None:
    everything(desk, place, audit)
    wanted = Wanted(first=date(2026, 2, 1), last=date(2026, 3, 31))
    with desk.reader() as reader:
        calendar = Calendar(reader, desk, wanted)
        days, whole = calendar.days(2), calendar.page(1000)
    assert {day: facts.count for day, facts in days.items()} == {
        day: sum(one.day == day for one in whole) for day in {one.day for one in whole}
    }
    assert sum(facts.late for facts in days.values()) == 1
    assert all(len(facts.first) <= 2 for facts in days.values())


def events(file: Path) -> dict[str, dict]:
    return {str(one["UID"]): one for one in Reading.from_ical(file.read_bytes()).walk("VEVENT")}


def test_a_calendar_program_updates_and_does_not_duplicate(desk: Desk, place: str, tmp_path: Path, audit: str) -> None:
    everything(desk, place, audit)
    body = council(desk, title="Board", cadence=Cadence(rule="FREQ=WEEKLY;BYDAY=MO", at="09:00", zone="Europe/Berlin"))
    wanted = Wanted(last=date(2026, 4, 10))
    write_calendar(desk, tmp_path / "a.ics", wanted)
    first = events(tmp_path / "a.ics")
    assert write_calendar(desk, tmp_path / "b.ics", wanted).events == len(first)
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    meeting = planned(desk, body, date(2026, 3, 30))
    meetings.move(desk, meeting, date(2026, 3, 31), "A fair that day.")
    write_calendar(desk, tmp_path / "c.ics", wanted)
    second = events(tmp_path / "c.ics")
    assert second.keys() == first.keys()
    uid = f"{meeting}@gemba"
    assert first[uid]["DTSTART"].dt.astimezone(ZoneInfo("Europe/Berlin")).hour == 9
    assert second[uid]["DTSTART"].dt.astimezone(ZoneInfo("Europe/Berlin")) == datetime(
        2026, 3, 31, 9, tzinfo=ZoneInfo("Europe/Berlin")
    )
    assert int(second[uid]["SEQUENCE"]) > int(first[uid]["SEQUENCE"])
    meetings.call_off(desk, meeting, "Nobody can come.")
    write_calendar(desk, tmp_path / "d.ics", wanted)
    third = events(tmp_path / "d.ics")
    assert (str(third[uid]["STATUS"]), third.keys()) == ("CANCELLED", first.keys())
    assert int(third[uid]["SEQUENCE"]) > int(second[uid]["SEQUENCE"])


def test_what_is_overdue_is_in_the_file_and_a_folder_that_is_not_there_is_said(
    desk: Desk, audit: str, tmp_path: Path
) -> None:
    action = late_action(desk, audit)
    write_calendar(desk, tmp_path / "a.ics")
    assert f"{action}@gemba" in events(tmp_path / "a.ics")
    with pytest.raises(Trouble):
        write_calendar(desk, tmp_path / "nowhere" / "a.ics")


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu")
TIMES = st.builds(lambda hour, minute: f"{hour:02d}:{minute:02d}", st.integers(0, 23), st.integers(0, 59))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU,MO", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=DAILY;INTERVAL=5"]),
    at=TIMES,
    zone=st.sampled_from(ZONES),
    first=st.dates(date(2026, 3, 1), date(2026, 11, 20)),
)
def test_rules_without_an_end_keep_their_time_on_the_wall_across_the_change_of_clocks(
    desk: Desk, rule: str, at: str, zone: str, first: date
) -> None:
    """However the clocks change, a date begins at its time there, unless the clock leaps over it."""
    uid = desk.ids()
    made = {"made_at": desk.clock(), "person": desk.person.uid}
    one = Schedule(
        uid=uid,
        title="Huddle",
        subject="review",
        rule=rule,
        starts=date(2026, 1, 1),
        at=at,
        zone=zone,
        working_day=WorkingDay.KEEP,
        **made,
    )
    with desk.unit() as unit:
        unit.put(one)
    last = first + timedelta(days=40)
    found = [each for each in listed(desk, first=first, last=last, sorts=(DueSort.REVIEW,)) if each.uid == uid]
    assert found
    for each in found:
        assert each.begins is not None
        there = each.begins.astimezone(ZoneInfo(zone))
        leapt = (
            datetime.fromisoformat(f"{each.day}T{at}")
            .replace(tzinfo=ZoneInfo(zone))
            .astimezone(ZoneInfo("UTC"))
            .astimezone(ZoneInfo(zone))
            .strftime("%H:%M")
            != at
        )
        assert leapt or (there.date(), f"{there:%H:%M}") == (each.day, at)
    with desk.unit() as unit:
        unit.change(Schedule, uid, retired=True)


def test_who_left_and_who_is_vacant_are_told(desk: Desk) -> None:
    body = council(desk, quorum=None)
    bodies.seat(desk, body, Seat(role="Advocate", member=another_person(desk, "Ben Second")))
    assert kept(desk, planned(desk, body)).planned_on == MONDAY
