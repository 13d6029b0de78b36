"""The marks of one picture while somebody draws: which is chosen, and every step back and forth."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, Signal

from gemba.domain.evidence import Mark

Marks = tuple[Mark, ...]


class Drawing(QObject):
    """Marks in order, the later above the earlier.

    Args:
        marks: what was drawn before.
        parent: the owner.
    """

    changed = Signal()
    """Marks, the chosen one, or what can be undone are others now."""

    def __init__(self, marks: Sequence[Mark] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: Marks = tuple(marks)
        self._kept = self._marks
        self._past: list[Marks] = []
        self._future: list[Marks] = []
        self.chosen: int | None = None

    @property
    def marks(self) -> Marks:
        """As they are now."""
        return self._marks

    @property
    def mark(self) -> Mark | None:
        """The chosen one."""
        return self._marks[self.chosen] if self.chosen is not None else None

    @property
    def dirty(self) -> bool:
        """True when something is other than it was kept."""
        return self._marks != self._kept

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """True when a step was taken back."""
        return bool(self._future)

    def add(self, mark: Mark) -> None:
        """Draw one above all others; it is chosen."""
        self._step((*self._marks, mark), len(self._marks))

    def put(self, mark: Mark) -> None:
        """Let the chosen one be another: moved, sized, coloured, worded."""
        if self.chosen is not None and mark != self.mark:
            at = self.chosen
            self._step((*self._marks[:at], mark, *self._marks[at + 1 :]), at)

    def colour(self, name: str) -> None:
        """Give the chosen one a colour."""
        if self.mark is not None:
            self.put(msgspec.structs.replace(self.mark, colour=name))

    def remove(self) -> None:
        """Take the chosen one away."""
        if self.chosen is not None:
            self._step((*self._marks[: self.chosen], *self._marks[self.chosen + 1 :]), None)

    def choose(self, at: int | None) -> None:
        """Take hold of a mark, or of none."""
        if at != self.chosen:
            self.chosen = at
            self.changed.emit()

    def choose_next(self, by: int) -> bool:
        """Go through the marks; False at the end, where none is chosen any more."""
        count = len(self._marks)
        at = (0 if by > 0 else count - 1) if self.chosen is None else self.chosen + by
        self.choose(at if 0 <= at < count else None)
        return self.chosen is not None

    def undo(self) -> None:
        """Take the last step back."""
        self._travel(self._past, self._future)

    def redo(self) -> None:
        """Take the step again that was taken back."""
        self._travel(self._future, self._past)

    def _travel(self, origin: list[Marks], to: list[Marks]) -> None:
        if origin:
            to.append(self._marks)
            self._marks = origin.pop()
            self.chosen = None
            self.changed.emit()

    def _step(self, marks: Marks, chosen: int | None) -> None:
        self._past.append(self._marks)
        self._future.clear()
        self._marks, self.chosen = marks, chosen
        self.changed.emit()
