from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.work.auditing import another_person, decide

from gemba.domain.assessments import Assessment
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.programmes import Audit, AuditState, Programme, ProgrammeState, Schedule
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.work import complaints, plan_audits, programmes, schedules
from gemba.work.desk import Desk
from gemba.work.known_people import add_person
from gemba.work.make_scheduled import audited_quarter, make
from gemba.work.schedule_words import subject_title
from gemba.work.schedules import Draft

FIRST, LAST = date(2026, 4, 1), date(2026, 12, 31)
MONTHLY = "FREQ=MONTHLY;BYDAY=1MO"


def add(desk: Desk, place: str, rule: str = MONTHLY, **fields) -> str:
    said = {"title": "Monthly audit", "starts": date(2026, 1, 1), **fields}
    return schedules.add(desk, Draft(rule=rule, place=place, **said)).uid


def audits_of(desk: Desk, schedule: str) -> list[Audit]:
    with desk.reader() as reader:
        return sorted(reader.find(Audit, schedule=schedule), key=lambda one: one.planned_on)


def test_audits_are_made_once_however_often_they_are_asked_for(desk: Desk, place: str) -> None:
    uid = add(desk, place, grace_days=5)
    first, again = make(desk, uid, FIRST, LAST), make(desk, uid, date(2026, 3, 1), LAST)
    assert (len(first.made), first.there) == (9, 0)
    assert (len(again.made), again.there) == (0, 9) or (len(again.made), again.there) == (1, 9)
    made = audits_of(desk, uid)
    april = next(one for one in made if one.planned_on == date(2026, 4, 6))
    assert (april.quarter, april.due) == ("2026-Q1", date(2026, 4, 11))
    assert len({one.number for one in made}) == len(made)


def test_an_audit_looks_at_the_last_quarter_that_has_ended() -> None:
    assert audited_quarter(date(2026, 1, 1)) == "2025-Q4"
    assert audited_quarter(date(2026, 3, 30)) == "2025-Q4"
    assert audited_quarter(date(2026, 3, 31)) == "2026-Q1"


def test_auditors_of_a_schedule_take_turns_and_who_decided_is_passed_over(desk: Desk, place: str) -> None:
    one, two = add_person(desk, "Auditor one").uid, add_person(desk, "Auditor two").uid
    decide(desk, place, date(2026, 5, 4), decider=one)
    uid = add(desk, place, "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", auditors=(one, two))
    make(desk, uid, FIRST, LAST)
    told = [(audit.quarter, audit.auditor) for audit in audits_of(desk, uid)]
    assert told == [("2026-Q1", two), ("2026-Q2", two), ("2026-Q3", two)]  # the second turn is one's, who decided
    make(desk, add(desk, place, auditors=(one, two)), FIRST, date(2026, 6, 30))
    make(desk, uid, date(2027, 1, 1), date(2027, 1, 31), auditor=desk.person.uid)
    assert audits_of(desk, uid)[-1].auditor == desk.person.uid


def test_an_audit_belongs_to_the_programme_of_its_quarter_that_is_nearest(desk: Desk, place: str) -> None:
    whole = programmes.make(desk, programmes.Draft(quarter="2026-Q1")).uid
    near = programmes.make(desk, programmes.Draft(quarter="2026-Q1", place=place)).uid
    uid = add(desk, place, "FREQ=MONTHLY;INTERVAL=3", starts=date(2026, 4, 1))
    make(desk, uid, FIRST, date(2026, 9, 30))
    assert [one.programme for one in audits_of(desk, uid)] == [near, None]
    with desk.unit() as unit:
        unit.change(Programme, near, state=ProgrammeState.CLOSED)
    other = add(desk, place, "FREQ=YEARLY", starts=date(2026, 4, 2))
    make(desk, other, FIRST, date(2026, 9, 30))
    assert [one.programme for one in audits_of(desk, other)] == [whole]


def test_nobody_is_planned_for_their_own_decisions_and_then_no_audit_is_made(desk: Desk, place: str) -> None:
    uid = add(desk, place)
    decide(desk, place, date(2026, 5, 5))
    with pytest.raises(Refusal, match="audits_own"):
        make(desk, uid, FIRST, LAST)
    assert audits_of(desk, uid) == []
    assert make(desk, uid, FIRST, LAST, auditor=another_person(desk)).made


