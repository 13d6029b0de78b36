"""A workbook that cannot be filled is refused in one sentence that names the place and the fix, and nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.cli.conftest import Shell

HEAD = ("type", "name", "label", "relevant", "calculation", "constraint")
Rows = list[tuple[str, ...]]

FAULTS: dict[str, tuple[Rows, str]] = {
    "unknown type": ([("telepathy", "a", "A", "", "", "")], "2"),
    "cycle": ([("calculate", "a", "", "", "${b} + 1", ""), ("calculate", "b", "", "", "${a} + 1", "")], "a"),
    "broken expression": ([("text", "a", "A", "${a} = ", "", "")], "2"),
    "unknown function": ([("calculate", "a", "", "", "clairvoyance(1)", "")], "clairvoyance"),
    "unknown question": ([("text", "a", "A", "${nobody} = 1", "", "")], "nobody"),
    "missing list": ([("select_one nowhere", "a", "A", "", "", "")], "choices"),
    "empty": ([], ""),
    "several": ([("telepathy", "a", "A", "", "", ""), ("select_one nowhere", "b", "B", "", "", "")], "faults: 2"),
}

REPAIRS: dict[str, tuple[Rows, str, str]] = {
    "duplicate name": ([("text", "a", "A", "", "", ""), ("text", "a", "B", "", "", "")], "a", "a_2"),
    "group without end": ([("begin_group", "g", "G", "", "", ""), ("text", "a", "A", "", "", "")], "", "end_group"),
    "name with a space": ([("text", "my name", "A", "", "", "")], "my name", "my_name"),
}


def workbook(folder: Path, rows: Rows) -> Path:
    book = Workbook()
    book.active.title = "survey"
    for row in (HEAD, *rows):
        book.active.append(row)
    file = folder / "faulty.xlsx"
    book.save(file)
    return file


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_workbook_is_refused_by_check_and_by_import(shell: Shell, tmp_path: Path, fault: str) -> None:
    rows, named = FAULTS[fault]
    file = workbook(tmp_path, rows)
    library = shell.ok("template", "list")
    for command in ("check", "import"):
        said = shell("template", command, file, store=command == "import")
        assert said.code == 2, said.err or said.out
        assert len(said.err.strip().splitlines()) == 1, said.err
        assert named in said.err
        assert "Traceback" not in said.err
    assert shell.ok("template", "list") == library


@pytest.mark.parametrize("fault", REPAIRS)
def test_a_repair_is_listed_and_made_only_when_somebody_agrees(shell: Shell, tmp_path: Path, fault: str) -> None:
    rows, before, after = REPAIRS[fault]
    file = workbook(tmp_path, rows)
    (repair,) = shell.ok("template", "check", file, store=False)["repairs"]
    assert (repair["before"], repair["after"]) == (before, after)
    assert after in shell("template", "check", file, store=False).out
    library = shell.ok("template", "list")
    refused = shell("template", "import", file)
    assert refused.code == 2
    assert after in refused.err
    assert "--accept-repairs" in refused.err
    assert shell.ok("template", "list") == library
    template = shell.ok("template", "import", file, "--accept-repairs")["template"]
    assert template["repaired"] not in {"", template["source"]}
    out = tmp_path / "out.xlsx"
    shell.ok("template", "export", template["uid"], "--out", out)
    assert out.read_bytes() == file.read_bytes()
    shell.ok("template", "export", template["uid"], "--out", out, "--rewrite")
    assert shell.ok("template", "check", out, store=False)["repairs"] == []


def test_every_fault_is_told_with_its_place(shell: Shell, tmp_path: Path) -> None:
    file = workbook(tmp_path, FAULTS["several"][0])
    said = shell("template", "check", file, "--json", store=False)
    assert said.code == 2
    told = json.loads(said.out)["faults"]
    assert [(each["sheet"], each["row"], each["column"]) for each in told] == [
        ("survey", 2, "type"),
        ("survey", 3, "type"),
    ]


def test_lists_beside_the_workbook_are_asked_for_and_kept(shell: Shell, tmp_path: Path) -> None:
    file = workbook(tmp_path, [("select_one_from_file sites.csv", "site", "Where?", "", "", "")])
    assert shell.ok("template", "check", file, store=False)["missing"] == ["sites.csv"]
    sites = tmp_path / "sites.csv"
    sites.write_text("name,label\nh,Harbour\n", "utf-8")
    assert shell.ok("template", "check", file, "--with", sites, store=False)["missing"] == []
    assert shell.ok("template", "import", file)["template"]["files"] == {}
    template = shell.ok("template", "import", file, "--with", sites)["template"]
    assert list(template["files"]) == ["sites.csv"]


def test_another_workbook_under_the_same_id_and_version_is_refused(shell: Shell, tmp_path: Path) -> None:
    first = workbook(tmp_path, [("text", "a", "A", "", "", "")])
    shell.ok("template", "import", first)
    second = workbook(tmp_path, [("text", "b", "B", "", "", "")])
    said = shell("template", "import", second)
    assert said.code == 2
    assert "version" in said.err
