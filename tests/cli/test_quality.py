"""`gemba assess quality` as a person uses it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell
from tests.work.test_quality import FORM


def test_what_stands_out_is_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "dozen.md").write_text(FORM)
    shell.ok("template", "import", tmp_path / "dozen.md")
    uid = shell.ok("assess", "start", "dozen", "--place", "Hall 1")["uid"]
    assert shell.ok("assess", "quality", uid) == {"seconds": 0, "budget_seconds": 300, "signals": []}
    shell.ok("assess", "answer", uid, *[f"q{number}=yes" for number in range(12)])
    assert [each["code"] for each in shell.ok("assess", "quality", uid)["signals"]] == ["straight"]
    assert "Planned: 5 min." in shell("assess", "quality", uid).out
