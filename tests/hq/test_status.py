from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import msgspec
from tests.conftest import new_uid
from tests.hq.conftest import sealed, walk
from tests.hq.strangers import enrolled

from gemba.hq import intake
from gemba.hq.status import Need, status
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.take_in import take_in


def test_an_empty_headquarters_knows_no_laptop(hq: Desk) -> None:
    found = status(hq)
    assert (found.laptops, found.packs, found.conflicts, found.quarantined) == ((), 0, 0, 0)


def test_who_has_been_silent_longest_comes_first(
    hq: Desk, laptop: Desk, another_laptop: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    walk(laptop, queue_photo)
    intake.take_in(hq, sealed(laptop)[0], tmp_path / "down")
    later = msgspec.structs.replace(hq, clock=lambda: hq.clock() + timedelta(days=9))
    walk(another_laptop, queue_photo)
    intake.take_in(later, sealed(another_laptop)[0], tmp_path / "down")
    found = status(later)
    assert [(line.device, line.silent_days) for line in found.laptops] == [
        (laptop.store.device.id, 9),
        (another_laptop.store.device.id, 0),
    ]
    assert [line.needs for line in found.laptops] == [(Need.SILENT,), ()]
    assert found.silent == 1
    assert found.packs == 2


def test_a_laptop_that_was_just_enrolled_is_not_silent_until_its_days_are_over(
    hq: Desk, laptop: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    enrolled(hq)
    told = {}
    for days in (0, 6, 7):
        later = msgspec.structs.replace(hq, clock=lambda days=days: hq.clock() + timedelta(days=days))
        [line] = status(later).laptops
        told[days] = (line.silent_days, line.needs, line.expected, status(later).silent, status(later).expected)
    assert told == {0: (0, (), True, 0, 1), 6: (6, (), True, 0, 1), 7: (7, (Need.SILENT,), False, 1, 0)}
    later = msgspec.structs.replace(hq, clock=lambda: hq.clock() + timedelta(days=5))
    walk(laptop, queue_photo)
    intake.take_in(later, sealed(laptop)[0], tmp_path / "down")
    assert [line.last_pack_at is None for line in status(later).laptops] == [True, False]
    assert status(later).expected == 1


def two_packs_that_build_on_each_other(hq: Desk, laptop: Desk, photo: bytes, tmp_path: Path) -> tuple[Path, Path]:
    """The first was taken in by headquarters as it was before its disk was replaced by a copy."""
    shutil.copytree(hq.store.folder, tmp_path / "before")
    walk(laptop, photo)
    [first] = sealed(laptop)
    before = open_desk(tmp_path / "before", clock=hq.clock, ids=new_uid)
    taken = intake.take_in(before, first, tmp_path / "down")
    before.store.close()
    take_in(laptop, taken.receipt)
    walk(laptop, photo, site="Another")
    [second] = sealed(laptop)
    return first, second


def test_what_has_not_arrived_is_told_and_gone_once_it_has(
    hq: Desk, laptop: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    first, second = two_packs_that_build_on_each_other(hq, laptop, queue_photo, tmp_path)
    taken = intake.take_in(hq, second, tmp_path / "down")
    [line] = status(hq).laptops
    assert Need.MISSING in line.needs
    assert line.gaps[0].first_seq == 1
    assert line.evidence_missing == taken.missing
    assert len(taken.missing) == 1
    assert "has not arrived" in taken.words
    intake.take_in(hq, first, tmp_path / "down")
    [line] = status(hq).laptops
    assert (line.gaps, line.evidence_missing, line.needs) == ((), (), ())
