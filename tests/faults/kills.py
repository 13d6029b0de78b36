"""kill -9 at any moment of any deed, and what is found afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from tests.faults.deeds import DEEDS, LASTING
from tests.faults.power_cuts import HERE
from tests.faults.scene import BASE, NEW_PHRASE, OLD_PHRASE, Scene, now

from gemba.domain.assessments import Answer
from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.packs.opening import open_pack
from gemba.store import backup_file, connecting, keys, migrating_plain, opening, restoring
from gemba.store.checking import check
from gemba.store.connecting import DATABASE
from gemba.store.opening import Store, open_store

_SPELL = 6
"""How many acknowledgements a lasting deed is watched for, to know which moments are worth a cut."""

_GLANCE = 0.0005
"""Seconds between looks at the clock of a deed whose moment has nearly come."""


@dataclass
class Tally:
    """What came of the kills of one deed."""

    deed: str
    kills: int = 0
    acknowledged: int = 0
    slowest: float = 0.0
    """Seconds of work that a start cost afterwards, whatever else the machine had to do."""
    longest: float = 0.0
    """Seconds that it took by the clock on the wall."""
    lost: int = 0
    corrupt: int = 0
    stories: list[str] = field(default_factory=list)

    def told(self) -> str:
        """One line."""
        return (
            f"{self.deed}: {self.kills} kills, {self.acknowledged} acknowledged, {self.lost} lost, "
            f"{self.corrupt} corrupt, slowest start {self.slowest:.2f} s of work, {self.longest:.2f} s by the clock"
        )


class Killer:
    """Starts deeds and kills them.

    Args:
        scene: what they work on.
        work: a folder for the copies.
    """

    def __init__(self, scene: Scene, work: Path) -> None:
        self._scene, self._work = scene, work
        facts = {"folder": str(scene.folder), "key": scene.key.hex(), "audit": scene.audit, "photo": scene.photo}
        program = [sys.executable, str(Path(__file__).with_name("victims.py")), msgspec.json.encode(facts).decode()]
        surroundings = {
            **os.environ,
            "PYTHONPATH": HERE,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        self._nursery = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=surroundings
        )

    def close(self) -> None:
        """Let the nursery go."""
        self._nursery.stdin.close()
        self._nursery.wait()
        self._nursery.stdout.close()

    def kill_often(self, deed: str, kills: int, chance: random.Random, thorough: int = 20) -> Tally:
        """Kill a deed so often, each time on a fresh copy, and look at what is left."""
        tally = Tally(deed)
        spans = deque([self._span(deed), self._span(deed)], maxlen=5)
        for number in range(1, kills + 1):
            store = self._fresh(deed)
            # By the work it did, every other time: beside other programs a deed takes longer by the clock than it was
            # seen to take, and all cuts would fall upon its beginning.
            by_work = number % 2 == 0
            span = max(one[by_work] for one in spans)
            after = chance.uniform(0, 1.15 * span)
            said, code, took = self._cut(deed, store, after, by_work=by_work)
            if code == 0:  # the machine has more or less to do than it had
                spans.append(took)
            tally.kills += code == -signal.SIGKILL
            tally.acknowledged += len(said)
            before = len(tally.stories)
            Look(self._scene, deed, store, said, tally).look(thorough=number % thorough == 0)
            if code not in {0, -signal.SIGKILL}:
                tally.corrupt += 1
                tally.stories.append(f"{deed}: it ended by itself with {code}")
            if len(tally.stories) > before:
                tally.stories[-1] += f" [killed after {after:.4f} of {span:.4f} s{' of work' if by_work else ''}]"
            if number % 50 == 0 and number < kills:
                print(f"  so far {tally.told()}", flush=True)
        return tally

    def _fresh(self, deed: str) -> Path:
        shutil.rmtree(self._work / "victim", ignore_errors=True)
        shutil.copytree(self._scene.store(DEEDS[deed][0]).parent, self._work / "victim")
        return self._work / "victim" / "store"

    def _span(self, deed: str) -> tuple[float, float]:
        """Seconds that a deed takes, or so many acknowledgements of one that lasts: by the clock, and of work."""
        store = self._fresh(deed)
        self._nursery.stdin.write(f"{deed} {store}\n")
        pid = int(self._line()[1])
        begun, count = time.perf_counter(), 0
        while (word := self._line())[0] == "done":
            count += 1
            if deed in LASTING and count == _SPELL:
                os.kill(pid, signal.SIGKILL)
                span = time.perf_counter() - begun
        if deed not in LASTING:
            assert word[:2] == ["dead", "0"], word
            span = time.perf_counter() - begun
        return span, float(word[2])

    def _cut(
        self, deed: str, store: Path, after: float, *, by_work: bool
    ) -> tuple[list[list[str]], int, tuple[float, float]]:
        """What it acknowledged before it was killed, how it ended, and what it took by the clock and of work."""
        self._nursery.stdin.write(f"{deed} {store}\n")
        pid = int(self._line()[1])
        ended = threading.Event()
        killer = threading.Thread(target=_kill_worked if by_work else _kill_later, args=(pid, after, ended))
        killer.start()
        begun, said = time.perf_counter(), []
        while (word := self._line())[0] == "done":
            said.append(word[1:])
        took = time.perf_counter() - begun
        ended.set()
        killer.join()
        return said, int(word[1]), (took, float(word[2]))

    def _line(self) -> list[str]:
        return self._nursery.stdout.readline().split()


def _kill_later(pid: int, after: float, ended: threading.Event) -> None:
    if not ended.wait(after):
        _kill(pid)


def _kill_worked(pid: int, after: float, ended: threading.Event) -> None:
    """Once it has worked so many seconds, by its own clock: see CPUCLOCK_SCHED of Linux's `posix-timers.h`."""
    with suppress(OSError):  # it was done before
        while (left := after - time.clock_gettime((~pid << 3) | 2)) > 0:
            if ended.wait(max(left / 2, _GLANCE)):
                return
        _kill(pid)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it was done before
        os.kill(pid, signal.SIGKILL)


