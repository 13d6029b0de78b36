"""One clause of "systemic": a badge that unfolds to the numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gemba.ui.parts.badges import Badge
from gemba.ui.parts.words import Words
from gemba.ui.theme.icons import icon
from gemba.ui.theme.tokens import TARGET
from gemba.work.cluster_numbers import ClauseWords


class ClauseRow(QFrame):
    """Folded it says whether the clause holds; unfolded, why.

    Args:
        clause: with its numbers in words.
        parent: the owner.
    """

    def __init__(self, clause: ClauseWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        title = f"{clause.clause}  {clause.title}"
        said = clause.said
        self.button = QToolButton(self)
        self.button.setObjectName(f"cluster.clause.{clause.clause}")
        self.button.setText(title)
        self.button.setAccessibleName(f"{title}: {said}")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setCheckable(True)
        self.button.setMinimumHeight(TARGET)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.numbers = Words("\n".join(clause.sentences), wrap=True, parent=self)
        self.numbers.setObjectName(f"cluster.numbers.{clause.clause}")
        self.numbers.setContentsMargins(12, 0, 12, 10)
        head = QHBoxLayout()
        head.setContentsMargins(2, 2, 10, 2)
        head.addWidget(self.button)
        head.addStretch(1)
        head.addWidget(Badge(said, "fair" if clause.holds else "plain", self))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(head)
        rows.addWidget(self.numbers)
        self.button.toggled.connect(self._fold)
        self.button.setChecked(clause.holds)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        unfolded = self.button.isChecked()
        self.numbers.setVisible(unfolded)
        self.button.setIcon(icon("chevron-down" if unfolded else "chevron-right", "muted"))
