"""The power goes off at any moment: what was acknowledged is there, and nothing is damaged."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest
from tests.faults import power_cuts
from tests.faults.disk import Disk, Event

from gemba.store.opening import open_store

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("gcc") is None, reason="the recorder is built with Debian's gcc on Linux"
)


@pytest.fixture
def begun(tmp_path, prepared, key, records):
    """A folder with a store in it that has a draft, and a copy of that folder."""
    shutil.copytree(prepared, tmp_path / "disk" / "store")
    store = open_store(tmp_path / "disk" / "store", key, clock=records.time, reserve=0)
    draft = records.begin(store)
    store.close()
    shutil.copytree(tmp_path / "disk", tmp_path / "before")
    return tmp_path, records.person.uid, draft.uid


def cuts(begun, key, *, synchronous, answers, cuts):
    folder, person, draft = begun
    events = power_cuts.record_answering(folder, folder / "disk" / "store", key, person, draft, answers, synchronous)
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}, {len(events)} events")
    look = power_cuts.look_for_answers(key)
    return power_cuts.cut_often(folder / "before", folder / "disk", events, cuts, seed, look)


def test_nothing_acknowledged_is_lost_when_the_power_goes_off(begun, key) -> None:
    tally = cuts(begun, key, synchronous="FULL", answers=40, cuts=40)
    assert (tally.lost_answers, tally.corrupt) == (0, 0), tally.stories


def test_the_recorder_would_notice_a_database_that_does_not_sync(begun, key) -> None:
    tally = cuts(begun, key, synchronous="NORMAL", answers=40, cuts=30)
    assert tally.lost_answers > 0


def test_what_was_not_synced_may_be_gone_and_what_was_is_there(tmp_path) -> None:
    (tmp_path / "before").mkdir()
    root = "/disk"
    story = [
        Event("c", f"{root}/a"),
        Event("w", f"{root}/a", data=b"x" * 2000),
        Event("s", f"{root}/a"),
        Event("S", root),
        Event("w", f"{root}/a", offset=1000, data=b"y" * 2000),
        Event("c", f"{root}/b"),
        Event("r", f"{root}/b", f"{root}/c"),
    ]
    disk = Disk(Path(root), tmp_path / "before")
    for event in story:
        disk.follow(event)
    seen = set()
    for number in range(60):
        image = tmp_path / str(number)
        disk.cut(random.Random(number), image)
        data = (image / "a").read_bytes()
        assert data[:1000] == b"x" * 1000
        seen.add((data, tuple(sorted(one.name for one in image.iterdir()))))
    assert {names for _, names in seen} == {("a",), ("a", "b"), ("a", "c")}
    assert any(b"x" * 24 + b"y" in data and b"yx" in data for data, _ in seen)  # torn in the middle
    assert len(seen) > 20