@dataclass
class Look:
    """Looks at what a kill left."""

    scene: Scene
    deed: str
    store: Path
    said: list[list[str]]
    tally: Tally

    def look(self, *, thorough: bool) -> None:
        """Open the store as a start does, and find everything that was acknowledged."""
        try:
            begun, worked = time.perf_counter(), time.process_time()
            opened = self._open()
            self.tally.slowest = max(self.tally.slowest, time.process_time() - worked)
            self.tally.longest = max(self.tally.longest, time.perf_counter() - begun)
        except GembaError as error:
            self._corrupt(f"it does not open: {error} {error.__cause__}")
            return
        try:
            self._lost(getattr(self, f"_{self.deed}", lambda _: 0)(opened))
            if self.deed != "merge":
                self._base(opened)
            problems = check(opened) if thorough else _damage(opened)
            if problems:
                self._corrupt(str(problems[:3]))
        except (GembaError, AssertionError) as error:
            self._corrupt(repr(error))
        finally:
            opened.close()

    def _open(self) -> Store:
        assert opening.exists(self.store)
        if migrating_plain.is_plain(self.store / DATABASE):
            migrating_plain.encrypt(self.store, passphrase=OLD_PHRASE)
        return open_store(self.store, self._key(), clock=now, reserve=0)

    def _key(self) -> bytes:
        if self.deed not in {"rekey", "encrypt", "merge"} and self.tally.kills % 5:
            return self.scene.key  # a passphrase costs 64 MiB each time on purpose
        try:
            return keys.find_key(self.store, passphrase=OLD_PHRASE)
        except GembaError:
            if self.deed != "rekey":
                raise
            return keys.find_key(self.store, passphrase=NEW_PHRASE)

    def _corrupt(self, story: str) -> None:
        self.tally.corrupt += 1
        self.tally.stories.append(f"{self.deed}: {story}")

    def _lost(self, count: int) -> None:
        if count:
            self.tally.lost += count
            self.tally.stories.append(f"{self.deed}: {count} of {len(self.said)} lost")

    def _base(self, opened: Store) -> None:
        with opened.reader() as reader:
            there = {answer.path for answer in reader.find(Answer)}
        self._lost(BASE - len([one for one in there if one.startswith("/data/base")]))
        assert opened.evidence.verify(self.scene.photo)

    def _answer(self, opened: Store) -> int:
        with opened.reader() as reader:
            there = {answer.path: answer.value for answer in reader.find(Answer)}
        return sum(there.get(f"/data/q{number}") != number for (number,) in self.said)

    def _photos(self, opened: Store) -> int:
        with opened.reader() as reader:
            found = [reader.get(Evidence, uid) for (uid,) in self.said]
        return sum(one is None or not opened.evidence.verify(one.sha256) for one in found)

    def _export(self, _opened: Store) -> int:
        """Whatever has its name is whole."""
        out = self.store.parent / "out"
        for file in out.glob("*.pdf"):
            assert file.read_bytes().rstrip().endswith(b"%%EOF"), file.name
        for file in out.glob("*.xlsx"):
            assert zipfile.ZipFile(file).testzip() is None, file.name
        return sum(not (out / f"{number}.{end}").exists() for (number,) in self.said for end in ("pdf", "xlsx"))

    def _seal(self, opened: Store) -> int:
        packs = list((self.store / "outbox").glob("*.gemba"))
        for pack in packs:
            with open_pack(pack, [opened.device.identity], scratch=self.store / "inbox") as whole:
                assert whole.facts.named
        return sum(all(pack.stem != sha256 for pack in packs) for sha256, _ in self.said)

    def _merge(self, opened: Store) -> int:
        """All of the pack or nothing."""
        with opened.reader() as reader:
            there = len(reader.find(Answer))
        assert there == 0 or there >= BASE, there
        return int(bool(self.said) and (there == 0 or not opened.evidence.verify(self.scene.photo)))

    def _rekey(self, opened: Store) -> int:
        return int(bool(self.said) and opened.key == self.scene.key)

    def _erase(self, opened: Store) -> int:
        with opened.reader() as reader:
            there = {answer.path: answer.value for answer in reader.find(Answer)}
        return sum(bool(there[path]) for (path,) in self.said)

    def _backup(self, _opened: Store) -> int:
        """Each that is there is whole; rotation takes older ones of a day away, but never the last."""
        there = list(self.store.with_name("store-backups").glob("*.backup"))
        for file in there:
            backup_file.read(file)
        return int(bool(self.said) and not there)

    def _restore(self, opened: Store) -> int:
        assert not restoring.is_unfinished(self.store)
        return int(bool(self.said) and opened.device.epoch[:4] != "0002")


def _damage(opened: Store) -> list[str]:
    connection = connecting.connect(opened.folder / DATABASE, opened.key)
    try:
        said = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        said += [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
    finally:
        connection.close()
    return said
