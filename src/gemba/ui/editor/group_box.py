"""One part of a condition: a comparison, or several that belong together as in brackets."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.forms.book import Book
from gemba.forms.editing.conditions import Condition, Test
from gemba.forms.editing.tree import Branch
from gemba.ui.editor.test_line import TestLine
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words


class GroupBox(QWidget):
    """A comparison alone, or a group with its heading and its own way to add one.

    Args:
        first: number of its first comparison among all of the condition.
        count: how many comparisons the group holds; 0 for one that stands alone.
        parent: the card.
    """

    changed = Signal(object)
    """The part as it is now; `None` when nothing is left of it."""
    more_wanted = Signal()

    def __init__(self, first: int, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = count
        self._part: Test | Condition | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self._heading = Words(scale="small", tone="accent", strong=True, parent=self)
        self._heading.setVisible(bool(count))
        rows.addWidget(self._heading)
        self.tests = [TestLine(f"editor.condition.{first + number}", self) for number in range(max(1, count))]
        for number, line in enumerate(self.tests):
            line.changed.connect(partial(self._put, number))
            line.dropped.connect(partial(self._put, number, None))
            rows.addWidget(line)
        if count:
            more = Button(
                wording.text("Add to the group"),
                name=f"editor.condition.{first}.more",
                icon="plus",
                look="quiet",
                run=self._more,
                parent=self,
            )
            rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_part(self, book: Book, part: Test | Condition, *, but: Branch) -> None:
        """Show it; `but` is the item that it belongs to."""
        self._part = part
        tests = part.parts if isinstance(part, Condition) else (part,)
        if isinstance(part, Condition):
            self._heading.setText(wording.text("any of these") if part.join == "any" else wording.text("all of these"))
        for line, test in zip(self.tests, tests, strict=True):
            assert isinstance(test, Test)
            line.show_test(book, test, but=but, indent=bool(self.count))

    def _put(self, number: int, test: Test | None) -> None:
        part = self._part
        if not isinstance(part, Condition):
            self.changed.emit(test)
            return
        inside = list(part.parts)
        inside[number : number + 1] = [test] if test is not None else []
        left = Condition(part.join, tuple(inside))
        self.changed.emit(left if len(inside) > 1 else inside[0] if inside else None)

    @Slot()
    def _more(self) -> None:
        self.more_wanted.emit()
