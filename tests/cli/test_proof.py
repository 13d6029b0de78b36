"""Proof by photo or file of an action, a promise and a step of an escalation, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.cli.test_rotation import promised

from gemba.shipped import resource


@pytest.fixture
def photo() -> Path:
    return Path(str(resource("demo", "queue-at-one-counter.jpg")))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.txt"
    file.write_text("We open at noon.", "utf-8")
    return file


@pytest.fixture
def action(shell: Shell) -> str:
    """Number of an action that follows from the cause of complaints."""
    shell.ok("place", "add", "Harbour branch")
    cause = shell.ok("cause", "add", "--problem", "Papers are lost", "--place", "Harbour branch")
    asked = ("--text", "Scan them", "--owner", "Lead", "--due", "2099-01-01")
    return str(shell.ok("action", "add", "--analysis", cause["number"], *asked)["number"])


def test_an_action_on_a_cause_is_done_with_photo_and_file(shell: Shell, action: str, photo: Path, letter: Path) -> None:
    assert shell("action", "proof", action).out.strip() == "There is no photo or file yet."
    (pair,) = shell.ok("action", "photo", action, "--before", photo)
    assert (pair["before"]["name"], pair["after"]) == (photo.name, None)
    done = shell.ok("action", "done", action, "--proof", "All are scanned", "--file", photo, "--file", letter)
    assert done["state"] == "done"
    (pair,) = shell.ok("action", "photo", action)
    assert (pair["before"]["name"], pair["after"]["name"]) == (photo.name, photo.name)
    found = shell.ok("action", "proof", action)
    assert [(one["item"]["stance"], one["is_held"]) for one in found] == [
        ("before", False),
        ("after", False),
        ("proof", False),
    ]
    said = shell("action", "proof", action).out
    assert "letter.txt" in said
    assert "not held yet" in said
    assert f"looks like a photo of {action}." in said


def test_what_cannot_be_kept_is_refused_and_the_action_stays_open(shell: Shell, action: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert shell("action", "done", action, "--proof", "Scanned", "--file", empty).code == 2
    assert shell("action", "done", action, "--proof", "Scanned", "--file", tmp_path / "none.jpg").code == 3
    assert shell("action", "photo", action, "--after", letter_of(tmp_path)).code == 2
    assert shell("action", "proof", "C-NONE").code == 2
    (line,) = shell.ok("action", "list")
    assert line["state"] == "open"


def letter_of(tmp_path: Path) -> Path:
    file = tmp_path / "words.jpg"
    file.write_text("no picture", "utf-8")
    return file


def test_a_promise_is_kept_with_a_photo(shell: Shell, photo: Path, letter: Path) -> None:
    shell.ok("place", "add", "Harbour")
    number = promised(shell, "--place", "Harbour")["number"]
    kept = shell.ok("promise", "keep", number, "--outcome", "It opens at noon", "--file", photo)
    assert kept["commitment"]["state"] == "kept"
    found = shell.ok("promise", "proof", number, "--file", letter)
    assert [one["item"]["name"] for one in found] == [photo.name, "letter.txt"]


def test_a_step_of_an_escalation_shows_what_was_tried(shell: Shell, letter: Path, photo: Path) -> None:
    shell.ok("place", "add", "Harbour")
    made = shell.ok(
        *("escalation", "raise", "--title", "Nobody at noon", "--tried", "Asked the region twice"),
        *("--asked", "Lend us one", "--place", "Harbour"),
    )
    number = made["escalation"]["number"]
    shell.ok("escalation", "proof", number, "--file", letter)
    shell.ok("escalation", "decide", number, "--outcome", "One is lent until June")
    found = shell.ok("escalation", "proof", number, "--file", photo)
    assert [one["item"]["name"] for one in found] == ["letter.txt", photo.name]
    assert found[0]["item"]["subject"] != found[1]["item"]["subject"]
    assert shell("escalation", "proof", number, "--step", "9").code == 2
