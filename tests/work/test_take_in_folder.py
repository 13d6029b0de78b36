"""A folder that others use, too: what is not for this laptop is passed over, what is amiss is still refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import new_uid
from tests.hq.conftest import sealed, walk

from gemba.carriers.place import open_place
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.hq.publishing import publish
from gemba.work.cards import write_card
from gemba.work.carriers import add, carrier_named
from gemba.work.enrolment import enrol
from gemba.work.fetch_answers import fetch
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.share_records import share
from gemba.work.take_in import take_in
from gemba.work.take_in_folder import take_in_files


@pytest.fixture
def hq(desk, tmp_path, ticking):
    card = found(tmp_path / "hq", clock=ticking, ids=new_uid, name="Meridian", demo=True).file
    take_in(desk, card)
    made = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield made
    made.store.close()


@pytest.fixture
def ben(hq, tmp_path, ticking):
    made = make_desk(tmp_path / "ben", clock=ticking, ids=new_uid, demo=True, person_name="Ben Bell")
    take_in(made, hq.store.folder / "headquarters.card")
    yield made
    made.store.close()


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "down").mkdir()
    return tmp_path / "down"


def published(hq, folder: Path, number: int) -> Path:
    """One of several publications that lie beside each other, the names sorted the wrong way round."""
    add_place(hq, f"Region {number}")
    file = publish(hq, folder.parent / f"made-{number}").file
    return Path(shutil.copy(file, folder / f"{9 - number}.publication"))


def places(desk) -> set[str]:
    with desk.reader() as reader:
        return {place.name for place in reader.find(Place)}


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_the_answers_for_all_laptops_lie_in_one_folder(desk, ben, hq, folder, queue_photo):
    for laptop in (desk, ben):
        walk(laptop, queue_photo)
        for pack in sealed(laptop):
            intake.take_in(hq, pack, folder)
    for number in (1, 2, 3):
        published(hq, folder, number)
    others = [file.name for file in files(folder) if file.suffix == ".receipt"]
    for _ in range(2):  # the second time nothing is new, and nothing is amiss
        came = take_in_files(desk, files(folder))
        assert came.refused == {}
        assert sorted(one.what for one in came.taken.values()) == ["publication", "receipt"]
        assert came.superseded == ("7.publication", "8.publication")
        assert [*came.others] == [name for name in others if name not in came.taken]
        assert "1 file is for somebody else" in came.words
        assert "2 publications were passed over" in came.words
    assert {"Region 1", "Region 2", "Region 3"} <= places(desk), "the newest says all that the others did"


def test_a_newest_that_is_damaged_leaves_the_one_before(desk, hq, folder):
    published(hq, folder, 1)
    newest = published(hq, folder, 2)
    whole = newest.read_bytes()
    at = whole.index(b'"signed"')
    newest.write_bytes(whole[:at] + b'"Signed"' + whole[at + 8 :])
    (folder / "0.publication").write_bytes(whole[:500])
    came = take_in_files(desk, files(folder))
    assert (list(came.taken), came.superseded) == (["8.publication"], ())
    assert sorted(came.refused) == ["0.publication", "7.publication"]
    assert take_in(desk, folder / "8.publication").what == "publication"


def test_packs_on_a_stick_that_goes_round(desk, ben, hq, folder, queue_photo, ticking):
    own, bens = walk(desk, queue_photo), walk(ben, queue_photo)
    for one, other in ((desk, ben), (ben, desk)):
        card = write_card(one, one.store.folder)
        enrol(other, card.file, card.fingerprint)
    ours = share(desk, [own], ben.store.device.id, folder).file.name
    for_us = share(ben, [bens], desk.store.device.id, folder).file.name
    renamed = Path(shutil.copy(folder / ours, folder / "for Ben.gemba")).name
    to_headquarters = Path(shutil.copy(sealed(desk)[0], folder)).name
    of_ben = Path(shutil.copy(sealed(ben)[0], folder)).name
    came = take_in_files(desk, files(folder))
    assert sorted(came.own) == sorted([ours, renamed, to_headquarters])
    assert (list(came.taken), came.others, came.refused) == ([for_us], (of_ben,), {})
    for file in files(folder):
        whole = file.read_bytes()
        file.write_bytes(whole[:-20] + bytes(20))
    came = take_in_files(desk, files(folder))
    assert (came.taken, came.own, came.others) == ({}, (), ())
    assert len(came.refused) == 5


def test_a_receipt_that_was_changed_is_refused_whoever_it_is_for(desk, ben, hq, folder, queue_photo):
    walk(ben, queue_photo)
    receipt = intake.take_in(hq, sealed(ben)[0], folder).receipt
    receipt.write_bytes(receipt.read_bytes().replace(ben.store.device.id.encode(), desk.store.device.id.encode()))
    came = take_in_files(desk, files(folder))
    assert (list(came.refused), came.others) == ([receipt.name], ())


def test_one_that_is_named_is_refused_with_its_sentence(desk, ben, hq, folder, queue_photo):
    walk(ben, queue_photo)
    pack = sealed(ben)[0]
    receipt = intake.take_in(hq, pack, folder).receipt
    old, new = published(hq, folder, 1), published(hq, folder, 2)
    take_in(desk, new)
    for file, code in ((receipt, "work.receipt_for_other"), (pack, "packs.not_for_us"), (old, "packs.old_publication")):
        with pytest.raises(Refusal) as caught:
            take_in(desk, file)
        assert caught.value.code == code


def test_an_older_publication_at_a_carrier_is_not_told_as_refused(desk, hq, folder, tmp_path):
    old, new = published(hq, folder, 1), published(hq, folder, 2)
    take_in(desk, new)
    (tmp_path / "share").mkdir()
    add(desk, "share", str(tmp_path / "share"))
    with open_place(str(tmp_path / "share")) as place:
        place.put(f"down/{'1' * 64}.publication", old.read_bytes())
    [answer] = fetch(desk, carrier_named(desk, "share")).answers
    assert (answer.refused, answer.words) == (False, "An older publication lies there; a newer one is held.")
    assert fetch(desk, carrier_named(desk, "share")).answers == ()
