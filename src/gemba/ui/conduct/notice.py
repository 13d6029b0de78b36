"""A line above the questions: answers that others changed, a newer checklist, parked answers, what is to be seen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import AlertState
from gemba.ui.conduct.records import Records
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words


class Notice(QFrame):
    """Says one thing about the version of the checklist or the walk, and leads to it. Hidden with nothing to say."""

    wanted = Signal()
    alerts_wanted = Signal()
    """What is to be gone to and seen is asked for."""
    again_wanted = Signal()
    """What the store says is asked for, in place of what stands here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("look", "bar")
        self.setProperty("tone", "note")
        self._leads = self.wanted
        self._is_overtaken = False
        self._words = Words(wrap=True, parent=self)
        look = wording.text("See what would change")
        self._look = Button(look, name="notice.look", icon="eye", look="quiet", run=self._follow, parent=self)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 4, 12, 4)
        across.setSpacing(12)
        across.addWidget(Picture("info", role="note", size=18, parent=self))
        across.addWidget(self._words, 1)
        across.addWidget(self._look)
        self.hide()

    def show_records(self, records: Records) -> None:
        """Say how a draft stands to the versions of its checklist, else what is still to be gone to and seen."""
        if self._is_overtaken:  # that comes first
            return
        self._leads = self.wanted
        left = sum(each.state is AlertState.CARRIED for each in records.alerts)
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
        elif left:
            self._leads = self.alerts_wanted
            self._say(
                wording.plural("{n} thing to go and see.", "{n} things to go and see.", left),
                wording.text("Look at it"),
            )
        else:
            self.hide()

    def show_overtaken(self) -> None:
        """Say that the store has other answers than stand here, until the walk is opened again."""
        self._is_overtaken = True
        self._leads = self.again_wanted
        self._say(
            wording.text("Another program has changed answers of this walk."), wording.text("Show what it says now")
        )

    def begin(self) -> None:
        """Another walk is opened, or the same one again: what was said of the one before is over."""
        self._is_overtaken = False

    def said(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._words.text()

    @Slot()
    def _follow(self) -> None:
        self._leads.emit()

    def _say(self, words: str, look: str) -> None:
        self._words.setText(words)
        self._look.setText(look)
        self._look.setAccessibleName(look)
        self.setAccessibleName(words)
        self.show()
