"""What a row says about its answer: saved or not, what is wrong with it, and what was added to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.conduct.saving import State
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

__all__ = ["Failure", "Remark", "State", "Status", "extras_of"]


class Status(QWidget):
    """Saving, saved or not saved, in a word with an icon. It keeps its place, so that nothing moves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._icon = Picture("check", role="good", size=16, parent=self)
        self._words = Words(scale="small", tone="muted", parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 3, 0, 0)
        line.setSpacing(4)
        line.addStretch()
        line.addWidget(self._icon)
        line.addWidget(self._words)
        self.setMinimumWidth(96)
        self.state: State | None = None
        self.say(None)

    def say(self, state: State | None) -> None:
        """Show how far it has come; `None` says nothing."""
        self.state = state
        words, icon, tone = {
            State.SAVING: (wording.text("Saving…"), "refresh-cw", "muted"),
            State.SAVED: (wording.text("Saved"), "check", "good"),
            State.FAILED: (wording.text("Not saved"), "triangle-alert", "poor"),
            None: ("", "check", "muted"),
        }[state]
        self._words.setText(words)
        self._words.set_tone(tone)
        self._icon.show_icon(icon, tone)
        self._icon.setVisible(state is not None)
        self.setAccessibleName(words)

    def text(self) -> str:
        """What it says."""
        return self._words.text()


class Remark(QWidget):
    """A sentence with an icon."""

    def __init__(self, icon: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Words(tone=tone, wrap=True, parent=self)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(Picture(icon, role=tone, size=18, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._words, 1)

    def say(self, text: str) -> None:
        """The sentence."""
        begin_lines(self._words)
        self._words.setText(text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """What it says."""
        return self._words.text()


class Failure(Remark):
    """Why something is not saved, and the button that tries again."""

    def __init__(self, retry: Callable[[], object], parent: QWidget) -> None:
        super().__init__("triangle-alert", "poor", parent)
        self.setObjectName("failure")
        button = Button(wording.text("Try again"), name="retry", icon="rotate-ccw", run=retry, parent=self)
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def extras_of(sheet: OpenSheet, path: str) -> str:
    """Photos, findings and the note of a question, in one line."""
    photos = len(sheet.records.evidence_of(path)) + len(sheet.photos_of(path))
    findings = len(sheet.records.findings_of(path))
    note = " ".join(sheet.notes.get(path, "").split())
    parts = [
        wording.plural("{n} photo or file", "{n} photos or files", photos) if photos else "",
        wording.plural("{n} finding", "{n} findings", findings) if findings else "",
        wording.text("Note: {words}", words=note if len(note) <= 120 else note[:119] + "…") if note else "",
    ]
    return "   ·   ".join(part for part in parts if part)
