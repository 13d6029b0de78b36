"""The board of actions from the command line."""

from __future__ import annotations

from pathlib import Path

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
    assert "Doing holds 1 action already" in full.err
    shell.ok("action", "move", first, "waiting", "--for", "the printer")
    shell.ok("action", "merge", same, "--into", first)
    assert shell("action", "assign", first, third, "--owner", "Region lead").out == "2 actions are with Region lead.\n"
    shell.ok("action", "snooze", first, "--until", "2026-03-20", "--because", "The part comes then")
    hidden = shell.ok("action", "board", "--owner", "Region lead")
    assert [card["number"] for column in hidden for card in column["cards"]] == [third]
    board = shell.ok("action", "board", "--owner", "Region lead", "--resting")
    assert [(column["lane"], [card["number"] for card in column["cards"]]) for column in board] == [
        ("todo", []),
        ("doing", [third]),
        ("waiting", [first]),
        ("done", []),
    ]
    words = shell("action", "board", "--place", "Harbour branch", "--resting").out
    assert "Doing: 1 (at most 1)" in words
    assert "rests until 2026-03-20" in words
    assert shell("action", "board", "--place", "Nowhere").code == 2


def test_the_board_is_written_as_a_pdf_and_parted_by_owner(shell: Shell, actions: list[str], tmp_path: Path) -> None:
    out = tmp_path / "board.pdf"
    assert shell.ok("action", "board", "--out", out, "--by", "owner")["pages"] == 1
    assert out.read_bytes().startswith(b"%PDF")
    (band,) = shell.ok("action", "board", "--by", "owner")
    assert (band["title"], [column["count"] for column in band["columns"]]) == ("Lead", [3, 0, 0, 0])
    assert shell("action", "board", "--by", "owner", "--late").out == ""
    assert len(actions) == 3


def test_what_may_be_the_same_is_told_when_an_action_is_added(shell: Shell, actions: list[str]) -> None:
    finding = shell.ok("finding", "list")[0]["number"]
    more = ("--text", "Print the lists", "--owner", "Lead", "--due", "2099-01-01")
    said = shell("action", "add", finding, *more)
    assert said.code == 0
    assert f"May be the same: {actions[2]} (Lead): Print the list" in said.err
