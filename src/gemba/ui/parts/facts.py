"""Names and values, one under the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gemba.ui.parts.words import Words

_BREAK = "\u200b"
_LONG = 20
"""Letters without a blank that surely fit."""


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
            words = Words(breakable(value), wrap=True, parent=self)
            words.setToolTip(value if len(value) > _LONG else "")
            words.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)


def breakable(text: str) -> str:
    """The same text, with places in long paths and hashes where a line may break (they take no room)."""
    parts = [
        _BREAK.join(word[place : place + _LONG] for place in range(0, len(word), _LONG)).replace("/", f"/{_BREAK}")
        for word in text.split(" ")
    ]
    return " ".join(parts)
