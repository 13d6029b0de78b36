"""What was done, so that it can be undone: every step keeps the workbook before it, and the rows are shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gemba.forms.book import Book
from gemba.forms.editing.steps import Edited


class _Kept(NamedTuple):
    edited: Edited
    what: str


class History:
    """A workbook being edited, with unlimited undo and redo.

    Args:
        book: as it is opened.
    """

    def __init__(self, book: Book) -> None:
        self._now = Edited(book)
        self._before: list[_Kept] = []
        self._after: list[_Kept] = []
        self._run = ""

    @property
    def book(self) -> Book:
        """The workbook now."""
        return self._now.book

    @property
    def at(self) -> int:
        """The row of the item that the last step was about; -1 for none."""
        return self._now.at

    @property
    def undoing(self) -> str:
        """What would be undone; "" for nothing."""
        return self._before[-1].what if self._before else ""

    @property
    def redoing(self) -> str:
        """What would be done again; "" for nothing."""
        return self._after[-1].what if self._after else ""

    def do(self, what: str, operation: Callable[[Book], Edited], run: str = "") -> Edited:
        """Do one step; a refusal changes nothing.

        Args:
            what: it is, in words.
            operation: gives another workbook.
            run: steps in a row with the same `run` (letters typed into one field) are undone as one.
        """
        edited = operation(self.book)
        if edited.book is self.book:
            return edited
        if not (run and run == self._run and self._before):
            self._before.append(_Kept(self._now, what))
        self._run = run
        self._after.clear()
        self._now = edited
        return edited

    def amend(self, operation: Callable[[Book], Edited]) -> None:
        """Do something that belongs to the last step, and is undone with it; before the first step, it is one."""
        edited = operation(self.book)
        if edited.book is not self.book:
            if not self._before:
                self._before.append(_Kept(self._now, ""))
            self._now = Edited(edited.book, self._now.at)

    def end_run(self) -> None:
        """What comes next is a step of its own."""
        self._run = ""

    def undo(self) -> Edited | None:
        """Back to before the last step; None when there is none."""
        return self._go(self._before, self._after)

    def redo(self) -> Edited | None:
        """Do again what was undone last; None when nothing was."""
        return self._go(self._after, self._before)

    def _go(self, source: list[_Kept], target: list[_Kept]) -> Edited | None:
        if not source:
            return None
        kept = source.pop()
        target.append(_Kept(self._now, kept.what))
        self._run = ""
        self._now = kept.edited
        return kept.edited
