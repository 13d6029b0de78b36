"""Complaints and vocabularies on the command line: from receipt to close."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def entered(shell: Any) -> str:
    shell.ok("place", "add", "Harbour branch")
    words = ("complaint", "add", "--words", "The queue was long", "--place", "harbour branch", "--severity", "high")
    return str(shell.ok(*words)["number"])


def test_it_is_moved_until_it_is_closed(shell: Any, entered: str) -> None:
    shell.ok("complaint", "move", entered, "acknowledged")
    said = shell("complaint", "move", entered, "investigating", "--severity", "high", "--owner", "Kundendienst")
    assert (said.code, said.out) == (2, "")
    assert "name the owner of the process" in said.err
    shell.ok("complaint", "move", entered, "investigating", "--severity", "high", "--owner", "Head of cards")
    shell.ok("complaint", "move", entered, "decided", "--decision", "upheld", "--answer", "We pay it back")
    said = shell("complaint", "close", entered)
    assert said.code == 2
    assert "whether the customer was told back and whether the same exists elsewhere" in said.err
    said = shell("complaint", "close", entered, "--told-back", "yes", "--similar", "could_occur")
    assert "where else" in said.err
    closed = shell.ok(
        "complaint", "close", entered, "--told-back", "yes", "--similar", "could_occur", "--note", "Everywhere"
    )
    assert closed["state"] == "closed"
    assert shell.ok("complaint", "reopen", entered)["reopened"] == 1
    shown = shell.ok("complaint", "show", entered)
    assert shown["clock"] == "running"
    assert [step["step"] for step in shown["ahead"]] == ["investigating", "decided", "told", "closed"]
    assert "reopened" in shell("complaint", "show", entered).out


def test_its_clock_stands_and_goes_on(shell: Any, entered: str) -> None:
    before = shell.ok("complaint", "show", entered)["complaint"]["due_at"]
    assert shell.ok("complaint", "pause", entered, "--reason", "Waits for the form")["paused"]
    assert shell("complaint", "list", "--clock", "paused").out.count(entered) == 1
    assert shell.ok("complaint", "resume", entered)["due_at"] > before
    assert shell("complaint", "resume", entered).code == 2
    assert shell("complaint", "pause", entered, "--reason", "x", "--since", "yesterday").code == 2


def test_it_is_found_listed_and_changed(shell: Any, entered: str) -> None:
    other = shell.ok("complaint", "add", "--summary", "A fee that nobody told of", "--received", "2026-02-01 10:00")
    assert [one["number"] for one in shell.ok("complaint", "search", "queue")] == [entered]
    assert [one["number"] for one in shell.ok("complaint", "list")] == [entered, other["number"]]
    assert [one["number"] for one in shell.ok("complaint", "list", "--where", "severity=medium")] == [other["number"]]
    assert shell("complaint", "list", "--where", "weather=fine").code == 2
    for slip in (("--clock", "late"), ("--where", "severity=awful"), ("--where", "state=over")):
        said = shell("complaint", "list", *slip)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("This list has no state “")
    assert (
        shell.ok("complaint", "change", entered, "--cause", "delay", "--consent", "quotable")["consent"] == "quotable"
    )
    assert shell.ok("complaint", "list", "--where", "cause=delay")[0]["number"] == entered
    linked = shell.ok("complaint", "merge", other["number"], "--into", entered)
    assert shell.ok("complaint", "show", entered)["same"] == [other["number"]]
    assert linked["duplicate_of"]
    assert shell.ok("complaint", "merge", other["number"], "--apart")["duplicate_of"] is None
    assert shell("complaint", "merge", other["number"]).code == 2
    assert shell("complaint", "show", "K-NONE-0001").code == 2
    assert shell("complaint", "add").code == 2
    assert shell("complaint", "add", "--words", "x", "--received", "2031-01-01").code == 2


def test_targets_are_set_applied_and_retired(shell: Any, entered: str) -> None:
    made = shell.ok("complaint", "target", "set", "high", "--hours", "48", "--place", "Harbour branch")
    assert shell.ok("complaint", "target", "apply") == {"changed": 1}
    assert shell.ok("complaint", "target", "list")[0]["tell_hours"] == 48
    assert "Harbour branch" in shell("complaint", "target", "list").out
    assert shell.ok("complaint", "target", "retire", made["uid"], "--apply")["changed"] == 1
    assert shell("complaint", "target", "set", "high").code == 2
    assert shell("complaint", "target", "set", "high", "--hours", "0").code == 2
    assert shell("complaint", "target", "retire", "nothing").code == 2
    assert shell.ok("complaint", "target", "set", "low", "--none", "--apply")["tell_hours"] is None


def test_vocabularies_are_released_and_lose_nothing_in_use(shell: Any, entered: str, tmp_path: Path) -> None:
    assert shell.ok("vocabulary", "show", "cause") is None
    assert "--starter" in shell("vocabulary", "show", "cause").out
    assert shell("vocabulary", "release", "product", "--starter").code == 2
    assert shell.ok("vocabulary", "release", "cause", "--starter")["version"] == 1
    shell.ok("complaint", "change", entered, "--cause", "Lost at a hand-off")
    assert shell("complaint", "change", entered, "--cause", "weather").code == 2
    file = tmp_path / "causes.csv"
    file.write_text("code,title,domain\ndelay,Waits,process\n")
    said = shell("vocabulary", "release", "cause", file)
    assert (said.code, "hand_off (1)" in said.err) == (2, True)
    heirs = tmp_path / "heirs.csv"
    heirs.write_text("old,new\nhand_off,delay\n")
    assert shell.ok("vocabulary", "release", "cause", file, "--crosswalk", heirs, "--reason", "Fewer")["version"] == 2
    assert shell.ok("vocabulary", "show", "cause")["used"] == {"delay": 1}
    assert [one["version"] for one in shell.ok("vocabulary", "history", "cause")] == [1, 2]
    assert "hand_off → delay" in shell("vocabulary", "history", "cause").out
    assert shell.ok("complaint", "list", "--where", "cause=delay")[0]["number"] == entered, "an older code counts"
    assert shell("vocabulary", "release", "cause").code == 2
