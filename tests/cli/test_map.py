"""`gemba map`, `gemba alert` and `gemba huddle`: the way of the work from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def loan(shell: Shell) -> str:
    """A map with three steps; its title."""
    shell.ok("place", "add", "Harbour branch")
    shell.ok(
        *("map", "make", "A loan", "--owner", "Head of lending", "--place", "Harbour branch"),
        *("--review-by", "2026-01-31", "--demand", "20", "--available", "7 h"),
    )
    for code, title, more in (
        ("apply", "Apply", ("--cycle", "20 min", "--value-adding", "15 min", "--owner", "Branch")),
        ("check", "Check", ("--cycle", "40 min", "--wait", "2 d", "--hand-off", "--rework", "0.3")),
        ("pay", "Pay out", ("--cycle", "2 min", "--people", "2")),
    ):
        shell.ok("map", "step", "add", "A loan", "--code", code, "--title", title, *more)
    return "A loan"


def test_a_map_is_made_shown_and_changed(shell: Shell, loan: str) -> None:
    facts = shell.ok("map", "show", loan)
    assert facts["out_of_date"] is True
    assert facts["flow"]["lead"] == 62 * 60 + 2 * 86_400
    assert facts["flow"]["takt"] == 1260
    said = shell("map", "show", "A lo").out
    assert "out of date" in said
    assert "No owner: Check, Pay out." in said
    shell.ok("map", "step", "change", loan, "check", "--owner", "Credit")
    shell.ok("map", "step", "move", loan, "pay", "--before", "apply")
    shell.ok("map", "step", "remove", loan, "Check")
    assert [step["code"] for step in shell.ok("map", "show", loan)["steps"]] == ["pay", "apply"]
    shell.ok("map", "change", loan, "--retired")
    assert shell.ok("map", "list") == []
    assert len(shell.ok("map", "list", "--retired")) == 1


def test_steps_go_through_a_file(shell: Shell, loan: str, tmp_path: Path) -> None:
    file = tmp_path / "steps.csv"
    assert shell.ok("map", "export", loan, "--out", file)["steps"] == 3
    shell.ok("map", "make", "Copy")
    assert shell.ok("map", "import", "Copy", file, "--dry-run")["added"] == 3
    assert shell.ok("map", "show", "Copy")["steps"] == []
    file.write_text(file.read_text("utf-8-sig") + "bad,Bad,process,,soon,,,,no,,\n", "utf-8")
    said = shell("map", "import", "Copy", file)
    assert said.code == 0
    assert "3 added, 0 changed, 0 unchanged, 1 refused." in said.out
    assert "soon is no cycle of a step" in said.out


def test_pains_are_pinned_ranked_and_printed(shell: Shell, loan: str, tmp_path: Path) -> None:
    pin = shell.ok("map", "pin", loan, "pay", "--text", "Coins are not taken", "--severity", "critical")
    shell.ok("map", "pin", loan, "apply", "--text", "The form is long", "--severity", "low")
    found = shell.ok("map", "pains", loan)
    assert [(one["code"], one["weight"], one["rank"]) for one in found["steps"]] == [
        ("apply", 1, 2),
        ("check", 0, 0),
        ("pay", 8, 1),
    ]
    assert "critical 8" in shell("map", "pains", loan).out
    shell.ok("map", "unpin", pin["uid"])
    assert shell.ok("map", "pains", loan)["steps"][2]["rank"] == 0
    assert shell.ok("map", "review", loan)["steps"][0]["verdict"] == "cannot_tell"
    assert "Rate ratio" in shell("map", "review", loan).out
    out = tmp_path / "map.pdf"
    assert shell.ok("map", "export", loan, "--out", out)["pages"] >= 1
    assert out.read_bytes().startswith(b"%PDF")


def test_blind_spots_know_what_a_tied_question_looked_at(shell: Shell, loan: str) -> None:
    walk = shell.ok("assess", "start", "five_s_area_audit", "--place", "Harbour branch")["uid"]
    raised = ("finding", "raise", walk, "--grade", "minor", "--text", "Papers lie about", "--criterion", "None do")
    assert shell.ok(*raised, "--step", "check")["step"] == "check"
    matrix = shell.ok("map", "blind-spots")
    assert [cell["sight"] for cell in matrix["cells"]] == ["looked"]
    assert matrix["untraced"] == 1
    assert "does not say which steps it looks at" in shell("map", "blind-spots").out
    assert shell.ok("map", "blind-spots", "--rows", "cause")["cells"] == []
    question = shell.ok("template", "show", "five_s_area_audit")
    assert question
    assert shell("map", "tie", loan, "check", "--template", "five_s_area_audit", "--question", "nothing").code == 2


def test_alerts_are_raised_carried_seen_and_dropped(shell: Shell, loan: str) -> None:
    first = shell.ok("alert", "add", "Are both counters open at noon?", "--place", "Harbour branch")["uid"]
    with_step = shell.ok("map", "show", loan)["steps"][1]["uid"]
    second = shell.ok("alert", "add", "--from", "process_step", "--uid", with_step)
    assert second["step"] == "check"
    assert shell("alert", "add", "--from", "process_step", "--uid", with_step).code == 2
    walk = shell.ok("assess", "start", "leader_gemba_walk", "--place", "Harbour branch")
    assert len(shell.ok("alert", "carry", walk["number"], first, second["uid"])) == 2
    shell.ok("alert", "seen", first, "--text", "One was shut")
    shell.ok("alert", "drop", second["uid"], "--reason", "The office has moved")
    assert {each["state"] for each in shell.ok("alert", "list", "--walk", walk["number"])} == {"seen", "dropped"}
    assert [each["seen"] for each in shell.ok("alert", "list", "--state", "seen")] == ["One was shut"]
    assert "One was shut" in shell("alert", "list", "--place", "Harbour branch").out


def test_the_huddle_sheet_is_one_page(shell: Shell, loan: str, tmp_path: Path) -> None:
    shell.ok("alert", "add", "Is the till open?", "--place", "Harbour branch")
    said = shell.ok("huddle", "--place", "Harbour branch", "--out", tmp_path / "huddle.pdf", "--since", "2026-02-20")
    assert said["pages"] == 1
    assert said["facts"]["question"] == "Is the till open?"
    assert shell("huddle", "--place", "Nowhere", "--out", tmp_path / "x.pdf").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("map", "show", "Nothing"), "Nothing"),
        (("map", "step", "add", "A loan", "--code", "apply", "--title", "Again"), "has the code apply"),
        (("map", "step", "change", "A loan", "apply", "--cycle", "soon"), "soon is no time"),
        (("map", "export", "A loan", "--out", "map.txt"), "map.txt"),
        (("alert", "add"), "as a question"),
        (("alert", "seen", "0000-unknown", "--text", "x"), "0000-unknown"),
        (("map", "pains", "A loan", "--begins", "2026-03-01", "--ends", "2026-02-01"), "last day"),
    ],
)
def test_a_mistake_is_one_sentence(shell: Shell, loan: str, arguments: tuple[str, ...], words: str) -> None:
    assert loan
    said = shell(*arguments)
    assert said.code == 2
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1
