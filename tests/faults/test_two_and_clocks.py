"""Two programs on one store, and clocks that show 1970 or 2099: nothing is lost, and the store is sound afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.power_cuts import HERE
from tests.faults.scene import BASE, desk_at

from gemba.domain.assessments import Answer
from gemba.store.checking import check
from gemba.work import backups, conduct

ANSWERING = """
import sys
from tests.faults.scene import desk_at
from gemba.work import conduct
from pathlib import Path
desk = desk_at(Path(sys.argv[1]))
for number in range(int(sys.argv[4])):
    conduct.answer(desk, sys.argv[2], f"/data/{sys.argv[3]}{number}", str(number))
    print(number, flush=True)
desk.store.close()
"""


@pytest.fixture
def store(scene, tmp_path) -> Path:
    return Path(shutil.copytree(scene.store("laptop"), tmp_path / "store"))


def answering(store, audit, name, count, clock: str = ""):
    command = [sys.executable, "-c", ANSWERING, str(store), audit, name, str(count)]
    command = ["faketime", "-f", f"@{clock}", *command] if clock else command
    surroundings = {**os.environ, "PYTHONPATH": HERE}
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)


def proved(store: Path) -> set[str]:
    desk = desk_at(store)
    try:
        assert check(desk.store) == []
        with desk.reader() as reader:
            return {answer.path for answer in reader.find(Answer)}
    finally:
        desk.store.close()


def test_two_programs_answer_at_once_and_nothing_is_lost(scene, store) -> None:
    programs = [answering(store, scene.audit, name, 60) for name in ("ana", "ben")]
    said = [program.communicate(timeout=300)[0].split() for program in programs]
    assert [len(words) for words in said] == [60, 60]
    there = proved(store)
    assert {f"/data/{name}{number}" for name in ("ana", "ben") for number in range(60)} <= there


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs Debian's faketime")
@pytest.mark.parametrize(
    "order", [("1970-01-02 00:00:00", "2099-12-31 23:00:00"), ("2099-12-31 23:00:00", "1970-01-02")]
)
def test_a_clock_in_1970_or_2099_loses_nothing_and_what_comes_later_counts(scene, store, order) -> None:
    for place, clock in enumerate(order):
        program = answering(store, scene.audit, f"at{place}-", 3, clock if " " in clock else f"{clock} 00:00:00")
        assert program.communicate(timeout=300)[0].split() == ["0", "1", "2"]
    desk = desk_at(store)
    conduct.answer(desk, scene.audit, "/data/at0-1", "changed today")
    assert backups.make(desk).files
    desk.store.close()
    there = proved(store)
    assert len(there) >= BASE + 6
    desk = desk_at(store)
    with desk.reader() as reader:
        assert {one.value for one in reader.find(Answer) if one.path == "/data/at0-1"} == {"changed today"}
    desk.store.close()
