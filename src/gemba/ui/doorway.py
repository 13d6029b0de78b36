"""What is seen before the store is open: that it opens, a passphrase that it asks for, or why it does not open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Field
from gemba.ui.parts.words import Words

_PASSPHRASE = frozenset({"store.passphrase_needed", "store.wrong_passphrase"})
_SHORTEST = 8
_WIDE = 480


class Doorway(QStackedWidget):
    """Stands in for the pages until there is a desk."""

    tried = Signal(str)
    """Open again, with this passphrase (empty: without)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doorway")
        self._making = False
        self._waiting = EmptyState("hard-drive", wording.text("Opening your store …"), "")
        self._trouble = EmptyState(
            "triangle-alert",
            wording.text("The store does not open"),
            "",
            Button(wording.text("Try again"), name="doorway.again", icon="refresh-cw", look="primary", run=self._again),
        )
        for page in (self._waiting, self._trouble, self._unlock_page()):
            self.addWidget(page)

    def wait(self) -> None:
        """Say that the store is being opened."""
        self.setCurrentIndex(0)

    def refuse(self, error: GembaError, *, making: bool) -> None:
        """Say why it did not open; ask for the passphrase where that is what it needs.

        Args:
            error: what went wrong.
            making: there is no store yet, so the passphrase is chosen rather than known.
        """
        if error.code not in _PASSPHRASE:
            self._trouble.say(wording.text("The store does not open"), wording.sentence(error))
            self.setCurrentIndex(1)
            return
        self._making = making
        self._heading.setText(
            wording.text("Choose a passphrase") if making else wording.text("Your passphrase, please")
        )
        self._said.setText(
            wording.text("It locks everything that you record. Nobody can bring it back for you: write it down.")
            if making
            else wording.text("It opens the store on this laptop.")
        )
        self._second.setVisible(making)
        self._first.say_problem(wording.sentence(error) if error.code == "store.wrong_passphrase" else "")
        self.setCurrentIndex(2)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock_page(self) -> QWidget:
        page = QWidget(self)
        card = Card(parent=page)
        card.setFixedWidth(_WIDE)
        self._heading = Words(scale="title", wrap=True)
        self._said = Words(tone="muted", wrap=True)
        self.passphrase, self.repeated = QLineEdit(), QLineEdit()
        self.passphrase.setObjectName("doorway.passphrase")
        self.repeated.setObjectName("doorway.repeated")
        for field in (self.passphrase, self.repeated):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.returnPressed.connect(self._open)
        self._first = Field(wording.text("&Passphrase"), self.passphrase)
        self._second = Field(wording.text("The same &again"), self.repeated)
        button = Button(wording.text("Open"), name="doorway.open", icon="lock", look="primary", run=self._open)
        for part in (self._heading, self._said, self._first, self._second):
            card.body.addWidget(part)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        rows = QVBoxLayout(page)
        rows.addStretch(2)
        middle = QHBoxLayout()  # an alignment would forget how high wrapped words become
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        rows.addLayout(middle)
        rows.addStretch(3)
        return page

    @Slot()
    def _again(self) -> None:
        self.wait()
        self.tried.emit("")

    @Slot()
    def _open(self) -> None:
        phrase = self.passphrase.text()
        if self._making and len(phrase) < _SHORTEST:
            self._first.say_problem(
                wording.text("At least {n} characters; a sentence is easier to keep than a word.", n=_SHORTEST)
            )
            return
        if self._making and phrase != self.repeated.text():
            self._second.say_problem(wording.text("The two are not the same."))
            return
        self.wait()
        self.tried.emit(phrase)
