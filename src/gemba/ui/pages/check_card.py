"""What a workbook holds, or why it cannot be a checklist, before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.work.import_template import TemplateFacts


class CheckCard(Card):
    """Hidden until a file is checked.

    Args:
        take_in: called with the bytes and the file's name when the person agrees.
        parent: the owner.
    """

    def __init__(self, take_in: Callable[[bytes, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("library.check")
        self._take_in, self._source, self._file = take_in, b"", Path()
        self._icon = Picture("file-spreadsheet", role="accent", size=24, parent=self)
        self.heading = Words(scale="heading", wrap=True, parent=self)
        self.said = Words(wrap=True, parent=self)
        self._import = Button(
            wording.text("Put it into the library"),
            name="library.check.import",
            icon="check",
            run=self._agree,
            parent=self,
        )
        close = Button(wording.text("Close"), name="library.check.close", look="quiet", run=self.hide, parent=self)
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget, stretch in ((self._icon, 0), (self.heading, 1), (self._import, 0), (close, 0)):
            head.addWidget(widget, stretch)
        self.body.addLayout(head)
        self.body.addWidget(self.said)
        self.hide()

    def wait_for(self, file: Path) -> None:
        """Say that a file is being read."""
        self._file = file
        self._show("file-spreadsheet", "accent", file.name, wording.text("The workbook is being read …"), "muted")

    def show_facts(self, source: bytes, facts: TemplateFacts) -> None:
        """Say what the workbook holds."""
        self._source = source
        parts = [
            terms.kind(facts.kind),
            wording.plural("{n} question", "{n} questions", facts.questions),
            wording.text("version {version}", version=facts.version),
            ", ".join(facts.languages),
            *(str(told) for name in ("repairs", "warnings") for told in getattr(facts, name, ())),
        ]
        self._show("circle-check", "good", facts.title, " · ".join(part for part in parts if part), "")
        self._import.show()
        self._import.setFocus()

    def refuse(self, error: GembaError) -> None:
        """Say why it cannot be a checklist."""
        heading = wording.text("{file} cannot be used as it is", file=self._file.name)
        self._show("triangle-alert", "poor", heading, wording.sentence(error), "poor")

    def _show(self, icon: str, role: str, heading: str, said: str, tone: str) -> None:
        self._icon.show_icon(icon, role)
        self.heading.setText(heading)
        self.said.setText(said)
        self.said.set_tone(tone)
        self._import.hide()
        self.show()

    @Slot()
    def _agree(self) -> None:
        self._take_in(self._source, self._file.name)
