"""Replays recorded answers of other tools (R's qcc, qicharts2, irr, survey …; handbooks) and prints differences.

Run: uv run python tests/conformance/methods.py FILE_OR_FOLDER...

A file is JSON of any depth; each object in it whose shape is known is a case. Every figure of a case is worked out
again from the data given in it (or in a CSV beside it) and compared to the digits recorded. Figures and files of a
shape that is not known are named, they are never passed over. A case whose data are not there is excepted, with that
reason.

The last line is JSON: cases, passed, excepted, differences, the same for each sort; checks and wrong (single figures)
and unknown (files, cases and figures that were not understood). Exit 1 on any difference, 2 when a file or folder that
is named is not there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.conformance.method_cases import agreement, by_hand, charts, comparing, rules, sampling, shares
from tests.conformance.method_cases.checks import NotThereError, Reader, Source

from gemba.errors import GembaError

READERS: list[Reader] = [
    reader for family in (agreement, rules, charts, sampling, shares, by_hand, comparing) for reader in family.READERS
]
_WORDS = {"source", "note", "id", "title"}


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    where: str
    sort: str
    checks: int
    differences: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    reason: str = ""

    @property
    def kind(self) -> str:
        """passed, excepted or differences."""
        if self.differences:
            return "differences"
        return "excepted" if self.reason else "passed"


def replay(path: Path) -> list[Outcome]:
    """The outcome of every case in a file."""
    try:
        whole = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:
        return [Outcome(path.name, "unknown", 0, (f"not read: {error}",))]
    return list(_walk(Source(path, (), whole), whole)) or [Outcome(path.name, "unknown", 0, unknown=(path.name,))]


def _walk(source: Source, found: Any) -> Iterator[Outcome]:
    if isinstance(found, dict):
        known = next((each for each in READERS if each.knows(found)), None)
        if known:
            yield _worked_out(known, found, source)
            return
        plain = [key for key, value in found.items() if key not in _WORDS and not isinstance(value, dict | list)]
        where = _where(source)
        if plain:
            yield Outcome(where, "unknown", 0, unknown=tuple(f"{where}: {key}" for key in plain))
        for key, value in found.items():
            if isinstance(value, dict | list):
                yield from _walk(Source(source.file, (*source.path, key), source.whole), value)
    elif isinstance(found, list):
        if found and not any(isinstance(each, dict | list) for each in found):
            yield Outcome(_where(source), "unknown", 0, unknown=(_where(source),))
        for at, value in enumerate(found):
            yield from _walk(Source(source.file, (*source.path, str(at)), source.whole), value)


def _worked_out(known: Reader, case: dict[str, Any], source: Source) -> Outcome:
    where = _where(source)
    try:
        checks = list(known.work(case, source))
    except NotThereError as missing:
        return Outcome(where, known.sort, 0, reason=str(missing))
    except (GembaError, ValueError, KeyError, TypeError, IndexError, ZeroDivisionError) as error:
        return Outcome(where, known.sort, 1, (f"not worked out: {type(error).__name__}: {error}",))
    left = case.keys() - known.inputs - {check.key for check in checks}
    return Outcome(
        where,
        known.sort,
        len(checks),
        tuple(check.difference for check in checks if check.difference),
        tuple(f"{where}: {key}" for key in sorted(left)),
    )


def _where(source: Source) -> str:
    return ":".join((source.file.name, *source.path))


def files(named: list[Path]) -> tuple[list[Path], list[Path]]:
    """JSON files to replay, and other files of the folders that no case is read from, in folders below, too."""
    found = [file for path in named for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    cases = [file for file in found if file.is_file() and file.suffix == ".json"]
    data = {file.parent for file in cases}  # tables beside cases are what these were worked out from
    beside = [file for file in found if file.is_file() and file.suffix != ".json"]
    return cases, [file for file in beside if file.suffix != ".csv" or file.parent not in data]


def summary(outcomes: list[Outcome], strange: list[Path]) -> dict[str, Any]:
    """The counts that the last line tells."""
    cases = [each for each in outcomes if each.sort != "unknown"]
    sorts = sorted({each.sort for each in cases})
    return _counts(cases) | {
        "checks": sum(each.checks for each in outcomes),
        "wrong": sum(len(each.differences) for each in outcomes),
        "unknown": len(strange) + sum(len(each.unknown) for each in outcomes),
        "sorts": {sort: _counts([each for each in cases if each.sort == sort]) for sort in sorts},
    }


def _counts(outcomes: list[Outcome]) -> dict[str, Any]:
    kinds = Counter(each.kind for each in outcomes)
    return {"cases": len(outcomes)} | {kind: kinds[kind] for kind in ("passed", "excepted", "differences")}


def main() -> int:
    """Replay the files and folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    named = parser.parse_args().files
    for missing in (path for path in named if not path.exists()):
        print(f"There is no file or folder {missing}.", file=sys.stderr)
        return 2
    wanted, strange = files(named)
    outcomes = [outcome for file in wanted for outcome in replay(file)]
    for each in outcomes:
        for difference in each.differences:
            print(f"different: {each.where}: {difference}")
        if each.reason:
            print(f"excepted: {each.where}: {each.reason}")
        for unknown in each.unknown:
            print(f"unknown: {unknown}")
    for file in strange:
        print(f"unknown: {file.name}")
    told = summary(outcomes, strange)
    if not told["checks"]:
        print("Nothing was checked: no case with its data is there.", file=sys.stderr)
    print(json.dumps(told, ensure_ascii=False))
    return 1 if told["wrong"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
