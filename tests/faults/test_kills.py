"""A few kills of each deed; `run.py --long` has the thousands."""

from __future__ import annotations

import os
import random

import pytest
from tests.faults.deeds import DEEDS
from tests.faults.kills import Killer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked to be cheap")


@pytest.fixture(scope="module")
def killer(scene, tmp_path_factory):
    killer = Killer(scene, tmp_path_factory.mktemp("kills"))
    yield killer
    killer.close()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_kill_at_any_moment_loses_and_damages_nothing(killer, deed) -> None:
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}")
    tally = killer.kill_often(deed, 2, random.Random(seed), thorough=2)
    assert (tally.lost, tally.corrupt) == (0, 0), tally.stories
    assert tally.slowest < 3
