"""`gemba assess migrate` as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.work.test_migrate_draft import FIRST, SECOND


@pytest.fixture
def uid(shell: Shell, tmp_path: Path) -> str:
    (tmp_path / "counter.md").write_text(FIRST)
    (tmp_path / "counter2.md").write_text(SECOND)
    shell.ok("template", "import", tmp_path / "counter.md")
    begun: str = shell.ok("assess", "start", "counter", "--place", "Hall 1")["uid"]
    shell.ok("assess", "answer", begun, "who=Ada", "gone=Closed", "wait=12")
    return begun


def test_a_draft_goes_on_with_the_newest_version_and_back(shell: Shell, uid: str, tmp_path: Path) -> None:
    said = shell("assess", "migrate", uid)
    assert said.code == 2
    assert "no newer version" in said.err
    shell.ok("template", "import", tmp_path / "counter2.md")
    told = shell.ok("assess", "migrate", uid, "--preview")
    assert (told["from"], told["to"], told["moved"]) == ("1", "2", False)
    assert [each["fate"] for each in told["answers"]] == ["changed", "parked", "changed"]
    assert "/data/who" in shell.ok("assess", "show", uid)["answers"]
    assert shell.ok("assess", "migrate", uid)["moved"]
    assert shell.ok("assess", "show", uid)["answers"]["/data/counter/who"] == "Ada"
    assert "What did the sign say?: Closed" in shell("assess", "show", uid).out
    shell.ok("assess", "migrate", uid, "--undo")
    assert shell.ok("assess", "show", uid)["answers"]["/data/gone"] == "Closed"
