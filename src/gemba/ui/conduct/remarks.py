"""What a row says about its answer: saved or not, what is wrong with it, and what was added to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.views import Why
from gemba.ui.conduct.frame import begin_lines
from gemba.ui.conduct.saving import State
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.words import Words

__all__ = ["Failure", "Guidance", "Problem", "Remark", "State", "Status", "extras_of"]


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
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._line = QHBoxLayout()
        self._lines.addLayout(self._line)
        self._line.setSpacing(8)
        self._icon = Picture(icon, role=tone, size=18, parent=self)
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._words, 1)

    def say(self, text: str) -> None:
        """The sentence."""
        begin_lines(self._words)
        self._words.setText(text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """What it says."""
        return self._words.text()


class Problem(Remark):
    """What is wrong with an answer; `?` or its button unfolds why, in words."""

    def __init__(self, ask: Callable[[], Why], explain: Callable[[], object], parent: QWidget) -> None:
        super().__init__("circle-alert", "poor", parent)
        self.setObjectName("problem")
        self._ask = ask
        self._why = Words(tone="muted", wrap=True, parent=self)
        self._why.setObjectName("why")
        self._why.hide()
        button = IconButton(
            "circle-question-mark", wording.text("Why is this not valid?"), name="why.ask", run=explain, parent=self
        )
        self._line.setAlignment(self._icon, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._lines.addWidget(self._why)

    def say(self, text: str) -> None:
        """The sentence; what is unfolded follows the answer."""
        super().say(text)
        if not self._why.isHidden():
            self._show_why()

    def turn(self) -> None:
        """Unfold the reason, or fold it."""
        self._why.setVisible(self._why.isHidden())
        self._show_why()

    def _show_why(self) -> None:
        why = self._ask()
        begin_lines(self._why)
        self._why.setText(explained(why).removeprefix(self.text()).strip())
        self._why.setAccessibleName(self._why.text())


class Guidance(QWidget):
    """More words about a question, which unfold when they are asked for."""

    def __init__(self, resized: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._resized = resized
        self._more = Button(
            wording.text("More"), name="guidance", icon="info", look="quiet", run=self._turn, parent=self
        )
        self._more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words = Words(tone="muted", wrap=True, parent=self)
        self._words.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        rows.addWidget(self._words)

    def say(self, text: str) -> None:
        """The words."""
        begin_lines(self._words)
        self._words.setText(text)
        self.setVisible(bool(text))

    def _turn(self) -> None:
        self._words.setVisible(self._words.isHidden())
        words = wording.text("More") if self._words.isHidden() else wording.text("Less")
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._resized()


class Failure(Remark):
    """Why something is not saved, and the button that tries again."""

    def __init__(self, retry: Callable[[], object], parent: QWidget) -> None:
        super().__init__("triangle-alert", "poor", parent)
        self.setObjectName("failure")
        button = Button(wording.text("Try again"), name="retry", icon="rotate-ccw", run=retry, parent=self)
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def explained(why: Why) -> str:
    """A rule in words, and the answers that decide it now."""
    parts = [why.words]
    parts += [
        wording.text("{question}: {answer}", question=label, answer=value or wording.text("no answer"))
        for _, label, value in why.depends_on
    ]
    return "\n".join(part for part in parts if part) or wording.text("The checklist does not say why.")


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
