"""`gemba review` and `gemba cause`, from the draw to the conclusion."""

from __future__ import annotations

import pytest
from tests.conftest import reopen, ticking_clock
from tests.work.reviewing import quarter


@pytest.fixture
def with_quarter(shell, prepared_store):
    desk = reopen(shell.store, prepared_store[1], ticking_clock())
    quarter(desk)
    desk.store.close()
    return shell


def draw(shell, *more):
    return shell.ok("review", "draw", "--from", "2025-10-01", "--to", "2025-12-31", *more)


def test_a_review_from_draw_to_conclusion(with_quarter, tmp_path):
    shell = with_quarter
    number = draw(shell)["number"]
    found = shell.ok("review", "clusters", number)
    first = found["clusters"][0]
    assert (found["total"], first["step"], first["cause"], first["clauses"]) == (69, "send", "late", ["a", "b", "c"])
    assert [each["clause"] for each in first["told"]] == ["a", "b", "c", "d"]
    begun = shell.ok(
        *("cause", "add", "--problem", "Deliveries come late", "--review", number, "--step", "send"),
        *("--cause", "Too late", "--why", "The van leaves late", "--why", "Loading waits for papers"),
        *("--head", "process=Papers are printed last", "--domain", "process", "--sort", "system"),
    )
    shell.ok("cause", "finish", begun["number"])
    shell.ok(
        *("cause", "action", begun["number"], "--text", "Print first", "--owner", "Dispatch", "--due", "2026-04-01"),
        "--place",
        "Harbour",
    )
    assert shell.ok("review", "clusters", number)["clusters"][0]["proposed"] == "systemic"
    decided = shell.ok("review", "decide", number, "--step", "Delivery", "--cause", "late", "--as", "systemic")
    assert decided[0]["figures"]["cases"] == "54"
    shell.ok("review", "decide", number, "--rest", "--as", "not_enough_evidence", "--reason", "Being looked at")
    assert shell.ok("review", "conclude", number, "--summary", "Late deliveries are systemic.")["state"] == "concluded"
    assert "Late deliveries are systemic." in shell("review", "show", number).out
    assert [line["state"] for line in shell.ok("review", "list")] == ["concluded"]
    out = tmp_path / "review.pdf"
    issued = shell.ok("report", "complaint-review", number, "--out", out)
    assert (issued["kept"], out.read_bytes()[:4]) == (True, b"%PDF")


def test_a_sample_is_drawn_again(with_quarter):
    shell = with_quarter
    review = draw(shell, "--sample", "10", "--seed", "s", "--where", "step=send")
    assert (review["count"], review["seed"], review["filters"]) == (10, "s", {"step": "send"})
    assert shell.ok("review", "redraw", review["number"])["is_same"]
    assert "same set" in shell("review", "redraw", review["number"]).out


def test_words_for_a_person(with_quarter):
    shell = with_quarter
    number = draw(shell)["number"]
    told = shell("review", "clusters", number).out
    assert "Delivery" in told
    assert "abc" in told
    assert "By place" not in told
    assert "Station" in shell("review", "clusters", number, "--by-place").out


def test_what_is_refused(with_quarter):
    shell = with_quarter
    number = draw(shell)["number"]
    for said, words in (
        (("review", "decide", number, "--step", "x", "--as", "isolated"), "no cluster"),
        (
            ("review", "decide", number, "--step", "send", "--cause", "late", "--as", "isolated"),
            "say in a sentence why",
        ),
        (("review", "conclude", number, "--summary", "Done"), "Still to be decided"),
        (("review", "draw", "--from", "2025-10-01", "--to", "2025-12-31", "--where", "late"), "FIELD=VALUE"),
        (("review", "show", "R-NONE"), "R-NONE"),
    ):
        refused = shell(*said)
        assert (refused.code, words in refused.err) == (2, True), refused.err


def test_an_analysis_is_changed_finished_and_opened_again(shell):
    uid = shell.ok("cause", "add", "--problem", "Late", "--why", "The clerk forgot")["uid"]
    said = shell("cause", "finish", uid)
    assert said.code == 2
    assert "ends on a person" in said.err
    shell.ok("cause", "change", uid, "--why", "The clerk forgot", "--why", "Nothing reminds", "--domain", "technology")
    shell.ok("cause", "change", uid, "--sort", "one_off", "--head", "technology=No reminder", "--8d", "team=Dispatch")
    shell.ok("cause", "finish", uid)
    assert "Nothing reminds" in shell("cause", "show", uid).out
    assert shell.ok("cause", "list")[0]["state"] == "done"
    assert shell.ok("cause", "finish", uid, "--undo")["finished_at"] is None


def test_an_action_answers_a_finding_or_an_analysis(shell):
    shell.ok("place", "add", "Harbour")
    uid = shell.ok("cause", "add", "--problem", "Late", "--place", "Harbour")["uid"]
    more = ("--text", "Remind", "--owner", "Dispatch", "--due", "2026-04-01")
    assert shell.ok("action", "add", "--analysis", uid, *more)["analysis"] == uid
    assert shell("action", "add", *more).code == 2


def test_a_complaint_file_is_checked(with_quarter):
    shell = with_quarter
    complaint = shell.ok("complaint", "list", "--limit", "1")[0]["number"]
    begun = shell.ok("review", "check-file", complaint)
    assert (begun["kind"], complaint in begun["title"]) == ("complaint_file", True)
    assert "two reviewers" in shell("review", "check-file", complaint, "--agreement").out
