"""The cards of a column on the screen: chosen, moved by keys, dragged, and with a menu of what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from gemba.ui.board.card_delegate import CardDelegate
from gemba.ui.board.model import MIME, CardModel
from gemba.work.board_cards import Card

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MOVES = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)


class LaneView(QListView):
    """A list of cards.

    Args:
        name: object name.
        title: what a screen reader calls it.
        takes: whether cards may be dropped here.
        parent: the owner.
    """

    stepped = Signal(int)
    """The person goes to the column before (-1) or behind (1)."""
    moving = Signal(int)
    """The chosen cards are to go to the column before or behind."""
    dropped = Signal(object)
    """Uids of cards that were dropped here."""
    opened = Signal(str)
    """Uid of the card that is to be looked at."""
    asked = Signal(QPoint)
    """The menu of the chosen cards is wanted, at this point of the screen."""
    chosen = Signal()
    """Other cards are chosen."""

    def __init__(self, *, name: str, title: str, takes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setUniformItemSizes(True)
        self.setProperty("look", "lane")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(takes)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.doubleClicked.connect(self._open_current)

    def picked(self) -> list[Card]:
        """The cards that are chosen, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.cards.cards[row] for row in rows if row < len(self.cards.cards)]

    def pick(self, uid: str) -> bool:
        """Choose a card and bring it into view; whether it is here."""
        row = self.cards.row_of(uid)
        if row < 0:
            return False
        self.setCurrentIndex(self.cards.index(row))
        return True

    def event(self, event: QEvent) -> bool:
        """Alt and an arrow move cards here; elsewhere they lead back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_move(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go between columns; with Ctrl or Alt they take the chosen cards along; Enter looks at one."""
        side = _SIDES.get(Qt.Key(event.key()), 0)
        if side and self.isRightToLeft():
            side = -side
        if side:
            (self.moving if _is_move(event) else self.stepped).emit(side)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_current()
        elif event.key() == Qt.Key.Key_Menu:
            self.asked.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """What can be done with the chosen cards."""
        if self.picked():
            self.asked.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Cards are taken from any column of the board."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        """They may be let go anywhere in the column."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which cards were dropped; nothing moves before it is kept."""
        if event.mimeData().hasFormat(MIME):
            self.dropped.emit(bytes(event.mimeData().data(MIME).data()).decode().split(","))
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()

    def _tell(self) -> None:
        self.chosen.emit()

    def _open_current(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self.cards.cards):
            self.opened.emit(self.cards.cards[row].uid)


def _is_move(event: QKeyEvent) -> bool:
    return Qt.Key(event.key()) in _SIDES and bool(event.modifiers() & (_MOVES[0] | _MOVES[1]))
