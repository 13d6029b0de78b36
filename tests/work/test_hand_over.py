"""A laptop that two share; one leaves, the other takes the work over and sends it on: nothing unsent is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid, ticking_clock

from gemba.domain.assessments import Answer, Custody
from gemba.domain.evidence import Evidence
from gemba.domain.templates import Template
from gemba.errors import GembaError, Refusal, Trouble
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store import keys, passing_on
from gemba.store.checking import check
from gemba.store.lists import ASSESSMENTS, Query
from gemba.store.transit import Pack
from gemba.work import conduct, people_stores
from gemba.work.attach_evidence import attach
from gemba.work.cards import write_card
from gemba.work.desk import Desk
from gemba.work.enrolment import enrol
from gemba.work.hand_over import hand_over, take_over
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A headquarters, and a laptop that Ana and Ben share."""
    folder, ticking = tmp_path_factory.mktemp("shared"), ticking_clock()
    card = found(folder / "hq", clock=ticking, ids=new_uid, demo=True).file
    for name in ("Ana Ωμέγα", "Ben"):
        where = people_stores.store_of(name, folder / "people")
        desk = make_desk(where.store, clock=ticking, ids=new_uid, passphrase=f"the phrase of {name}", person_name=name)
        people_stores.lay_card(desk)
        take_in(desk, card)
        desk.store.close()
        (where.store / "reserve").unlink(missing_ok=True)
    (folder / "hq" / "reserve").unlink(missing_ok=True)
    return folder


