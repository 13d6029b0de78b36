"""The settings: the person, copies of the store, the proof that it is whole."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from tests.conftest import new_uid

from gemba.domain.people import Role
from gemba.store import backup_file, keys
from gemba.store.restoring import restore
from gemba.ui.pages.settings_store import needs_passphrase
from gemba.work.open_desk import make_desk
from gemba.work.people import person_now


class Memory(KeyringBackend):
    """A keyring that forgets everything when the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))


@pytest.fixture
def own_keyring():
    """A keyring of this account that works."""
    before = keyring.get_keyring()
    kept = Memory()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


@pytest.fixture
def save_to(monkeypatch, tmp_path):
    """The person always chooses this file."""
    file = tmp_path / "stick" / "mine.backup"
    file.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    return file


def test_name_and_role_are_changed_and_shown_where_the_name_stands(demo, demo_desk):
    page = demo.go("settings")
    assert page.person.name.text() == demo_desk.person.name
    page.person.role.choose(Role.LEADER)
    demo.type("settings.person.name", "  Noor   Haddad ")
    demo.press("settings.person.keep")
    now = person_now(demo_desk)
    assert (now.name, now.role) == ("Noor Haddad", Role.LEADER)
    assert page.person.name.text() == "Noor Haddad"
    assert "Saved" in page.person.said.text()
    demo.go("findings")
    demo.list.choose(0)
    assert "Noor Haddad" in demo.texts()


def test_a_list_that_was_read_before_hears_of_the_new_name(demo):
    demo.go("findings")
    demo.list.choose(0)
    demo.go("settings")
    demo.type("settings.person.name", "Noor Haddad")
    demo.press("settings.person.keep")
    demo.go("findings")
    assert "Noor Haddad" in demo.texts()


def test_a_person_without_a_name_is_refused_beside_the_field(demo, demo_desk):
    page = demo.go("settings")
    demo.type("settings.person.name", "   ")
    demo.press("settings.person.keep")
    assert page.person.name_field.note.text()
    assert person_now(demo_desk).name == demo_desk.person.name


def test_only_headquarters_is_offered_the_role_of_headquarters(demo):
    offered = demo.go("settings").person.role
    assert offered.findData(Role.HEADQUARTERS) < 0
    assert offered.count() == len(Role) - 1


def test_a_backup_is_written_and_says_where_it_went(demo, save_to):
    page = demo.go("settings")
    demo.press("settings.store.back_up")
    assert backup_file.read(save_to).files
    assert str(save_to) in page.store.result
    assert str(save_to) in demo.message
    assert page.store.backing_up.isHidden()


def test_a_backup_that_cannot_be_written_says_so_and_stays_said(demo, tmp_path):
    page = demo.go("settings")
    page.store.back_up_to(tmp_path / "nowhere" / "mine.backup")
    demo.settle()
    assert page.store.result
    assert page.store.result == demo.message
    demo.press("settings.result.copy")
    assert QGuiApplication.clipboard().text() == page.store.result


def test_where_only_the_keyring_knows_the_key_a_backup_gets_a_passphrase_that_opens_it_elsewhere(
    open_window, own_keyring, save_to, tmp_path, ticking
):
    desk = make_desk(tmp_path / "own", clock=ticking, ids=new_uid)
    try:
        assert needs_passphrase(desk.store.folder)
        shown = open_window(desk)
        page = shown.go("settings")
        shown.press("settings.store.back_up")
        assert not save_to.exists()
        shown.type("settings.backup.passphrase", "a long sentence")
        shown.type("settings.backup.repeated", "another sentence")
        shown.press("settings.backup.go")
        assert page.store.passphrase.fields.second.note.text()
        assert not save_to.exists()
        shown.type("settings.backup.repeated", "a long sentence")
        shown.press("settings.backup.go")
        assert page.store.passphrase.isHidden()
        own_keyring.kept.clear()
        restore(save_to, tmp_path / "elsewhere")
        assert keys.find_key(tmp_path / "elsewhere", passphrase="a long sentence") == desk.store.key
        assert needs_passphrase(desk.store.folder), "the store itself opens as before"
    finally:
        desk.store.close()


def test_a_whole_store_is_said_to_be_whole(demo):
    page = demo.go("settings")
    demo.press("settings.store.check")
    assert "All is well" in page.store.result
    assert page.store.checking.isHidden()


def test_what_is_wrong_is_listed_in_words(demo, demo_desk):
    page = demo.go("settings")
    lost = sorted(demo_desk.store.folder.glob("evidence/??/*.age"))
    for file in lost:
        file.unlink()
    demo.press("settings.store.check")
    assert page.store.result.count("missing") == len(lost)
    assert lost[0].stem[:12] in page.store.result
    assert "Settings" in demo.message


def test_a_backup_shows_what_it_holds_before_anything_is_done_and_can_be_left(demo, save_to):
    page = demo.go("settings")
    page.services.restore = pytest.fail
    demo.press("settings.store.back_up")
    page.consider(save_to)
    assert "being read" in demo.message
    demo.settle()
    assert not demo.message
    words = demo.texts().replace("\u200b", "")
    assert str(save_to) in words
    assert "by itself on this laptop" in words
    assert "Nothing is deleted" in words
    assert "after this backup" in words
    demo.press("restore.decline")
    assert "Language and look" in demo.texts()


def test_a_file_that_is_no_backup_is_refused(demo, tmp_path):
    page = demo.go("settings")
    (tmp_path / "no.backup").write_bytes(b"no")
    page.consider(tmp_path / "no.backup")
    demo.settle()
    assert "not a backup" in demo.message
    assert "Language and look" in demo.texts()


def test_the_keyboard_begins_at_the_top(demo):
    page = demo.go("settings")
    demo.qtbot.keyClick(demo.window.focusWidget(), Qt.Key.Key_Tab)
    assert demo.window.focusWidget().objectName() == "settings.language"
    demo.go("today")
    demo.go("settings")
    assert demo.window.focusWidget() is page
