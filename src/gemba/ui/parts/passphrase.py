"""Entering a passphrase: once where it is known, twice where it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.store.key_wraps import SHORTEST
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field


class PassphraseFields(QWidget):
    """One or two fields that show dots.

    Args:
        name: beginning of their object names.
        parent: the owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosing = False
        self.passphrase, self.repeated = QLineEdit(), QLineEdit()
        self.passphrase.setObjectName(f"{name}.passphrase")
        self.repeated.setObjectName(f"{name}.repeated")
        self.first = Field(wording.text("&Passphrase"), self.passphrase)
        self.second = Field(wording.text("The same &again"), self.repeated)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for entry, field in ((self.passphrase, self.first), (self.repeated, self.second)):
            entry.setEchoMode(QLineEdit.EchoMode.Password)
            rows.addWidget(field)

    def press(self, button: Button) -> None:
        """Let Enter in these fields press a button."""
        on_enter(button, self.passphrase, self.repeated)

    def ask(self, *, choosing: bool, problem: str = "") -> None:
        """Begin empty: twice when it is chosen now, once when it is known; say what was wrong with the one before."""
        self._choosing = choosing
        self.passphrase.clear()
        self.repeated.clear()
        self.second.setVisible(choosing)
        self.first.say_problem(problem)
        self.second.say_problem("")
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def given(self) -> str | None:
        """The passphrase; `None`, said beside the field, when it is too short to choose or was not repeated."""
        phrase = self.passphrase.text()
        short = self._choosing and len(phrase.strip()) < SHORTEST
        differs = self._choosing and not short and phrase != self.repeated.text()
        too_short = wording.text("At least {n} characters; a sentence is easier to keep than a word.", n=SHORTEST)
        self.first.say_problem(too_short if short else "")
        self.second.say_problem(wording.text("The two are not the same.") if differs else "")
        return None if short or differs else phrase
