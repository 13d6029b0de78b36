"""Work is handed over in one window and taken over in another; packs bring back what an older backup lacks."""

from __future__ import annotations

import shutil

import pytest
from tests.conftest import new_uid, ticking_clock

from gemba.domain.assessments import Assessment
from gemba.hq.founding import found
from gemba.store.lists import ASSESSMENTS, Query
from gemba.work import hand_over, people_stores
from gemba.work.cards import write_card
from gemba.work.enrolment import enrol
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in


@pytest.fixture
def card(tmp_path):
    return found(tmp_path / "hq", clock=ticking_clock(), ids=new_uid, name="Meridian", demo=True).file


@pytest.fixture
def ben(tmp_path, card, monkeypatch):
    """Another person of this laptop, who has opened a store."""
    monkeypatch.setattr("gemba.work.people_stores.shared_laptop", lambda: tmp_path / "people")
    store = people_stores.store_of("Ben").store
    desk = make_desk(store, clock=ticking_clock(), ids=new_uid, demo=True)
    people_stores.lay_card(desk)
    take_in(desk, card)
    yield desk
    desk.store.close()


def form(demo):
    page = demo.go("settings")
    demo.press("settings.hand_over.begin")
    return page.hand_over


def test_without_headquarters_it_says_so(demo, ben):
    card = form(demo)
    assert "does not know its headquarters yet" in demo.texts()
    assert card.whom.itemText(0) == "Ben"


def test_it_goes_to_a_person_of_this_laptop_who_takes_it_in(demo, demo_desk, ben, card, open_window, tmp_path):
    take_in(demo_desk, card)
    shown = form(demo)
    assert "does not hold" in demo.texts()
    shown.hand_over_in(tmp_path / "stick")
    demo.settle()
    [folder] = (tmp_path / "stick").iterdir()
    assert str(folder.name) in shown.said.text().replace("\u200b", "")
    assert "Ben takes it in under Packs" in shown.said.text()
    assert not list((tmp_path / "stick").glob("*.part"))

    theirs = open_window(ben)
    page = theirs.go("packs")
    page.take_in_file(folder / "hand-over.json")
    theirs.settle()
    assert "Took 1 pack over" in theirs.message
    enrol(ben, next(folder.glob("*.card")))
    page.take_in_file(folder / "hand-over.json")
    theirs.settle()
    with ben.reader() as mine, demo_desk.reader() as hers:
        assert len(mine.find(Assessment)) == len(hers.find(Assessment))


def test_it_goes_to_anybody_whose_card_is_here(demo, demo_desk, ben, card, tmp_path):
    take_in(demo_desk, card)
    shown = form(demo)
    shown.whom.choose("another")
    shown.whom.activated.emit(0)
    demo.press("settings.hand_over.go")
    assert "Choose the card of whoever takes over first." in demo.texts()
    shown.consider(write_card(demo_desk, tmp_path / "own").file)
    demo.settle()
    assert "This is the card of this store itself." in demo.texts()
    theirs = write_card(ben, tmp_path / "theirs", "Benedetta")
    shown.consider(theirs.file)
    demo.settle()
    assert theirs.fingerprint in demo.texts()
    shown.hand_over_in(tmp_path / "stick")
    demo.settle()
    assert "to Benedetta" in shown.said.text()


def test_a_folder_that_cannot_be_written_is_said_and_the_form_stays(demo, demo_desk, ben, card, tmp_path):
    take_in(demo_desk, card)
    shown = form(demo)
    (tmp_path / "file").write_text("no folder")
    shown.hand_over_in(tmp_path / "file")
    demo.settle()
    assert str(tmp_path / "file") in demo.texts()
    assert shown.whom.isVisible()


class Stopped(Exception):
    """The one who listens wants no more of it."""


def test_called_off_or_killed_at_any_step_it_leaves_no_folder_that_looks_whole(demo_desk, ben, card, tmp_path):
    take_in(demo_desk, card)
    to, stick = people_stores.known("Ben").card, tmp_path / "stick"
    for begins in ("Sealing for headquarters", "Copying", "Sealing for Ben", "nothing"):
        heard: list[str] = []

        def stop(_done: int, _total: int, words: str, begins: str = begins, heard: list[str] = heard) -> None:
            heard.append(words)
            if words.startswith(begins):
                raise Stopped

        if begins == "nothing":
            shutil.rmtree(hand_over.hand_over(demo_desk, to, stick, stop).folder)
            continue
        with pytest.raises(Stopped):
            hand_over.hand_over(demo_desk, to, stick, stop)
        assert heard
        assert not stick.exists() or list(stick.iterdir()) == []
    cut_short = stick / f"hand-over-{demo_desk.store.device.code}-20260101-000000.part"
    cut_short.mkdir()
    handed = hand_over.hand_over(demo_desk, to, stick)
    assert list(stick.iterdir()) == [handed.folder], "what was cut short before is taken away"


def test_packs_bring_back_what_an_older_backup_lacks(demo, demo_desk, ben, card, open_window, tmp_path, prepared_demo):
    take_in(demo_desk, card)
    page = demo.go("settings")
    [pack] = seal(demo_desk)
    page.store.bringing.bring_back([pack.file])
    demo.settle()
    assert "Everything in 1 pack is here already." in page.store.result
    (tmp_path / "no.gemba").write_bytes(b"no pack")
    page.store.bringing.bring_back([tmp_path / "no.gemba"])
    demo.settle()
    assert "no.gemba" in page.store.result
    packs = demo.go("packs")
    packs.bringing.bring_back([pack.file, tmp_path / "no.gemba"])
    demo.settle()
    assert "These could not be taken in: no.gemba" in demo.message
    with demo_desk.reader() as reader:
        assert ASSESSMENTS.first(reader, Query())


def test_at_headquarters_nobody_takes_over(open_window, card, tmp_path):
    desk = open_desk(tmp_path / "hq", clock=ticking_clock(), ids=new_uid)
    assert open_window(desk).go("settings").hand_over.isHidden()
    desk.store.close()
