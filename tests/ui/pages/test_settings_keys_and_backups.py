"""Settings: backups by the clock with the way back from each, and keys that two people compare."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import new_uid, reopen

from gemba.domain.evidence import Evidence
from gemba.packs.identity import fingerprint_words
from gemba.store import transit
from gemba.ui.parts.buttons import Button
from gemba.work import backups
from gemba.work.backup_plan import plan_of
from gemba.work.cards import write_card
from gemba.work.open_desk import make_desk


@pytest.fixture
def page(demo):
    return demo.go("settings")


@pytest.fixture
def card(tmp_path, ticking):
    """Card and words of another laptop."""
    other = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    written = write_card(other, tmp_path / "cards")
    other.store.close()
    return written


def known(desk):
    with desk.reader() as reader:
        return transit.correspondents(reader)


def test_a_backup_is_made_now_and_listed_with_the_way_back(demo, page, tmp_path):
    assert "No backup was made by the clock yet." in demo.texts()
    demo.press("settings.backups.now")
    assert "1 backup was made and read back." in demo.message
    demo.press("settings.backups.restore.0")
    assert page._stack.currentIndex() == 1


def test_a_backup_says_how_many_photos_the_store_has_lost(demo, demo_desk, page, tmp_path):
    with demo_desk.reader() as reader:
        photo = reader.find(Evidence)[0].sha256
    next((demo_desk.store.folder / "evidence").rglob(f"{photo}*")).unlink()
    demo.press("settings.backups.now")
    assert "1 photo or file is missing from this store" in demo.message
    page.store.back_up_to(tmp_path / "whole.backup", "a long enough phrase")
    demo.settle()
    assert "1 photo or file is missing from this store" in demo.texts()


def test_a_second_medium_gets_them_too(demo, demo_desk, page, tmp_path):
    (tmp_path / "stick").mkdir()
    page.backups.keep_second(tmp_path / "stick")
    demo.settle()
    assert plan_of(demo_desk).second == str(tmp_path / "stick")
    demo.press("settings.backups.now")
    assert list((tmp_path / "stick").glob("*.backup"))


def test_the_second_medium_is_taken_away_again_and_what_lies_there_stays(demo, demo_desk, page, tmp_path):
    button = page.findChild(Button, "settings.backups.no_second")
    assert button.isHidden()
    page.backups.keep_second(tmp_path / "stick")
    demo.settle()
    (tmp_path / "stick").mkdir(exist_ok=True)
    demo.press("settings.backups.now")
    lies_there = sorted((tmp_path / "stick").rglob("*"))
    assert lies_there
    assert "this disk only" in demo.texts()
    demo.press("settings.backups.no_second")
    assert plan_of(demo_desk).second == ""
    assert "no second medium any more" in demo.message
    assert sorted((tmp_path / "stick").rglob("*")) == lies_there
    assert button.isHidden()
    assert "this disk only" not in demo.texts()


def test_how_often_is_kept(demo, demo_desk, page):
    page.backups.often.choose("168")
    page.backups.often.activated.emit(0)
    demo.settle()
    assert plan_of(demo_desk).hours == 168


def test_the_window_makes_a_backup_by_itself_when_one_is_due(open_window, prepared_demo, tmp_path):
    source, key = prepared_demo
    late = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    desk = reopen(Path(shutil.copytree(source, tmp_path / "late")), key, lambda: late)
    window = open_window(desk)
    window.window.by_the_clock.look()
    window.settle()
    assert len(backups.shown(desk)) == 1
    window.window.by_the_clock.look()
    window.settle()
    assert len(backups.shown(desk)) == 1
    window.window.close()
    desk.store.close()


def test_another_laptop_is_believed_only_after_its_words_were_compared(demo, demo_desk, page, card):
    page.keys.compare.consider(card.file)
    before = set(demo.texts().split())
    demo.type("settings.keys.words", "one two three four five six seven eight")
    demo.press("settings.keys.same")
    assert known(demo_desk) == []
    assert page.keys.compare.isVisible()
    shown = demo.texts()
    assert "These are not the words" in shown
    assert not (set(shown.split()) - before) & set(card.fingerprint.split())  # the own words may share one with them
    assert card.fingerprint not in shown
    demo.type("settings.keys.words", card.fingerprint.upper())
    demo.press("settings.keys.same")
    assert [one.name for one in known(demo_desk)] == [card.name]
    assert "is believed from now on" in demo.message
    assert not page.keys.compare.isVisible()


def test_the_own_fingerprint_is_shown(demo, demo_desk, page):
    assert " ".join(fingerprint_words(demo_desk.store.device.public_key)) in demo.texts()
