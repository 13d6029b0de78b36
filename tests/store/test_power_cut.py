"""kill -9 while answers are being given: every answer that was acknowledged is there afterwards.

The moments of the cuts are drawn from a seed that is printed; `GEMBA_CUTS_SEED=<it>` draws the same ones again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gemba.domain.assessments import Answer
from gemba.store import journal
from gemba.store.checking import check
from gemba.store.opening import open_store

KILLS = 200


class Victims:
    """Starts children that answer, kills them at random moments, and notes what they acknowledged."""

    def __init__(self, folder, person, assessment) -> None:
        program = [sys.executable, str(Path(__file__).with_name("answering.py")), str(folder), person, assessment]
        self.nursery = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.kept: list[int] = []
        self.last = 0

    def cut(self, after: float) -> None:
        self.nursery.stdin.write(f"{self.last}\n")
        pid = int(self._line("pid"))
        killer = threading.Timer(after, os.kill, (pid, signal.SIGKILL))
        killer.start()
        while (word := self.nursery.stdout.readline().split())[0] == "kept":
            self.last = int(word[1])
            self.kept.append(self.last)
        killer.join()
        assert word == ["dead", "-9"]
        self.last += 1  # one more may have been committed without a word

    def time_to_answer(self, count: int) -> float:
        """Seconds from the start of a child to its n-th answer on this machine: the moments worth cutting at."""
        self.nursery.stdin.write(f"{self.last}\n")
        pid = int(self._line("pid"))
        begun = time.perf_counter()  # not before: the first child waits for all imports
        self.kept += [int(self._line("kept")) for _ in range(count)]
        span = time.perf_counter() - begun
        os.kill(pid, signal.SIGKILL)
        while (word := self.nursery.stdout.readline().split())[0] == "kept":
            self.kept.append(int(word[1]))
        self.last = self.kept[-1] + 1
        return span

    def _line(self, word: str) -> str:
        said = self.nursery.stdout.readline().split()
        assert said[0] == word
        return said[1]

    def close(self) -> None:
        self.nursery.stdin.close()
        self.nursery.wait()
        self.nursery.stdout.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked to be cheap")
def test_what_was_acknowledged_survives_two_hundred_kills(folder, key, records) -> None:
    store = open_store(folder, key, clock=records.time, reserve=0)
    draft = records.begin(store)
    store.close()
    seed = int(os.environ.get("GEMBA_CUTS_SEED") or random.SystemRandom().getrandbits(32))
    print(f"GEMBA_CUTS_SEED={seed}")
    chance = random.Random(seed)
    victims = Victims(folder, records.person.uid, draft.uid)
    try:
        span = victims.time_to_answer(5)
        for kill in range(1, KILLS + 1):
            after = chance.uniform(0.001, 2 * span)
            print(f"cut {kill} after {after:.6f} s of {span:.6f} s, when {len(victims.kept)} were kept")
            victims.cut(after)
            _nothing_is_lost(folder, key, records, victims.kept, thorough=kill % 50 == 0)
    finally:
        victims.close()
    assert len(victims.kept) > KILLS  # the children did work


def _nothing_is_lost(folder, key, records, kept, *, thorough) -> None:
    store = open_store(folder, key, clock=records.time, reserve=0)
    try:
        with store.reader() as reader:
            stored = {answer.path: int(answer.value) for answer in reader.find(Answer)}
            latest = {f"/data/q{count % 40}": count for count in kept}
            assert all(stored[path] >= count for path, count in latest.items())
            if thorough:
                lines = [json.loads(line) for line in journal.since(reader, store.device.epoch, 1, 10**9)]
                said = {int((line.get("personal") or {"set": {}})["set"].get("value") or 0) for line in lines}
                assert set(kept) <= said
        if thorough:
            assert [p for p in check(store) if not p.facts.get("sha256", "").startswith(("aaaa", "bbbb"))] == []
    finally:
        store.close()
