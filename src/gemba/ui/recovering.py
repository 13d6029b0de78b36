"""The way back into a store whose key is lost: what headquarters needs, and what it sends."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, in_the_middle
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.facts import breakable
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.passphrase import PassphraseFields
from gemba.ui.parts.words import Words
from gemba.work.recovery import FILE as SEALED

_WIDE = 560


class Recovering(QWidget):
    """Tells what to send to headquarters; takes the file that came back, its eight words and a new passphrase.

    Args:
        folder: of the store that does not open.
        parent: the owner.
    """

    given = Signal(object, str, object)
    """File from headquarters (`Path`), its words, and the new passphrase; `None` for the keyring of the account."""
    left = Signal()
    """Not now."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sealed = folder / SEALED
        self._file = Path()
        self._told = Words("", tone="good", wrap=True)
        self._told.hide()
        self._chosen = Words(wording.text("No file chosen yet."), tone="muted", wrap=True)
        self.words = QLineEdit()
        self.words.setObjectName("recover.words")
        hint = wording.text("Eight words, as headquarters reads them to you by telephone.")
        self._words_field = Field(wording.text("The words that open &it"), self.words, hint=hint)
        self.fields = PassphraseFields("recover", self)
        self.fields.first.label.setText(wording.text("A new &passphrase"))
        self.fields.passphrase.setAccessibleName(wording.text("A new passphrase"))
        keyring = wording.text("In the &keyring of my account instead")
        self.in_keyring = QCheckBox(keyring)
        self.in_keyring.setObjectName("recover.keyring")
        self.in_keyring.toggled.connect(self._show_fields)
        self._problem = Words("", tone="poor", wrap=True)
        self._problem.setObjectName("recover.problem")
        self._problem.hide()
        self._lay_out()
        self.fields.ask(choosing=True)

    def take_focus(self) -> None:
        """Begin at the first thing to do."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def copy_sealed(self) -> None:
        """Ask where a copy of what headquarters needs shall go."""
        name, _ = QFileDialog.getSaveFileName(self, wording.text("For headquarters"), SEALED)
        if name:
            self.copy_to(Path(name))

    def copy_to(self, file: Path) -> None:
        """Write the copy; it holds no secret but a sealed one."""
        try:
            shutil.copyfile(self._sealed, file)
        except OSError as error:
            self._told.set_tone("poor")
            why = error.strerror or str(error)
            self._told.setText(wording.text("{file} was not written: {why}.", file=str(file), why=why))
        else:
            self._told.set_tone("good")
            self._told.setText(wording.text("Written: {file}. Send it to headquarters.", file=breakable(str(file))))
        self._told.show()

    @Slot()
    def choose_file(self) -> None:
        """Ask for the file from headquarters."""
        name, _ = QFileDialog.getOpenFileName(
            self, wording.text("The file from headquarters"), "", wording.text("Keys (*.key);;All files (*)")
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, file: Path) -> None:
        """Show which file was chosen."""
        self._file = file
        self._chosen.setText(breakable(str(file)))
        self._say("")
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def give(self) -> None:
        """Hand everything on, unless something is missing yet."""
        self._words_field.say_problem("")
        if not self._file.name:
            self._say(wording.text("Choose the file from headquarters first."))
            return
        if not self.words.text().strip():
            self._words_field.say_problem(wording.text("Type the eight words."))
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        phrase = None if self.in_keyring.isChecked() else self.fields.given()
        if phrase is None and not self.in_keyring.isChecked():
            return
        self._say("")
        self._busy(busy=True)
        self.given.emit(self._file, self.words.text(), phrase)

    def refuse(self, error: GembaError) -> None:
        """Say what was wrong, beside what it is about; everything that was typed stays."""
        self._busy(busy=False)
        said = wording.sentence(error)
        if error.code == "store.passphrase_needed":
            said = wording.text("No keyring keeps keys in this account; choose a passphrase.")
            self.in_keyring.setChecked(False)
        if error.code == "work.other_key_words":
            self._words_field.say_problem(said)
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say(said)

    def _say(self, problem: str) -> None:
        self._problem.setText(breakable(problem))
        self._problem.setVisible(bool(problem))

    def _busy(self, *, busy: bool) -> None:
        self._go.setEnabled(not busy)
        self._go.setText(wording.text("Trying the key …") if busy else wording.text("Open the store with it"))

    @Slot(bool)
    def _show_fields(self, checked: bool) -> None:  # noqa: FBT001 - a signal's value
        self.fields.setVisible(not checked)

    def _lay_out(self) -> None:
        card = Card(parent=self)
        body = card.body
        body.addWidget(Words(wording.text("Get the key back"), scale="title", wrap=True))
        body.addWidget(Words(_what_it_is(), tone="muted", wrap=True))
        body.addWidget(Words(wording.text("1. Send headquarters what it needs"), strong=True, wrap=True))
        body.addWidget(Words(_what_to_send(self._sealed), wrap=True))
        flow = Flow()
        copy = wording.text("Write it to a stick …")
        self._copy = Button(copy, name="recover.copy", icon="usb", run=self.copy_sealed)
        self._copy.setVisible(self._sealed.is_file())
        flow.addWidget(self._copy)
        body.addLayout(flow)
        body.addWidget(self._told)
        body.addWidget(Words(wording.text("2. Take in what comes back"), strong=True, wrap=True))
        choose = wording.text("Choose the file from headquarters …")
        self._choose = Button(choose, name="recover.file", icon="inbox", run=self.choose_file)
        self._first = self._choose if self._copy.isHidden() else self._copy
        body.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._chosen, self._words_field, self.fields, self.in_keyring, self._problem):
            body.addWidget(part)
        last = Flow()
        go = wording.text("Open the store with it")
        self._go = Button(go, name="recover.go", icon="lock-open", look="primary", run=self.give)
        on_enter(self._go, self.words)
        self.fields.press(self._go)
        last.addWidget(self._go)
        last.addWidget(Button(wording.text("Back"), name="recover.back", look="quiet", run=self.left.emit))
        body.addLayout(last)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(in_the_middle(card, widest=_WIDE, name="recover.area"))


def _what_it_is() -> str:
    return wording.text(
        "Your records are whole; only the key is missing. Headquarters can give it back, with a custodian's recovery "
        "key. Nothing in the store changes until the right key is here."
    )


def _what_to_send(sealed: Path) -> str:
    if sealed.is_file():
        return wording.text("The file {file}: it is sealed, and opens for headquarters alone.", file=str(sealed))
    return wording.text(
        "Any pack that this laptop sealed since its passphrase was last changed: from the folder “outbox” in {folder}, "
        "from the second medium, from a stick.",
        folder=str(sealed.parent),
    )
