"""The card that asks for a passphrase: to open a store, or to choose one for a new store."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, in_the_middle
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.passphrase import PassphraseFields
from gemba.ui.parts.words import Words

_WIDE = 480


class Unlocking(QWidget):
    """Asks once to open, and twice to choose."""

    given = Signal(str)
    """The passphrase."""
    lost = Signal()
    """It is forgotten, or not here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Words(scale="title", wrap=True)
        self._said = Words(tone="muted", wrap=True)
        self.fields = PassphraseFields("doorway", self)
        self._lay_out()

    def ask(self, *, making: bool, problem: str = "", heading: str = "") -> None:
        """Ask for the passphrase.

        Args:
            making: it is chosen now, for a new store.
            problem: what was wrong with the one before.
            heading: in place of the usual one.
        """
        self._heading.setText(
            heading or (wording.text("Choose a passphrase") if making else wording.text("Your passphrase, please"))
        )
        if making:
            said = wording.text("It locks everything that you record. Nobody can bring it back for you: write it down.")
        elif heading:  # locked
            said = wording.text("Everything that was typed is kept; your passphrase opens the store where you were.")
        else:
            said = wording.text("It opens the store on this laptop.")
        self._said.setText(said)
        does = wording.text("Lock with it and begin") if making else wording.text("Open")
        self._button.setText(does)
        self._button.setAccessibleName(does)
        self._lost.setVisible(not making)
        self.fields.ask(choosing=making, problem=problem)

    @Slot()
    def give(self) -> None:
        """Hand the passphrase on, unless it is too short or was not repeated."""
        phrase = self.fields.given()
        if phrase is not None:
            self.given.emit(phrase)

    def _lay_out(self) -> None:
        card = Card(parent=self)
        opens = wording.text("Open")
        self._button = Button(opens, name="doorway.open", icon="lock-open", look="primary", run=self.give)
        self.fields.press(self._button)
        for part in (self._heading, self._said, self.fields):
            card.body.addWidget(part)
        lost = wording.text("It is lost …")
        self._lost = Button(lost, name="doorway.lost", look="quiet", run=self.lost.emit)
        flow = Flow()
        for button in (self._button, self._lost):
            flow.addWidget(button)
        card.body.addLayout(flow)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(in_the_middle(card, widest=_WIDE, name="doorway.area"))
