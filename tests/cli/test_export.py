from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def walk(shell: Shell) -> str:
    uid = str(shell.ok("assess", "start", "leader_gemba_walk", "--place", "Harbour branch")["uid"])
    shell.ok("assess", "answer", uid, "area=Counters", "team_told=seen")
    return uid


def test_answers_go_out_as_csv(shell: Shell, walk: str, tmp_path: Path) -> None:
    done = shell.ok("assess", "export", walk, "--format", "csv", "--out", tmp_path / "out", "--headings", "short")
    assert done["assessments"] == 1
    assert {each["noun"] for each in done["left_out"]} >= {"answer", "journal", "custody"}
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["area"], row["team_told"], row["_uid"]) == ("Counters", "seen", walk)


def test_what_is_not_in_the_export_is_printed(shell: Shell, walk: str, tmp_path: Path) -> None:
    said = shell("assess", "export", walk, "--out", tmp_path / "out.xlsx", "--labels", "--choices", "split")
    assert said.code == 0
    assert "out.xlsx" in said.out
    assert "journal" in said.out


def test_all_that_was_made_with_a_template(shell: Shell, walk: str, tmp_path: Path) -> None:
    shell.ok("assess", "start", "leader_gemba_walk", "--place", "Harbour branch")
    done = shell.ok(
        "assess", "export", "--template", "leader_gemba_walk", "--format", "openrosa", "--out", tmp_path / "all"
    )
    assert done["assessments"] == 2
    assert len(list((tmp_path / "all" / "submissions").glob("*/submission.xml"))) == 2
    assert walk


@pytest.mark.parametrize(
    "named", [[], ["A-XXXXXX-9999"], ["--template", "nosuch"], ["--template", "five_s_area_audit"]]
)
def test_nothing_meant_is_refused_in_one_sentence(shell: Shell, walk: str, tmp_path: Path, named: list[str]) -> None:
    said = shell("assess", "export", *named, "--out", tmp_path / "x.xlsx")
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("x*"))
    assert walk


def test_a_workbook_for_odk_can_reckon_the_score(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "odk.xlsx"
    made = shell.ok("template", "export", "five_s_area_audit", "--for-odk", "--with-scores", "--out", file)
    assert made["scored"] == 25
    assert shell.ok("template", "check", file)["form_id"] == "five_s_area_audit"
    plain = shell.ok("template", "export", "five_s_area_audit", "--for-odk", "--out", tmp_path / "plain.xlsx")
    assert (plain["scored"], plain["rows"]) == (0, 0)


def test_scores_without_odk_are_refused(shell: Shell, tmp_path: Path) -> None:
    said = shell("template", "export", "five_s_area_audit", "--with-scores", "--out", tmp_path / "x.xlsx")
    assert said.code == 2
    assert "--for-odk" in said.err
