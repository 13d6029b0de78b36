from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from gemba.errors import Trouble
from gemba.store import holding

HOLD = """
import sys
from pathlib import Path
from gemba.store import holding
hold = getattr(holding, sys.argv[2])(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def program(tmp_path):
    """Another program that holds the folder until it is killed."""
    running = []

    def start(how):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, tmp_path, how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def in_use(how, folder) -> bool:
    try:
        how(folder).release()
    except Trouble as trouble:
        return trouble.code == "store.in_use"
    return False


def test_many_share_and_one_has_it_alone(tmp_path) -> None:
    with holding.share(tmp_path), holding.share(tmp_path):
        assert in_use(holding.take, tmp_path)
    with holding.take(tmp_path):
        assert in_use(holding.share, tmp_path)
        assert in_use(holding.take, tmp_path)
    assert not in_use(holding.take, tmp_path)


@pytest.mark.parametrize(("theirs", "share", "take"), [("share", False, True), ("take", True, True)])
def test_other_programs_count_and_a_killed_one_holds_nothing(tmp_path, program, theirs, share, take) -> None:
    process = program(theirs)
    assert in_use(holding.share, tmp_path) is share
    assert in_use(holding.take, tmp_path) is take
    process.kill()
    process.wait()
    assert not in_use(holding.take, tmp_path)


def test_a_hold_that_is_dropped_or_released_twice_is_gone(tmp_path) -> None:
    holding.take(tmp_path)
    hold = holding.take(tmp_path)
    hold.release()
    hold.release()
    assert not in_use(holding.take, tmp_path)


def test_a_folder_that_is_gone_is_in_the_hands_of_another(tmp_path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    with holding.share(folder):
        shutil.move(folder, tmp_path / "aside")
    with pytest.raises(FileNotFoundError):
        holding.share(folder)
