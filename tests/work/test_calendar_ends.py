"""Whatever has a day by which somebody has to act stands in the calendar, late where it is, and in its file."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from tests.work.conftest import template_of
from tests.work.meeting import later

from gemba.domain.due import NEVER_LATE, DueSort
from gemba.domain.escalations import Escalation
from gemba.domain.findings import FindingGrade
from gemba.domain.goals import Goal, ServiceLevel
from gemba.domain.judgements import AgreedVerdict, AlignmentVerdict, Judgement
from gemba.domain.measures import Measure, Signal
from gemba.domain.nouns import NOUNS
from gemba.domain.programmes import Audit, AuditState, Programme
from gemba.domain.record import Uid
from gemba.work import alerts, boundaries, complaints, conduct, decisions, follow_action
from gemba.work.action_board import snooze
from gemba.work.calendar import Calendar, Wanted
from gemba.work.calendar_file import write_calendar
from gemba.work.erase import erase
from gemba.work.raise_finding import raise_finding
from gemba.work.registers import EntryDraft, add

DAY = date(2026, 3, 16)


def on(desk, sort, **wanted):
    with desk.reader() as reader:
        return Calendar(reader, desk, Wanted(sorts=(sort,), **wanted)).page()


def late(desk, sort, days):
    return [one.uid for one in on(later(desk, days), sort, overdue=True)]


def put(desk, record):
    with desk.unit() as unit:
        return unit.put(record).uid


@pytest.fixture
def action(desk, place) -> Uid:
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    grade = FindingGrade.MAJOR
    finding = raise_finding(desk, walk, grade=grade, criterion="Told in time", text="Nobody called").uid
    return follow_action.add(desk, finding, text="Call by a list", owner="Lead", due=date(2026, 5, 1)).uid


def decide(desk, place, **said):
    common = {"title": "Paid back", "role": "Clerk", "place": place, "scenario": "Refund"}
    return decisions.record(desk, **common, **said).uid


def test_a_decision_of_a_place_is_to_be_decided_anew_until_it_is(desk, place) -> None:
    decided = decide(desk, place, decided_on=date(2026, 3, 1), expires=DAY)
    (one,) = on(desk, DueSort.RULING)
    assert (one.uid, one.day, one.noun, one.owner, one.place) == (decided, DAY, "decision", "Clerk", "Harbour branch")
    assert late(desk, DueSort.RULING, 13) == []
    assert late(desk, DueSort.RULING, 16) == [decided]
    assert late(desk, DueSort.RULING, 120) == [], "given up a quarter after its end"
    decide(desk, place, decided_on=date(2026, 3, 2))
    assert on(desk, DueSort.RULING) == []
    assert late(desk, DueSort.RULING, 16) == []


def test_a_boundary_that_ends_stands_there_until_another_follows(desk, place) -> None:
    case = {"role": "Clerk", "scenario": "Refund", "limit": 50, "unit": "EUR", "place": place}
    first = boundaries.BoundaryDraft(**case, valid_from=date(2026, 1, 1), valid_to=DAY)
    uid = boundaries.set_boundary(desk, first).uid
    assert [(one.uid, one.day) for one in on(desk, DueSort.BOUNDARY)] == [(uid, DAY)]
    assert late(desk, DueSort.BOUNDARY, 16) == [uid]
    again = msgspec.structs.replace(first, role="clerk", valid_from=DAY + timedelta(days=1), valid_to=None)
    boundaries.set_boundary(desk, again)
    assert on(desk, DueSort.BOUNDARY) == []


def test_a_service_level_that_ends(desk, place) -> None:
    common = {"made_at": desk.clock(), "person": desk.person.uid, "place": place}
    least = {str: "x", float: 1.0}
    fields = msgspec.structs.fields(ServiceLevel)
    said = {one.name: least.get(one.type, DAY) for one in fields if one.required and one.name != "uid"}
    said |= {"title": "An answer in a day", "valid_from": date(2026, 1, 1), "valid_to": DAY, **common}
    known = set(ServiceLevel.__struct_fields__)
    uid = put(desk, ServiceLevel(uid=desk.ids(), **{name: one for name, one in said.items() if name in known}))
    assert [(one.uid, one.day) for one in on(desk, DueSort.LEVEL_END)] == [(uid, DAY)]
    assert late(desk, DueSort.LEVEL_END, 16) == [uid]


def test_an_exception_ends_once_its_audit_is_over(desk, place) -> None:
    decided = decide(desk, place, decided_on=date(2026, 3, 1))
    made, me = {"made_at": desk.clock()}, {"person": desk.person.uid}
    goal = {"code": "CALL", "title": "Called", "statement": "We call", "need": "To know", "version": 1}
    promise = put(desk, Goal(uid=desk.ids(), **goal, valid_from=date(2025, 1, 1), **made, **me))
    quarter = {"number": "P-1", "title": "Spring", "quarter": "2026-Q1"}
    programme = put(desk, Programme(uid=desk.ids(), **quarter, place=place, **made, **me))
    values = {"number": "Q-1", "title": "Refunds", "programme": programme, "place": place, "quarter": "2026-Q1"}
    values |= {"begins": date(2026, 1, 1), "ends": date(2026, 3, 1), "planned_on": date(2026, 3, 1)}
    values |= {"auditor": desk.person.uid, **made, **me}
    audit = put(desk, Audit(uid=desk.ids(), **{k: v for k, v in values.items() if k in Audit.__struct_fields__}))
    about = {"audit": audit, "decision": decided, "goal": promise, "place": place, "quarter": "2026-Q1"}
    said = {"auditor": desk.person.uid, "verdict": list(AlignmentVerdict)[-1], "exception": "Flood"}
    put(desk, Judgement(uid=desk.ids(), **about, **said, exception_until=DAY, judged_at=desk.clock(), **me))
    assert on(desk, DueSort.EXCEPTION) == [], "nothing is told of an audit that is still judged"
    with desk.unit() as unit:
        unit.change(Audit, audit, state=AuditState.CONCLUDED)
    (one,) = on(desk, DueSort.EXCEPTION)
    assert (one.noun, one.uid, one.title, one.day) == ("audit", audit, "Paid back", DAY)
    assert late(desk, DueSort.EXCEPTION, 16) == [audit]
    rest = {"audit": audit, "decision": decided, "goal": promise, "verdict": list(AlignmentVerdict)[-1]}
    until = {"exception": "Flood", "exception_until": DAY + timedelta(days=3), "reason": "Both saw it"}
    put(desk, AgreedVerdict(uid=desk.ids(), **rest, **until, agreed_at=desk.clock(), **me))
    assert [one.day for one in on(desk, DueSort.EXCEPTION)] == [DAY + timedelta(days=3)]


def test_what_rests_wakes_by_itself_and_is_never_late(desk, place, action) -> None:
    snooze(desk, action, DAY, "Later")
    measure = put(
        desk, Measure(uid=desk.ids(), code="wait", title="Waiting", made_at=desk.clock(), person=desk.person.uid)
    )
    days = {"begins": date(2026, 2, 1), "seen": date(2026, 2, 20)}
    common = {"raised_at": desk.clock(), "person": desk.person.uid}
    signal = put(desk, Signal(uid=desk.ids(), measure=measure, rule="1", **days, value=3.0, **common))
    alerts.snooze(desk, signal, DAY, "Holidays")
    assert [(one.uid, one.day) for one in on(desk, DueSort.REST)] == [(action, DAY)]
    assert [(one.uid, one.title) for one in on(desk, DueSort.ALERT_REST)] == [(signal, "Waiting")]
    assert late(desk, DueSort.REST, 16) == late(desk, DueSort.ALERT_REST, 16) == []
    assert {DueSort.REST, DueSort.ALERT_REST} <= NEVER_LATE


def test_a_standard_exception_of_the_register_ends(desk, place) -> None:
    from gemba.kinds.registers.registry import ALL

    ends = [code for code, register in ALL.items() if register.expires]
    assert len(ends) >= 5, "each of them stands in the calendar"
    register = ALL["exception_standard"]
    fields = {one.code: "x" for one in register.fields if one.required}
    fields |= {one.code: one.options[0].code for one in register.fields if one.required and one.options}
    fields |= {one.code: "2026-03-01" for one in register.fields if one.sort == "date"}
    fields[register.expires] = DAY.isoformat()
    uid = add(desk, register.code, EntryDraft("Flood", fields, place=place, owner="Lead")).uid
    assert [(one.uid, one.day) for one in on(desk, DueSort.EXPIRY)] == [(uid, DAY)]
    assert late(desk, DueSort.EXPIRY, 16) == [uid]


def test_a_complaint_is_to_be_deleted_by_its_day_until_it_is(desk, place) -> None:
    uid = complaints.add(desk, words="Nobody called", place=place, delete_by=DAY).uid
    (one,) = on(desk, DueSort.DELETION)
    assert (one.uid, one.day) == (uid, DAY)
    assert "Nobody" not in one.title
    assert late(desk, DueSort.DELETION, 16) == [uid]
    erase(desk, "complaint", uid, "Its day has come")
    assert on(desk, DueSort.DELETION) == []


def test_the_next_step_of_an_escalation_has_a_day(desk, place) -> None:
    required = {one.name: "x" for one in msgspec.structs.fields(Escalation) if one.required and one.type is str}
    kinds = {one.name: next(iter(one.type)) for one in msgspec.structs.fields(Escalation) if one.name == "sort"}
    said = {**required, **kinds, "place": place, "next_step": "Ask the region", "next_by": DAY, "tier": 1}
    said |= {"uid": desk.ids(), "person": desk.person.uid, "raised_at": desk.clock()}
    uid = put(desk, Escalation(**said))
    assert [(one.uid, one.title) for one in on(desk, DueSort.NEXT_STEP)] == [(uid, "Ask the region")]
    assert late(desk, DueSort.NEXT_STEP, 16) == [uid]


def test_every_end_has_an_event_of_its_own_beside_that_of_its_record(desk, place, action, tmp_path) -> None:
    snooze(desk, action, DAY, "Later")
    decide(desk, place, decided_on=date(2026, 3, 1), expires=DAY)
    written = write_calendar(desk, tmp_path / "all.ics")
    told = (tmp_path / "all.ics").read_text()
    assert f"UID:{action}@gemba" in told
    assert f"UID:{action}-wakes@gemba" in told
    assert "Decide it anew: Paid back" in told
    assert told.count("BEGIN:VEVENT") == written.events


LEFT_OUT = {
    "person": {"left_on": "it tells what was, nothing is to be done by then"},
    "assessment": {},
    "action": {"live_on": "checks follow from it"},
    "complaint": {"occurred_on": "past"},
    "complaint_review": {"begins": "a span that is looked at", "ends": "a span that is looked at"},
    "clock_target": {"valid_from": "a beginning"},
    "escalation_tier": {"valid_from": "a beginning"},
    "measure_value": {"begins": "a span"},
    "frozen_baseline": {"begins": "a span", "ends": "a span", "holds_from": "a beginning"},
    "signal": {"begins": "past", "seen": "past"},
    "survey": {"begins": "a span", "ends": "a span"},
    "goal": {"valid_from": "a beginning", "retired_on": "ended on purpose"},
    "service_level": {"valid_from": "a beginning", "achieved_on": "past"},
    "boundary": {"valid_from": "a beginning"},
    "decision": {"decided_on": "past"},
    "schedule": {"starts": "a beginning", "ends": "asked for on purpose"},
    "audit": {"begins": "a span that is looked at"},
    "sample": {"begins": "a span", "ends": "a span"},
    "rotation": {},
    "commitment": {"made_on": "past", "kept_on": "past"},
    "body_member": {"begins": "a beginning"},
    "meeting": {"held_on": "past"},
}
"""Days of records that ask for nothing, and why."""

STANDS = {
    "assessment": {"due"},
    "action": {"due", "snoozed_until"},
    "complaint": {"delete_by"},
    "signal": {"snoozed_until"},
    "process_map": {"review_by"},
    "risk": {"review_by"},
    "register_entry": {"review_by"},
    "goal": {"valid_to"},
    "service_level": {"review_by", "valid_to"},
    "boundary": {"valid_to"},
    "decision": {"expires"},
    "escalation": {"next_by", "expires"},
    "audit": {"ends", "planned_on", "due"},
    "judgement": {"exception_until"},
    "agreed_verdict": {"exception_until"},
    "effect_check": {"due"},
    "rotation": {"planned_on", "until"},
    "commitment": {"due"},
    "body_member": {"ends"},
    "meeting": {"planned_on"},
}


def test_a_day_of_any_record_stands_in_the_calendar_or_says_why_not() -> None:
    for noun, kind in NOUNS.items():
        days = {one.name for one in msgspec.structs.fields(kind) if one.type in {date, date | None}}
        assert days == STANDS.get(noun, set()) | set(LEFT_OUT.get(noun, ())), noun
