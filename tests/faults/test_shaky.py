"""Full disks and failing calls, a few of each; `run.py --long` has hundreds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess

import pytest
from tests.faults import shaky
from tests.faults.full_merge import fill_while_merging


@pytest.fixture
def small_disks(tmp_path):
    """Where file systems of any size can be mounted."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a small file system is mounted by root")
    try:
        with shaky.small_disk(tmp_path / "tried", 1_000_000):
            pass
    except subprocess.CalledProcessError:
        pytest.skip("no small file system can be mounted here")
    return tmp_path


def test_on_a_full_disk_every_failure_has_a_sentence_and_nothing_is_lost(scene, small_disks) -> None:
    tally = shaky.fill_disks(scene, small_disks, 2, random.Random(7))
    assert tally.stories == []
    assert tally.acknowledged > 2


def test_headquarters_whose_disk_is_full_takes_in_all_of_a_pack_or_nothing(scene, small_disks) -> None:
    tally = fill_while_merging(scene, small_disks, range(0, 4_900_000, 700_000))
    assert tally.stories == []
    assert tally.acknowledged == tally.runs
    assert 0 < tally.told < tally.runs


@pytest.mark.skipif(shutil.which("fiu-run") is None, reason="needs Debian's fiu-utils and libfiu-dev")
def test_when_calls_to_the_system_fail_nothing_is_lost(scene, tmp_path) -> None:
    tally = shaky.fail_calls(scene, tmp_path, 2, share=0.008)
    assert (tally.lost, tally.corrupt, tally.stuck) == (0, 0, 0), tally.stories
    assert tally.runs == 2
    assert tally.told + tally.untold + tally.died  # the faults did reach the program
