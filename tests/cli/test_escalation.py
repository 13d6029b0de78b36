"""`gemba escalation`: from what was tried at a site to a decision that holds until a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shell

TRIED = ("--tried", "A second colleague helps from eleven to one; the queue stays.")
ASKED = ("--asked", "May we open a second counter on Saturdays?")


@pytest.fixture(autouse=True)
def harbour(shell: Shell) -> None:
    shell.ok("place", "add", "Harbour")


def raised(shell: Shell, *more: str) -> Any:
    made = shell.ok(
        "escalation", "raise", "--title", "Queue at one counter", "--place", "Harbour", *TRIED, *ASKED, *more
    )
    return made["escalation"]


def test_it_goes_up_is_answered_decided_and_reopened(shell: Shell) -> None:
    number = raised(shell, "--severity", "high")["number"]

    up = shell.ok("escalation", "step", number, "--tried", "The region lent nobody.")["escalation"]
    assert (up["tier"], up["owner"]) == (2, "Regional lead")
    answered = shell.ok(
        "escalation",
        "answer",
        number,
        "--text",
        "We count for a week.",
        "--next",
        "Count the queue",
        "--by",
        "2026-03-09",
    )
    assert answered["is_answered"]
    assert answered["escalation"]["due_at"] == "2026-03-10T00:00:00Z"
    decided = shell.ok("escalation", "decide", number, "--outcome", "A second counter from April on.")["escalation"]
    assert (decided["state"], decided["decided_by"], decided["due_at"]) == ("decided", "Regional lead", None)
    again = shell("escalation", "decide", number, "--outcome", "No second counter.")
    assert again.code == 2
    assert "is decided already; reopen it" in again.err
    reopened = shell.ok("escalation", "reopen", number, "--reason", "April has passed without a counter.")
    assert reopened["escalation"]["state"] == "open"
    assert [step["sort"] for step in reopened["steps"]] == ["reopened", "decided", "answered", "stepped", "raised"]
    said = shell("escalation", "show", number).out
    assert "Opened again on tier 2, Regional lead: April has passed without a counter." in said


@pytest.mark.parametrize("filler", ["", "-", "n/a", "..."])
def test_nothing_is_raised_or_stepped_without_what_was_tried(shell: Shell, filler: str) -> None:
    said = shell("escalation", "raise", "--title", "Queue", "--place", "Harbour", "--tried", filler, *ASKED)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Write what was tried before")
    number = raised(shell)["number"]
    said = shell("escalation", "step", number, "--tried", filler)
    assert said.code == 2
    assert said.err.startswith("Write what was tried since")


def test_the_last_tier_says_that_it_is_the_last_and_what_to_do(shell: Shell) -> None:
    number = raised(shell)["number"]
    shell.ok("escalation", "skip", number, "--reason", "The region has the same queue and no lead this week.")
    shown = shell.ok("escalation", "show", number)
    assert [step["sort"] for step in shown["steps"]] == ["stepped", "skipped", "raised"]
    assert "to be told" in shown["steps"][1]["what"]
    said = shell("escalation", "step", number, "--tried", "Two more calls to the lead.")
    assert said.code == 2
    assert "stands on the last tier, with Executive sponsor" in said.err
    assert "leadership review" in said.err


def test_conflict_and_compliance_are_decided_with_both_sides_and_a_last_day(shell: Shell) -> None:
    said = shell("escalation", "raise", "--title", "Lift", "--place", "Harbour", *TRIED, *ASKED, "--sort", "compliance")
    assert said.code == 2
    assert "both sides" in said.err
    sides = ("--customer-side", "They cannot climb the stairs.", "--other-side", "The fire rule closes the lift.")
    number = raised(shell, "--sort", "compliance", *sides)["number"]
    without = shell("escalation", "decide", number, "--outcome", "A colleague helps at the door.")
    assert without.code == 2
    assert "until when the decision holds" in without.err
    past = shell("escalation", "decide", number, "--outcome", "A colleague helps.", "--until", "2026-03-01")
    assert past.code == 2
    decided = shell.ok("escalation", "decide", number, "--outcome", "A colleague helps.", "--until", "2026-06-30")
    assert decided["escalation"]["decided_by"] == "Risk and compliance forum"


def test_tiers_are_set_without_gaps_and_the_nearest_place_counts(shell: Shell) -> None:
    shell.ok("place", "add", "North", "--level", "region")
    gap = shell("escalation", "tier", "set", "operational", "3", "--owner", "Head of region", "--hours", "8")
    assert gap.code == 2
    assert "without a tier 1" in gap.err
    shell.ok(
        "escalation", "tier", "set", "operational", "1", "--owner", "Shift lead", "--hours", "8", "--place", "North"
    )
    with_north = shell.ok("escalation", "tiers", "--place", "North")["operational/high"]
    assert [(one["owner"], one["hours"]) for one in with_north] == [("Shift lead", 8)]
    assert shell.ok("escalation", "tiers")["applies"]["operational/high"][0]["owner"] == "Site lead"
    (kept,) = shell.ok("escalation", "tiers")["set"]
    shell.ok("escalation", "tier", "retire", kept["uid"])
    assert shell.ok("escalation", "tiers", "--place", "North")["operational/high"][0]["owner"] == "Site lead"
    nobody = shell("escalation", "tier", "set", "operational", "1", "--owner", " ", "--hours", "8")
    assert nobody.code == 2
    assert "Site lead" in shell("escalation", "tiers").out


def test_what_is_open_rolls_over_and_the_log_is_one_document_without_names(shell: Shell, tmp_path: Path) -> None:
    first = raised(shell, "--severity", "high")["number"]
    second = raised(shell)["number"]
    shell.ok("escalation", "decide", second, "--outcome", "From April on.")
    assert shell.ok("escalation", "log", "--held")["held"] == 1
    assert shell.ok("escalation", "log", "--held")["held"] == 0
    found = shell.ok("escalation", "log", "--from", "2026-03-01", "--out", tmp_path / "log.pdf")
    assert [(one["number"], one["looked_at"]) for one in found["open"]] == [(first, 1)]
    assert [one["number"] for one in found["closed"]] == [second]
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
    assert "carried over once, since 2026-03-02" in shell("escalation", "show", first).out

    shell.ok("escalation", "reword", first, "--asked", "May Mr Brown open the second counter?")
    named = shell("escalation", "log", "--out", tmp_path / "named.pdf")
    assert named.code == 2
    assert first in named.err
    assert not (tmp_path / "named.pdf").exists()


def test_list_tells_what_runs_out_and_what_does_not_stand_up_is_refused(shell: Shell) -> None:
    soon = raised(shell, "--severity", "high")["number"]
    later = raised(shell, "--severity", "low")["number"]
    assert [one["number"] for one in shell.ok("escalation", "list")] == [soon, later]
    assert [one["number"] for one in shell.ok("escalation", "list", "--due")] == [soon]
    shell.ok("escalation", "decide", later, "--outcome", "For today.", "--until", "2026-03-02")
    shell.ok("escalation", "reopen", later, "--reason", "It goes on.")
    assert "due soon" in shell("escalation", "list", "--due").out
    shell.ok("escalation", "withdraw", soon, "--reason", "The counter was opened.")
    assert [one["number"] for one in shell.ok("escalation", "list", "--state", "all", "--sort", "number")] == [
        soon,
        later,
    ]
    assert shell("escalation", "next", later, "--next", "Count", "--by", "2026-03-01").code == 2
    assert shell("escalation", "next", later, "--next", "Count", "--by", "yesterday").code == 2
    assert shell("escalation", "show", "S-NOBODY-0001").code == 2
    assert shell("escalation", "raise", "--title", "x", "--about", "walk:1").code == 2
    assert shell("escalation", "log", "--from", "2026-03-09", "--to", "2026-03-01").code == 2
    assert shell("escalation", "log", "--to", "2027-01-01").code == 2
    shell.ok("escalation", "next", later, "--next", "Count the queue", "--by", "2026-03-05")
    assert shell.ok("escalation", "list")[0]["next_step"] == "Count the queue"


def test_an_unknown_place_is_refused_and_not_made(shell: Shell) -> None:
    said = shell("escalation", "raise", "--title", "Queue", "--place", "Market", *TRIED, *ASKED)
    assert (said.code, said.out) == (2, "")
    assert "Market" in said.err
    for words in (("log",), ("tiers",), ("tier", "set", "operational", "1", "--owner", "Lead", "--hours", "8")):
        assert shell("escalation", *words, "--place", "Market").code == 2
    assert [one["name"] for one in shell.ok("place", "list")] == ["Harbour"]
    nowhere = shell("escalation", "raise", "--title", "Queue", *TRIED, *ASKED)
    assert nowhere.err.startswith("Say where with --place")


def test_a_decision_that_contradicts_a_goal_is_raised_with_both_by_name(shell: Shell) -> None:
    assert shell("escalation", "raise", "--about", "decision:D-NONE-0001", "--sort", "conflict").code == 2
    assert shell("escalation", "raise", "--about", "signal:none").code == 2
