"""The sheet of keys: what every page can do, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.actions import ActionSpec
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, scrolled
from gemba.ui.parts.words import Words


class KeySheet(QDialog):
    """All shortcuts, by page.

    Args:
        specs: of every page that was opened.
        titles: of the pages by their code; the empty code is everywhere.
        parent: the window.
    """

    def __init__(self, specs: Sequence[ActionSpec], titles: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(wording.text("Keys"))
        inner = QWidget()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(12)
        for code, title in titles.items():
            here = [spec for spec in specs if spec.page == code and spec.shortcut]
            if here:
                cards.addWidget(_card(title, here))
        cards.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 20, 20, 16)
        rows.setSpacing(16)
        rows.addWidget(Words(wording.text("Keys"), scale="title"))
        rows.addWidget(scrolled(inner, name="keys.area"), 1)
        close = QHBoxLayout()
        close.addStretch(1)
        close.addWidget(Button(wording.text("Close"), name="keys.close", look="primary", run=self.accept))
        rows.addLayout(close)
        self.resize(520, min(640, parent.height() - 60))


def _card(title: str, specs: Sequence[ActionSpec]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    for row, spec in enumerate(specs):
        keys = QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(Words(spec.title, wrap=True), row, 0)
        grid.addWidget(Words(keys, strong=True, tone="accent"), row, 1, Qt.AlignmentFlag.AlignRight)
    card.body.addLayout(grid)
    return card
