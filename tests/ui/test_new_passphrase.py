"""The passphrase is changed in the settings: the store closes, gets a new key, and is back where one was."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from tests.ui.test_lock import PHRASE, program, secret_store  # noqa: F401 - fixtures
from tests.ui.test_start import ask, begin  # noqa: F401 - fixtures

from gemba.store import keys

NEW = "nine customers went away"


def card_of(program, qtbot):  # noqa: F811 - the fixture
    program.window.go("settings")
    page = program.window.page_at("settings")
    qtbot.waitUntil(lambda: program.window.still)
    page.findChild(QPushButton, "settings.passphrase.begin").click()
    return page.passphrase


def type_in(card, present, wished, again=None):
    card.present.setText(present)
    card.fields.passphrase.setText(wished)
    card.fields.repeated.setText(wished if again is None else again)
    card.give()


def test_a_new_passphrase_opens_the_store_and_the_old_one_no_longer(program, secret_store, qtbot):  # noqa: F811
    folder, _walk = secret_store
    old_key, desk = program.desk.store.key, program.desk
    type_in(card_of(program, qtbot), PHRASE, NEW)
    qtbot.waitUntil(lambda: program.desk not in (None, desk) and program.window.page == "settings")
    assert program.desk.store.key == keys.find_key(folder, passphrase=NEW) != old_key
    assert "new key" in program.window.messages.said
    program.lock_now()
    unlocking = ask(program, qtbot)
    unlocking.fields.passphrase.setText(PHRASE)
    unlocking.give()
    qtbot.waitUntil(lambda: ask(program, qtbot) is not unlocking)
    assert program.desk is None


def test_nothing_changes_before_the_passphrase_of_now_is_proved(program, secret_store, qtbot):  # noqa: F811
    folder, _walk = secret_store
    card = card_of(program, qtbot)
    for present, wished, again in ((PHRASE, "short", "short"), (PHRASE, NEW, NEW + "!"), ("something else", NEW, NEW)):
        type_in(card, present, wished, again)
        qtbot.waitUntil(lambda: program.window.still)
        assert program.desk is not None
    assert "not the passphrase of this store" in card.first.note.text()
    assert keys.find_key(folder, passphrase=PHRASE) == program.desk.store.key
    card.leave()
    assert (card.present.text(), card.fields.passphrase.text(), card.fields.isVisible()) == ("", "", False)


def test_what_stops_it_is_told_and_the_store_opens_as_before(program, secret_store, qtbot, tmp_path):  # noqa: F811
    from gemba.store import holding

    folder, _walk = secret_store
    other = holding.share(folder)  # another program has it open
    desk = program.desk
    type_in(card_of(program, qtbot), PHRASE, NEW)
    qtbot.waitUntil(lambda: program.desk not in (None, desk) and program.window.page == "settings")
    assert "in use" in program.window.messages.said
    other.release()
    assert keys.find_key(folder, passphrase=PHRASE) == program.desk.store.key


def test_the_demonstration_has_no_passphrase_to_change(demo, qtbot):
    demo.window.go("settings")
    page = demo.window.page_at("settings")
    assert page.passphrase.isHidden()
