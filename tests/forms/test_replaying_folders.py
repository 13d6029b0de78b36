"""The driver of recorded fillings: forms that have only a workbook, files beside it, the clock, damaged recordings."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.conformance.replay import main

WORKBOOK = """| survey |
| | type | name | label | calculation |
| | today | day | | |
| | Select_One_From_File sites.csv | site | Which site? | |
| | calculate | next | | format-date(${day} + 1, '%Y-%m-%d') |
"""
SITES = b"name,label\nnorth,North\nsouth,South\n"


def question(**said: object) -> dict:
    return {
        "t": "Q",
        "ref": "/data/site[1]",
        "req": False,
        "ro": False,
        "label": "Which site?",
        "choices": [["north", "North"], ["south", "South"]],
        "old": None,
        "res": "ok",
        "val": "south",
        **said,
    }


def recording(day: str = "2025-02-28", after: str = "2025-03-01") -> dict:
    xml = f"<data id='form'><day>{day}</day><site>south</site><next>{after}</next></data>"
    return {"trace": [question()], "xml": xml}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("xlsx", "xlsx/visit-media", "traces"):
        (tmp_path / name).mkdir()
    (tmp_path / "xlsx" / "visit.md").write_text(WORKBOOK)
    (tmp_path / "xlsx" / "visit-media" / "sites.csv").write_bytes(SITES)
    keep(tmp_path, recording())
    return tmp_path


def keep(folder: Path, recorded: object) -> None:
    data = recorded if isinstance(recorded, bytes) else gzip.compress(json.dumps(recorded).encode())
    (folder / "traces" / "visit.1.json.gz").write_bytes(data)


def replayed(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], dict]:
    code = main([str(folder)])
    *lines, last = capsys.readouterr().out.splitlines()
    return code, lines, json.loads(last)


def test_a_workbook_is_imported_with_its_repairs_and_files_on_the_day_of_the_recording(folder, capsys):
    code, lines, summing_up = replayed(folder, capsys)
    assert lines == ["visit.md: imported with 1 repairs"]
    assert summing_up == {"forms": 1, "traces": 1, "questions": 1, "differences": {}}
    assert code == 0


def test_a_difference_is_told(folder, capsys):
    keep(folder, recording(after="2025-03-02"))
    code, lines, summing_up = replayed(folder, capsys)
    assert lines[1:] == ["visit.1 instance /data/next: ours '2025-03-01', theirs '2025-03-02'"]
    assert summing_up["differences"] == {"instance": 1}
    assert code == 1


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no archive",
        gzip.compress(json.dumps(recording()).encode(), mtime=0)[:-9],
        gzip.compress(b'{"trace": [', mtime=0),
        gzip.compress(b"\xff\xfe", mtime=0),
        [],
        {"trace": [{"t": "Q"}], "xml": "<data/>"},
        {"trace": [], "xml": "<data>"},
        {"trace": [question(rejected=[["x", 7]])], "xml": recording()["xml"]},
    ],
)
def test_a_damaged_recording_is_told(folder, capsys, damage):
    keep(folder, damage)
    code, lines, summing_up = replayed(folder, capsys)
    assert code == 1
    assert len([line for line in lines if "visit.1" in line]) == 1
    assert sum(summing_up["differences"].values()) == 1


def test_a_form_that_is_not_there_is_told(folder, capsys):
    (folder / "xlsx" / "visit.md").unlink()
    code, lines, _ = replayed(folder, capsys)
    assert code == 1
    assert "there is no form visit" in lines[0]
