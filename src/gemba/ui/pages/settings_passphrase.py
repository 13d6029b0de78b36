"""Settings: another passphrase, and with it another key, for the store."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.store import keys
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.passphrase import PassphraseFields
from gemba.ui.parts.words import Words
from gemba.ui.services import Services


class PassphraseCard(Card):
    """Asks for the passphrase of now and for a new one; the window then closes the store, changes its key, and is back.

    Hidden where the key cannot be changed: in a demonstration.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Your passphrase"), parent=parent)
        self._services = services
        self._asks = keys.opens_anywhere(keys.read(services.desk.store.folder))
        self.body.addWidget(Words(_told(asks=self._asks), tone="muted", wrap=True))
        title = wording.text("Change the passphrase …") if self._asks else wording.text("Choose a passphrase …")
        self.begin = Button(title, name="settings.passphrase.begin", icon="key-round", run=self.ask)
        self.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.present = QLineEdit()
        self.present.setObjectName("settings.passphrase.present")
        self.present.setEchoMode(QLineEdit.EchoMode.Password)
        self.first = Field(wording.text("The passphrase of &now"), self.present)
        self.first.setVisible(self._asks)
        self.fields = PassphraseFields("settings.passphrase", self)
        self.fields.first.label.setText(wording.text("A new &passphrase"))
        self.fields.passphrase.setAccessibleName(wording.text("A new passphrase"))
        self._form = Card(look="inset", parent=self)
        for part in (self.first, self.fields):
            self._form.body.addWidget(part)
        self._form.body.addLayout(self._choice())
        self._form.hide()
        self.body.addWidget(self._form)
        self.setVisible(services.change_passphrase is not None)

    @Slot()
    def ask(self) -> None:
        """Open the form, empty."""
        self.begin.hide()
        self._form.show()
        self.present.clear()
        self.first.say_problem("")
        self.fields.ask(choosing=True)
        if self._asks:
            self.present.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def leave(self) -> None:
        """Close the form; nothing typed stays in it."""
        self.present.clear()
        self.fields.ask(choosing=True)
        self._form.hide()
        self.begin.show()
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def give(self) -> None:
        """Prove the passphrase of now, then change it."""
        wished = self.fields.given()
        if wished is None:
            return
        present = self.present.text() if self._asks else None
        self.first.say_problem("")
        folder = self._services.desk.store.folder
        self._services.jobs.errand(
            _prove, folder, present, done=lambda _: self._change(present, wished), failed=self._refused
        )

    def _change(self, present: str | None, wished: str) -> None:
        if self._services.change_passphrase is not None:
            self._services.change_passphrase(present, wished)

    def _refused(self, error: GembaError) -> None:
        if self._asks:
            self.first.say_problem(wording.sentence(error))
            self.present.selectAll()
            self.present.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._services.messages.trouble(error)

    def _choice(self) -> Flow:
        flow = Flow()
        go, leave = (
            Button(words, name=f"settings.passphrase.{name}", look=look, run=run, parent=self)
            for words, name, look, run in (
                (wording.text("Change it"), "go", "primary", self.give),
                (wording.text("Cancel"), "leave", "quiet", self.leave),
            )
        )
        on_enter(go, self.present)
        self.fields.press(go)
        flow.addWidget(go)
        flow.addWidget(leave)
        return flow


def _told(*, asks: bool) -> str:
    lasting = wording.text("Backups that were made before open as they did, so keep the old one as long as they live.")
    if asks:
        return wording.text("A new passphrase gives the store a new key, too.") + " " + lasting
    return (
        wording.text("The keyring of your account opens this store. With a passphrase of its own it asks each time.")
        + " "
        + lasting
    )


def _prove(folder: Any, passphrase: str | None) -> None:
    """Ask for the key; on a job's thread, for it takes half a second and counts wrong ones."""
    keys.find_key(folder, passphrase=passphrase)
