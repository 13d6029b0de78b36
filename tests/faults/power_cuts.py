"""Simulated power cuts over a store that is being answered in."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.disk import Disk, Event, build_recorder, read_log

from gemba.domain.assessments import Answer
from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.store import connecting
from gemba.store.checking import check
from gemba.store.opening import open_store

_ROOT = Path(__file__).parents[2]
HERE = os.pathsep.join([str(_ROOT), str(_ROOT / "src")])
"""Where a program that is started finds these tests and the program."""

_TOLD = 250
"""Cuts after which it is told how far the run is."""


@dataclass
class Tally:
    """What was found in the images."""

    cuts: int = 0
    lost_images: int = 0
    lost_answers: int = 0
    corrupt: int = 0
    stories: list[str] = field(default_factory=list)

    def told(self) -> str:
        """One line."""
        return (
            f"{self.cuts} cuts: {self.lost_answers} acknowledged answers lost in {self.lost_images} images, "
            f"{self.corrupt} corrupt"
        )


def record(work: Path, command: list[str | Path], under: Path) -> list[Event]:
    """Run a program with the recorder; what it did below a folder."""
    library = work / "recorder.so"
    if not library.exists():
        build_recorder(work)
    log = work / "log"
    log.unlink(missing_ok=True)
    surroundings = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "GEMBA_RECORD_UNDER": str(under),
        "GEMBA_RECORD_TO": str(log),
        "PYTHONPATH": HERE,
    }
    subprocess.run(command, env=surroundings, check=True)
    return list(read_log(log))


def record_answering(
    work: Path, store: Path, key: bytes, person: str, assessment: str, count: int, synchronous: str
) -> list[Event]:
    """Record `count` answers into a store, which lies in a folder with nothing else in it."""
    worker = Path(__file__).with_name("power_worker.py")
    told = [store, key.hex(), person, assessment, str(count), synchronous, store.parent / "acks"]
    return record(work, [sys.executable, worker, *told], store.parent)


def cut_often(
    before: Path, root: Path, events: list[Event], cuts: int, seed: int, look: Callable[[Path, int, Tally], None]
) -> Tally:
    """Cut the power at moments drawn from a seed, and look at each image.

    Args:
        before: the folder as it was before the record began.
        root: the folder that was recorded.
        events: the record.
        cuts: how often.
        seed: of all chance.
        look: is given an image, how many answers were acknowledged, and the tally.
    """
    chance = random.Random(seed)
    moments = sorted(chance.randint(1, len(events)) for _ in range(cuts))
    disk, done, acknowledged, tally = Disk(root, before), 0, 0, Tally()
    image = Path("/dev/shm" if os.path.isdir("/dev/shm") else "/tmp") / f"gemba-cut-{os.getpid()}"  # noqa: PTH112
    for moment in moments:
        for event in events[done:moment]:
            disk.follow(event)
            if event.kind == "w" and event.path == str(root / "acks"):
                acknowledged = int(event.data.split()[1])
        done = moment
        shutil.rmtree(image, ignore_errors=True)
        disk.cut(chance, image)
        tally.cuts += 1
        look(image, acknowledged, tally)
        if tally.cuts % _TOLD == 0:
            print(f"  so far {tally.told()}", flush=True)
    shutil.rmtree(image, ignore_errors=True)
    return tally


def look_for_answers(key: bytes, thorough: int = 25) -> Callable[[Path, int, Tally], None]:
    """Opens an image, and finds every answer that was acknowledged; each so many are proved as `gemba check` does."""

    def look(image: Path, acknowledged: int, tally: Tally) -> None:
        try:
            store = open_store(image / "store", key, clock=lambda: datetime.now(UTC), reserve=0)
        except GembaError as error:
            tally.corrupt += 1
            tally.stories.append(f"after {acknowledged}: {error} {error.__cause__}")
            return
        try:
            lost = _lost(store, acknowledged)
            problems = _damage(store, key) if tally.cuts % thorough else _problems(store)
        except GembaError as error:
            lost, problems = 0, [f"{error} {error.__cause__}"]
        finally:
            store.close()
        tally.lost_answers += lost
        tally.lost_images += bool(lost)
        tally.corrupt += bool(problems)
        if lost or problems:
            tally.stories.append(f"after {acknowledged}: {lost} lost, {problems[:3]}")

    return look


def _lost(store, acknowledged: int) -> int:
    latest = {f"/data/q{number % 40}": number for number in range(1, acknowledged + 1)}
    with store.reader() as reader:
        there = {answer.path: int(answer.value or 0) for answer in reader.find(Answer)}
        photos = {one.sha256 for one in reader.find(Evidence)}
    missing = [path for path, number in latest.items() if there.get(path, 0) < number]
    gone = [sha256 for sha256 in photos if not store.evidence.verify(sha256)]
    return len(missing) + len(gone) + max(0, acknowledged // 7 - len(photos))


def _damage(store, key: bytes) -> list[str]:
    connection = connecting.connect(store.folder / "gemba.db", key)
    try:
        said = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        said += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    finally:
        connection.close()
    return said


def _problems(store) -> list[str]:
    """What `gemba check` finds, but for the files of the template, which is made up."""
    return [
        problem.code
        for problem in check(store)
        if not str(problem.facts.get("sha256", "")).startswith(("aaaa", "bbbb"))
    ]
