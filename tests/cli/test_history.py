"""The history of records and taking back, from the command line."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def action(shell: Shell) -> str:
    template = next(one for one in shell.ok("template", "list") if one["kind"] == "walk")
    walk = shell.ok("assess", "start", template["uid"], "--place", "Harbour branch")
    finding = shell.ok(
        *("finding", "raise", walk["uid"], "--grade", "major", "--criterion", "Told in time", "--text", "Nobody called")
    )
    words = ("--text", "Call by a list", "--owner", "Lead", "--due", "2099-01-01")
    return str(shell.ok("action", "add", finding["number"], *words)["number"])


def test_it_tells_who_changed_what_from_what_to_what(shell: Shell, action: str) -> None:
    shell.ok("action", "move", action, "waiting", "--for", "the printer")
    shell.ok("action", "assign", action, "--owner", "Region lead")
    said = shell("history", action)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == f"Action: {action} Call by a list"
    assert "  Owner: Lead → Region lead" in lines
    assert "  Lane of the board: to do → waiting" in lines
    assert "  Waits for: nothing → the printer" in lines
    assert any("What is to be done: Call by a list" in line for line in lines)
    assert not any("[" in line or "None" in line for line in lines)
    facts = shell.ok("history", action.lower())
    assert [one["sort"] for one in facts["entries"]] == ["changed", "changed", "added"]
    assert facts["entries"][0]["told"][0] == {
        "field": "owner",
        "title": "Owner",
        "before": "Lead",
        "after": "Region lead",
        "is_erased": False,
    }


def test_the_last_change_is_taken_back_and_what_cannot_be_says_why(shell: Shell, action: str) -> None:
    refused = shell("undo", action)
    assert refused.code == 2
    assert "was only added" in refused.err
    shell.ok("action", "assign", action, "--owner", "Region lead")
    assert shell("undo", action).out == f"{action} Call by a list: taken back (Owner).\n"
    assert shell.ok("history", action)["entries"][0]["sort"] == "taken_back"
    assert shell("history", "C-NOWHERE-0001").code == 2
    assert "No record" in shell("undo", "C-NOWHERE-0001").err


def test_a_step_on_several_records_says_what_goes_back_before_and_after(shell: Shell, action: str) -> None:
    shell.ok("action", "done", action, "--proof", "Seen on the list")
    words = ("--helped", "--how", "Looked", "--similar", "yes", "--where", "The counters")
    shell.ok("action", "verify", action, *words)
    said = shell("undo", action, "--dry-run")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "2 records go back in one step, all of it or nothing."
    assert lines[1] == f"Action: {action} Call by a list"
    assert "  Similar elsewhere: yes → nothing" in lines
    assert any(line.startswith("Finding: F-") for line in lines)
    assert shell.ok("history", action)["entries"][0]["sort"] == "changed", "nothing went back yet"
    plan = shell.ok("undo", action, "--dry-run")
    assert [one["noun"] for one in plan["parts"]] == ["action", "finding"]
    back = shell.ok("undo", action)
    assert [one["noun"] for one in back["others"]] == ["finding"]
    assert shell.ok("history", action)["entries"][0]["sort"] == "taken_back"


def test_what_was_said_of_several_goes_back_of_one_or_with_all_of_all(shell: Shell, action: str) -> None:
    (finding,) = shell.ok("finding", "list")
    words = ("--text", "Call again", "--owner", "Lead", "--due", "2099-01-01")
    other = str(shell.ok("action", "add", finding["number"], *words)["number"])
    shell.ok("action", "assign", action, other, "--owner", "Region lead")
    assert "1 other record" in shell("undo", action, "--dry-run").out
    shell.ok("undo", action, "--all")
    assert {one["owner"] for one in shell.ok("action", "list")} == {"Lead"}
