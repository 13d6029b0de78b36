"""The merge under everything that happens in the field, and proof that this test can fail.

    uv run python tests/faults/merge.py                  a few lives, a few mutants
    uv run python tests/faults/merge.py --long           many lives, all mutants; about an hour

Each mutant is the program with one mistake in how operations are merged. It counts as killed when the state machine
(tests/store/merge_machine.py) or the tests of the store fail.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Mutant(NamedTuple):
    """One mistake."""

    name: str
    file: str
    """In src/gemba/store."""
    was: str
    becomes: str


MUTANTS = (
    Mutant("parents are ignored", "heads.py", "current.difference_update(new.parents)", "pass"),
    Mutant("children that came first are ignored", "heads.py", "if field not in seen_by:", "if True:"),
    Mutant("the older of two is shown", "heads.py", "return max(heads, key=", "return min(heads, key="),
    Mutant(
        "a verdict goes to any laptop",
        "heads.py",
        "return min(own or devices, key=lot)",
        "return min(devices, key=lot)",
    ),
    Mutant(
        "a forked operation is dropped",
        "arriving.py",
        "            self._unit.take(checked)\n",
        "            checked = [one for one in checked if one.header.seq not in self._taken("
        "one.header.device, one.header.epoch, [one.header.seq])]\n"
        "            self._unit.take(checked)\n",
    ),
    Mutant("what lacked its words is never healed", "arriving.py", "if lacks and one.is_whole:", "if False:"),
    Mutant(
        "late copies of erased words are kept",
        "settling.py",
        "            operation = blanked(operation)\n        self._book",
        "            pass\n        self._book",
    ),
    Mutant(
        "an erasure leaves the words",
        "erasing.py",
        ".values(personal=None)",
        ".values(personal=tables.operation.c.personal)",
    ),
    Mutant(
        "nothing waits for what it names",
        "settling.py",
        "        return [one[1] for one in named if",
        "        return [] and [one[1] for one in named if",
    ),
    Mutant(
        "what waited is forgotten", "settling.py", "                ready.append(operation)", "                pass"
    ),
    Mutant("children that are here are not asked for", "book.py", "self._fetch_children(older)", "pass"),
    Mutant(
        "each pack is the first on its records",
        "book.py",
        "if not heads and subject not in self._written:",
        "if subject not in self._written:",
    ),
    Mutant("a new record is what its first operation alone makes", "book.py", "self._first.pop(subject, None)", "pass"),
    Mutant("an edit has seen nothing", "pen.py", "for uid in heads.get(field, ())}", "for uid in ()}"),
    Mutant("gaps begin one too late", "journal.py", "row.before + 1, row.seq - 1", "row.before + 2, row.seq - 1"),
    Mutant("forks need three", "journal.py", "having(func.count() > 1)", "having(func.count() > 2)"),
    Mutant("old heads stay", "head_rows.py", "    _delete(connection, tables.head, gone)\n", ""),
    Mutant("settled conflicts stay", "head_rows.py", "for field, uid in one.settled:", "for field, uid in ():"),
    Mutant(
        "new conflicts are not noted", "head_rows.py", "for field, uid in sorted(one.disputed)", "for field, uid in ()"
    ),
    Mutant(
        "rows are written once",
        "rows.py",
        "        if before is not None and all(",
        "        if before is not None or all(",
    ),
    Mutant("an erased record is lost", "projection.py", "elif field in apart:", "elif False:"),
    Mutant(
        "a wild clock is adopted", "hlc.py", "return last if wild else max(last, foreign)", "return max(last, foreign)"
    ),
    Mutant("a pack vouches for others, too", "signatures.py", "one.header.device != vouched and", "not vouched and"),
    Mutant(
        "a clone is not noticed",
        "unit.py",
        "self._is_cloned = self._is_cloned or any(",
        "self._is_cloned = any([]) and any(",
    ),
    Mutant(
        "what one operation said alone is forgotten", "book.py", "        if lone is not None:\n", "        if False:\n"
    ),
    Mutant(
        "changed rows are not written",
        "rows.py",
        '            change_many(self._connection, table, "uid", rows)\n',
        "            pass\n",
    ),
    Mutant("erased words mean what they did", "operations.py", "values=rest, meaning=None)", "values=rest)"),
)

SHORT = ("parents are ignored", "a forked operation is dropped", "late copies of erased words are kept")
STORE_TESTS = (
    "test_merging.py",
    "test_journal.py",
    "test_heads.py",
    "test_verdicts.py",
    "test_hlc.py",
    "test_erasing.py",
    "test_proofs.py",
)


def main() -> int:
    """Run what was asked for; 1 when a life fails or a mutant lives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--lives", type=int)
    asked = parser.parse_args()
    lives = asked.lives or (600 if asked.long else 20)
    began = time.monotonic()
    sound = try_machine(ROOT, lives, seed=True) == 0
    print(json.dumps({"lives": lives, "sound": sound, "seconds": round(time.monotonic() - began)}), flush=True)
    killed = _killed(everything=asked.long)
    wanted = [mutant.name for mutant in MUTANTS] if asked.long else list(SHORT)
    alive = [name for name in wanted if name not in killed]
    print(json.dumps({"mutants": len(wanted), "killed": len(killed), "alive": alive}), flush=True)
    return 0 if sound and not alive else 1


def _killed(everything: bool) -> list[str]:
    found = []
    for mutant in MUTANTS:
        if everything or mutant.name in SHORT:
            by = killed_by(mutant)
            print(json.dumps({"mutant": mutant.name, "killed_by": by}), flush=True)
            found += [mutant.name] if by else []
    return found


def killed_by(mutant: Mutant) -> str:
    """Which test kills a mutant: `machine`, `tests`, or none."""
    with tempfile.TemporaryDirectory(prefix="gemba-mutant-") as folder:
        root = plant(mutant, Path(folder))
        if try_machine(root, 40) != 0:
            return "machine"
        return "tests" if _pytest(root, [f"tests/store/{name}" for name in STORE_TESTS]) != 0 else ""


def plant(mutant: Mutant, folder: Path) -> Path:
    """A copy of the program with one mistake in it."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("migrations", "resources", "tests", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    file = folder / "src/gemba/store" / mutant.file
    source = file.read_text("utf-8")
    if source.count(mutant.was) != 1:
        count = source.count(mutant.was)
        raise SystemExit(f"the place of the mutant “{mutant.name}” is in {mutant.file} {count} times, not once")
    file.write_text(source.replace(mutant.was, mutant.becomes), "utf-8")
    return folder


def try_machine(root: Path, lives: int, *, seed: bool = False) -> int:
    """Exit code of the state machine on a copy of the program."""
    wishes = {"GEMBA_MERGE_EXAMPLES": str(lives)} | ({"GEMBA_MERGE_SEED": "1"} if seed else {})
    return _pytest(root, ["tests/store/test_merge_machine.py"], **wishes)


def _pytest(root: Path, tests: list[str], **wishes: str) -> int:
    there = [test for test in tests if (ROOT / test).exists()]
    # Hundreds of lives take longer than a test may, and one that ran out of time is neither unsound nor killed.
    plain = ["-q", "-x", "-n0", "--timeout=0", "-p", "no:cacheprovider", "-p", "no:randomly"]
    command = [sys.executable, "-m", "pytest", *plain, *there]
    environment = {**os.environ, **wishes, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout[-3000:] + done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
