"""Nobody has touched the window for a while: the store is closed, and opens again where one was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from tests.conftest import new_uid, ticking_clock
from tests.ui.test_start import ask, begin  # noqa: F401 - a fixture

from gemba.domain.assessments import Answer
from gemba.domain.templates import Template
from gemba.work import conduct
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place

PHRASE = "eight customers waited"


@pytest.fixture
def secret_store(tmp_path):
    """A store that a passphrase opens, with a walk that has begun; its folder and the walk."""
    desk = make_desk(tmp_path / "own", clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    walk = conduct.start(desk, template.uid, add_place(desk, "Harbour branch").uid)
    desk.store.close()
    return tmp_path / "own", walk.uid


@pytest.fixture
def program(begin, secret_store, qtbot):  # noqa: F811 - the fixture
    program = begin(secret_store[0], passphrase=PHRASE)
    qtbot.waitUntil(lambda: program.window.page == "today")
    return program


def untouched_for(program, seconds):
    program._idle.lock._touched -= seconds
    program._idle.look()


def unlock(program, qtbot, phrase):
    card = ask(program, qtbot)
    card.fields.passphrase.setText(phrase)
    card.give()


def test_it_locks_after_a_while_and_opens_again_where_one_was(program, qtbot):
    program.window.go("walks")
    untouched_for(program, 14 * 60)
    assert program.desk is not None
    untouched_for(program, 60)
    assert program.desk is None
    assert "walks" not in program.window._pages
    unlock(program, qtbot, "something else")
    assert program.desk is None
    unlock(program, qtbot, PHRASE)
    qtbot.waitUntil(lambda: program.window.page == "walks")


def test_a_key_is_a_touch(program, qtbot):
    program._idle.lock._touched -= 14 * 60
    qtbot.keyClick(program.window, Qt.Key.Key_Shift)
    untouched_for(program, 120)
    assert program.desk is not None


def test_what_is_being_typed_is_kept_before_it_locks(program, secret_store, qtbot):
    folder, walk = secret_store
    program.window.go("conduct", walk)
    page = program.window.page_at("conduct")
    qtbot.waitUntil(lambda: page.sheet is not None and program.window.still)
    fields = [field for field in page.findChildren(QLineEdit) if field.isVisible() and not field.isReadOnly()]
    assert fields, "no text field is visible"
    fields[0].setFocus()
    qtbot.keyClicks(fields[0], "half a thought")
    program.lock_now()
    qtbot.waitUntil(lambda: program.desk is None)
    desk = open_desk(folder, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    with desk.reader() as reader:
        kept = [answer.value + answer.note for answer in reader.find(Answer, assessment=walk)]
    desk.store.close()
    assert any("half a thought" in value for value in kept)


def test_it_locks_at_once_when_it_is_wished_and_never_the_demonstration(program, demo):
    program.window.services.lock_now()
    assert program.desk is None
    assert demo.window.services.lock_now is None


def test_after_how_long_is_chosen_in_the_settings(program, qtbot):
    program.window.go("settings")
    page = program.window.page_at("settings")
    qtbot.waitUntil(lambda: program.window.still)
    assert page.keys.lock.value == "15"
    page.keys.lock.choose("5")
    page.keys.lock.activated.emit(0)
    qtbot.waitUntil(lambda: program.window.still)
    untouched_for(program, 5 * 60)
    assert program.desk is None


def test_without_a_passphrase_a_button_opens_it(qtbot, qapp):
    from gemba.ui.doorway import Doorway

    door = Doorway()
    qtbot.addWidget(door)
    tried = []
    door.tried.connect(tried.append)
    door.show_locked(asks=False)
    door.findChild(QPushButton, "doorway.unlock").click()
    assert tried == [""]
