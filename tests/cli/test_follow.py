"""What follows from complaints, from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import Clock, reopen
from tests.work.following import START, complaint, keep

from gemba.domain.complaints import Severity
from gemba.work.places import add_place


@pytest.fixture
def complaints(shell: Shell, prepared_store: tuple[Path, bytes], ticking: Clock) -> Shell:
    """Forty complaints at two places, five a month."""
    desk = reopen(shell.store, prepared_store[1], ticking)
    for name in ("North", "South"):
        place = add_place(desk, name).uid
        for at in range(20):
            received = (datetime(2025, 1 + at // 5, 2 + at % 5, tzinfo=UTC) - START).days
            keep(desk, complaint(desk, received, place=place, severity=Severity.HIGH if at % 2 else Severity.LOW))
    desk.store.close()
    return shell


def test_lags_are_told_with_what_is_open(complaints: Shell) -> None:
    found = complaints.ok("follow", "lag", "--by", "place", "--stage", "changed")
    assert [(one["title"], one["n"], one["open"]) for one in found["lags"]] == [
        ("", 40, 40),
        ("North", 20, 20),
        ("South", 20, 20),
    ]
    assert found["lags"][0]["median"]["days"] is None
    said = complaints("follow", "lag", "--where", "severity=high")
    assert said.code == 0
    assert "Received to change done" in said.out
    assert complaints("follow", "lag", "--by", "words").code == 2


def test_recurrence_and_elsewhere_answer_on_an_empty_store(shell: Shell) -> None:
    found = shell.ok("follow", "recurrence", "--complaints")
    assert (found["actions"]["closed"], found["complaints"]["closed"]) == (0, 0)
    assert "0 of 0" in shell("follow", "recurrence").out
    assert shell.ok("follow", "elsewhere") == []


def test_discrepancies_are_noted_and_settled(shell: Shell) -> None:
    noted = shell.ok(
        "follow", "note", "--what", "wait", "--told", "40", "--logged", "12", "--unit", "min", "--place", "North"
    )
    listed = shell.ok("follow", "discrepancies")
    assert listed["lines"][0]["difference"] == 28
    assert listed["summaries"][0]["open"] == 1
    assert "40 / 12 min" in shell("follow", "discrepancies").out
    settled = shell.ok("follow", "settle", noted["uid"], "--explanation", "The clock starts late")
    assert settled["settled_at"]
    assert shell.ok("follow", "discrepancies", "--open")["lines"] == []


def test_a_cohort_prints_what_was_dropped(complaints: Shell) -> None:
    found = complaints.ok(
        "follow",
        "cohort",
        "--changed",
        "North",
        "--since",
        "2025-03-01",
        "--outcome",
        "severe",
        "--match",
        "channel,month",
    )
    assert (found["treated"], found["untreated"], found["dropped_treated"]) == (10, 10, 0)
    assert found["effect"] == 0
    said = complaints(
        "follow",
        "cohort",
        "--changed",
        "North",
        "--since",
        "2025-03-01",
        "--outcome",
        "severe",
        "--match",
        "channel,month",
    )
    assert "dropped: 0 changed, 0 compared" in said.out
    assert complaints("follow", "cohort", "--changed", "Nowhere", "--since", "2025-03-01").code == 2


def test_sites_before_and_after(complaints: Shell) -> None:
    found = complaints.ok("follow", "sites", "--changed", "North", "--since", "2025-03-01", "--outcome", "severe")
    assert (found["effect"], found["places"], found["few_places"]) == (pytest.approx(0), 2, True)
    assert (
        "believe the permutation"
        in complaints("follow", "sites", "--changed", "North", "--since", "2025-03-01", "--outcome", "severe").out
    )


def test_measures_that_are_unknown_are_refused_in_a_sentence(shell: Shell) -> None:
    said = shell("follow", "correlate", "a", "b")
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_survey_is_imported_scored_and_guarded(shell: Shell, tmp_path: Path) -> None:
    shell.ok("place", "add", "North")
    rows = [f"2026-01-{1 + at % 28:02},{10 if at % 3 else 2},North,c{at % 15}" for at in range(30)]
    file = tmp_path / "answers.csv"
    file.write_text("\n".join(["date,score,place,customer", *rows, "2026-01-05,77,North,x"]))
    arguments = ("survey", "import", file, "--instrument", "nps", "--source", "After the visit")
    tried = shell.ok(*arguments, "--dry-run")
    assert (tried["added"], len(tried["refused"])) == (1, 1)
    said = shell(*arguments)
    assert "Row 32: is not on the scale: “77”" in said.out
    assert "asked too often" in said.out
    assert shell.ok(*arguments)["unchanged"] == 1
    (score,) = shell.ok("survey", "scores", "nps")["groups"]
    assert (score["n"], round(score["value"], 1)) == (30, 33.3)
    assert "North" in shell("survey", "scores", "nps", "--by", "place").out
    assert shell.ok("survey", "guard", "30")["days"] == 30
    assert shell("survey", "guard", "0").code == 2
    assert shell("survey", "import", file, "--instrument", "nps", "--source", "x", "--column", "score").code == 2
    assert shell("survey", "import", tmp_path / "none.csv", "--instrument", "nps", "--source", "x").code == 3


def test_risks_are_listed_by_priority(shell: Shell, tmp_path: Path) -> None:
    ratings = ("--technical", "3", "--customer", "8", "--occurrence", "6", "--detection", "2")
    made = shell.ok("risk", "add", "--mode", "Parcel is lost", "--effect", "Comes twice", *ratings)
    assert (made["priority"], made["is_gap_finding"]) == ("H", True)
    assert "customers feel it 5 worse" in shell("risk", "list").out
    changed = shell.ok("risk", "change", made["risk"]["uid"], "--occurrence", "1", "--review-by", "2026-06-30")
    assert (changed["priority"], changed["risk"]["review_by"]) == ("L", "2026-06-30")
    shipped = shell.ok("risk", "table")
    own = tmp_path / "own.json"
    own.write_text('{"9-10": {"8-10": "HHHH"}}')
    assert shell("risk", "table", "--set", own).code == 2
    own.write_text("no json")
    assert shell("risk", "table", "--set", own).code == 2
    assert shell.ok("risk", "table", "--shipped") == shipped
    shell.ok("risk", "retire", made["risk"]["uid"])
    assert shell.ok("risk", "list") == []
    assert shell("risk", "add", "--mode", "x", "--effect", "y", "--technical", "11").code == 2


def test_a_register_is_shown_filled_and_exported(shell: Shell, tmp_path: Path) -> None:
    assert {one["code"] for one in shell.ok("register", "list")} >= {"defect_definition", "pilot", "listening_post"}
    assert "Operational definition" in shell("register", "show", "defect_definition").out
    assert shell.ok("register", "show", "pilot")["states"][0]["code"] == "planned"
    fields = ("--field", "definition=More than 15 minutes", "--field", "unit=Visit", "--field", "perceived_by=customer")
    made = shell.ok(
        "register", "add", "defect_definition", "--title", "Long wait", *fields, "--owner", "Head of branches"
    )
    number = made["entry"]["number"]
    assert shell("register", "change", number, "--field", "unit=Call").code == 2
    changed = shell.ok(
        "register", "change", number, "--field", "unit=Call", "--why", "Also by phone", "--state", "in_force"
    )
    assert (changed["version"], changed["entry"]["state"]) == ("2", "in_force")
    shell.ok("register", "change", number, "--reviewed", "--review-by", "2027-01-31")
    assert "Review by: 2027-01-31" in shell("register", "show", number).out
    assert [one["number"] for one in shell.ok("register", "entries", "defect_definition")] == [number]
    assert shell.ok("register", "entries", "--due") == []
    assert shell.ok("register", "export", "defect_definition", "--out", tmp_path / "out.csv")["entries"] == 1
    assert shell("register", "add", "nothing", "--title", "x").code == 2
    assert shell("register", "add", "pilot", "--title", "x").code == 2


def test_the_deep_dive_is_written(complaints: Shell, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    done = complaints.ok("report", "deep-dive", "--out", out, "--from", "2025-01-01", "--to", "2025-03-31")
    assert (done["facts"]["complaints"], done["facts"]["uncoded"]) == (30, 30)
    assert out.read_bytes().startswith(b"%PDF")
    assert complaints("report", "deep-dive", "--out", out, "--pair", "a").code == 2
