"""A workbook that cannot be filled is refused in one sentence that names the place and the fix, and nothing is kept."""

from __future__ import annotations

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
    "duplicate name": ([("text", "a", "A", "", "", ""), ("text", "a", "B", "", "", "")], "a"),
    "missing list": ([("select_one nowhere", "a", "A", "", "", "")], "choices"),
    "group without end": ([("begin_group", "g", "G", "", "", ""), ("text", "a", "A", "", "", "")], "g"),
    "name with a space": ([("text", "my name", "A", "", "", "")], "Row 2"),
    "empty": ([], ""),
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


def test_another_workbook_under_the_same_id_and_version_is_refused(shell: Shell, tmp_path: Path) -> None:
    first = workbook(tmp_path, [("text", "a", "A", "", "", "")])
    shell.ok("template", "import", first)
    second = workbook(tmp_path, [("text", "b", "B", "", "", "")])
    said = shell("template", "import", second)
    assert said.code == 2
    assert "version" in said.err
