"""Surfaces on which content lies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from gemba.ui.parts.words import Words


class Card(QFrame):
    """A surface with an optional heading; put content into `body`.

    Args:
        heading: what lies on it.
        look: card, or inset for a card within a card.
        parent: the owner.
    """

    def __init__(self, heading: str = "", *, look: str = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(12)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        if heading:
            self.setAccessibleName(heading)
            self.head.addWidget(Words(heading, scale="heading", parent=self))
            self.head.addStretch(1)
            self.body.addLayout(self.head)


def line(parent: QWidget | None = None) -> QFrame:
    """A hairline across."""
    made = QFrame(parent)
    made.setProperty("look", "line")
    return made


def column(*cards: QWidget, widest: int) -> QWidget:
    """Cards one under the other, no wider than can be read.

    The column as a whole has the limit: a layout asks a card how high it is at the width of the page, not at its own.
    """
    page, inner = QWidget(), QWidget()
    inner.setMaximumWidth(widest)
    rows = QVBoxLayout(inner)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(16)
    for card in cards:
        rows.addWidget(card)
    rows.addStretch(1)
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(inner, 1)
    across.addStretch(0)
    return page


def scrolled(inner: QWidget, *, name: str) -> QScrollArea:
    """`inner` in an area that scrolls up and down only."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("look", "scrolled")
    area.setWidget(inner)
    return area


def in_the_middle(card: QWidget, *, widest: int, name: str) -> QScrollArea:
    """One card in the middle of an area; it scrolls where there is too little height."""
    inner = QWidget()
    rows = QVBoxLayout(inner)
    rows.setContentsMargins(24, 24, 24, 24)
    rows.addStretch(2)
    card.setMaximumWidth(widest)
    across = QHBoxLayout()  # an alignment would forget how high wrapped words become
    across.addStretch(1)
    across.addWidget(card, widest)
    across.addStretch(1)
    rows.addLayout(across)
    rows.addStretch(3)
    return scrolled(inner, name=name)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are hidden now and deleted once events have settled."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
