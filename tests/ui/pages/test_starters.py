"""What of the starter library a store does not have is offered above the library."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from tests.conftest import new_uid

from gemba.domain.templates import Template
from gemba.work.open_desk import make_desk
from gemba.work.starters import take


@pytest.fixture
def bare(tmp_path, ticking, open_window, monkeypatch):
    """The window of a store that was made before there was a starter library."""
    with monkeypatch.context() as patched:
        patched.setattr("gemba.work.open_desk.furnish", lambda _desk: None)
        desk = make_desk(tmp_path / "bare", clock=ticking, ids=new_uid, demo=True)
    take(desk, "leader_gemba_walk")
    yield open_window(desk)
    desk.store.close()


def in_library(window) -> set[str]:
    with window.page.services.desk.reader() as reader:
        return {each.form_id for each in reader.find(Template)}


def test_nothing_is_offered_where_nothing_is_missing(empty):
    assert empty.go("library").starters.isHidden()


def test_one_is_added_and_the_rest_is_still_offered(bare):
    page = bare.go("library")
    assert page.starters.told.text() == "13 checklists of the starter library are not here."
    assert "Store visit" not in bare.texts()
    bare.press("library.starters.show")
    assert "30 questions, 45 minutes" in bare.texts()
    assert bare.find(QPushButton, "library.starters.add.store_visit").accessibleName() == "Add Store visit"
    bare.press("library.starters.add.store_visit")
    assert in_library(bare) == {"leader_gemba_walk", "store_visit"}
    assert page.starters.told.text().startswith("12 ")
    assert page.list.model.rowCount() == 2
    assert not page.list.isVisible()
    bare.press("library.starters.show")
    assert page.list.isVisible()


def test_all_are_added_at_once(bare):
    page = bare.go("library")
    bare.press("library.starters.all")
    assert len(in_library(bare)) == 14
    assert page.starters.isHidden()
    assert page.list.model.rowCount() == 14


def test_not_now_is_taken_at_its_word(bare):
    page = bare.go("library")
    bare.press("library.starters.close")
    assert page.starters.isHidden()
    bare.go("today")
    assert bare.go("library").starters.isHidden()
