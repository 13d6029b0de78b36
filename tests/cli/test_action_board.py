"""The board of actions from the command line."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def actions(shell: Shell) -> list[str]:
    template = next(one for one in shell.ok("template", "list") if one["kind"] == "walk")
    walk = shell.ok("assess", "start", template["uid"], "--place", "Harbour branch")
    finding = shell.ok(
        *("finding", "raise", walk["uid"], "--grade", "major", "--criterion", "Told in time", "--text", "Nobody called")
    )
    return [
        str(
            shell.ok("action", "add", finding["number"], "--text", words, "--owner", "Lead", "--due", "2099-01-01")[
                "number"
            ]
        )
        for words in ("Call by a list", "Call from a list", "Print the list")
    ]


def test_actions_are_rated_moved_given_away_merged_and_let_rest(shell: Shell, actions: list[str]) -> None:
    first, same, third = actions
    said = shell("action", "rate", third, "--impact", "5", "--reach", "4", "--confidence", "3", "--effort", "2")
    assert said.out == f"{third}: impact 5 · 30.0\n"
    shell.ok("action", "limit", "doing", "1")
    shell.ok("action", "move", third, "doing")
    full = shell("action", "move", first, "doing")
    assert (full.code, full.out) == (2, "")
    assert "Doing holds 1 actions already" in full.err
    shell.ok("action", "move", first, "waiting", "--for", "the printer")
    shell.ok("action", "merge", same, "--into", first)
    assert shell("action", "assign", first, third, "--owner", "Region lead").out == "2 actions are with Region lead.\n"
    shell.ok("action", "snooze", first, "--until", "2026-03-20", "--because", "The part comes then")
    board = shell.ok("action", "board", "--owner", "Region lead")
    assert [(column["lane"], [card["number"] for card in column["cards"]]) for column in board] == [
        ("todo", []),
        ("doing", [third]),
        ("waiting", [first]),
    ]
    words = shell("action", "board", "--place", "Harbour branch").out
    assert "Doing: 1 (at most 1)" in words
    assert "rests until 2026-03-20" in words
    assert shell("action", "board", "--place", "Nowhere").code == 2
