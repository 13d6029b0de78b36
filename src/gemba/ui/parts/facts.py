"""Names and values, one under the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from gemba import wording
from gemba.ui.parts.words import Words

_BREAK = "\u200b"
_LONG = 20
"""Letters without a blank that surely fit."""


class Value(Words):
    """A value that can be marked and copied, by mouse and keyboard; what is copied has no breaks in it.

    Args:
        name: of the value, for screen readers.
        value: what it is.
        parent: the owner.
    """

    def __init__(self, name: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(breakable(value), wrap=True, parent=parent)
        self.value = value
        self.setToolTip(value if len(value) > _LONG else "")
        self.setAccessibleName(f"{name}: {value}")
        by = Qt.TextInteractionFlag
        self.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy the marked words as they are."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer to copy."""
        menu = QMenu(self)
        menu.addAction(wording.text("Copy")).triggered.connect(self.copy)
        menu.exec(event.globalPos())
        menu.deleteLater()

    @Slot()
    def copy(self) -> None:
        """Put what is marked on the clipboard, or the whole value when nothing is."""
        QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, "") or self.value)


class Facts(QWidget):
    """A small table of (name, value); empty values are left out."""

    def __init__(self, *facts: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(fact for fact in facts if fact[1]):
            label = Words(name, tone="muted", scale="small", parent=self)
            label.setContentsMargins(0, 2, 0, 0)
            words = Value(name, value, parent=self)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)


def breakable(text: str) -> str:
    """The same text, with places in long paths and hashes where a line may break (they take no room)."""
    parts = [
        _BREAK.join(word[place : place + _LONG] for place in range(0, len(word), _LONG)).replace("/", f"/{_BREAK}")
        for word in text.split(" ")
    ]
    return " ".join(parts)
