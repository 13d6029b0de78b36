"""The command palette: everything that can be done, by typing a little of its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gemba import wording
from gemba.ui.actions import ActionSpec
from gemba.ui.parts.words import Words
from gemba.ui.theme import current, fonts
from gemba.ui.theme.icons import pixmap

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ROW = 44

Index = QModelIndex | QPersistentModelIndex


class _Found(QAbstractListModel):
    """The actions whose names hold what was typed."""

    def __init__(self, specs: Sequence[ActionSpec], parent: QObject) -> None:
        super().__init__(parent)
        self._all = tuple(specs)
        self.shown = self._all

    def look_for(self, typed: str) -> None:
        """Keep those that hold every typed word, those that begin with it first."""
        words = typed.casefold().split()
        fits = [spec for spec in self._all if all(word in spec.title.casefold() for word in words)]
        self.beginResetModel()
        self.shown = tuple(sorted(fits, key=lambda spec: not spec.title.casefold().startswith(typed.casefold())))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many fit."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = _DISPLAY) -> str | None:
        """What each is called."""
        return self.shown[index.row()].title if role == _DISPLAY else None


class _Row(QStyledItemDelegate):
    """Icon, words, shortcut."""

    def __init__(self, found: _Found, parent: QObject) -> None:
        super().__init__(parent)
        self._found = found

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Generous."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one action."""
        spec, look = self._found.shown[index.row()], current.look()
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, look.selection if chosen else look.card)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        picture = pixmap(spec.icon or "chevron-right", "accent_ink" if chosen else "muted", 18)
        painter.drawPixmap(rect.right() - 34 if mirrored else rect.left() + 16, rect.center().y() - 9, picture)
        inner = rect.adjusted(16 if mirrored else 46, 0, -46 if mirrored else -16, 0)
        near = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        far = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        fixed = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font())
        painter.setPen(look.ink)
        painter.drawText(inner, near | fixed, spec.title)
        painter.setFont(fonts.font("small"))
        painter.setPen(look.muted)
        painter.drawText(
            inner, far | fixed, QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        )


class Palette(QDialog):
    """Type, choose with the arrows, Enter does it, Escape leaves.

    Args:
        specs: what can be done now.
        parent: the window.
    """

    def __init__(self, specs: Sequence[ActionSpec], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAccessibleName(wording.text("Everything that can be done"))
        self.chosen: ActionSpec | None = None
        self._found = _Found(specs, self)
        self.typed = QLineEdit(self)
        self.typed.setObjectName("palette.typed")
        self.typed.setPlaceholderText(wording.text("What do you want to do?"))
        self.typed.setAccessibleName(wording.text("What do you want to do?"))
        self.list = QListView(self)
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(wording.text("What fits"))
        self.list.setModel(self._found)
        self.list.setItemDelegate(_Row(self._found, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said = wording.text("Nothing that can be done here is called so. Each page has its own: go there first.")
        self._nothing = Words(said, tone="muted", wrap=True, parent=self)
        self._nothing.setObjectName("palette.nothing")
        self._nothing.setContentsMargins(12, 8, 12, 0)
        self._nothing.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(self.typed)
        rows.addWidget(self._nothing)
        rows.addWidget(self.list, 1)
        self.typed.textChanged.connect(self._look)
        self.typed.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self.list.setCurrentIndex(self._found.index(0, 0))
        self.resize(min(620, parent.width() - 40), min(460, parent.height() - 80))
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + 72)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrows and Enter work from the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(key)
            )
            if step is not None:
                row = max(0, min(self._found.rowCount() - 1, self.list.currentIndex().row() + step))
                self.list.setCurrentIndex(self._found.index(row, 0))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _look(self, typed: str) -> None:
        self._found.look_for(typed)
        self._nothing.setVisible(not self._found.shown)
        self.list.setCurrentIndex(self._found.index(0, 0))

    @Slot()
    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.chosen = self._found.shown[index.row()]
            self.accept()
