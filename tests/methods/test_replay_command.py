"""The command that replays recorded answers tells every difference, and ends with one line of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).parents[1] / "conformance" / "methods.py"


def replayed(folder: Path) -> tuple[int, list[str], dict[str, object]]:
    done = subprocess.run([sys.executable, COMMAND, folder], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    return done.returncode, lines[:-1], json.loads(lines[-1])


def test_right_figures_pass(tmp_path):
    (tmp_path / "shares.json").write_text('{"a": [{"x": 5, "n": 10, "wilson": [0.2365930905126, 0.7634069094874]}]}')
    code, lines, told = replayed(tmp_path)
    assert (code, lines) == (0, [])
    assert (told["cases"], told["passed"], told["checks"], told["wrong"], told["unknown"]) == (1, 1, 1, 0, 0)


def test_a_wrong_figure_is_named_and_fails(tmp_path):
    (tmp_path / "shares.json").write_text('{"x": 5, "n": 10, "wilson": [0.2365930905126, 0.763407]}')
    code, lines, told = replayed(tmp_path)
    assert code == 1
    assert told["differences"] == told["wrong"] == 1
    assert lines[0].startswith("different: shares.json: wilson: recorded [0.2365930905126, 0.763407], ours [0.2365")


def test_what_is_not_understood_is_named(tmp_path):
    (tmp_path / "strange.json").write_text('{"case": {"dice": 4}, "s": {"x": 0, "n": 5, "wilson": [0, 1], "odds": 1}}')
    (tmp_path / "notes.txt").write_text("?")
    _, lines, told = replayed(tmp_path)
    assert {"unknown: strange.json:case: dice", "unknown: strange.json:s: odds", "unknown: notes.txt"} <= set(lines)
    assert told["unknown"] == 3


def test_a_case_without_its_data_is_excepted(tmp_path):
    (tmp_path / "survival.json").write_text('{"l": {"source": "survival::l median", "median": 1, "lo": 1, "hi": 2}}')
    code, lines, told = replayed(tmp_path)
    assert (code, told["excepted"], told["wrong"]) == (0, 1, 0)
    assert lines == ["excepted: survival.json:l: its data (l.csv) are not recorded beside it"]


def test_a_broken_file_is_a_difference(tmp_path):
    (tmp_path / "broken.json").write_text("{")
    code, lines, _ = replayed(tmp_path)
    assert code == 1
    assert lines[0].startswith("different: broken.json: not read")


def test_answers_of_other_libraries_are_met():
    """Edges that recorded answers seldom have; worked out with SciPy 1.17, statsmodels 0.15 and krippendorff 0.9."""
    code, lines, told = replayed(Path(__file__).with_name("computed_elsewhere"))
    assert (code, lines) == (0, [])
    assert told["checks"] > 1000


def test_files_without_any_case_are_named_and_deep_ones_do_not_end_it(tmp_path):
    (tmp_path / "number.json").write_text("3")
    (tmp_path / "nothing.json").write_text("[]")
    (tmp_path / "deep.json").write_text("[" * 100_000 + "]" * 100_000)
    known = {"x": 5, "n": 10, "wilson": [0.2365930905126, 0.7634069094874]}
    (tmp_path / "marked.json").write_text(json.dumps(known), "utf-8-sig")
    code, lines, told = replayed(tmp_path)
    assert (code, told["checks"], told["unknown"], told["wrong"]) == (1, 1, 2, 1)
    assert {"unknown: number.json", "unknown: nothing.json"} <= set(lines)
    assert lines[0].startswith("different: deep.json: not read")
