"""Above the judging: which audit, how far it is, and what can be done with the whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.audits.judging_session import JudgingSession
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words

_TITLE = 260
"""Pixels that the title needs beside the buttons."""


class JudgingHead(QWidget):
    """Title, progress and buttons.

    Args:
        parent: the owner.
    """

    left = Signal()
    undone = Signal()
    copied = Signal()
    sheet = Signal()
    stepped = Signal()
    stepped_back = Signal()
    handed_in = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.told = Words("", tone="muted", wrap=True, parent=self)
        self.told.setObjectName("judging.told")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        across = QHBoxLayout()
        across.setSpacing(12)
        back = wording.text("Back to the audit")
        across.addWidget(IconButton("arrow-left", back, name="judging.leave", run=self.left.emit, parent=self))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.told)
        across.addLayout(words, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(8)
        self._line.addLayout(across, 1)
        self._tools_shown = self._tools()
        self._line.addWidget(self._tools_shown)
        rows.addLayout(self._line)
        rows.addWidget(self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Buttons beside the title where there is room, else below it."""
        super().resizeEvent(event)
        sides = QBoxLayout.Direction
        wide = self._tools_shown.sizeHint().width() + _TITLE <= event.size().width()
        self._line.setDirection(sides.LeftToRight if wide else sides.TopToBottom)

    def show_session(self, session: JudgingSession) -> None:
        """Say how far it is."""
        judged, owed = session.counts
        audit = session.facts.audit
        self.title.setText(f"{audit.number} · {session.facts.place}")
        said = wording.text("{judged} of {owed} judged", judged=judged, owed=owed)
        drafts = len(session.drafts)
        begun = wording.plural("{n} begun", "{n} begun", drafts) if drafts else ""
        self.told.setText(" · ".join(filter(None, (said, begun, session.facts.sealed))))
        self.bar.setRange(0, max(1, owed))
        self.bar.setValue(judged)
        self.bar.setAccessibleName(said)
        is_open = not session.facts.sealed
        for button in self.buttons.values():
            button.setVisible(is_open)
        self.buttons["undo"].setEnabled(session.can_undo)
        self.buttons["copy"].setEnabled(session.before_this() is not None)
        self.buttons["hand_in"].setEnabled(bool(owed) and judged == owed and not drafts)

    def _tools(self) -> QWidget:
        tools = QWidget(self)
        flow = Flow(tools)
        self.buttons = {
            "back": Button(wording.text("Before"), name="judging.before", icon="arrow-up", run=self.stepped_back.emit),
            "next": Button(wording.text("Keep, next"), name="judging.next", icon="arrow-down", run=self.stepped.emit),
            "copy": Button(
                wording.text("Evidence as before"), name="judging.copy", icon="copy", look="quiet", run=self.copied.emit
            ),
            "undo": Button(
                wording.text("Undo"), name="judging.undo", icon="undo-2", look="quiet", run=self.undone.emit
            ),
            "sheet": Button(
                wording.text("Sheet for this decision"),
                name="judging.sheet",
                icon="clipboard-list",
                look="quiet",
                run=self.sheet.emit,
            ),
            "hand_in": Button(
                wording.text("Hand in"), name="judging.hand_in", icon="check", look="primary", run=self.handed_in.emit
            ),
        }
        tips = {
            "back": "Alt+Up",
            "next": "Ctrl+Enter",
            "copy": "Ctrl+D",
            "undo": "Ctrl+Shift+Z",
            "hand_in": wording.text("Once all is judged; from then on nothing changes"),
        }
        for code, button in self.buttons.items():
            button.setToolTip(tips.get(code, ""))
            flow.addWidget(button)
        return tools
