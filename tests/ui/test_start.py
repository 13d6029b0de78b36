"""The frame first, the store after it."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from tests.conftest import new_uid, reopen, ticking_clock

from gemba.domain.assessments import Assessment
from gemba.store import keys
from gemba.store.backing_up import back_up
from gemba.ui.crash import CrashReport
from gemba.ui.parts.words import Words
from gemba.ui.preferences import Preferences
from gemba.ui.start import Program
from gemba.ui.unlocking import Unlocking
from gemba.work.open_desk import make_desk


@pytest.fixture
def begin(qapp, qtbot, tmp_path):
    """Begins programs, and ends them."""
    begun: list[Program] = []

    def begin_it(folder, **options):
        program = Program(qapp, folder, clock=ticking_clock(), ids=new_uid, **options)
        begun.append(program)
        program.begin()
        return program

    yield begin_it
    for program in begun:
        program.window.close()
        program.end()
        program.window.deleteLater()
        program.deleteLater()


def ask(program, qtbot) -> Unlocking:
    """The card that asks for a passphrase, once it does."""
    door = program.window.doorway
    qtbot.waitUntil(lambda: isinstance(door.currentWidget(), Unlocking))
    return door.currentWidget()


def test_the_frame_stands_before_the_store_is_opened(begin, prepared_store, qtbot):
    program = begin(prepared_store[0])
    seen: list[bool] = []
    program.window.painted.connect(lambda: seen.append(program.desk is None))
    assert program.window.stack.currentWidget() is program.window.doorway
    qtbot.waitUntil(lambda: program.window.page == "today")
    assert seen == [True]


def test_the_frame_is_no_larger_than_the_screen(begin, prepared_store):
    window = begin(prepared_store[0]).window
    room = window.screen().availableSize()
    assert Preferences().wishes.size[0] > room.width(), "the screen of tests is smaller than what is wished"
    assert window.frameSize().width() <= room.width()
    assert window.frameSize().height() <= room.height()


def test_a_store_that_is_not_there_is_made(begin, tmp_path, qtbot):
    program = begin(tmp_path / "new" / "store", passphrase="a long sentence")
    qtbot.waitUntil(lambda: program.window.page == "today")
    assert (tmp_path / "new" / "store" / "gemba.db").is_file()


def test_without_keyring_a_new_store_asks_for_a_passphrase_twice(begin, tmp_path, qtbot):
    program = begin(tmp_path / "store")
    card = ask(program, qtbot)
    qtbot.keyClicks(card.fields.passphrase, "short")
    card.give()
    assert card.fields.first.note.text()
    card.fields.passphrase.setText("a long sentence")
    card.fields.repeated.setText("another sentence")
    card.give()
    assert card.fields.second.note.text()
    card.fields.repeated.setText("a long sentence")
    card.give()
    qtbot.waitUntil(lambda: program.window.page == "today")


def test_a_wrong_passphrase_is_said_beside_the_field_and_the_right_one_opens(begin, tmp_path, qtbot):
    folder = tmp_path / "store"
    make_desk(folder, clock=ticking_clock(), ids=new_uid, passphrase="the right sentence").store.close()
    program = begin(folder, passphrase="the wrong sentence")
    card = ask(program, qtbot)
    assert not card.fields.repeated.isVisible()
    assert "not the passphrase" in card.fields.first.note.text()
    card.fields.passphrase.setText("the right sentence")
    card.give()
    qtbot.waitUntil(lambda: program.window.page == "today")


def test_a_store_that_does_not_open_says_why_and_can_be_tried_again(begin, prepared_store, tmp_path, qtbot):
    folder = tmp_path / "store"
    shutil.copytree(prepared_store[0], folder)
    whole = (folder / keys.FILE).read_bytes()
    (folder / keys.FILE).write_bytes(b"{")
    program = begin(folder)
    door = program.window.doorway
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "doorway.again")))
    (folder / keys.FILE).write_bytes(whole)
    door._again()
    qtbot.waitUntil(lambda: program.window.page == "today")


@pytest.fixture
def backup(prepared_demo, tmp_path):
    """A backup of the demonstration store."""
    folder = tmp_path / "source"
    shutil.copytree(prepared_demo[0], folder)
    desk = reopen(folder, prepared_demo[1], ticking_clock())
    back_up(desk.store, tmp_path / "mine.backup")
    desk.store.close()
    return tmp_path / "mine.backup"


@pytest.fixture
def demonstrated(prepared_demo, tmp_path) -> int:
    """Assessments of the demonstration."""
    shutil.copytree(prepared_demo[0], tmp_path / "counted")
    desk = reopen(tmp_path / "counted", prepared_demo[1], ticking_clock())
    with desk.reader() as reader:
        count = len(reader.find(Assessment))
    desk.store.close()
    return count


def restore_shown(program, qtbot) -> None:
    """Confirm the restore that the doorway shows."""
    door = program.window.doorway
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "restore.confirm")))
    qtbot.mouseClick(door.findChildren(QPushButton, "restore.confirm")[0], Qt.MouseButton.LeftButton)


def walks(program) -> int:
    with program.desk.reader() as reader:
        return len(reader.find(Assessment))


def test_a_backup_is_restored_in_place_of_the_open_store_and_nothing_is_lost(
    begin, prepared_store, backup, demonstrated, tmp_path, qtbot
):
    folder = tmp_path / "store"
    shutil.copytree(prepared_store[0], folder)
    program = begin(folder)
    qtbot.waitUntil(lambda: program.window.page == "today")
    before, old = program.desk, program.window
    assert walks(program) == 0
    program.window.go("settings")
    page = program.window.page_at("settings")
    page.consider(backup)
    qtbot.waitUntil(lambda: bool(page.findChildren(QPushButton, "restore.confirm")))
    qtbot.mouseClick(page.findChildren(QPushButton, "restore.confirm")[0], Qt.MouseButton.LeftButton)
    assert program.window is not old
    assert program.desk is None
    qtbot.waitUntil(lambda: program.window.page == "today")
    assert program.desk is not before
    assert walks(program) == demonstrated
    aside = tmp_path / "store-before-restore-1"
    assert str(aside) in program.window.messages.said
    kept = reopen(aside, keys.find_key(aside, passphrase=None), ticking_clock())
    assert kept.person.uid == before.person.uid
    kept.store.close()


def test_a_store_that_does_not_open_can_be_restored_from_a_backup(
    begin, prepared_store, backup, demonstrated, tmp_path, qtbot
):
    folder = tmp_path / "store"
    shutil.copytree(prepared_store[0], folder)
    (folder / "gemba.db").write_bytes(b"no database" * 1000)
    program = begin(folder)
    door = program.window.doorway
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "doorway.restore")))
    program.consider(backup)
    restore_shown(program, qtbot)
    qtbot.waitUntil(lambda: program.window.page == "today")
    assert walks(program) == demonstrated
    assert (tmp_path / "store-before-restore-1" / "gemba.db").read_bytes().startswith(b"no database")


def test_a_restore_that_is_declined_or_of_no_backup_leads_back_to_the_store(
    begin, prepared_store, backup, tmp_path, qtbot
):
    folder = tmp_path / "store"
    shutil.copytree(prepared_store[0], folder)
    whole = (folder / keys.FILE).read_bytes()
    (folder / keys.FILE).write_bytes(b"{")
    program = begin(folder)
    door = program.window.doorway
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "doorway.again")))
    program.consider(backup)
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "restore.decline")))
    qtbot.mouseClick(door.findChildren(QPushButton, "restore.decline")[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "doorway.again")))
    (tmp_path / "no.backup").write_bytes(b"no")
    program.consider(tmp_path / "no.backup")
    qtbot.waitUntil(lambda: "not a backup" in getattr(door.currentWidget(), "text", Words()).text())
    (folder / keys.FILE).write_bytes(whole)
    door._again()
    qtbot.waitUntil(lambda: program.window.page == "today")
    assert not (tmp_path / "store-before-restore-1").exists()


def test_another_language_makes_the_window_anew_on_the_same_store(begin, prepared_store, qapp, qtbot):
    program = begin(prepared_store[0], preferences=Preferences())
    qtbot.waitUntil(lambda: program.window.page == "today")
    old, desk = program.window, program.desk
    program.window.go("settings")
    program._preferences.keep(language="ar-XB")
    program.dress_anew(language=True)
    assert program.window is not old
    assert program.desk is desk
    assert program.window.page == "settings"
    assert program.window.isRightToLeft()


def test_the_demo_opens_beside_ones_own_store(begin, prepared_store, tmp_path, qtbot):
    shutil.copytree(prepared_store[0], tmp_path / "store")
    program = begin(tmp_path / "store")
    qtbot.waitUntil(lambda: program.window.page == "today")
    program.open_demo()
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.store.folder.name == "demo")
    assert program.window.services.open_demo is None
    assert (tmp_path / "store" / "gemba.db").is_file()


def test_a_failure_in_a_slot_opens_one_report(begin, prepared_store, qtbot):
    program = begin(prepared_store[0])
    qtbot.waitUntil(lambda: program.window.page == "today")
    for _ in range(3):
        sys.excepthook(ValueError, ValueError("planted"), None)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(CrashReport)))
    reports = program.window.findChildren(CrashReport)
    assert len(reports) == 1
    assert "planted" in reports[0].report
    reports[0].accept()
    QApplication.processEvents()


def test_nothing_heavy_is_imported_before_the_first_paint():
    """The window's frame knows neither store nor forms; they come beside it."""
    code = (
        "import sys; import gemba.ui.start; "
        "print([name for name in ('sqlalchemy', 'alembic', 'pandas', 'reportlab', 'pyxform', 'openpyxl', 'PIL',"
        " 'cryptography', 'gemba.store', 'gemba.forms') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
