"""What is seen before the store is open: that it opens, a passphrase that it asks for, or why it does not open."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.empty import EmptyState

_PASSPHRASE = frozenset({"store.passphrase_needed", "store.wrong_passphrase"})


class Doorway(QStackedWidget):
    """Stands in for the pages until there is a desk. What is seldom seen is made when it is needed."""

    tried = Signal(str)
    """Open again, with this passphrase (empty: without)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doorway")
        self._waiting = EmptyState("hard-drive", wording.text("Opening your store …"), "", parent=self)
        self.addWidget(self._waiting)

    def wait(self) -> None:
        """Say that the store is being opened."""
        self.setCurrentWidget(self._waiting)

    def refuse(self, error: GembaError, *, making: bool) -> None:
        """Say why it did not open; ask for the passphrase where that is what it needs.

        Args:
            error: what went wrong.
            making: there is no store yet, so the passphrase is chosen rather than known.
        """
        if error.code in _PASSPHRASE:
            wrong = wording.sentence(error) if error.code == "store.wrong_passphrase" else ""
            self._ask(making=making, problem=wrong)
        else:
            self._show(self._trouble_page(wording.sentence(error)))

    def _ask(self, *, making: bool, problem: str) -> None:
        from gemba.ui.unlocking import Unlocking  # after the first paint

        card = Unlocking(self)
        card.given.connect(self._open)
        self._show(card)
        card.ask(making=making, problem=problem)

    def _show(self, page: QWidget) -> None:
        """Show a page; any other but the waiting one has had its day."""
        self.addWidget(page)
        self.setCurrentWidget(page)
        for other in {self.widget(place) for place in range(self.count())} - {self._waiting, page}:
            if other is not None:
                self.removeWidget(other)
                other.deleteLater()

    def _trouble_page(self, said: str) -> EmptyState:
        again = Button(
            wording.text("Try again"), name="doorway.again", icon="refresh-cw", look="primary", run=self._again
        )
        return EmptyState("triangle-alert", wording.text("The store does not open"), said, again, parent=self)

    @Slot()
    def _again(self) -> None:
        self._open("")

    @Slot(str)
    def _open(self, passphrase: str) -> None:
        self.wait()
        self.tried.emit(passphrase)
