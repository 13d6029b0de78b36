"""Before the store is open, on the smallest window that there may be: everything can be read, and one button leads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from tests.ui.pages.window import squeezed

from gemba import wording
from gemba.errors import Trouble
from gemba.ui.backup_facts import BackupFacts
from gemba.ui.doorway import Doorway
from gemba.ui.languages import speak
from gemba.ui.parts.passphrase import PassphraseFields

_LONG_WAY = Path("/media/auditor/REGION-SOUTH-QUARTERLY-BACKUPS-2026/gemba/backups/gemba-2026-11-20.backup")


@pytest.fixture(params=["en", wording.LONG])
def door(request, qapp, qtbot):
    speak(qapp, request.param)
    made = Doorway()
    qtbot.addWidget(made)
    made.resize(572, 480)
    made.show()
    return made


def backup(opens, replaces="other"):
    return BackupFacts(
        file=_LONG_WAY,
        written_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        size=1_234_567_890,
        evidence=12_345,
        packs=123,
        opens=opens,
        folder=Path("/home/auditor/.local/share/gemba/store"),
        replaces=replaces,
    )


def look_of(door, name):
    return door.findChild(QPushButton, name).property("look")


def test_what_a_backup_holds_can_be_read_in_a_low_window(door, qapp):
    door.show_backup(backup("passphrase"))
    for _ in range(4):
        qapp.processEvents()
    assert squeezed(door) == []
    assert look_of(door, "restore.confirm") == "primary"


def test_restoring_what_would_stay_closed_is_not_the_way_on(door):
    door.show_backup(backup("nothing"))
    assert look_of(door, "restore.confirm") == ""


def test_a_refused_passphrase_can_be_read_in_a_low_window(door, qapp):
    door.refuse(Trouble("store.passphrase_needed"), making=True)
    fields = door.findChild(PassphraseFields)
    fields.passphrase.setText("short")
    door.findChild(QPushButton, "doorway.open").click()
    for _ in range(4):
        qapp.processEvents()
    assert squeezed(door) == []
    assert not fields.first.note.isHidden()


def test_the_button_says_whether_a_passphrase_is_chosen_or_known(qtbot):
    door = Doorway()
    qtbot.addWidget(door)
    door.refuse(Trouble("store.passphrase_needed"), making=True)
    chosen = door.currentWidget().findChild(QPushButton, "doorway.open")
    assert (chosen.text(), chosen.accessibleName()) == ("Lock with it and begin", "Lock with it and begin")
    door.refuse(Trouble("store.passphrase_needed"), making=False)
    assert door.currentWidget().findChild(QPushButton, "doorway.open").text() == "Open"


@pytest.mark.parametrize("code", ["store.wrong_passphrase_wait", "store.wait_first"])
def test_who_has_tried_too_often_is_led_to_the_button_of_this_window(code, qtbot):
    made = Doorway()
    qtbot.addWidget(made)
    made.show()
    made.refuse(Trouble(code, wrong=4, seconds=10), making=False)
    said = made.findChild(PassphraseFields).first.note.text()
    lost = made.findChild(QPushButton, "doorway.lost")
    assert lost.isVisible()
    assert f"“{lost.text()}”" in said
