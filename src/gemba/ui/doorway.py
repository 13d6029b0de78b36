"""What is seen before the store is open: that it opens, a passphrase that it asks for, or why it does not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState

if TYPE_CHECKING:
    from pathlib import Path

    from gemba.ui.backup_facts import BackupFacts
    from gemba.ui.recovering import Recovering

_WRONG = frozenset({"store.wrong_passphrase", "store.wrong_passphrase_wait", "store.wait_first"})
_PASSPHRASE = _WRONG | {"store.passphrase_needed"}
_KEYLESS = frozenset({"store.key_missing", "store.keyring_locked", "store.wrong_key"})
"""The records are there, and only the key is not."""


class Doorway(QStackedWidget):
    """Stands in for the pages until there is a desk. What is seldom seen is made when it is needed."""

    tried = Signal(str)
    """Open again, with this passphrase (empty: without)."""
    backup_wished = Signal()
    """A backup shall be chosen, to restore it."""
    recover_wished = Signal()
    """Headquarters shall give the key back."""
    restore_confirmed = Signal(object)
    """Restore this backup; carries its path."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doorway")
        self._locked = False
        self._waiting = EmptyState("hard-drive", "", "", parent=self)
        self.addWidget(self._waiting)
        self.wait()

    def wait(self, heading: str = "", text: str = "") -> None:
        """Say that the store is being opened, or what else is being done."""
        self._waiting.say(heading or wording.text("Opening your store …"), text)
        self.setCurrentWidget(self._waiting)

    def refuse(self, error: GembaError, *, making: bool, heading: str = "") -> None:
        """Say why it did not open; ask for the passphrase where that is what it needs.

        Args:
            error: what went wrong.
            making: there is no store yet, so the passphrase is chosen rather than known.
            heading: what went wrong, if not the opening.
        """
        if error.code in _PASSPHRASE:
            wrong = wording.sentence(error) if error.code in _WRONG else ""
            self._ask(making=making, problem=wrong)
        else:
            heading = heading or wording.text("The store does not open")
            self._show(self._trouble_page(heading, wording.sentence(error), keyless=error.code in _KEYLESS))

    def show_locked(self, *, asks: bool) -> None:
        """Say that the store is locked; ask for its passphrase, or only whether the person is back.

        Args:
            asks: a passphrase opens the store; else the keyring of this account does, once it is wished.
        """
        if asks:
            self._locked = True
            self._ask(making=False, problem="")
            return
        unlock = Button(
            wording.text("Unlock"), name="doorway.unlock", icon="lock-open", look="primary", run=self._again
        )
        said = wording.text("Nobody touched it for a while. Everything that was typed is kept.")
        self._show(EmptyState("lock", wording.text("Locked"), said, unlock, parent=self))
        unlock.setFocus()

    def show_backup(self, facts: BackupFacts) -> None:
        """Show what a backup holds, and ask."""
        from gemba.ui.restore_card import RestoreCard, centred  # after the first paint, and seldom then

        card = RestoreCard(facts)
        card.confirmed.connect(self.restore_confirmed)
        card.declined.connect(self._again)
        self._show(centred(card, self))
        card.leave.setFocus()

    def show_recovering(self, folder: Path) -> Recovering:
        """Show the way back into the store in `folder`, whose key is lost."""
        from gemba.ui.recovering import Recovering  # seldom

        card = Recovering(folder)
        card.left.connect(self._again)
        self._show(card)
        card.take_focus()
        return card

    def _ask(self, *, making: bool, problem: str) -> None:
        from gemba.ui.unlocking import Unlocking  # after the first paint

        card = Unlocking(self)
        card.given.connect(self._open)
        card.lost.connect(self.recover_wished)
        self._show(card)
        heading = wording.text("Locked") if self._locked and not making else ""  # after a wrong one, too
        card.ask(making=making, problem=problem, heading=heading)

    def _show(self, page: QWidget) -> None:
        """Show a page; any other but the waiting one has had its day."""
        self.addWidget(page)
        self.setCurrentWidget(page)
        for other in {self.widget(place) for place in range(self.count())} - {self._waiting, page}:
            if other is not None:
                self.removeWidget(other)
                other.deleteLater()

    def _trouble_page(self, heading: str, said: str, *, keyless: bool) -> EmptyState:
        again = Button(
            wording.text("Try again"), name="doorway.again", icon="refresh-cw", look="primary", run=self._again
        )
        restore = Button(
            wording.text("Restore from a backup …"),
            name="doorway.restore",
            icon="rotate-ccw",
            run=self.backup_wished.emit,
        )
        buttons = [again, restore]
        if keyless:
            words = wording.text("Get the key back from headquarters …")
            run = self.recover_wished.emit
            buttons.insert(1, Button(words, name="doorway.recover", icon="key-round", run=run))
        return EmptyState("triangle-alert", heading, said, *buttons, parent=self)

    @Slot()
    def _again(self) -> None:
        self._open("")

    @Slot(str)
    def _open(self, passphrase: str) -> None:
        self.wait()
        self.tried.emit(passphrase)
