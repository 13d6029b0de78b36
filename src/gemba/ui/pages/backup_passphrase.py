"""The passphrase that opens a backup where this account's keyring is not."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.passphrase import PassphraseFields
from gemba.ui.parts.words import Words


class BackupPassphrase(Card):
    """Closed until a backup needs it."""

    given = Signal(str)
    """The passphrase that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("A passphrase for the backup"), look="inset", parent=parent)
        why = wording.text(
            "The key of your store lies in this laptop's keyring only. When the laptop is lost, the backup opens with "
            "the passphrase that you choose now. Nobody can bring it back for you: write it down."
        )
        self.body.addWidget(Words(why, tone="muted", wrap=True))
        self.fields = PassphraseFields("settings.backup", self)
        self.body.addWidget(self.fields)
        flow = Flow()
        go = Button(
            wording.text("Choose the file …"), name="settings.backup.go", icon="save", run=self.give, parent=self
        )
        self.fields.press(go)
        flow.addWidget(go)
        flow.addWidget(
            Button(wording.text("Cancel"), name="settings.backup.leave", look="quiet", run=self.hide, parent=self)
        )
        self.body.addLayout(flow)
        self.hide()

    def ask(self) -> None:
        """Open, ready to type."""
        self.show()
        self.fields.ask(choosing=True)

    @Slot()
    def give(self) -> None:
        """Hand the passphrase on, unless it is too short or was not repeated."""
        phrase = self.fields.given()
        if phrase is not None:
            self.given.emit(phrase)
