"""A disk that is full at any moment, and calls to the system that fail: what was acknowledged stays, in words.

Run by `run.py` and `test_shaky.py`: `worker` answers, exports, seals and backs up until it is told to stop.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.kills import _damage
from tests.faults.power_cuts import HERE
from tests.faults.scene import BASE, Scene, now

from gemba.domain.assessments import Answer
from gemba.errors import GembaError
from gemba.store.opening import open_store

_OTHERS = 500_000
"""Bytes on a small disk that are not the store's, and that a person can take away."""


@dataclass
class Tally:
    """What came of the runs."""

    runs: int = 0
    acknowledged: int = 0
    told: int = 0
    """Failures that came as a sentence."""
    died: int = 0
    """Programs that ended, with an acknowledgement too few rather than one too many."""
    lost: int = 0
    corrupt: int = 0
    untold: int = 0
    """Failures that were a bug report."""
    stuck: int = 0
    """Stores that could not be written again."""
    stories: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was not told in a sentence."""

    def words(self) -> str:
        """One line."""
        return (
            f"{self.runs} runs, {self.acknowledged} acknowledged, {self.told} failures told, {self.died} ended, "
            f"{self.untold} untold, {self.lost} lost, {self.corrupt} corrupt, {self.stuck} could not be written again"
        )


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes; only root can mount it."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def run_worker(scene: Scene, store: Path, rounds: int, before: tuple[str, ...] = ()) -> tuple[list[str], str, int]:
    """What a worker said, what it said wrong, and how it ended."""
    worker = Path(__file__).with_name("shaky_worker.py")
    command = [*before, sys.executable, str(worker), str(store), scene.key.hex(), scene.audit, str(rounds)]
    surroundings = {**os.environ, "PYTHONPATH": HERE, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=surroundings, check=False, capture_output=True, text=True, timeout=300)
    return done.stdout.splitlines(), done.stderr, done.returncode


def numbers_in(said: list[str]) -> list[int]:
    """The answers that were acknowledged."""
    return [int(line.split()[1]) for line in said if line.startswith("kept ")]


def look(scene: Scene, store: Path, said: list[str], tally: Tally) -> None:
    """Find everything that was acknowledged, and write once more."""
    numbers = numbers_in(said)
    tally.acknowledged += len(numbers)
    tally.told += sum(line.startswith("told ") for line in said)
    try:
        opened = open_store(store, scene.key, clock=now, reserve=0)
    except GembaError as error:
        tally.corrupt += 1
        tally.stories.append(f"it does not open: {error} {error.__cause__}")
        return
    try:
        with opened.reader() as reader:
            there = {answer.path: answer.value for answer in reader.find(Answer)}
            person = reader.setting("person")
        lost = sum(there.get(f"/data/q{number}") != str(number) for number in numbers)
        lost += BASE - sum(path.startswith("/data/base") for path in there)
        damaged = _damage(opened)
        with opened.unit(person) as unit:
            unit.set_setting("again", time.time())
    except GembaError as error:
        tally.stuck += 1
        tally.stories.append(f"it cannot be written again: {error}")
        return
    finally:
        opened.close()
    tally.lost += lost
    tally.corrupt += bool(damaged)
    if lost or damaged:
        tally.stories.append(f"{lost} lost, {damaged[:3]}")
    left = [str(one) for one in store.rglob("*.part")]
    if left:
        tally.stories.append(f"left behind: {left}")


def fill_disks(scene: Scene, work: Path, runs: int, chance: random.Random) -> Tally:
    """Disks with so little room that each of the writes meets a full one at some time."""
    tally = Tally()
    used = sum(file.stat().st_size for file in scene.store("laptop").rglob("*") if file.is_file())
    for _ in range(runs):
        with small_disk(work / "small", used + chance.randint(300_000, 6_000_000) + _OTHERS) as disk:
            (disk / "others").write_bytes(bytes(_OTHERS))
            shutil.copytree(scene.store("laptop"), disk / "store")
            said, wrong, code = run_worker(scene, disk / "store", 60)
            tally.runs += 1
            tally.untold += code == 1
            if code == 1:
                tally.stories.append(wrong[-600:])
            (disk / "others").unlink()  # a person makes room
            shutil.rmtree(disk / "out", ignore_errors=True)
            shutil.rmtree(disk / "store-backups", ignore_errors=True)
            look(scene, disk / "store", said, tally)
        _tell(tally)
    return tally


def fail_calls(scene: Scene, work: Path, runs: int, share: float = 0.004) -> Tally:
    """One call in so many to read, write, sync or rename fails (libfiu); each answer makes some fifty of them."""
    tally = Tally()
    for _ in range(runs):
        shutil.rmtree(work / "shaky", ignore_errors=True)
        shutil.copytree(scene.store("laptop").parent, work / "shaky")
        store = work / "shaky" / "store"
        faults = ("env", f"GEMBA_SHAKY={share}", "fiu-run", "-x")  # the worker begins it, once all is loaded
        said, wrong, code = run_worker(scene, store, 12, faults)
        tally.runs += 1
        tally.died += code not in {0, 1}
        if code == 1:
            tally.untold += 1
            tally.notes.append(next((line for line in wrong.splitlines()[::-1] if "Error" in line), wrong[-100:])[:150])
        look(scene, store, said, tally)
        _tell(tally)
    return tally


def _tell(tally: Tally) -> None:
    """Now and then, for whoever cannot wait for the end."""
    if tally.runs % 5 == 0:
        print(f"  so far {tally.words()}", flush=True)