@pytest.fixture
def shared(made: Path, tmp_path: Path) -> Path:
    """The folder of the people, copied for one test."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "people"


@pytest.fixture
def hq(shared: Path, ticking: Clock) -> Iterator[Desk]:
    desk = open_desk(shared.parent / "hq", clock=ticking, ids=new_uid)
    yield desk
    desk.store.close()


def person(name: str, shared: Path, ticking: Clock) -> Desk:
    store = people_stores.store_of(name, shared).store
    return open_desk(store, clock=ticking, ids=new_uid, passphrase=f"the phrase of {name}")


@pytest.fixture
def ana(shared: Path, ticking: Clock) -> Iterator[Desk]:
    desk = person("Ana Ωμέγα", shared, ticking)
    yield desk
    desk.store.close()


@pytest.fixture
def ben(shared: Path, ticking: Clock) -> Iterator[Desk]:
    desk = person("Ben", shared, ticking)
    yield desk
    desk.store.close()


def begin(desk: Desk) -> str:
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    return conduct.start(desk, template.uid, add_place(desk, "Harbour branch").uid).uid


def notes(desk: Desk) -> set[str]:
    with desk.reader() as reader:
        return {answer.note for answer in reader.find(Answer) if answer.note}


def photos(desk: Desk) -> list[str]:
    with desk.reader() as reader:
        return [one.sha256 for one in reader.find(Evidence) if desk.store.evidence.verify(one.sha256)]


def test_each_person_has_a_store_and_a_key_and_opens_nothing_of_the_other(ana: Desk, ben: Desk, shared: Path) -> None:
    assert [(one.name, one.made) for one in people_stores.people(shared)] == [("Ana Ωμέγα", True), ("Ben", True)]
    mine = people_stores.store_of("Ana Ωμέγα", shared)
    assert mine.store == ana.store.folder
    assert people_stores.known("ana ωμέγα", shared) == mine
    assert ana.store.key != ben.store.key
    with pytest.raises(Trouble, match=r"store\.wrong_passphrase"):
        keys.find_key(ana.store.folder, passphrase="the phrase of Ben")
    with pytest.raises(Refusal, match=r"work\.person_name"):
        people_stores.store_of(" / ", shared)


def test_the_whole_story_of_a_person_who_leaves(
    ana: Desk, ben: Desk, hq: Desk, shared: Path, tmp_path: Path, queue_photo: bytes
) -> None:
    audit = begin(ana)
    conduct.note(ana, audit, "/data/x", "held by headquarters")
    [first] = seal(ana)
    take_in(ana, intake.take_in(hq, first.file, tmp_path).receipt)
    conduct.note(ana, audit, "/data/y", "never sent")
    attach(ana, audit, queue_photo, "queue.jpg")

    to = people_stores.known("Ben", shared)
    assert to is not None
    assert to.card is not None
    handed = hand_over(ana, to.card, tmp_path / "stick")
    shutil.rmtree(ana.store.folder)  # and with it everything that Ana had

    taken = take_in(ben, handed.folder)
    assert "gemba key enrol" in taken.words  # the drafts wait until two people have compared words
    enrol(ben, next(handed.folder.glob("*.card")))
    take_in(ben, handed.folder)
    assert notes(ben) == {"held by headquarters", "never sent"}
    assert photos(ben)
    conduct.note(ben, audit, "/data/z", "written by Ben")
    assert check(ben.store) == []

    packs = sorted((ben.store.folder / "outbox").glob("*.gemba"))
    receipts = [intake.take_in(hq, pack, tmp_path).receipt for pack in packs]
    assert notes(hq) == {"held by headquarters", "never sent"}
    for receipt in receipts:
        take_in(ben, receipt)
    assert not list((ben.store.folder / "outbox").glob("*.gemba"))
    for sealed in seal(ben):
        take_in(ben, intake.take_in(hq, sealed.file, tmp_path).receipt)
    assert notes(hq) == {"held by headquarters", "never sent", "written by Ben"}
    assert photos(hq)
    assert check(hq.store) == []
    assert check(ben.store) == []


def test_what_was_taken_over_goes_by_ones_own_carrier(
    ana: Desk, ben: Desk, hq: Desk, shared: Path, tmp_path: Path
) -> None:
    from gemba.work import deliver
    from gemba.work.carriers import add

    conduct.note(ana, begin(ana), "/data/y", "never sent")
    to = people_stores.known("Ben", shared)
    assert to is not None
    assert to.card is not None
    handed = hand_over(ana, to.card, tmp_path / "stick")
    take_over(ben, handed.folder)
    take_over(ben, handed.folder)  # twice is no harm
    place = tmp_path / "place"
    place.mkdir()
    add(ben, "share", str(place))
    assert [one.trouble for one in deliver.send_all(ben).outcomes] == [""]
    [complete] = place.rglob("COMPLETE.json")
    assert complete.parent.name in {one.stem for one in (ben.store.folder / "outbox").iterdir()}
    enrol(ben, next(handed.folder.glob("*.card")))
    take_in(ben, handed.folder)
    assert custodies(ben) == {Custody.ELSEWHERE}, "headquarters has not said that it holds the walk"
    packs = sorted((ben.store.folder / "outbox").glob("*.gemba"))
    with ben.unit() as unit:  # somebody else has handed over, too, and waits
        passing_on.add(unit, a_strangers_pack(hq.store.device.id, ben))
    for pack in packs:
        take_in(ben, intake.take_in(hq, pack, tmp_path).receipt)
    assert custodies(ben) == {Custody.HELD}


def a_strangers_pack(to: str, desk: Desk) -> Pack:
    facts = {"uid": new_uid(), "sha256": "5" * 64, "epoch": "0007-0badcafe", "to": to, "file": "x.gemba"}
    numbers = {"first_seq": 1, "last_seq": 2, "size": 3, "operations": 2, "blobs": 0}
    return Pack(**facts, **numbers, state=Custody.SEALED, prev=None, sealed_at=desk.clock())  # type: ignore[arg-type]


def custodies(desk: Desk) -> set[Custody]:
    with desk.reader() as reader:
        return {line.custody for line in ASSESSMENTS.first(reader, Query())}


@pytest.mark.parametrize("harm", ["cut", "gone", "manifest"])
def test_a_damaged_hand_over_is_refused_whole(ana: Desk, ben: Desk, shared: Path, tmp_path: Path, harm: str) -> None:
    conduct.note(ana, begin(ana), "/data/y", "never sent")
    handed = hand_over(ana, next(ben.store.folder.parent.glob("*.card")), tmp_path / "stick")
    [sealed] = (ana.store.folder / "outbox").glob("*.gemba")
    file = handed.folder / sealed.name
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "gone":
        file.unlink()
    else:
        (handed.folder / "hand-over.json").write_text('{"v": 1')
    with pytest.raises(GembaError):
        take_over(ben, handed.folder)
    assert not list((ben.store.folder / "outbox").iterdir())


def test_a_hand_over_for_another_is_refused_and_so_is_one_to_oneself(ana: Desk, ben: Desk, tmp_path: Path) -> None:
    conduct.note(ana, begin(ana), "/data/y", "never sent")
    handed = hand_over(ana, next(ben.store.folder.parent.glob("*.card")), tmp_path / "stick")
    with pytest.raises(Refusal, match=r"work\.hand_over_for_other"):
        take_over(ana, handed.folder)
    with pytest.raises(Refusal, match=r"work\.hand_over_to_itself"):
        hand_over(ana, write_card(ana, tmp_path).file, tmp_path / "stick")


def test_with_nothing_unsent_there_is_nothing_to_hand_over(ana: Desk, ben: Desk, hq: Desk, tmp_path: Path) -> None:
    for pack in seal(ana):
        take_in(ana, intake.take_in(hq, pack.file, tmp_path).receipt)
    with pytest.raises(Refusal, match=r"work\.nothing_to_hand_over"):
        hand_over(ana, next(ben.store.folder.parent.glob("*.card")), tmp_path / "stick")
