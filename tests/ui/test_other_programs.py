"""What another program writes into the store is seen in the open window without anybody asking."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from tests.conftest import reopen

from gemba.work.places import add_place


def beside(desk):
    """The same store, opened by another program."""
    return reopen(desk.store.folder, desk.store.key, desk.clock)


def look(window):
    window.window.by_the_clock.look_for_others()
    window.settle()


def look_until(window, is_seen):
    """While something is written here nobody can tell what others have written; the next look does."""

    def looked():
        look(window)
        return is_seen()

    window.qtbot.waitUntil(looked)


def test_a_place_that_was_added_elsewhere_is_in_the_list(empty, desk):
    empty.go("settings")
    look(empty)
    other = beside(desk)
    add_place(other, "Harbour branch")
    assert "Harbour branch" not in empty.texts()
    look_until(empty, lambda: "Harbour branch" in empty.texts())
    other.store.close()


def test_what_is_half_typed_stays_when_others_write(empty, desk):
    empty.go("settings")
    look(empty)
    empty.type("settings.place.name", "Hill br")
    other = beside(desk)
    add_place(other, "Harbour branch")
    look_until(empty, lambda: "Harbour branch" in empty.texts())
    assert empty.find(QLineEdit, "settings.place.name").text() == "Hill br"
    other.store.close()
