"""Leaving while something is not saved: the one question that cannot be undone."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.conduct.saving import Saving
from gemba.ui.conduct.sheet import OpenSheet

_WAIT = 15_000
"""Milliseconds that leaving waits for the last answers to be written."""


class Wish(StrEnum):
    """What a person decides."""

    TRY_AGAIN = "try_again"
    STAY = "stay"
    LEAVE = "leave"


def may_leave(sheet: OpenSheet, parent: QWidget) -> bool:
    """Wait for the store; when something could not be saved, a person decides: try again, stay, or leave without it."""
    _wait_for_store(sheet.saving, parent)
    while sheet.saving.failures():
        wish = ask(sheet.saving, parent)
        if wish is not Wish.TRY_AGAIN:
            return wish is Wish.LEAVE
        sheet.saving.retry()
        _wait_for_store(sheet.saving, parent)
    return True


def _wait_for_store(saving: Saving, parent: QWidget) -> None:
    """Let events go on until the store has answered, or for a few seconds."""
    if not saving.busy():
        return
    loop = QEventLoop(parent)
    saving.settled.connect(loop.quit)
    QTimer.singleShot(_WAIT, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    loop.deleteLater()


def ask(saving: Saving, parent: QWidget) -> Wish:
    """Ask what is to become of what could not be saved."""
    failures = saving.failures()
    count = len(failures)
    box = QMessageBox(parent)
    box.setObjectName("leaving")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(wording.text("Not saved"))
    box.setText(wording.plural("{n} entry is not saved yet.", "{n} entries are not saved yet.", count))
    error = saving.error(failures[0])
    box.setInformativeText(wording.sentence(error) if isinstance(error, GembaError) else "")
    again = box.addButton(wording.text("Try again"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(wording.text("Stay here"), QMessageBox.ButtonRole.RejectRole)
    words = wording.plural("Leave without it", "Leave without them", count)
    without = box.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(again)
    box.setEscapeButton(stay)
    for button, name in ((again, "try_again"), (stay, "stay"), (without, "leave")):
        button.setObjectName(f"leaving.{name}")
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return Wish.TRY_AGAIN if chosen is again else Wish.LEAVE if chosen is without else Wish.STAY
