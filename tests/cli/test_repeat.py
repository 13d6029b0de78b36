"""`gemba assess repeat` as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.work.test_rearrange import people_form


@pytest.fixture
def uid(shell: Shell, tmp_path: Path) -> str:
    file = tmp_path / "people.xlsx"
    file.write_bytes(people_form())
    shell.ok("template", "import", file)
    begun: str = shell.ok("assess", "start", "people", "--place", "Hall 1")["uid"]
    shell.ok("assess", "answer", begun, "/data/person[1]/name=Ana")
    return begun


def names(shell: Shell, uid: str) -> list[str]:
    answers = shell.ok("assess", "show", uid)["answers"]
    return [value for path, value in sorted(answers.items()) if path.endswith("/name")]


def test_repeats_are_added_copied_moved_removed_and_brought_back(shell: Shell, uid: str) -> None:
    assert shell.ok("assess", "repeat", "copy", uid, "person", "1")["number"] == 2
    shell.ok("assess", "answer", uid, "/data/person[2]/name=Bo")
    shell.ok("assess", "repeat", "move", uid, "person", "2", "1")
    assert names(shell, uid) == ["Bo", "Ana"]
    assert shell.ok("assess", "repeat", "remove", uid, "/data/person", "1")["count"] == 1
    assert names(shell, uid) == ["Ana"]
    assert shell.ok("assess", "repeat", "undo", uid) == {"uid": uid, "repeat": "/data/person", "number": 1, "count": 2}
    assert names(shell, uid) == ["Bo", "Ana"]
    shell.ok("assess", "repeat", "add", uid, "person", "--at", "1")
    assert shell.ok("assess", "answer", uid, "/data/person[1]/name=Cy")["kept"] == 1
    assert names(shell, uid) == ["Cy", "Bo", "Ana"]


def test_a_number_that_is_not_there_is_refused(shell: Shell, uid: str) -> None:
    said = shell("assess", "repeat", "remove", uid, "person", "4")
    assert said.code == 2
    assert "person[4]" in said.err
    assert shell("assess", "repeat", "undo", uid).code == 2
    assert names(shell, uid) == ["Ana"]


def test_an_answer_in_a_repeat_is_called_as_it_is_shown(shell: Shell, uid: str) -> None:
    shell.ok("assess", "repeat", "copy", uid, "person", "1")
    shell.ok("assess", "answer", uid, "person[2]/name=Bo")
    shown = shell("assess", "show", uid).out
    assert "person[1]/name" in shown
    assert "person[2]/name" in shown
    assert names(shell, uid) == ["Ana", "Bo"]
