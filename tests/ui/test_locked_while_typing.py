"""Locked in the middle of a word, in every kind of editor: after unlocking all that was typed stands there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit
from tests.conftest import new_uid, ticking_clock
from tests.ui.test_lock import PHRASE, program, secret_store, unlock, untouched_for  # noqa: F401 - fixtures
from tests.ui.test_start import ask, begin  # noqa: F401 - fixtures

from gemba.domain.assessments import Answer
from gemba.errors import Trouble
from gemba.ui.progress import Progress
from gemba.work.open_desk import open_desk

TYPED = "half a thought"


def still(program, qtbot):  # noqa: F811 - the fixture
    qtbot.waitUntil(lambda: program.window.still)


def lock_and_unlock(program, qtbot):  # noqa: F811 - the fixture
    window = program.window
    program.lock_now()
    assert program.desk is None
    assert not window.isVisible()
    window.focusNextChild()  # as desktops do once a window is out of sight
    unlock(program, qtbot, PHRASE)
    qtbot.waitUntil(lambda: program.window is window and window.isVisible())
    still(program, qtbot)


def field_of(page):
    """The first field in which one can type that is seen on a page."""
    kinds = (QPlainTextEdit, QTextEdit, QLineEdit)
    shown = [one for kind in kinds for one in page.findChildren(kind) if one.isVisible() and not one.isReadOnly()]
    return next(one for one in shown if "search" not in one.objectName())


def words_in(field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize(
    ("page", "opens"),
    [("settings", ""), ("complaints", "complaints.enter"), ("conduct", "conduct.finding")],
)
def test_a_form_is_as_it_was_left(program, secret_store, qtbot, page, opens):  # noqa: F811 - the fixtures
    program.window.go(page, secret_store[1] if page == "conduct" else "")
    still(program, qtbot)
    if opens:
        program.window.actions_table.action(opens).trigger()
        still(program, qtbot)
    field = field_of(program.window.stack.currentWidget())
    field.setFocus()
    qtbot.keyClicks(field, TYPED)
    lock_and_unlock(program, qtbot)
    assert TYPED in words_in(field)
    assert field.isVisible()
    assert program.window.focusWidget() is field, "the next words go on where one was"


def test_what_waits_on_a_page_that_is_not_shown_is_kept_too(program, qtbot):  # noqa: F811 - the fixture
    program.window.go("settings")
    still(program, qtbot)
    name = program.window.page_at("settings").person.name
    qtbot.keyClicks(name, TYPED)
    program.window.go("walks")
    lock_and_unlock(program, qtbot)
    assert program.window.page == "walks"
    assert TYPED in name.text()


def test_a_walk_is_in_the_store_though_it_is_killed(program, secret_store, qtbot):  # noqa: F811 - the fixtures
    folder, walk = secret_store
    program.window.go("conduct", walk)
    page = program.window.page_at("conduct")
    qtbot.waitUntil(lambda: page.sheet is not None and program.window.still)
    fields = [one for one in page.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly()]
    fields[0].setFocus()
    qtbot.keyClicks(fields[0], TYPED)
    program.lock_now()
    desk = open_desk(folder, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)  # as after a kill
    with desk.reader() as reader:
        assert any(TYPED in one.value + one.note for one in reader.find(Answer, assessment=walk))
    desk.store.close()
    unlock(program, qtbot, PHRASE)
    qtbot.waitUntil(lambda: program.window.page == "conduct" and program.window.isVisible())
    qtbot.keyClicks(fields[0], " more")
    assert program.window.may_leave()
    still(program, qtbot)
    with program.desk.reader() as reader:
        assert any(f"{TYPED} more" in one.value + one.note for one in reader.find(Answer, assessment=walk))


def test_while_it_is_locked_nothing_reads_or_signs_here(program, qtbot):  # noqa: F811 - the fixture
    program.window.go("settings")
    still(program, qtbot)
    page, store = program.window.page_at("settings"), program.desk.store
    page.passphrase.present.setText(PHRASE)
    program.lock_now()
    assert page.passphrase.present.text() == ""
    assert (store.key, store.device.identity, store.device.tell_secret()) == (b"", "", b"")
    with pytest.raises(Trouble, match=r"store\.forgotten"), store.reader():
        pass
    with pytest.raises(Trouble, match=r"store\.forgotten"), store.unit("nobody"):
        pass


def test_what_was_under_way_begins_anew_after_it(program, qtbot):  # noqa: F811 - the fixture
    jobs, begun, done = program.window.jobs, [], []

    def long_work(progress: Progress) -> str:
        begun.append(True)
        while len(begun) < 2:
            progress.step()
        return "whole"

    jobs.errand(long_work, progress=lambda *_: None, done=done.append)
    qtbot.waitUntil(lambda: bool(begun))
    window = program.window
    program.lock_now()
    jobs.errand(lambda: "later", done=done.append)
    qtbot.wait(50)
    assert done == []
    unlock(program, qtbot, PHRASE)
    qtbot.waitUntil(lambda: program.window is window and sorted(done) == ["later", "whole"])


def test_it_locks_again_after_a_while(program, qtbot):  # noqa: F811 - the fixture
    lock_and_unlock(program, qtbot)
    untouched_for(program, 15 * 60)
    assert program.desk is None


def test_after_a_wrong_passphrase_it_still_says_that_all_is_kept(program, qtbot):  # noqa: F811 - the fixture
    still(program, qtbot)
    program.lock_now()
    unlock(program, qtbot, "not this one")

    def said() -> list[str]:
        return [label.text() for label in program.window.doorway.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: any("not the passphrase" in words for words in said()))
    assert "Locked" in said()
    assert any("Everything that was typed is kept" in words for words in said())
    unlock(program, qtbot, PHRASE)
    qtbot.waitUntil(lambda: program.desk is not None)
    still(program, qtbot)
