"""A row of tabs over what they show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gemba.ui.theme.tokens import TARGET


class Tabs(QWidget):
    """Words side by side; the one that is chosen shows its part below.

    Args:
        name: object name; each tab's is `name.code`.
        parent: the owner.
    """

    turned = Signal(str)
    """A tab was chosen; carries its code."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.codes: list[str] = []
        self.stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addLayout(self._row)
        rows.addWidget(self.stack, 1)

    def add(self, code: str, title: str, part: QWidget) -> None:
        """Add a tab; the first is the one that is shown."""
        button = QToolButton(self)
        button.setObjectName(f"{self.objectName()}.{code}")
        button.setText(title)
        button.setAccessibleName(title)
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumHeight(TARGET)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._group.addButton(button, len(self.codes))
        self._row.insertWidget(len(self.codes), button)
        button.setChecked(not self.codes)
        self.codes.append(code)
        self.stack.addWidget(part)

    @property
    def code(self) -> str:
        """Of the tab that is shown."""
        return self.codes[self.stack.currentIndex()]

    def show_tab(self, code: str) -> None:
        """Turn to a tab."""
        at = self.codes.index(code)
        self._group.button(at).setChecked(True)
        self._clicked(at)

    def _clicked(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.turned.emit(self.codes[at])
