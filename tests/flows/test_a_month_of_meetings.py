"""A month of a council: planned by cadence, decided with a quorum, rolled over, told to headquarters.

One laptop writes in its window; headquarters has added the body; another laptop hears of the seats.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar as Reading
from tests.cli.conftest import Shell
from tests.conftest import new_uid
from tests.flows.quarter import Network
from tests.flows.steward import Calendar
from tests.ui.conftest import _clean, _dressed, heard, open_window
from tests.ui.pages.calendar import CalendarObject

from gemba.cli.world import World
from gemba.hq.founding import found
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk, open_desk

__all__ = ["_clean", "_dressed", "heard", "open_window"]
"""Fixtures of the window under test."""

COUNCIL = ("body", "add", "Service council", "--purpose", "Decides what the sites cannot settle.", "--place", "North")
SEATS = ("--seat", "Head of service", "--seat", "Site lead", "--seat", "Customer advocate", "--quorum", "2")
CADENCE = ("--rule", "FREQ=WEEKLY;BYDAY=MO", "--at", "09:00", "--minutes", "45", "--takes", "escalation,action")


@pytest.fixture
def net(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Network:
    """Two laptops that know headquarters, which has a region, a site and a council."""
    calendar = Calendar()
    (tmp_path / "stick").mkdir()
    found(tmp_path / "hq", clock=calendar, ids=new_uid, name="Meridian", demo=True)
    for folder, name in (("north", "Anna North"), ("south", "Ben South")):
        make_desk(tmp_path / folder, clock=calendar, ids=new_uid, demo=True, person_name=name).store.close()
    world = World(clock=calendar, ids=new_uid, passphrase=None, window=lambda _: 0, tour=lambda *_: [])
    shells = [Shell(tmp_path / each, world, capsys) for each in ("north", "south", "hq")]
    made = Network(*shells, tmp_path / "stick", calendar)
    for each in (made.lead, made.second):
        each.ok("take-in", tmp_path / "hq" / "headquarters.card")
        card = each.ok("pack", "card", "--out", tmp_path / "stick", "--name", each.store.name)
        made.hq.ok("hq", "enrol", card["file"], "--store", made.hq.store)
    hq = made.hq
    hq.ok("place", "add", "North", "--level", "region", "--zone", "Europe/Berlin")
    hq.ok("place", "add", "Harbour", "--parent", "North")
    hq.ok(*COUNCIL, *SEATS, *CADENCE)
    made.down()
    return made


def test_a_month_of_meetings(net: Network, open_window: Any, tmp_path: Path) -> None:
    laptop, today = net.lead, net.clock().date()
    assert [body["body"]["title"] for body in net.second.ok("body", "list")] == ["Service council"]
    assert net.second.ok("body", "show", "service")["seats"][0]["role"] == "Head of service"
    case = ("--tried", "A colleague helps at noon.", "--place", "Harbour", "--severity", "low")
    for title in ("Second counter", "The sign"):
        laptop.ok("escalation", "raise", "--title", title, "--asked", f"{title}: may we?", *case)

    first = laptop.ok("meeting", "plan", "service", "--on", today.isoformat(), "--entry", "Opening hours")
    window_writes_minutes(net, open_window, first["meeting"]["uid"])

    held = laptop.ok("meeting", "agenda", first["meeting"]["number"], "--out", tmp_path / "minutes.pdf")
    assert (held["meeting"]["state"], held["has_quorum"]) == ("held", True)
    decided = laptop.ok("escalation", "list", "--state", "decided")
    assert [one["title"] for one in decided] == ["Second counter"]

    net.clock.wait(days=8)
    second = laptop.ok("meeting", "plan", "service")
    waits = [(entry["title"], entry["times"]) for entry in second["entries"]]
    assert waits == [("The sign: may we?", 1), ("Opening hours", 1)]
    laptop.ok("meeting", "call-off", second["meeting"]["number"], "--reason", "Two seats are ill.")
    third = laptop.ok("meeting", "plan", "service")
    assert [entry["times"] for entry in third["entries"]] == [2, 2]
    net.clock.wait(days=14)
    missing = laptop.ok("calendar", "list", "--overdue", "--sort", "meeting")
    assert [one["number"] for one in missing] == ["", third["meeting"]["number"]]  # one Monday nobody planned at all
    alone = laptop(
        "meeting", "hold", third["meeting"]["number"], "--present", "Site lead", "--decide", "1=Yes, hang it."
    )
    assert (alone.code, alone.err.count("\n")) == (2, 1)
    there = ("--present", "Site lead", "--present", "Customer advocate")
    laptop.ok("meeting", "hold", third["meeting"]["number"], *there, "--decide", "1=Yes, hang it.", "--carry", "1")

    laptop.ok("calendar", "ical", "--out", tmp_path / "month.ics")
    events = {str(one["UID"]): one for one in Reading.from_ical((tmp_path / "month.ics").read_bytes()).walk("VEVENT")}
    gone = events[f"{second['meeting']['uid']}@gemba"]
    assert str(gone["STATUS"]) == "CANCELLED"

    net.up(laptop)
    there_too = {one["number"]: one["state"] for one in net.hq.ok("meeting", "list")}
    assert there_too == {
        first["meeting"]["number"]: "held",
        second["meeting"]["number"]: "cancelled",
        third["meeting"]["number"]: "held",
    }
    assert net.hq("meeting", "agenda", third["meeting"]["number"]).out.count("Yes, hang it.") == 1


def window_writes_minutes(net: Network, open_window: Any, uid: str) -> None:
    """The site's laptop opens its window on the meeting, decides one entry, and keeps the minutes."""
    desk: Desk = open_desk(net.lead.store, clock=net.clock, ids=new_uid)
    window = open_window(desk)
    shown = CalendarObject(window, f"meetings:{uid}")
    shown.wait_for("How it stands")
    window.press("meeting.do.hold")
    said = {"present.head_of_service": True, "present.site_lead": True, "decision.1": "Yes, from April on."}
    shown.keep("minutes", **said)
    shown.wait_for("1 entry is decided, 2 roll over.")
    window.press("meeting.entry.carry.1")
    shown.keep("meeting.carry.1")
    shown.wait_for("Settled")
    window.window.close()
    desk.store.close()
