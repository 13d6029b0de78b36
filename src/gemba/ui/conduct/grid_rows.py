"""Rows of a rated matrix: the heads of its columns, and a line for each item."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gemba.forms.views import View
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.cells import CellsEditor
from gemba.ui.conduct.editors.choices import keys_of, steps_of
from gemba.ui.conduct.frame import BAR, RowFrame, begin_lines
from gemba.ui.conduct.grids import Grid
from gemba.ui.conduct.row import QuestionRow
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.parts.words import Words
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

_MARGINS = (20, 12)
"""Pixels before the words and after the cells."""


def share(choices: int) -> tuple[int, int]:
    """How words and cells share the width, in hundredths."""
    cells = min(66, 18 + 11 * choices)
    return 100 - cells, cells


class GridHeadRow(RowFrame):
    """The choices as heads of columns; it stays in sight while one scrolls within its grid."""

    def __init__(self, sheet: OpenSheet, grid: Grid, parent: QWidget) -> None:
        super().__init__(grid.key, parent)
        self._sheet, self._grid = sheet, grid
        self.plain = True
        self._title = Words(strong=True, wrap=True, parent=self)
        self._title.setSizePolicy(_flexible())
        words, cells = share(grid.choices)
        line = QHBoxLayout(self)
        line.setContentsMargins(_MARGINS[0], 8, _MARGINS[1], 6)
        line.setSpacing(8)
        line.addWidget(self._title, words)
        self._box = box = QWidget(self)
        box.setSizePolicy(_flexible())
        self._heads = QHBoxLayout(box)
        self._heads.setContentsMargins(0, 0, 0, 0)
        self._heads.setSpacing(0)
        line.addWidget(box, cells)
        self.refresh()

    def refresh(self) -> None:
        """Show the choices in the form's language."""
        first = self._sheet.view(self._grid.members[0])
        view = self._sheet.view(self._grid.heads) if self._grid.heads else first
        several = first.kind == "select_multiple"
        title = view.label if self._grid.heads else ""
        begin_lines(self._title)
        self._title.setText(title)
        while (item := self._heads.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words, key, aside in heads_of(view, several=several):
            head = self._head(words, key, aside=aside)
            self._heads.addWidget(head, 1)
            head.show()  # a hidden one would not count when the row is measured right now
        self._box.updateGeometry()
        names = ", ".join(choice.label or choice.name for choice in view.choices)
        self.setAccessibleName(f"{title}: {names}" if title else names)

    def _head(self, words: str, key: str, *, aside: bool) -> Words:
        shown = html.escape(words) + (f"<br>{key}" if key and words != key else "")
        head = Words(shown, scale="small", tone="muted" if aside else "", strong=not aside, wrap=True, parent=self)
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        head.setTextFormat(Qt.TextFormat.RichText)  # counts with letters that are taller than the font says
        head.setSizePolicy(_flexible())
        return head

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A ground of its own: lines pass below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look().raised))
        if self.y() <= 1:  # lines pass below it
            painter.drawRect(self.rect())
        else:
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 0.5, 0, RADIUS), RADIUS + 3, RADIUS + 3)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(look().edge))
        painter.end()


class GridRow(QuestionRow):
    """One item of a rated matrix."""

    stepped = Signal(str, int, int)
    """From which question, by how many lines, and in which column."""

    def __init__(
        self, sheet: OpenSheet, path: str, grid: Grid, visited: Callable[[str], bool], parent: QWidget
    ) -> None:
        self._grid = grid
        super().__init__(sheet, path, visited, parent)

    def take_column(self, column: int) -> None:
        """Put the keyboard into a cell."""
        if isinstance(self.editor, CellsEditor):
            self.editor.take_column(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down go to the same column of the next line."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and not event.modifiers() and isinstance(self.editor, CellsEditor):
            self.stepped.emit(self.path, by, self.editor.column)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _build(self) -> Words:
        label = Words(wrap=True, parent=self)
        label.setSizePolicy(_flexible())
        words, cells = share(self._grid.choices)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addWidget(self._critical, 0, Qt.AlignmentFlag.AlignLeading)
        self._words.addWidget(label)
        self._words.addWidget(self._hint)
        self._words.addWidget(self._status, 0, Qt.AlignmentFlag.AlignLeading)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        box = QWidget(self)
        box.setLayout(self._words)
        box.setSizePolicy(_flexible())
        self._words.setContentsMargins(0, 8, 0, 8)
        self._line.addWidget(box, words)
        self._line.addWidget(self.editor, cells)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._rows.setContentsMargins(_MARGINS[0], 0, _MARGINS[1], 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._line)
        self._rows.addLayout(self._below)
        return label

    def _show(self, view: View) -> None:
        super()._show(view)
        self._below.setContentsMargins(0, 0, 0, 0 if self._below.isEmpty() else 8)

    def show_state(self) -> bool:
        """Show how far it is saved; a line keeps its height."""
        grew = super().show_state()
        self._status.setVisible(False)
        return grew

    def _make_editor(self, view: View) -> Editor:
        editor = CellsEditor(self, several=view.kind == "select_multiple")
        self._connect(editor)
        return editor

    def _put_in_place(self, old: Editor) -> None:
        self._line.replaceWidget(old, self.editor)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A hairline above, and a bar where one is or something is wrong."""
        tokens = look()
        painter = QPainter(self)
        if self.current:
            painter.fillRect(self.rect(), QColor(tokens.selection))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.line))
        if self.current or self.wrong:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = self.width() - BAR if mirrored else 0
            painter.fillRect(left, 0, BAR, self.height(), QColor(tokens.poor if self.wrong else tokens.accent))
        painter.end()


def heads_of(view: View, *, several: bool) -> list[tuple[str, str, bool]]:
    """Of each choice: its words, the digit that chooses it, and whether it stands beside the scale."""
    steps = [] if several else steps_of(view.choices)
    keys = keys_of(view.choices, several=several)
    scored = any(choice.score is not None for choice in view.choices)
    found: list[tuple[str, str, bool]] = []
    for place, (choice, key) in enumerate(zip(view.choices, keys, strict=True)):
        beside = (scored and choice.score is None) or (bool(steps) and not steps[place][0])
        found.append((choice.label or choice.name, key, beside))
    return found


def _flexible() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy
