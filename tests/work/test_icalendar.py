from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from tests.work.auditing import another_person, plan_audit

from gemba.domain.programmes import WorkingDay
from gemba.errors import Trouble
from gemba.work import plan_audits, programmes, schedules
from gemba.work.desk import Desk
from gemba.work.icalendar import Which, write_calendar
from gemba.work.make_scheduled import make
from gemba.work.schedules import Draft


def events(file) -> dict[str, dict]:
    return {str(one["UID"]): one for one in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}


def test_programmes_audits_and_dates_of_schedules_are_read_by_another_program(desk: Desk, place: str, tmp_path) -> None:
    programme = programmes.make(desk, programmes.Draft(quarter="2026-Q2")).uid
    audit = plan_audit(
        desk, place, "2026-Q2", programme=programme, planned_on=date(2026, 7, 6), title="Audit; two, three"
    )
    draft = Draft(
        title="Monthly walk",
        rule="FREQ=MONTHLY;BYDAY=1MO",
        starts=date(2026, 3, 1),
        place=place,
        at="09:30",
        minutes=90,
        zone="Europe/Berlin",
        working_day=WorkingDay.NEXT,
        closed_on=("2026-06-01",),
    )
    schedules.add(desk, draft)
    made = write_calendar(desk, tmp_path / "audits.ics", Which(last=date(2026, 12, 31)))
    found = events(made.file)
    assert len(found) == made.events == 12
    one = found[f"{audit}@gemba"]
    assert (str(one["SUMMARY"]), one["DTSTART"].dt, str(one["LOCATION"])) == (
        "Audit; two, three",
        date(2026, 7, 6),
        "Harbour branch",
    )
    whole = found[f"{programme}@gemba"]
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (date(2026, 4, 1), date(2026, 7, 1))
    berlin = ZoneInfo("Europe/Berlin")
    walks = sorted(
        (each for each in found.values() if str(each["SUMMARY"]) == "Monthly walk"), key=lambda e: e["DTSTART"].dt
    )
    assert [each["DTSTART"].dt.astimezone(berlin).strftime("%m-%d %H:%M") for each in walks][:4] == [
        "03-02 09:30",
        "04-06 09:30",
        "05-04 09:30",
        "06-02 09:30",
    ]
    assert all(each["DTEND"].dt - each["DTSTART"].dt == timedelta(minutes=90) for each in walks)
    assert "closed day" in str(walks[3]["DESCRIPTION"])


def test_the_same_records_give_the_same_bytes_and_a_moved_audit_is_the_same_event_newer(
    desk: Desk, place: str, tmp_path
) -> None:
    audit = plan_audit(desk, place, "2026-Q1")
    one, two = (write_calendar(desk, tmp_path / name).file.read_bytes() for name in ("one.ics", "two.ics"))
    assert one == two
    before = events(tmp_path / "one.ics")[f"{audit}@gemba"]
    plan_audits.move(desk, audit, date(2026, 4, 2), "Stocktaking")
    plan_audits.cancel(desk, audit, "The branch closed.")
    after = events(write_calendar(desk, tmp_path / "one.ics").file)[f"{audit}@gemba"]
    assert (after["DTSTART"].dt, str(after["STATUS"])) == (date(2026, 4, 2), "CANCELLED")
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 2
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_an_audit_made_from_a_schedule_takes_the_place_of_its_date(desk: Desk, place: str, tmp_path) -> None:
    uid = schedules.add(
        desk, Draft(title="Audit", rule="FREQ=MONTHLY;COUNT=3", starts=date(2026, 4, 1), place=place)
    ).uid
    before = set(events(write_calendar(desk, tmp_path / "a.ics").file))
    make(desk, uid, date(2026, 4, 1), date(2026, 4, 30))
    assert set(events(write_calendar(desk, tmp_path / "a.ics").file)) == before


def test_only_one_person_s_audits_and_only_one_programme(desk: Desk, place: str, tmp_path) -> None:
    other = another_person(desk)
    programme = programmes.make(desk, programmes.Draft(quarter="2026-Q2")).uid
    mine, theirs = (
        plan_audit(desk, place, "2026-Q2", programme=programme),
        plan_audit(desk, place, "2026-Q1", auditor=other),
    )
    assert set(events(write_calendar(desk, tmp_path / "a.ics", Which(auditor=other)).file)) == {f"{theirs}@gemba"}
    found = events(write_calendar(desk, tmp_path / "a.ics", Which(programme=programme)).file)
    assert set(found) == {f"{mine}@gemba", f"{programme}@gemba"}


def test_a_folder_that_cannot_be_written_is_told(desk: Desk, tmp_path) -> None:
    with pytest.raises(Trouble, match="cannot_write"):
        write_calendar(desk, tmp_path / "no" / "such" / "folder.ics")
