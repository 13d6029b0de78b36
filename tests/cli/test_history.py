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
