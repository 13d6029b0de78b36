"""`gemba calibration`: from the cases to what was learned, and a page of it."""

from __future__ import annotations

import pytest
from tests.conftest import reopen
from tests.work.auditing import another_person, promise
from tests.work.conducting import as_person

from gemba.work.calibration import rate

CASES = [f"c{n}=The fee of customer {n} was waived late" for n in range(1, 7)]


@pytest.fixture
def rating(shell, prepared_store, ticking):
    """The shell, the number of a session about a goal, and a second rater who rates behind its back."""
    desk = reopen(shell.store, prepared_store[1], ticking)
    promise(desk, "told", anchors={"part": "Told late"})
    other = another_person(desk)
    desk.store.close()
    options = [part for case in CASES for part in ("--case", case)]
    made = shell.ok(
        *("calibration", "make", "--title", "Waived fees", "--goal", "told", *options),
        *("--standard", "c1=part", "--standard", "c2=contrary"),
    )

    def behind(*levels):
        again = reopen(shell.store, prepared_store[1], ticking)
        for at, level in enumerate(levels, start=1):
            rate(as_person(again, other), made["session"]["uid"], f"c{at}", level)
        again.store.close()

    return shell, made["session"]["number"], behind


def levels(*said):
    return [f"c{at}={level}" for at, level in enumerate(said, start=1)]


def test_a_session_from_its_cases_to_what_was_learned(rating, tmp_path):
    shell, number, behind = rating
    mine = shell.ok("calibration", "rate", number, *levels("part", "part", "aligned", "aligned", "contrary", "part"))
    assert mine["left"] == []
    behind("contrary", "aligned", "aligned", "part", "contrary", "contrary")
    words = shell("calibration", "show", number).out
    assert "nobody sees what the others gave" in words
    assert "Auditor two 6/6" in words
    closed = shell.ok("calibration", "close-round", number)
    assert (closed["rounds"][0]["cases"], closed["session"]["state"]) == (6, "anchors")
    after = shell.ok(
        *("calibration", "anchors", number, "--anchor", "part=Put right without being asked", "--to-goal"),
        *("--from", "2026-07-01"),
    )
    assert after["session"]["state"] == "second_round"
    shell.ok("calibration", "rate", number, *levels("part", "contrary", "aligned", "part", "contrary", "part"))
    behind("part", "contrary", "aligned", "part", "contrary", "aligned")
    done = shell.ok("calibration", "close", number, "--learned", "Late is in part only when put right.")
    assert done["change"] > 0
    said = shell("calibration", "show", number, "--out", tmp_path / "session.pdf").out
    assert "Late is in part only when put right." in said
    assert "Alpha" in said
    assert (tmp_path / "session.pdf").read_bytes()[:4] == b"%PDF"
    listed = shell.ok("calibration", "list")
    assert [(one["number"], one["state"], one["raters"]) for one in listed] == [(number, "closed", 2)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("make", "--title", "One case", "--case", "a=Words"),
        ("make", "--title", "No words", "--case", "a", "--case", "b=Words"),
        ("make", "--title", "No goal", "--case", "a=x", "--case", "b=y", "--goal", "none such"),
        ("rate", "{number}", "c1=green"),
        ("rate", "{number}", "c9=part"),
        ("close-round", "{number}"),
        ("anchors", "{number}", "--anchor", "part=x"),
        ("close", "{number}", "--learned", "x"),
        ("show", "B-NONE"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(rating, arguments):
    shell, number, _ = rating
    said = shell("calibration", *(part.format(number=number) for part in arguments))
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_sessions_are_found_by_their_words(rating):
    shell, number, _ = rating
    assert [one["number"] for one in shell.ok("calibration", "list", "--search", "waived")] == [number]
    assert shell.ok("calibration", "list", "--search", "nothing of the kind") == []
