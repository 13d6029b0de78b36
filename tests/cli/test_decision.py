"""Decisions and boundaries on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def refunds(shell: Shell) -> None:
    shell.ok("place", "add", "Harbour branch")
    said = shell.ok(
        *("boundary", "set", "--role", "Branch lead", "--scenario", "refund", "--limit", "50", "--unit", "EUR"),
        *("--title", "Refund without receipt", "--escalate-to", "Area lead", "--from", "2020-01-01"),
    )
    assert said["limit"] == 50


@pytest.mark.usefixtures("refunds")
class TestDecisions:
    def test_one_is_recorded_and_says_how_it_stands(self, shell: Shell) -> None:
        said = shell(
            *("decision", "add", "Refund of 80", "--place", "Harbour branch", "--role", "Branch lead"),
            *("--scenario", "Refund without receipt", "--amount", "80", "--unit", "EUR"),
        )
        assert said.code == 0
        assert "Beyond the boundary" in said.out
        assert "should have gone to Area lead" in said.out
        (line,) = shell.ok("decision", "list", "--where", "standing=beyond", "--place", "Harbour branch")
        assert line["scenario"] == "refund"
        shown = shell.ok("decision", "change", line["number"], "--escalated")
        assert shown["decision"]["standing"] == "escalated"
        words = shell("decision", "show", line["number"])
        assert "Escalated rightly" in words.out
        assert "Harbour branch" in words.out

    def test_what_is_amiss_is_told_in_one_sentence(self, shell: Shell) -> None:
        for arguments in (
            ("decision", "add", "x", "--place", "Harbour branch", "--role", "Lead", "--amount", "8"),
            ("decision", "add", "x", "--place", "Harbour branch", "--role", "Lead", "--customers", "-1"),
            ("decision", "add", "x", "--place", "Harbour branch", "--role", "Lead", "--on", "2999-01-01"),
            ("decision", "add", "x", "--role", "Lead"),
            ("decision", "list", "--quarter", "2026-Q9"),
            ("decision", "list", "--where", "nothing=1"),
            ("decision", "review", "--until", "soon"),
            ("boundary", "retire", "nothing", "--reason", "x"),
            ("boundary", "check", "--role", "a", "--scenario", "b", "--place", "Nowhere"),
        ):
            said = shell(*arguments)
            assert said.code == 2, arguments
            assert said.out == ""
            assert said.err.strip().count("\n") == 0

    def test_a_boundary_is_checked_listed_and_retired(self, shell: Shell) -> None:
        case = ("--role", "branch lead", "--scenario", "REFUND", "--place", "Harbour branch")
        assert shell.ok("boundary", "check", *case, "--amount", "50", "--unit", "EUR")["standing"] == "at_limit"
        other = shell.ok("boundary", "check", *case, "--amount", "5", "--unit", "hours")
        assert other["standing"] == "not_told"
        assert "cannot be compared" in other["why"]
        (found,) = shell.ok("boundary", "list")
        assert shell("boundary", "retire", found["uid"][:30], "--reason", "New till").code == 0
        assert shell.ok("boundary", "list") == []
        assert len(shell.ok("boundary", "list", "--all")) == 1

    def test_a_log_is_inspected_tried_imported_and_exported(self, shell: Shell, tmp_path: Path) -> None:
        file, refused, out = tmp_path / "log.csv", tmp_path / "refused.csv", tmp_path / "out.csv"
        heads = "No;Date;Site;Role;Decision;Amount;Scenario;Commitment\n"
        rows = "1;13.01.2026;Harbour branch;Branch lead;Refund;80,50;refund;\n2;;Harbour branch;Branch lead;x;1;;\n"
        file.write_text(heads + rows, "utf-8")
        seen = shell.ok("decision", "inspect", file)
        assert [one["field"] for one in seen["columns"]][:3] == ["key", "decided_on", "place"]
        tried = shell.ok("decision", "import", file, "--dry-run", "--unit", "EUR")
        assert (tried["added"], tried["refused"], tried["undated"]) == (1, 1, 1)
        said = shell("decision", "import", file, "--unit", "EUR", "--refused", refused)
        assert said.code == 0
        assert "Added 1" in said.out
        assert "no sample can hold it" in said.out
        assert refused.exists()
        again = shell.ok("decision", "import", file)
        assert (again["added"], again["unchanged"]) == (0, 1)
        assert shell.ok("decision", "export", "--out", out, "--quarter", "2026-Q1")["count"] == 1
        with out.open(encoding="utf-8-sig", newline="") as lines:
            assert next(csv.DictReader(lines))["standing"] == "beyond"
        assert shell("decision", "import", file, "--map", "Nothing=title").code == 2

    def test_discretion_is_reviewed_and_calibrated(self, shell: Shell) -> None:
        for n in range(6):
            shell.ok(
                *("decision", "add", f"Refund {n}", "--place", "Harbour branch", "--role", "Branch lead"),
                *("--scenario", "refund", "--amount", "80", "--unit", "EUR", "--on", "2026-01-13"),
            )
        found = shell.ok("decision", "review", "--until", "2026-01", "--months", "1")
        assert found["roles"][0]["reading"] == "over"
        words = shell("decision", "review", "--until", "2026-01", "--by-place")
        assert "Goes too far" in words.out
        kept = shell(
            *("decision", "calibrate", "2026-01", "--role", "Branch lead", "--present", "Area leads"),
            *("--judgement", "over", "--agreed", "Limit goes to 80"),
        )
        assert kept.code == 0, kept.err
        assert shell("decision", "exceptions", "--until", "2026-01").code == 0
