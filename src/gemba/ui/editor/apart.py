"""Said above a draft that somebody else saved or discarded meanwhile: what is here is kept, and goes where one says."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words


class ApartBar(QFrame):
    """Two ways out; hidden while the draft is one's own."""

    kept = Signal()
    """What is here becomes a draft of its own."""
    let_go = Signal()
    """What is here is let go: what was saved elsewhere is opened, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor.apart")
        self.setProperty("look", "bar")
        self.setProperty("tone", "fair")
        self._icon = Picture("triangle-alert", role="fair", parent=self)
        self.words = Words(wrap=True, tone="fair", parent=self)
        self._keep = Button(
            wording.text("Keep mine as another draft"), name="editor.apart.keep", run=self.kept.emit, parent=self
        )
        self._let_go = Button("", name="editor.apart.let_go", look="quiet", run=self.let_go.emit, parent=self)
        ways = QWidget(self)
        flow = Flow(ways, gap=8)
        flow.addWidget(self._keep)
        flow.addWidget(self._let_go)
        said = QVBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.words)
        said.addWidget(ways)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 10, 12, 10)
        across.setSpacing(12)
        across.addWidget(self._icon)
        across.addLayout(said, 1)
        self.hide()

    @Slot(object)
    def show_why(self, why: GembaError | None) -> None:
        """Say why nothing is saved; `None` hides it."""
        self.setVisible(why is not None)
        if why is None:
            return
        self.words.setText(wording.sentence(why))
        self.setAccessibleName(self.words.text())
        gone = why.code == "work.draft_discarded"
        self._let_go.setText(wording.text("Leave it discarded") if gone else wording.text("Open what was saved there"))
        self._let_go.setAccessibleName(self._let_go.text())
