from __future__ import annotations

import csv
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.cli.conftest import Shell
from tests.reports.report_reading import whole


@pytest.fixture
def organised(shell: Shell) -> Shell:
    """A store with a region, three branches and one goal."""
    shell.ok("place", "add", "South", "--level", "region")
    for name in ("Harbour", "Hill", "Market"):
        shell.ok("place", "add", name, "--parent", "South")
    return shell


def test_a_quarter_from_its_programme_to_its_close(organised: Shell, tmp_path: Path) -> None:
    made = organised.ok("programme", "make", "2026q1", "--objective", "Are promises kept?")
    number = made["programme"]["number"]
    assert number.startswith("P-")
    table = organised.ok("programme", "risk", number)
    assert {line["name"] for line in table} == {"Harbour", "Hill", "Market"}
    assert all(line["risk"] == 45.0 for line in table), "nothing is known of any of them"
    assert "Never audited." in table[0]["reason"]
    assert [line["name"] for line in organised.ok("programme", "preview", number, "--count", "2")] == [
        line["name"] for line in table[:2]
    ]
    planned = organised.ok("programme", "plan", "2026-Q1", "--count", "2", "--from", "2026-04-01", "--to", "2026-04-30")
    days = {audit["place"]: audit["planned_on"] for audit in planned["audits"]}
    assert days == {table[0]["name"]: "2026-04-01", table[1]["name"]: "2026-04-16"}
    assert organised.ok("programme", "run", number)["programme"]["state"] == "running"
    for audit in planned["audits"]:
        organised.ok("programme", "cancel", audit["number"], "--reason", "No auditor")
    closed = organised.ok("programme", "close", number, "--learned", "Name auditors first.")
    assert (closed["programme"]["state"], closed["monitoring"]["cancelled"]) == ("closed", 2)
    assert [one["programme"]["number"] for one in organised.ok("programme", "list")] == [number]
    report = tmp_path / "programme.pdf"
    assert organised.ok("programme", "report", number, "--out", report)["pages"] >= 1
    assert "Name auditors first." in whole(report)
    assert "Never audited." in whole(report)


def test_sites_are_picked_by_name_and_weights_are_kept_when_asked(organised: Shell) -> None:
    number = organised.ok("programme", "make", "2026-Q2")["programme"]["number"]
    planned = organised.ok("programme", "plan", number, "--site", "Hill")
    assert [audit["place"] for audit in planned["audits"]] == ["Hill"]
    only = organised.ok("programme", "risk", number, "--weight", "drift=1", "--weight", "since=0", "--keep")
    again = organised.ok("programme", "risk", number)
    assert only == again
    assert [line["audit"] for line in again if line["name"] == "Hill"] == [planned["audits"][0]["number"]]
    for wrong in (("--weight", "drift"), ("--weight", "luck=1"), ("--weight", "drift=lots")):
        assert organised("programme", "risk", number, *wrong).code == 2
    assert "Say either" in organised("programme", "plan", number).err
    assert organised("programme", "plan", number, "--site", "Hill").code == 2


def test_an_audit_is_added_moved_given_to_others_and_listed(organised: Shell) -> None:
    line = organised.ok("programme", "add", "--place", "Harbour", "--quarter", "2026-Q1", "--on", "2026-03-30")
    moved = organised("programme", "move", line["number"], "--to", "2026-04-02", "--reason", "Easter", "--json")
    assert moved.code == 0
    assert "lies in another quarter" in moved.err
    assert moved.json["planned_on"] == "2026-04-02"
    assert organised("programme", "move", line["number"], "--to", "2026-04-02").code == 2
    assert organised("programme", "assign", line["number"]).code == 2
    assert "gemba person add" in organised("programme", "assign", line["number"], "--auditor", "Nobody known").err
    assert organised.ok("programme", "assign", line["number"], "--because", "Works elsewhere.")["uid"] == line["uid"]
    same = organised("programme", "assign", line["number"], "--second", line["auditor_uid"])
    assert (same.code, "cannot be one person" in same.err) == (2, True)
    assert (
        organised.ok("programme", "audits", "--place", "South", "--quarter", "2026-Q1")[0]["number"] == line["number"]
    )
    assert organised.ok("programme", "audits", "--state", "overdue") == []
    assert "Harbour" in organised("programme", "audits").out


