"""Headquarters comes back from an older copy: what it lacks is asked for, told in words, and sent again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid
from tests.hq.conftest import sealed

from gemba.errors import Trouble
from gemba.hq import intake, moving, told
from gemba.hq.publishing import publish
from gemba.hq.refounding import Kept, refound
from gemba.hq.set_back import set_back
from gemba.hq.status import status
from gemba.store import restoring
from gemba.ui.pages.way import read_way
from gemba.work import pack_status
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.take_in import take_in


def test_both_sides_say_what_is_missing_until_it_is_there(
    laptop: Desk, hq_folder: Path, ticking: Clock, tmp_path: Path
) -> None:
    add_place(laptop, "First street")
    [first] = sealed(laptop)
    hq = open_desk(hq_folder, clock=ticking, ids=new_uid)
    take_in(laptop, intake.take_in(hq, first, tmp_path).receipt)
    hq.store.close()
    shutil.copytree(hq_folder, tmp_path / "copy")
    lost = open_desk(hq_folder, clock=ticking, ids=new_uid)
    add_place(laptop, "Second street")
    add_place(laptop, "Third street")
    [second] = sealed(laptop)
    take_in(laptop, intake.take_in(lost, second, tmp_path).receipt)
    lost.store.close()

    hq = open_desk(tmp_path / "copy", clock=ticking, ids=new_uid)
    add_place(laptop, "Fourth street")
    [third] = sealed(laptop)
    assert "the next publication asks for them again" in intake.take_in(hq, third, tmp_path).words
    assert [bool(one.gaps) for one in status(hq).laptops] == [True]
    said = take_in(laptop, publish(hq, tmp_path / "down").file).words
    assert "Headquarters asks again for 2 changes of this laptop" in said
    assert pack_status.status(laptop).asked_again == 2
    assert read_way(laptop).asked_again == 2
    [again] = sealed(laptop)
    assert pack_status.status(laptop).asked_again == 0
    take_in(laptop, intake.take_in(hq, again, tmp_path).receipt)
    assert [bool(one.gaps) for one in status(hq).laptops] == [False]
    said = take_in(laptop, publish(hq, tmp_path / "down").file).words
    assert "asks again" not in said
    assert read_way(laptop).asked_again == 0
    hq.store.close()


def test_a_headquarters_that_came_back_from_a_copy_is_listened_to(
    laptop: Desk, hq_folder: Path, ticking: Clock, tmp_path: Path
) -> None:
    """It has forgotten publications that laptops know; its next one must not pass for older than those."""
    hq = open_desk(hq_folder, clock=ticking, ids=new_uid)
    add_place(laptop, "First street")
    intake.take_in(hq, sealed(laptop)[0], tmp_path)
    publish(hq, tmp_path / "down")
    hq.store.close()
    shutil.copytree(hq_folder, tmp_path / "copy")
    lost = open_desk(hq_folder, clock=ticking, ids=new_uid)
    for name in ("Second street", "Third street"):
        add_place(laptop, name)
        take_in(laptop, intake.take_in(lost, sealed(laptop)[0], tmp_path).receipt)
        take_in(laptop, publish(lost, tmp_path / "down").file)
    lost.store.close()

    restoring.mark(tmp_path / "copy")
    hq = open_desk(tmp_path / "copy", clock=ticking, ids=new_uid)
    published = publish(hq, tmp_path / "new")
    assert published.new
    assert take_in(laptop, published.file).words
    assert not publish(hq, tmp_path / "new").new
    add_place(laptop, "Fourth street")
    intake.take_in(hq, sealed(laptop)[0], tmp_path)
    again = publish(hq, tmp_path / "new")
    assert again.version == published.version + 1
    take_in(laptop, again.file)
    hq.store.close()


def test_a_headquarters_that_was_copied_back_by_hand_is_told_by_what_its_laptops_have(
    laptop: Desk, hq_folder: Path, ticking: Clock, tmp_path: Path
) -> None:
    hq = open_desk(hq_folder, clock=ticking, ids=new_uid)
    add_place(laptop, "First street")
    intake.take_in(hq, sealed(laptop)[0], tmp_path)
    take_in(laptop, publish(hq, tmp_path / "down").file)
    hq.store.close()
    shutil.copytree(hq_folder, tmp_path / "copy")
    hq = open_desk(hq_folder, clock=ticking, ids=new_uid)
    for name in ("Second street", "Third street"):
        add_place(laptop, name)
        take_in(laptop, intake.take_in(hq, sealed(laptop)[0], tmp_path).receipt)
        take_in(laptop, publish(hq, tmp_path / "down").file)
    with hq.reader() as reader:
        assert set_back(reader) is None
    hq.store.close()

    hq = open_desk(tmp_path / "copy", clock=ticking, ids=new_uid)
    with hq.reader() as reader:
        assert set_back(reader) is None  # nobody has told yet
    add_place(laptop, "Fourth street")
    intake.take_in(hq, sealed(laptop)[0], tmp_path)
    with hq.reader() as reader:
        found = set_back(reader)
    assert found is not None
    assert (found.device, found.there, found.here) == (laptop.store.device.id, 3, 1)
    assert status(hq).set_back == found
    assert "gemba hq database --restored" in found.words
    assert publish(hq, tmp_path / "new").version == 2
    for name in ("Fifth street", "Sixth street"):
        add_place(hq, name)
        publish(hq, tmp_path / "new")
    with hq.reader() as reader:
        assert set_back(reader) == found  # they are others than those that had these numbers
    with pytest.raises(Trouble, match=r"store\.in_use"):
        moving.go_on_restored(tmp_path / "copy")
    hq.store.close()

    moving.go_on_restored(tmp_path / "copy")
    hq = open_desk(tmp_path / "copy", clock=ticking, ids=new_uid)
    with hq.reader() as reader:
        assert set_back(reader) is None
    assert take_in(laptop, publish(hq, tmp_path / "new").file).words
    hq.store.close()


def test_what_was_told_to_the_headquarters_before_it_says_nothing_of_a_new_one(
    laptop: Desk, hq_folder: Path, ticking: Clock, tmp_path: Path
) -> None:
    hq = open_desk(hq_folder, clock=ticking, ids=new_uid)
    take_in(laptop, publish(hq, tmp_path / "down").file)
    add_place(laptop, "First street")
    [pack] = sealed(laptop)
    hq.store.close()
    kept = Kept(hq_folder / "headquarters.card", hq_folder / "recovery-key.txt", hq_folder / "root-keys")
    refound(tmp_path / "new", kept, clock=ticking, ids=new_uid, demo=True)
    hq = open_desk(tmp_path / "new", clock=ticking, ids=new_uid)
    intake.take_in(hq, pack, tmp_path)
    with hq.reader() as reader:
        assert told.publications_known(reader) == {laptop.store.device.id: 1}
        assert set_back(reader) is None
    hq.store.close()