def test_changing_the_dates_asks_what_becomes_of_open_audits(desk: Desk, place: str) -> None:
    uid = add(desk, place)
    make(desk, uid, FIRST, date(2026, 6, 30))
    with pytest.raises(Refusal, match="open_ones_unsaid") as told:
        schedules.change(desk, uid, {"rule": "FREQ=MONTHLY;BYDAY=1TU"})
    assert told.value.facts["count"] == 3
    schedules.change(desk, uid, {"owner": "Head of audit", "title": "Audit of the month"})  # no date changes
    kept = schedules.change(desk, uid, {"rule": "FREQ=MONTHLY;BYDAY=1TU"}, open_ones=False)
    assert kept.moved == ()
    assert [one.planned_on for one in audits_of(desk, uid)] == [date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 1)]


def test_open_audits_follow_when_that_is_said_and_others_are_never_touched(desk: Desk, place: str) -> None:
    uid = add(desk, place, starts=date(2026, 3, 1))
    make(desk, uid, FIRST, date(2026, 7, 31))
    opened, cancelled, third, fourth = audits_of(desk, uid)
    with desk.unit() as unit:
        unit.change(Audit, opened.uid, state=AuditState.OPEN)
    plan_audits.cancel(desk, cancelled.uid, "No time")
    changed = schedules.change(
        desk, uid, {"rule": "FREQ=MONTHLY;BYDAY=1TU"}, open_ones=True, reason="Mondays are full."
    )
    assert changed.moved == (third.number, fourth.number)
    after = {one.number: one for one in audits_of(desk, uid)}
    assert after[opened.number].planned_on == opened.planned_on
    assert after[cancelled.number].planned_on == cancelled.planned_on
    assert [after[number].planned_on for number in changed.moved] == [date(2026, 6, 2), date(2026, 7, 7)]
    assert after[third.number].moved_because == "The schedule was changed. Mondays are full."
    assert after[third.number].quarter == third.quarter
    again = make(desk, uid, FIRST, date(2026, 8, 31))
    assert [one.planned_on for one in audits_of(desk, uid) if one.uid in again.made] == [date(2026, 8, 4)]


def test_only_the_named_open_audits_follow(desk: Desk, place: str) -> None:
    uid = add(desk, place, starts=date(2026, 4, 1))
    make(desk, uid, FIRST, date(2026, 6, 30))
    first, second, third = audits_of(desk, uid)
    with pytest.raises(Refusal, match="not_an_open_one"):
        schedules.change(desk, uid, {"rule": "FREQ=MONTHLY;BYDAY=2MO"}, open_ones=["nobody"])
    changed = schedules.change(desk, uid, {"rule": "FREQ=MONTHLY;BYDAY=2MO"}, open_ones=[second.uid])
    assert changed.moved == (second.number,)
    days = {one.number: one.planned_on for one in audits_of(desk, uid)}
    assert (days[first.number], days[second.number]) == (first.planned_on, date(2026, 5, 11))
    assert days[third.number] == third.planned_on


def test_an_audit_without_a_new_date_is_left_and_told(desk: Desk, place: str) -> None:
    uid = add(desk, place)
    make(desk, uid, FIRST, date(2026, 6, 30))
    last = audits_of(desk, uid)[-1]
    changed = schedules.change(desk, uid, {"ends": date(2026, 4, 30)}, open_ones=True)
    assert last.number in changed.left
    assert audits_of(desk, uid)[-1].planned_on == last.planned_on


def test_a_time_or_owner_alone_needs_no_word_about_open_audits(desk: Desk, place: str) -> None:
    uid = add(desk, place)
    make(desk, uid, FIRST, LAST)
    schedules.change(desk, uid, {"at": "09:30", "minutes": 90})


