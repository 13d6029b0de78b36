"""A window that waits while its store is locked: out of sight, idle, with all that was typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from gemba.ui.window import Window
    from gemba.work.desk import Desk


class Resting:
    """Takes a window out of sight until its store is open again.

    What is half typed into forms, notes and dialogs is nowhere but in the window, so it is kept rather than made anew.
    No field that shows dots keeps its words. The store that the window holds must forget its key meanwhile.

    Args:
        window: that was shown.
        desk: on which it works.
    """

    def __init__(self, window: Window, desk: Desk) -> None:
        self.window, self.desk = window, desk
        window.jobs.rest()
        for field in window.findChildren(QLineEdit):
            if field.echoMode() == QLineEdit.EchoMode.Password:
                field.clear()
        self._typed_in = window.focusWidget()  # hiding hands the keyboard on to the next field
        self._beside = [one for one in _windows() if one is not window]
        for one in (*self._beside, window):
            one.hide()

    def is_of(self, desk: Desk) -> bool:
        """True for the store that was locked."""
        own, other = self.desk.store, desk.store
        return (own.folder, own.device.id, own.device.epoch) == (other.folder, other.device.id, other.device.epoch)

    def wake(self, desk: Desk, instead_of: QWidget) -> None:
        """Show it again where the other window stands, on the store that was opened anew; its work goes on."""
        self.desk.store.take_up(desk.store)
        self.window.resize(instead_of.size())
        self.window.move(instead_of.pos())
        self.window.show()
        for one in self._beside:
            if shiboken6.isValid(one):
                one.show()
        self.window.jobs.go_on()
        self.window.read_again()
        if self._typed_in is not None and shiboken6.isValid(self._typed_in):
            self._typed_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Let go of it: another store has come into its place, or the program ends."""
        self.window.jobs.close()
        self.window.deleteLater()


def _windows() -> list[QWidget]:
    """Whatever of this program is on the screen."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