def test_coverage_is_shown_and_exported(organised: Shell, tmp_path: Path) -> None:
    assert organised.ok("programme", "coverage", "2026-Q1")["goals"] == []
    file = tmp_path / "coverage.csv"
    assert organised("programme", "coverage", "--out", file).code == 0
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Goal", "South"]
    assert organised("programme", "coverage", "--quarters", "99").code == 2


def test_a_schedule_is_kept_previewed_made_and_changed(organised: Shell, tmp_path: Path) -> None:
    added = organised.ok(
        "schedule", "add", "Monthly", "--rule", "FREQ=MONTHLY;BYDAY=1MO", "--place", "Hill", "--starts", "2026-04-01",
        "--at", "09:30", "--zone", "Europe/Berlin", "--working-day", "next", "--closed", "2026-04-06",
    )  # fmt: skip
    assert len(added["dates"]) == 12
    first = added["dates"][0]
    assert (first["date"]["ruled"], first["date"]["on"], first["time"]) == ("2026-04-06", "2026-04-07", "09:30 CEST")
    assert "closed day" in first["why"]
    made = organised.ok("schedule", "make", "Monthly", "--from", "2026-04-01", "--to", "2026-06-30")
    assert len(made["Monthly"]["made"]) == 3
    assert (
        organised("schedule", "make", "--from", "2026-04-01", "--to", "2026-06-30").out
        == "Monthly: 0 made, 3 there already\n"
    )
    unsaid = organised("schedule", "change", "Monthly", "--rule", "FREQ=MONTHLY;BYDAY=1TU")
    assert unsaid.code == 2
    assert "all, none, or which" in unsaid.err
    which = organised.ok("programme", "audits", "--sort", "planned_on")[1]["number"]
    changed = organised.ok("schedule", "change", "Monthly", "--rule", "FREQ=MONTHLY;BYDAY=1TU", "--open", which)
    assert changed["moved"] == [which]
    assert organised.ok("schedule", "list")[0]["dates"][0]["date"]["on"] == "2026-04-07"
    assert len(organised.ok("schedule", "preview", "Monthly", "--count", "3", "--from", "2027-01-01")) == 3
    out = tmp_path / "audits.ics"
    events = organised.ok("programme", "ical", "--out", out, "--to", "2026-12-31")["events"]
    assert len(Calendar.from_ical(out.read_bytes()).walk("VEVENT")) == events > 3
    assert organised.ok("schedule", "retire", "Monthly")["open"] == 3
    assert organised("schedule", "make").out == "There is no schedule in use.\n"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=SECONDLY", "nobody audits by the hour"),
        ("FREQ=DAILY;COUNT=1e9", "no whole number"),
        ("FREQ=DAILY;COUNT=100000000", "between 1 and 1000"),
        ("every other Monday", "FREQ=MONTHLY"),
    ],
)
def test_rules_that_make_no_sense_are_refused_in_one_sentence(organised: Shell, rule: str, said: str) -> None:
    told = organised("schedule", "add", "x", "--rule", rule, "--place", "Hill")
    assert told.code == 2
    assert said in told.err
    assert told.err.count("\n") == 1


def test_dates_zones_and_places_that_are_none_are_refused(organised: Shell) -> None:
    rule = ("--rule", "FREQ=DAILY", "--place", "Hill")
    for wrong in (
        ("--ends", "2020-01-01"),
        ("--zone", "Mars/Base"),
        ("--at", "25:00"),
        ("--week", "MONDAY"),
        ("--closed", "yesterday"),
        ("--grace", "1000"),
        ("--subject", "party"),
    ):
        assert organised("schedule", "add", "x", *rule, *wrong).code == 2, wrong
    assert organised("schedule", "preview", "Unknown").code == 2
    assert organised("programme", "make", "2026-Q9").code == 2
    assert organised("programme", "make", "2026-Q1", "--place", "Nowhere").code == 2
    assert "domain" not in organised("programme", "make", "2026-Q1", "--goal", "none").err