def test_walks_are_begun_once_with_their_day(desk: Desk, place: str) -> None:
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
    uid = add(desk, place, "FREQ=WEEKLY", subject="walk", template=template, title="5S", starts=date(2026, 4, 1))
    for count, there in ((5, 0), (0, 5)):
        found = make(desk, uid, FIRST, date(2026, 4, 30))
        assert (len(found.made), found.there) == (count, there)
    with desk.reader() as reader:
        walks = reader.find(Assessment)
    assert {walk.due for walk in walks} == {date(2026, 4, 1) + timedelta(7 * week) for week in range(5)}


def test_reviews_are_drawn_when_their_day_has_come_and_there_is_something_to_draw(desk: Desk, place: str) -> None:
    now = desk.clock()
    uid = add(desk, place, "FREQ=DAILY", subject="review", title="Week", starts=now.date() - timedelta(2))
    window = (now.date() - timedelta(2), now.date() + timedelta(3))
    assert (make(desk, uid, *window).empty, make(desk, uid, *window).later) == (3, 3)
    complaints.add(desk, words="x", place=place, received_at=now - timedelta(days=1))
    for count in (1, 0):
        assert len(make(desk, uid, *window).made) == count
    with desk.reader() as reader:
        (review,) = reader.find(ComplaintReview)
    assert (review.begins, review.ends, review.count) == (now.date() - timedelta(1), now.date() - timedelta(1), 1)


def test_a_record_that_is_looked_at_is_only_reminded_of(desk: Desk, place: str) -> None:
    uid = add(desk, place, subject=f"place:{place}")
    assert make(desk, uid, FIRST, LAST).reminded == 9


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "work.schedule_without_title"),
        ({"subject": "party"}, "work.schedule_subject"),
        ({"subject": "goal:nowhere"}, "work.unknown_record"),
        ({"subject": "walk"}, "work.schedule_without_template"),
        ({"place": None}, "work.schedule_without_place"),
        ({"rule": "FREQ=SECONDLY"}, "domain.rule_too_often"),
        ({"rule": "FREQ=DAILY;COUNT=1e9"}, "domain.rule_number"),
        ({"ends": date(2020, 1, 1)}, "domain.schedule_backwards"),
        ({"zone": "Nowhere/Land"}, "domain.schedule_zone"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_not_kept(desk: Desk, place: str, fields, code) -> None:
    said = {"title": "t", "rule": MONTHLY, "starts": FIRST, "place": place, **fields}
    with pytest.raises(Refusal) as told:
        schedules.add(desk, Draft(**said))
    assert told.value.code == code
    with desk.reader() as reader:
        assert reader.find(Schedule) == []


def test_windows_are_bounded_and_retired_schedules_make_nothing(desk: Desk, place: str) -> None:
    uid = add(desk, place, "FREQ=DAILY")
    for first, last in ((LAST, FIRST), (FIRST, date(2030, 1, 1))):
        with pytest.raises(Refusal, match="schedule_window"):
            make(desk, uid, first, last)
    schedules.retire(desk, uid)
    with pytest.raises(Refusal, match="schedule_retired"):
        make(desk, uid, FIRST, LAST)
    with desk.reader() as reader:
        assert schedules.schedules(reader) == []
        assert schedules.schedule_named(reader, "monthly AUDIT").uid == uid
        with pytest.raises(Refusal, match="no_schedule_named"):
            schedules.schedule_named(reader, "Yearly")


def test_random_days_get_a_seed_that_stays(desk: Desk, place: str) -> None:
    uid = add(desk, place, spread_days=10)
    with desk.reader() as reader:
        before = reader.get(Schedule, uid)
        assert before is not None
        dates = schedules.preview(reader, before)
    assert before.seed
    schedules.change(desk, uid, {"owner": "Anybody"})
    with desk.reader() as reader:
        after = reader.get(Schedule, uid)
        assert after is not None
        assert schedules.preview(reader, after) == dates


def test_what_comes_again_is_told_in_words_and_never_by_a_uid() -> None:
    said = {one: subject_title(one) for one in ("audit", "route:0190", "governance_body:0190", "service_level:0190")}
    assert said["governance_body:0190"] == "Governance body"
    assert not any("0190" in words or "_" in words for words in said.values())
