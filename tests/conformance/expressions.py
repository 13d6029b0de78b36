"""Replays recorded expression cases of other engines and prints every difference.

Run: uv run python tests/conformance/expressions.py FILE...      (.json or .json.gz)

A file holds either dictionaries (recorded from ODK Web Forms' own tests: plain XPath 1.0 or, with `xforms`, its forms'
dialect) or triples (from JavaRosa's own tests: expression, context, what Java code expects). Each suite is evaluated in
the dialect of the engine it was recorded from; `--dialect javarosa` replays the dictionaries of forms by JavaRosa's
rules instead, to see where the two engines part. `exceptions.json`, beside this file, names the cases in which we
differ on purpose, with the reason.

The last line is JSON: cases, passed, excepted, differences, and the same for each suite. Exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import javarosa_cases
import web_forms_cases

from gemba.forms.expressions import DIALECTS

EXCEPTIONS = Path(__file__).with_name("exceptions.json")


@dataclass(frozen=True)
class Outcome:
    """What became of one case; `difference` is empty when it agrees."""

    suite: str
    expression: str
    difference: str
    reason: str = ""

    @property
    def kind(self) -> str:
        """passed, excepted or differences."""
        if not self.difference:
            return "passed"
        return "excepted" if self.reason else "differences"


def read_cases(path: Path) -> list[Any]:
    """The cases of one file."""
    raw = path.read_bytes()
    cases = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    if not isinstance(cases, list):
        raise SystemExit(f"{path} holds no list of cases")
    return cases


def exceptions() -> dict[tuple[str, str], str]:
    """(Suite, expression) -> reason of every case in which we differ on purpose."""
    named = json.loads(EXCEPTIONS.read_text("utf-8"))
    return {(each["suite"], expression): each["reason"] for each in named for expression in each["expressions"]}


def replay(cases: Iterable[Any], forms_dialect: str = "web-forms") -> list[Outcome]:
    """The outcome of every case, in order."""
    meant = exceptions()
    return [_outcome(case, forms_dialect, meant) for case in cases]


def _outcome(case: Any, forms_dialect: str, meant: dict[tuple[str, str], str]) -> Outcome:
    if isinstance(case, dict):
        suite, expression = "odk" if case["xforms"] else "xpath", case["expr"]
        difference = web_forms_cases.difference(case, DIALECTS[forms_dialect])
    else:
        suite, expression = "javarosa", case[0]
        difference = javarosa_cases.difference(*case)
    return Outcome(suite, expression, difference, meant.get((suite, expression), "") if difference else "")


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """The counts that the last line tells."""
    suites = sorted({each.suite for each in outcomes})
    return _counts(outcomes) | {
        "suites": {suite: _counts([each for each in outcomes if each.suite == suite]) for suite in suites}
    }


def _counts(outcomes: list[Outcome]) -> dict[str, Any]:
    kinds = Counter(each.kind for each in outcomes)
    return {"cases": len(outcomes)} | {kind: kinds[kind] for kind in ("passed", "excepted", "differences")}


def main() -> int:
    """Replay the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--dialect", choices=["javarosa", "web-forms"], default="web-forms", help="for cases of forms")
    chosen = parser.parse_args()
    outcomes = replay((case for path in chosen.files for case in read_cases(path)), chosen.dialect)
    for each in outcomes:
        if each.difference:
            meant = f"  (meant: {each.reason})" if each.reason else ""
            print(f"{each.kind}: {each.suite}: {each.expression}: {each.difference}{meant}")
    print(json.dumps(summary(outcomes)))
    return 1 if any(each.kind == "differences" for each in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
