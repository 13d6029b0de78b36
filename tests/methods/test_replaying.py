"""What the check of recorded answers says of files that it does not know, cannot read, or does not find."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[1] / "conformance" / "methods.py"


def run(folder: Path) -> tuple[int, dict[str, int], list[str]]:
    done = subprocess.run([sys.executable, str(CHECK), str(folder)], capture_output=True, text=True, check=False)
    lines = [*done.stdout.splitlines(), ""]
    told = json.loads(lines[-2]) if done.returncode != 2 else {}
    return done.returncode, told, [*lines[:-2], *done.stderr.splitlines()]


def test_a_folder_that_is_not_there_is_no_success(tmp_path) -> None:
    code, _, said = run(tmp_path / "nowhere")
    assert code == 2
    assert "There is no file or folder" in said[0]


def test_a_folder_with_nothing_says_that_nothing_was_checked(tmp_path) -> None:
    code, told, said = run(tmp_path)
    assert (code, told["checks"], told["wrong"], told["unknown"]) == (0, 0, 0, 0)
    assert said == ["Nothing was checked: no case with its data is there."]


@pytest.mark.parametrize("name", ["notes.txt", "stray.csv", "below/notes.txt"])
def test_files_that_it_does_not_know_are_named(tmp_path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("a,b\n1,2\n", "utf-8")
    code, told, said = run(tmp_path)
    assert (code, told["unknown"]) == (0, 1)
    assert f"unknown: {Path(name).name}" in said


def test_a_shape_that_it_does_not_know_is_named_and_a_broken_file_is_wrong(tmp_path) -> None:
    (tmp_path / "strange.json").write_text('{"phase of the moon": 3}', "utf-8")
    (tmp_path / "broken.json").write_text('{"half', "utf-8")
    code, told, said = run(tmp_path)
    assert (code, told["wrong"], told["unknown"]) == (1, 1, 1)
    assert "unknown: strange.json: phase of the moon" in said
    assert any(line.startswith("different: broken.json: not read") for line in said)
