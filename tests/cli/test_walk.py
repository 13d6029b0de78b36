"""`gemba walk`: a route from its making to the weeks of those who walk it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell

RULE = "FREQ=WEEKLY;BYDAY=MO"


def test_a_route_is_made_walked_noted_and_counted(shell: Shell, tmp_path: Path) -> None:
    shell.ok("place", "add", "Harbour")
    me = shell.ok("person", "show")["name"]
    more = ("--place", "Harbour", "--template", "leader_gemba_walk", "--layer", "Team lead", "--walker", me)
    shell.ok("walk", "route", "add", "Counter round", *more)
    for title in ("Door", "Counter", "Phones"):
        facts = shell.ok("walk", "stop", "add", "Counter round", title, "--look-for", "Who waits?", "--minutes", "5")
    assert [one["title"] for one in facts["stops"]] == ["Door", "Counter", "Phones"]
    shell.ok("walk", "stop", "move", facts["stops"][2]["uid"], "--by", "-2")
    shell.ok("walk", "stop", "change", facts["stops"][0]["uid"], "--minutes", "0")
    shell.ok("walk", "route", "schedule", "Counter round", "--rule", RULE, "--grace", "2")
    (planned, *_) = shell.ok("walk", "plan", "--days", "7")
    assert (planned["who"], planned["standing"]["state"]) == (me, "due")
    assert "Counter round" in shell("walk", "plan").out
    shell.ok("alert", "add", "Does the printer jam?", "--place", "Harbour")
    (waiting,) = shell.ok("walk", "alerts", "--route", "Counter round")
    walk = shell.ok("walk", "start", "Counter round", "--carry", "all")["number"]
    (asked,) = shell.ok("walk", "alerts", "--walk", walk)
    assert waiting["key"].endswith(asked["uid"])
    shell.ok("walk", "look", asked["uid"], "--text", "Twice in an hour", "--stop", "1")
    note = shell.ok("walk", "observe", walk, "The sign is new", "--worth-keeping", "--stop", "Door")
    told = shell.ok("walk", "observe", walk, "We type twice", "--sort", "staff", "--question", "What is hard?")
    shell.ok("walk", "change", told["uid"], "--answer", "The address", "--stop", "3")
    shell.ok("walk", "finding", told["uid"], "--grade", "opportunity", "--criterion", "Typed once")
    promised = ("--text", "Taken over", "--to", "the team", "--role", "Lead", "--due", "2026-04-01")
    shell.ok("walk", "promise", told["uid"], *promised)
    said = shell("walk", "notes", walk).out
    assert said.index("Phones") < said.index("Door") < said.index("Counter")
    assert "+ Seen: The sign is new" in said
    shell.ok("walk", "remove", note["uid"])
    assert len(shell.ok("walk", "notes", walk)) == 2
    assert [one["text"] for one in shell.ok("walk", "notes", "--sort", "staff", "--place", "Harbour")] == [
        "We type twice"
    ]
    assert "Twice in an hour" in shell("walk", "notes", "--search", "hour").out
    made = shell.ok("walk", "adherence", "--weeks", "2", "--out", tmp_path / "weeks.csv")
    assert made["whole"]["due"] == 1
    assert "Counter round" in (tmp_path / "weeks.csv").read_text("utf-8-sig")
    assert shell("walk", "observe", walk, "x", "--stop", "Roof").code == 2
    assert shell("walk", "alerts").code == 2
    shell.ok("walk", "route", "change", "Counter round", "--purpose", "See who waits", "--all-walk")
    assert "See who waits" in shell("walk", "route", "show", "Counter round").out
    shell.ok("walk", "route", "show", "Counter round", "--out", str(tmp_path / "sheet.pdf"))
    assert (tmp_path / "sheet.pdf").read_bytes()[:5] == b"%PDF-"
    shell.ok("walk", "stop", "remove", facts["stops"][1]["uid"])
    shell.ok("walk", "route", "retire", "Counter round")
    assert shell.ok("walk", "routes") == []
