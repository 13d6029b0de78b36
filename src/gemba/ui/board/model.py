"""The cards of one column, as far as they were read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from gemba.work.board_cards import Card, card_words

MIME = "application/x-gemba-actions"
CARD = Qt.ItemDataRole.UserRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SHOWN = Qt.ItemDataRole.DisplayRole

Index = QModelIndex | QPersistentModelIndex


class CardModel(QAbstractListModel):
    """Cards in the order of the column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []

    def put(self, cards: Sequence[Card]) -> None:
        """Show these."""
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def append(self, cards: Sequence[Card]) -> None:
        """Show these behind the others."""
        if cards:
            self.beginInsertRows(QModelIndex(), len(self.cards), len(self.cards) + len(cards) - 1)
            self.cards += cards
            self.endInsertRows()

    def row_of(self, uid: str) -> int:
        """Where an action stands; -1 when it is not among those that were read."""
        return next((row for row, card in enumerate(self.cards) if card.uid == uid), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many were read."""
        return 0 if parent is not None and parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        """The card, or its words."""
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role == _TIP:
            return card.text
        return card_words(card) if role in {_SHOWN, _ACCESSIBLE} else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards are chosen and dragged; only the column takes what is dropped."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Actions by their uids."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The uids of what is dragged."""
        data = QMimeData()
        data.setData(MIME, ",".join(self.cards[index.row()].uid for index in indexes).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """They are moved."""
        return Qt.DropAction.MoveAction
