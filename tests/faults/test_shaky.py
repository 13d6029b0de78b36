"""Full disks and failing calls, a few of each; `run.py --long` has hundreds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess

import pytest
from tests.faults import shaky


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="a small file system is mounted by root")
def test_on_a_full_disk_every_failure_has_a_sentence_and_nothing_is_lost(scene, tmp_path) -> None:
    try:
        with shaky.small_disk(tmp_path / "tried", 1_000_000):
            pass
    except subprocess.CalledProcessError:
        pytest.skip("no small file system can be mounted here")
    tally = shaky.fill_disks(scene, tmp_path, 2, random.Random(7))
    assert tally.stories == []
    assert tally.acknowledged > 2


@pytest.mark.skipif(shutil.which("fiu-run") is None, reason="needs Debian's fiu-utils and libfiu-dev")
def test_when_calls_to_the_system_fail_nothing_is_lost(scene, tmp_path) -> None:
    tally = shaky.fail_calls(scene, tmp_path, 2, share=0.008)
    assert (tally.lost, tally.corrupt, tally.stuck) == (0, 0, 0), tally.stories
    assert tally.runs == 2
    assert tally.told + tally.untold + tally.died  # the faults did reach the program
