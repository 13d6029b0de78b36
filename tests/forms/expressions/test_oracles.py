"""Expressions against recorded cases of other engines, through the driver that replays any such file.

The recordings are not redistributed; they are looked for at ../shared/oracles beside the checkout or in
GEMBA_ORACLES.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFORMANCE = Path(__file__).parents[2] / "conformance"
ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[3].parent / "shared" / "oracles") / "xpath"
MOST_EXCEPTIONS = 20


def _replay(*arguments: str | Path) -> tuple[int, list[str], dict]:
    run = [sys.executable, str(CONFORMANCE / "expressions.py"), *map(str, arguments)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.stdout, done.stderr
    *told, last = done.stdout.splitlines()
    return done.returncode, told, json.loads(last)


def _exceptions() -> list[str]:
    named = json.loads((CONFORMANCE / "exceptions.json").read_text("utf-8"))
    assert all(each["reason"] for each in named)
    return [expression for each in named for expression in each["expressions"]]


def test_there_are_few_exceptions():
    assert len(_exceptions()) <= MOST_EXCEPTIONS


@pytest.mark.skipif(not ORACLES.is_dir(), reason="no recorded cases: set GEMBA_ORACLES to their folder")
@pytest.mark.parametrize(("name", "cases"), [("webforms_cases.json.gz", 1_100), ("javarosa_cases.json", 218)])
def test_every_recorded_case_agrees_or_is_excepted_by_name(name, cases):
    code, told, counts = _replay(ORACLES / name)
    assert code == 0, "\n".join(told)
    assert counts["cases"] == cases == counts["passed"] + counts["excepted"]
    assert counts["excepted"] == len(told) <= len(_exceptions())


def test_a_difference_is_printed_and_ends_with_1(tmp_path):
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps([["1 + 1", None, "2.0"], ["1 + 1", None, "3.0"], ["nothing-like-it()", None, "3.0"]]))
    code, told, counts = _replay(cases)
    assert code == 1
    assert [line.partition(": expected")[0] for line in told] == [
        "differences: javarosa: 1 + 1",
        "differences: javarosa: nothing-like-it()",
    ]
    assert (counts["cases"], counts["passed"], counts["excepted"]) == (3, 1, 0)


def test_what_web_forms_gives_differently_shows_when_its_cases_are_replayed_by_javarosas_rules(tmp_path):
    case = {"xml": "<a/>", "root": "/", "ctx": "/", "xforms": True, "expr": "round(-1.5)", "method": "number"}
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps([case | {"expected": -2}]))
    assert _replay(cases)[0] == 0
    assert _replay(cases, "--dialect", "javarosa")[0] == 1
