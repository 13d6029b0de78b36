"""The key of a store is lost: the start screen leads to headquarters and back into the store."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea
from tests.conftest import new_uid, ticking_clock
from tests.ui.pages.window import WindowObject
from tests.ui.test_start import ask, begin  # noqa: F401 - a fixture

from gemba import wording
from gemba.hq.founding import found
from gemba.store import keys
from gemba.ui.doorway import Doorway
from gemba.ui.languages import speak
from gemba.ui.recovering import Recovering
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.take_in import take_in

OLD, NEW = "the phrase that is forgotten", "a phrase that is new"


@pytest.fixture
def lost(tmp_path):
    """A store whose passphrase nobody knows any more, and its headquarters."""
    clock = ticking_clock()
    card = found(tmp_path / "hq", clock=clock, ids=new_uid, name="Meridian", demo=True).file
    desk = make_desk(tmp_path / "own", clock=clock, ids=new_uid, passphrase=OLD)
    take_in(desk, card)
    desk.store.close()
    open_desk(tmp_path / "own", clock=clock, ids=new_uid, passphrase=OLD).store.close()
    return tmp_path / "own"


@pytest.fixture
def hq_window(open_window, lost):
    desk = open_desk(lost.parent / "hq", clock=ticking_clock(), ids=new_uid)
    yield open_window(desk)
    desk.store.close()


class RecoveringObject:
    """The card that takes a key back, as a person meets it."""

    def __init__(self, program, qtbot) -> None:
        self.program, self.qtbot = program, qtbot
        self.program.window.doorway.findChild(QPushButton, "doorway.lost").click()
        self.card = program.window.doorway.currentWidget()
        assert isinstance(self.card, Recovering)

    def type(self, name: str, words: str) -> None:
        field = self.card.findChild(QLineEdit, name)
        field.clear()
        self.qtbot.keyClicks(field, words)

    def go(self) -> None:
        button = self.card.findChild(QPushButton, "recover.go")
        button.click()
        self.qtbot.waitUntil(lambda: self.program.window.page == "today" or button.isEnabled())

    @property
    def texts(self) -> str:
        return WindowObject(self.program.window, self.qtbot).texts()


def written_at_headquarters(hq_window, lost, tmp_path) -> str:
    """Headquarters writes the key of the laptop; gives the eight words that it shows."""
    page = hq_window.go("settings")
    assert page.give_key.isVisible()
    assert page.hand_over.isHidden()
    page.give_key.take(sealed=tmp_path / "recovery.json", key=lost.parent / "hq" / "recovery-key.txt")
    page.give_key.write_to(tmp_path / "laptop.key")
    hq_window.settle()
    words = page.give_key.words.text()
    assert "Delete the recovery key" in page.give_key.said.text()
    hq_window.press("settings.give_key.done")
    assert words not in hq_window.texts()
    return words


def test_a_forgotten_passphrase_comes_back_by_headquarters(begin, lost, hq_window, qtbot, tmp_path):  # noqa: F811
    program = begin(lost)
    ask(program, qtbot)
    shown = RecoveringObject(program, qtbot)
    shown.card.copy_to(tmp_path / "recovery.json")
    assert "Send it to headquarters" in shown.texts
    words = written_at_headquarters(hq_window, lost, tmp_path)
    assert len(words.split()) == 8

    shown.go()
    assert "Choose the file from headquarters first." in shown.texts
    shown.card.take_file(tmp_path / "laptop.key")
    shown.go()
    assert "Type the eight words." in shown.texts
    shown.type("recover.words", "one two three four five six seven eight")
    shown.type("recover.passphrase", NEW)
    shown.type("recover.repeated", NEW)
    shown.go()
    assert "do not open laptop.key" in shown.texts
    assert shown.card.fields.passphrase.text() == NEW, "what was typed stays"
    shown.type("recover.words", words.upper())
    shown.go()
    qtbot.waitUntil(lambda: program.window.page == "today")
    assert "opens again" in program.window.messages.said
    assert keys.find_key(lost, passphrase=NEW) == program.desk.store.key


def test_a_key_of_another_store_changes_nothing(begin, lost, hq_window, qtbot, tmp_path):  # noqa: F811
    (tmp_path / "recovery.json").write_bytes((lost / "recovery.json").read_bytes())
    words = written_at_headquarters(hq_window, lost, tmp_path)
    other = make_desk(tmp_path / "other", clock=ticking_clock(), ids=new_uid, passphrase=OLD)
    other.store.close()
    before = (tmp_path / "other" / "keys.json").read_bytes()
    program = begin(tmp_path / "other")
    ask(program, qtbot)
    shown = RecoveringObject(program, qtbot)
    shown.card.take_file(tmp_path / "laptop.key")
    shown.type("recover.words", words)
    shown.type("recover.passphrase", NEW)
    shown.type("recover.repeated", NEW)
    shown.go()
    assert "does not open this store" in shown.texts
    assert (tmp_path / "other" / "keys.json").read_bytes() == before
    shown.card.findChild(QPushButton, "recover.back").click()
    card = ask(program, qtbot)
    card.fields.passphrase.setText(OLD)
    card.give()
    qtbot.waitUntil(lambda: program.window.page == "today")


def test_where_only_the_keyring_knew_the_key_the_trouble_leads_there_too(begin, lost, qtbot):  # noqa: F811
    (lost / "keys.json").unlink()
    program = begin(lost)
    door = program.window.doorway
    qtbot.waitUntil(lambda: bool(door.findChildren(QPushButton, "doorway.recover")))
    door.findChild(QPushButton, "doorway.recover").click()
    assert isinstance(door.currentWidget(), Recovering)


def test_headquarters_says_what_is_missing_or_wrong(hq_window, lost, tmp_path):
    page = hq_window.go("settings")
    hq_window.press("settings.give_key.go")
    assert "Choose both files first." in page.give_key.said.text()
    (tmp_path / "recovery.json").write_text("no")
    page.give_key.take(sealed=tmp_path / "recovery.json", key=lost.parent / "hq" / "recovery-key.txt")
    page.give_key.write_to(tmp_path / "laptop.key")
    hq_window.settle()
    assert "recovery.json" in page.give_key.said.text()
    assert page.give_key.words.isHidden()
    assert not (tmp_path / "laptop.key").exists()


@pytest.mark.parametrize("language", ["en", wording.LONG])
def test_it_can_be_read_in_a_low_window(qapp, qtbot, tmp_path, language):
    from tests.ui.pages.window import squeezed

    speak(qapp, language)
    door = Doorway()
    qtbot.addWidget(door)
    door.resize(572, 480)
    door.show()
    card = door.show_recovering(tmp_path)
    for _ in range(4):
        qapp.processEvents()
    assert squeezed(door) == []
    area = card.findChild(QScrollArea, "recover.area")
    assert area.widget().width() <= area.viewport().width(), "nothing is cut off at the side"
