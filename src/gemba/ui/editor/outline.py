"""The outline of the draft: sections and questions, moved about by keyboard or by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QDropEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gemba import wording
from gemba.forms.editing import placing
from gemba.forms.editing.columns import cell
from gemba.forms.editing.found import Problem
from gemba.forms.editing.tree import Branch, item_at, tree
from gemba.ui.editor.look import Look
from gemba.ui.editor.session import Session
from gemba.ui.editor.speech import type_words
from gemba.ui.theme.current import look as tokens_of
from gemba.ui.theme.icons import pixmap

_ROW = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1
_UNDER = Qt.ItemDataRole.UserRole + 2
_TONE = Qt.ItemDataRole.UserRole + 3
_HEIGHT = 50


class Outline(QTreeWidget):
    """The items of a draft below its title."""

    add_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shape: list[tuple[int, int]] = []
        self._tones: dict[int, str] = {}
        self._folded: set[str] = set()
        self.setObjectName("editor.outline")
        self.setAccessibleName(wording.text("Outline of the checklist"))
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setRootIsDecorated(False)
        self.setStyleSheet("QTreeView { selection-background-color: transparent; }")  # the painter rounds it
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.currentItemChanged.connect(self._went)
        session.changed.connect(self.refresh)
        session.looked.connect(self._mark)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the draft as it is now, and be at the item where one is."""
        top = tree(self._session.book)
        shape = _shape(top)
        self.blockSignals(True)
        if shape != self._shape or not self.topLevelItemCount():
            self._shape = shape
            self._make(top)
        root = self.topLevelItem(0)
        assert root is not None
        self._write_root(root)
        self._write(root, top)
        wanted = self._find(self._session.at)
        if wanted is not None and wanted is not self.currentItem():
            self.setCurrentItem(wanted)
        self.blockSignals(False)
        if wanted is not None:
            self.scrollToItem(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Alt and an arrow move the item, Delete takes it out, Ctrl+D copies it, Enter goes to its words."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = event.key()
        if alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            (self.move_up if key == Qt.Key.Key_Up else self.move_down)()
        elif key == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.remove()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    @Slot()
    def move_up(self) -> None:
        """One place up."""
        if self._session.at >= 0:
            self._session.do(wording.text("move"), partial(placing.move_up, row=self._session.at))

    @Slot()
    def move_down(self) -> None:
        """One place down."""
        if self._session.at >= 0:
            self._session.do(wording.text("move"), partial(placing.move_down, row=self._session.at))

    @Slot()
    def duplicate(self) -> None:
        """A copy right after it."""
        if self._session.at >= 0:
            self._session.do(wording.text("copy"), partial(placing.duplicate, row=self._session.at))

    @Slot()
    def remove(self) -> None:
        """Take it out; undo brings it back."""
        if self._session.at >= 0:
            self._session.do(wording.text("take out"), partial(placing.remove, row=self._session.at))

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Move the item that was held to where it is let go; the draft does it, not the widget."""
        target = self.itemAt(event.position().toPoint())
        self.drop_at(target, self.dropIndicatorPosition())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def drop_at(self, target: QTreeWidgetItem | None, where: QAbstractItemView.DropIndicatorPosition) -> None:
        """Move the current item above, below or onto another."""
        held = self._session.at
        if held < 0:
            return
        onto = int(target.data(0, _ROW)) if target is not None else -1
        place = QAbstractItemView.DropIndicatorPosition
        if onto < 0:
            operation = partial(placing.move, row=held, to=len(self._session.book.survey.rows))
        elif where == place.AboveItem:
            operation = partial(placing.move, row=held, to=onto)
        elif where == place.BelowItem and target is not None and target.isExpanded() and target.childCount():
            operation = partial(placing.move, row=held, to=onto + 1)
        else:
            found = item_at(self._session.book, onto)
            inside = where == place.OnItem and found is not None and found.holds
            operation = partial(placing.move_below, row=held, target=onto, inside=inside)
        self._session.do(wording.text("move"), operation)

    def labels(self) -> list[str]:
        """What stands in it, with two spaces for each level."""
        found: list[str] = []

        def walk(item: QTreeWidgetItem, depth: int) -> None:
            for child in _children(item):
                found.append("  " * depth + child.text(0).removesuffix(" *"))
                walk(child, depth + 1)

        root = self.topLevelItem(0)
        if root is not None:
            walk(root, 0)
        return found

    def _make(self, top: list[Branch]) -> None:
        self.clear()
        root = QTreeWidgetItem(self)
        root.setData(0, _ROW, -1)
        root.setFlags(root.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
        self._grow(root, top)
        root.setExpanded(True)

    def _grow(self, parent: QTreeWidgetItem, branches: list[Branch]) -> None:
        for branch in branches:
            made = QTreeWidgetItem(parent)
            made.setData(0, _ROW, branch.row)
            self._grow(made, branch.children)
            made.setExpanded(True)

    def _write_root(self, root: QTreeWidgetItem) -> None:
        title = self._session.draft.title or wording.text("Checklist without a title")
        root.setText(0, title)
        root.setData(0, _ICON, "book-open-check")
        root.setData(0, _UNDER, wording.text("Title, languages, version"))
        root.setData(0, _TONE, self._tones.get(-1, ""))

    def _write(self, parent: QTreeWidgetItem, branches: list[Branch]) -> None:
        book = self._session.book
        for shown, branch in zip(_children(parent), branches, strict=True):
            words = type_words(branch.kind.code)
            label = " ".join(branch.label.split()) or (branch.name if branch.kind.code == "calculate" else "")
            marks = [words.name]
            marks += [wording.text("critical")] if cell(book.survey, branch.row, "critical") else []
            marks += [wording.text("on a condition")] if cell(book.survey, branch.row, "relevant") else []
            star = "" if not cell(book.survey, branch.row, "required") else " *"
            shown.setText(0, (label or wording.text("No words yet")) + star)
            shown.setData(0, _ICON, words.icon)
            shown.setData(0, _UNDER, "  ·  ".join(marks))
            shown.setData(0, _TONE, self._tones.get(branch.row, ""))
            required = [wording.text("required")] if star else []
            said = ", ".join([label or wording.text("No words yet"), *marks, *required])
            shown.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
            shown.setToolTip(0, branch.label)
            self._write(shown, branch.children)

    @Slot(object)
    def _mark(self, look: Look) -> None:
        """Mark the items that have a problem."""
        self._tones = {}
        for problem in look.problems:
            if problem.sheet == "settings" or problem.row < 0:
                self._tone(-1, problem)
            elif problem.sheet == "survey":
                self._tone(problem.row, problem)
        self.refresh()

    def _tone(self, row: int, problem: Problem) -> None:
        if self._tones.get(row) != "poor":
            self._tones[row] = "fair" if problem.advice else "poor"

    def _find(self, row: int) -> QTreeWidgetItem | None:
        def walk(item: QTreeWidgetItem) -> QTreeWidgetItem | None:
            if item.data(0, _ROW) == row:
                return item
            return next(filter(None, map(walk, _children(item))), None)

        root = self.topLevelItem(0)
        return walk(root) if root is not None else None

    @Slot()
    def _went(self) -> None:
        item = self.currentItem()
        if item is not None:
            self._session.go(int(item.data(0, _ROW)))


def _shape(branches: list[Branch]) -> list[tuple[int, int]]:
    return [pair for branch in branches for pair in [(branch.row, branch.depth), *_shape(branch.children)]]


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(place) for place in range(item.childCount()))
    return [child for child in found if child is not None]


class _Painter(QStyledItemDelegate):
    """Draws an item: icon, words, a quiet line below, and a dot for what is wrong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Two lines."""
        del option, index
        return QSize(120, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        tokens = tokens_of()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        area: QRect = option.rect.adjusted(0, 1, 0, -1)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection))
            painter.drawRoundedRect(area, 6, 6)
        self._draw(painter, area, option, index)
        painter.restore()

    def _draw(
        self,
        painter: QPainter,
        area: QRect,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = tokens_of()
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        icon = pixmap(str(index.data(_ICON)), "accent_ink" if index.data(_ROW) == -1 else "muted", 18)
        left = area.right() - 8 - 18 if mirrored else area.left() + 8
        painter.drawPixmap(left, area.center().y() - 9, icon)
        words = area.adjusted(12, 4, -34, -4) if mirrored else area.adjusted(34, 4, -12, -4)
        tone = index.data(_TONE)
        if tone:
            dot = QRect(area.left() + 4 if mirrored else area.right() - 11, area.center().y() - 3, 7, 7)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(tokens, tone)))
            painter.drawEllipse(dot)
            words = words.adjusted(8, 0, 0, 0) if mirrored else words.adjusted(0, 0, -8, 0)
        self._say(painter, words, option, index, mirrored=mirrored)

    def _say(
        self,
        painter: QPainter,
        words: QRect,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        *,
        mirrored: bool,
    ) -> None:
        tokens = tokens_of()
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        font = option.font
        painter.setFont(font)
        painter.setPen(QColor(tokens.ink))
        first, second = _broken(str(index.data()), QFontMetrics(font), words.width())
        half = words.height() // 2
        above = QRect(words.left(), words.top(), words.width(), half)
        below = above.translated(0, half)
        painter.drawText(above, flags, first)
        if not second:
            font.setPixelSize(max(11, QFontMetrics(font).height() * 5 // 8 - 1))
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            under = str(index.data(_UNDER))
            second = QFontMetrics(font).elidedText(under, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, flags, second)


def _broken(words: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Words on one line, or on two of which the second may be cut."""
    if metrics.horizontalAdvance(words) <= width:
        return words, ""
    parts = words.split(" ")
    count = len(parts)
    while count > 1 and metrics.horizontalAdvance(" ".join(parts[:count])) > width:
        count -= 1
    first = metrics.elidedText(" ".join(parts[:count]), Qt.TextElideMode.ElideRight, width)
    return first, metrics.elidedText(" ".join(parts[count:]), Qt.TextElideMode.ElideRight, width)
