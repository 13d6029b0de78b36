"""A short run of `fuzz_packs.py`, which holds the long one."""

from __future__ import annotations

import pytest

resource = pytest.importorskip("resource")

from tests.faults.fuzz_packs import Fuzz  # noqa: E402 - it counts memory, which not every system can


def test_nothing_altered_is_accepted_and_both_readers_say_the_same(tmp_path):
    tally = Fuzz(tmp_path, seed=7).run(stride=251, chance=250)
    assert tally.wrong == []
    assert tally.cases > 1000
