"""A line above the questions: the checklist has a newer version, or answers are parked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.records import Records
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words


class Notice(QFrame):
    """Says one thing about the version of the checklist, and leads to it. Hidden while there is nothing to say."""

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("look", "bar")
        self.setProperty("tone", "note")
        self._words = Words(wrap=True, parent=self)
        look = wording.text("See what would change")
        self._look = Button(look, name="notice.look", icon="eye", look="quiet", run=self.wanted.emit, parent=self)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 4, 12, 4)
        across.setSpacing(12)
        across.addWidget(Picture("info", role="note", size=18, parent=self))
        across.addWidget(self._words, 1)
        across.addWidget(self._look)
        self.hide()

    def show_records(self, records: Records) -> None:
        """Say how a draft stands to the versions of its checklist."""
        if records.newer is not None:
            self._say(
                wording.text("Version {version} of this checklist is in the library.", version=records.newer.version),
                wording.text("See what would change"),
            )
        elif records.parked:
            parked = len(records.parked)
            self._say(
                wording.plural("{n} answer is parked.", "{n} answers are parked.", parked), wording.text("Look at it")
            )
        else:
            self.hide()

    def said(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._words.text()

    def _say(self, words: str, look: str) -> None:
        self._words.setText(words)
        self._look.setText(look)
        self._look.setAccessibleName(look)
        self.setAccessibleName(words)
        self.show()
