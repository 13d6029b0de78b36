"""The calendar in the window: days by keyboard, what is overdue, bodies with seats, meetings from agenda to minutes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from tests.ui.pages.calendar import CalendarObject
from tests.work.meeting import MONDAY, SEATS, council, kept, planned
from tests.work.test_meetings import raised

from gemba.domain.change import Change
from gemba.domain.governance import BodyMember, GovernanceBody, Meeting, MeetingState
from gemba.ui.parts.links import LinkRow
from gemba.work import minutes
from gemba.work.minutes import Minutes
from gemba.work.places import add_place


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch", zone="Europe/Berlin").uid


def test_days_are_walked_by_keyboard_and_enter_opens_the_record(open_window, desk, place):
    uid = raised(desk, place)
    council(desk, place)
    window = open_window(desk)
    shown = CalendarObject(window)
    assert shown.day == MONDAY
    shown.wait_for("Service council")
    for key, day in (
        (Qt.Key.Key_Right, MONDAY + timedelta(days=1)),
        (Qt.Key.Key_Down, MONDAY + timedelta(days=8)),
        (Qt.Key.Key_Left, MONDAY + timedelta(days=7)),
        (Qt.Key.Key_PageDown, date(2026, 4, 9)),
        (Qt.Key.Key_PageUp, MONDAY + timedelta(days=7)),
        (Qt.Key.Key_PageUp, date(2026, 2, 9)),
        (Qt.Key.Key_Home, MONDAY),
    ):
        shown.key(key)
        assert shown.day == day, key
    clock = next(day for day in (date(2026, 3, 4), date(2026, 3, 5)) if "Escalation" in shown.spoken(day))
    assert "1 entry" in shown.spoken(clock)
    shown.page.view("calendar").show_day(clock)
    window.settle()
    shown.key(Qt.Key.Key_Return)
    assert window.page.objectName() == "page.escalations"
    shown.wait_for("How it stands")
    assert uid


def test_a_week_an_agenda_and_filters(open_window, desk, place):
    raised(desk, place)
    council(desk, place)
    window = open_window(desk)
    shown = CalendarObject(window)
    window.press("calendar.mode.week")
    assert shown.page.view("calendar").days.rowCount() == 1
    window.press("calendar.mode.agenda")
    window.settle()
    titles = shown.list("calendar").column()
    assert "2026-Q1 ends" in titles
    assert titles.count("Service council") == 5
    shown.fill("calendar.sort", "escalation")
    shown.page.view("calendar").sort.activated.emit(0)
    window.qtbot.waitUntil(lambda: shown.list("calendar").column() == ["Queue at one counter"])
    window.press("calendar.mode.month")
    window.press("calendar.forth")
    assert "April 2026" in window.texts()
    window.press("calendar.today")
    assert "March 2026" in window.texts()


def test_what_is_overdue_is_listed_searched_and_opened(demo):
    shown = CalendarObject(demo, "overdue")
    listed = shown.list("overdue")
    late = [words for words in listed.column(1) if words]
    assert late
    assert late == sorted(late, key=lambda words: -int(words.split()[0]) if words[0].isdigit() else 0)
    every = len(listed.column())
    listed.narrow("sort", "action")
    assert 0 < len(listed.column()) < every
    shown.page.view("overdue").list.bar.show_all()
    demo.settle()
    listed.search("refunds receipt")
    assert listed.column() == ["The decision ends: Refunds only with the receipt"]
    listed.choose(0)
    shown.page.view("overdue").list.opened.emit(shown.page.view("overdue").list.current)
    demo.settle()
    assert demo.page.objectName() == "page.escalations"


def test_nothing_to_show_says_what_comes_here(empty):
    shown = CalendarObject(empty)
    assert "Nothing stands on this day." in empty.texts()
    for view, words in (
        ("overdue", "Nothing is overdue"),
        ("bodies", "No body decides yet"),
        ("meetings", "Nobody meets yet"),
    ):
        shown.view(view)
        assert words in empty.texts()


def test_a_body_is_added_mended_and_dissolved(open_window, desk, place):
    window = open_window(desk)
    shown = CalendarObject(window, "bodies")
    window.press("bodies.empty.add")
    shown.keep("body", title="Service council")
    assert "what the body is for" in shown.problem("body.purpose")
    shown.fill("body.purpose", "Decides what sites cannot settle.")
    shown.fill("body.place", place)
    shown.fill("body.quorum", 3)
    shown.fill("body.seats", "Head of service\nSite lead")
    shown.fill("body.rule", "FREQ=HOURLY")
    window.press("body.keep")
    assert "by the hour" in shown.problem("body.rule")
    shown.fill("body.rule", "FREQ=WEEKLY;BYDAY=MO")
    shown.fill("body.at", "09:00")
    window.press("body.keep")
    assert "quorum" in shown.problem("body.quorum")
    shown.fill("body.quorum", 2)
    window.press("body.keep")
    shown.wait_for("2 seats are vacant: Head of service, Site lead.")
    window.press("body.do.seat")
    shown.keep("seat", role="site lead")
    assert "is taken from" in shown.problem("seat.role")
    shown.keep("seat", role="Customer advocate", member=desk.person.uid, ends=MONDAY + timedelta(days=20))
    shown.wait_for("Customer advocate: term ends on 2026-03-22.")
    with desk.reader() as reader:
        advocate = next(one for one in reader.find(BodyMember) if one.role == "Customer advocate")
    window.press(f"body.seat.end.{advocate.uid}")
    shown.keep("seat.end", on=MONDAY)
    window.qtbot.waitUntil(lambda: "2026-03-22" not in window.texts())
    window.press("body.do.change")
    shown.keep("body", title="Service council North")
    shown.wait_for("Service council North")
    window.press("body.do.retire")
    window.press("body.retire.keep")
    window.qtbot.waitUntil(lambda: "Dissolved" in shown.list("bodies").column(3))
    with desk.reader() as reader:
        assert reader.find(GovernanceBody)[0].retired


def test_a_meeting_from_its_agenda_to_frozen_minutes(open_window, desk, place, tmp_path):
    one = raised(desk, place)
    raised(desk, place, "Sign")
    council(desk, place)
    window = open_window(desk)
    shown = CalendarObject(window, "meetings")
    window.press("meetings.empty.add")
    with desk.reader() as reader:
        body = reader.find(GovernanceBody)[0].uid
    window.find(LinkRow, f"meetings.of.{body}").follow()
    window.settle()
    shown.keep("meeting.plan", words="Opening hours")
    shown.wait_for("2 seats have to be there to decide")
    window.press("meeting.entry.up.3")
    shown.wait_for("2. Opening hours")
    window.press("meeting.entry.off.3")
    window.qtbot.waitUntil(lambda: "3. " not in window.texts())
    window.press("meeting.do.build")
    shown.wait_for("3. May we mend it? Sign")
    window.press("meeting.do.add")
    shown.keep("meeting.add", words="Opening hours")
    assert "already" in shown.problem("meeting.add.words")
    window.press("meeting.do.hold")
    shown.keep("minutes", **{"present.head_of_service": True, "decision.1": "A second counter.", "words": "One hour."})
    assert "take the decisions out" in window.texts()
    shown.fill("minutes.present.site_lead", value=True)
    assert "2 of 2 seats: the quorum is reached." in window.texts()
    window.press("minutes.keep")
    shown.wait_for("1 entry is decided, 2 roll over.")
    with desk.reader() as reader:
        meeting = reader.find(Meeting)[0]
    assert meeting.state is MeetingState.HELD
    window.press("meeting.entry.carry.1")
    shown.keep("meeting.carry.1", until=date(2026, 9, 30))
    shown.wait_for("Settled")
    shown.page.view("meetings").now.write(tmp_path / "minutes.pdf")
    window.qtbot.waitUntil((tmp_path / "minutes.pdf").exists)
    window.settle()
    window.press("meeting.do.correct")
    shown.keep("meeting.correct", words="It was Sundays.")
    assert "plan the next one first" in shown.problem("meeting.correct.words")
    assert one


def test_a_meeting_is_moved_and_called_off(open_window, desk, place):
    uid = planned(desk, council(desk, place))
    window = open_window(desk)
    shown = CalendarObject(window, f"meetings:{uid}")
    shown.wait_for("How it stands")
    window.press("meeting.do.move")
    shown.keep("meeting.move", day=MONDAY + timedelta(days=1))
    assert "reads it" in shown.problem("meeting.move.reason")
    shown.keep("meeting.move", reason="A fair that day.")
    shown.wait_for("Moved: A fair that day.")
    window.press("meeting.do.off")
    shown.keep("meeting.off", reason="Two seats are ill.")
    shown.wait_for("Called off: Two seats are ill.")
    assert kept(desk, uid).state is MeetingState.CANCELLED
    names = {one.objectName() for one in window.window.findChildren(QAbstractButton) if one.isVisible()}
    assert {name for name in names if name.startswith("meeting.do.")} == {"meeting.do.print"}


def test_minutes_that_are_typed_stay_when_something_else_happens(open_window, desk, place):
    uid = planned(desk, council(desk, place), MONDAY, "Opening hours")
    window = open_window(desk)
    shown = CalendarObject(window, f"meetings:{uid}")
    shown.wait_for("How it stands")
    window.press("meeting.do.hold")
    shown.fill("minutes.decision.1", "Until seven.")
    shown.fill("minutes.present.site_lead", value=True)
    window.page.services.jobs.write(raised_by, place)
    shown.wait_for("Not on it")
    typed = shown.page.view("meetings").now.form.typed()
    assert typed.decided["Opening hours"] == "Until seven."
    assert typed.present == {"Site lead"}


def raised_by(desk, place):
    for at in range(13):
        raised(desk, place, f"Queue {at}")
    return Change(topics=frozenset({"escalation"}), uids=frozenset())


def test_today_says_who_meets_this_week(open_window, desk, place):
    body = council(desk, place)
    uid = planned(desk, body)
    window = open_window(desk)
    window.go("today")
    window.qtbot.waitUntil(lambda: "Who meets this week" in window.texts())
    assert "Today" in window.find(LinkRow, f"today.meeting.{uid}").accessibleName()
    minutes.hold(desk, uid, Minutes(present=SEATS))
    window.find(LinkRow, f"today.meeting.{uid}").follow()
    window.settle()
    assert window.page.objectName() == "page.calendar"


def test_the_number_of_a_day_opens_all_that_stands_on_it(demo):
    calendar = CalendarObject(demo)
    view = calendar.page.view("calendar")
    span = [view.days.first + timedelta(days=at) for at in range((view.days.last - view.days.first).days + 1)]
    day = max(span, key=lambda one: view.days.facts(one).count)
    count = view.days.facts(day).count
    assert count > 1
    view.show_day(day)
    demo.settle()
    demo.press("calendar.day.count.0")
    assert demo.window.page == "behind"
    assert len(demo.list.column(0)) == count
    demo.window.back()
    demo.settle()
    assert calendar.day == day
