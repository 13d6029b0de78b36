"""Bodies, meetings and the calendar on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar
from tests.cli.conftest import Shell

TRIED = ("--tried", "A second colleague helps from eleven to one.")


@pytest.fixture
def council(shell: Shell) -> Shell:
    """A site with an escalation, and a council that takes it."""
    shell.ok("place", "add", "Harbour", "--zone", "Europe/Berlin")
    asked = ("--title", "Queue", "--asked", "May we open a second counter?", "--place", "Harbour")
    shell.ok("escalation", "raise", *asked, *TRIED)
    seats = ("--seat", "Head of service", "--seat", "Site lead")
    cadence = ("--rule", "FREQ=WEEKLY;BYDAY=MO", "--at", "09:00", "--minutes", "60")
    purpose = ("--purpose", "Decides what sites cannot settle.", "--takes", "escalation,action", "--quorum", "2")
    shell.ok("body", "add", "Service council", *purpose, "--place", "Harbour", *seats, *cadence)
    return shell


def test_a_body_is_added_shown_changed_and_dissolved(council: Shell) -> None:
    shown = council("body", "show", "service")
    assert "2 seats are vacant: Head of service, Site lead." in shown.out
    assert "2026-03-09 09:00 CET" in shown.out
    council.ok("body", "seat", "Service council", "Customer advocate", "--until", "2026-04-15")
    assert council.ok("body", "list")[0]["seats"][1]["role"] == "Customer advocate"
    assert "term ends on 2026-04-15" in council("body", "show", "Service council").out
    council.ok("body", "end", "Service council", "Customer advocate", "--on", "2026-03-31")
    council.ok("body", "change", "Service council", "--rule", "FREQ=DAILY", "--quorum", "0", "--takes", "audit")
    body = council.ok("body", "show", "Service council")
    assert (body["body"]["takes"], body["body"]["quorum"], body["rule"]) == (["audit"], None, "FREQ=DAILY")
    assert "Service council" in council("body", "list").out
    council.ok("body", "end", "Service council")
    assert council.ok("body", "list") == []
    assert council("meeting", "plan", "Service council").code == 2


def test_a_body_meets_on_the_weekday_that_its_rule_names(shell: Shell) -> None:
    shell.ok("place", "add", "Island", "--zone", "Australia/Lord_Howe")
    said = ("--purpose", "Decides what waits.", "--place", "Island", "--seat", "Lead")
    shell.ok("body", "add", "Sunday council", *said, "--rule", "FREQ=WEEKLY;BYDAY=SU", "--at", "02:15")
    assert "2026-03-08 02:15 +11" in shell("body", "show", "Sunday council").out
    shell.ok("body", "add", "Month's end", *said, "--rule", "FREQ=MONTHLY;BYMONTHDAY=28")
    assert "2026-03-30" in shell("body", "show", "Month's end").out, "no meeting on a Saturday that nobody named"
    listed = shell.ok("calendar", "list", "--sort", "meeting", "--to", "2026-03-10")
    assert [(one["day"], one["clock"]) for one in listed] == [("2026-03-08", "02:15 +11")]
    assert "02:15 +11" in shell("calendar", "list", "--sort", "meeting").out


def test_what_makes_no_sense_is_one_sentence_and_code_2(council: Shell) -> None:
    for arguments, words in (
        (("body", "add", "Board", "--purpose", "Decides.", "--rule", "FREQ=HOURLY"), "by the hour"),
        (("body", "add", "Board", "--purpose", "Decides.", "--seat", "Lead", "--quorum", "3"), "quorum"),
        (("body", "seat", "Service council", "site LEAD"), "is taken from"),
        (("body", "change", "Service council", "--quorum", "9"), "quorum"),
        (("body", "end", "Service council", "Nobody"), "seat"),
        (("meeting", "plan", "Nobody"), "gemba body list"),
        (("meeting", "plan", "Service council", "--on", "2036-01-01"), "nearer day"),
        (("calendar", "list", "--from", "2026-05-01", "--to", "2026-04-01"), "cannot end"),
        (("calendar", "list", "--sort", "rumour"), "rumour"),
    ):
        said = council(*arguments)
        assert (said.code, said.out) == (2, ""), said
        assert words in said.err
        assert said.err.count("\n") == 1


def test_a_meeting_from_plan_to_minutes(council: Shell, tmp_path: Path) -> None:
    one = council.ok("meeting", "plan", "Service council", "--entry", "Opening hours")
    number = one["meeting"]["number"]
    assert [entry["title"] for entry in one["entries"]] == ["May we open a second counter?", "Opening hours"]
    assert one["time"] == "09:00 CET"
    assert ["on ", "day} already"][0] in council("meeting", "plan", "Service council", "--on", "2026-03-02").err
    council.ok("meeting", "agenda", number, "--add", "The sign", "--order", "2,1", "--out", tmp_path / "agenda.pdf")
    council.ok("meeting", "agenda", number, "--add", "The sign", "--build")
    agenda = council.ok("meeting", "agenda", number)
    assert [entry["title"] for entry in agenda["entries"]] == [
        "Opening hours",
        "May we open a second counter?",
        "The sign",
    ]
    council.ok("meeting", "decide", number, "1", "--decision", "Until seven on Saturdays.")
    present = ("--present", "Head of service", "--present", "Site lead", "--present", "A guest")
    asked = ("--decide", "2=Yes, from April on.", "--carry", "2=2026-09-30", "--minutes", "One hour.")
    held = council.ok("meeting", "hold", number, *present, *asked, "--out", tmp_path / "minutes.pdf")
    assert (held["meeting"]["state"], held["guests"], held["has_quorum"]) == ("held", ["A guest"], True)
    assert all((tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF") for name in ("agenda", "minutes"))
    escalation = council.ok("escalation", "list", "--state", "decided")[0]
    assert council.ok("escalation", "show", escalation["number"])["escalation"]["decided_by"] == "Service council"
    assert "frozen" in council("meeting", "agenda", number, "--add", "More").err
    following = council.ok("meeting", "plan", "Service council")
    assert [(entry["title"], entry["times"]) for entry in following["entries"]] == [("The sign", 1)]
    council.ok("meeting", "correct", number, "--text", "It was Sundays.")
    moved = council.ok("meeting", "move", following["meeting"]["number"], "--on", "2026-03-10", "--reason", "A fair.")
    assert moved["meeting"]["planned_on"] == "2026-03-10"
    off = council.ok("meeting", "call-off", following["meeting"]["number"], "--reason", "Both seats are ill.")
    assert off["state"] == "called off"
    assert [line["state"] for line in council.ok("meeting", "list")] == ["cancelled", "held"]
    assert council.ok("meeting", "list", "--state", "held", "--place", "Harbour")[0]["number"] == number
    assert "rolled over 2 times" in council("meeting", "plan", "Service council").out


def test_the_calendar_is_listed_and_written(council: Shell, tmp_path: Path) -> None:
    council.ok("meeting", "plan", "Service council")
    listed = council.ok("calendar", "list", "--to", "2026-03-20", "--sort", "meeting")
    assert [(one["day"], one["noun"]) for one in listed] == [
        ("2026-03-02", "meeting"),
        ("2026-03-09", "governance_body"),
        ("2026-03-16", "governance_body"),
    ]
    assert council.ok("calendar", "list", "--overdue") == []
    assert "Nothing is overdue." in council("calendar", "list", "--overdue").out
    assert "Service council" in council("calendar", "list", "--own", "--place", "Harbour").out
    made = council.ok("calendar", "ical", "--out", tmp_path / "g.ics", "--to", "2026-04-30")
    events = Calendar.from_ical((tmp_path / "g.ics").read_bytes()).walk("VEVENT")
    assert len(events) == made["events"]


def test_whatever_stands_in_the_calendar_is_told_as_json(council: Shell) -> None:
    walk = council.ok("assess", "start", "leader_gemba_walk", "--place", "Harbour")["number"]
    raised = ("--grade", "major", "--criterion", "Nobody waits.", "--text", "Eight waited.")
    finding = council.ok("finding", "raise", walk, *raised)["number"]
    council.ok("action", "add", finding, "--text", "Open a counter", "--owner", "Lead", "--due", "2026-03-04")
    promised = ("--said", "It never opens.", "--to", "the counter team", "--role", "Head", "--due", "2026-03-05")
    council.ok("promise", "add", *promised, "--text", "It opens at noon.", "--place", "Harbour")
    council.ok("rotation", "plan", "--place", "Harbour", "--role", "Counter", "--on", "2026-03-06")
    listed = council.ok("calendar", "list", "--from", "2026-03-02", "--to", "2026-03-31")
    assert {"action", "promise", "rotation", "meeting", "quarter"} <= {one["sort"] for one in listed}
    assert {"action", "commitment", "rotation", "governance_body"} <= {one["noun"] for one in listed}
