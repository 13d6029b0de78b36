"""The elements of a study: added, changed, put in order and taken out by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.record import Uid
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.times.facts import StudyShown
from gemba.work.durations import shown
from gemba.work.time_facts import category_title
from gemba.work.time_sheet import missing_words


class ElementTable(FigureTable):
    """Enter changes an element, Alt+Up and Alt+Down move it, Delete takes it out.

    Args:
        parent: the owner.
    """

    moved = Signal(str, object)
    """Uid, and of the one that it comes before; `None` for the end."""
    taken_out = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        heads = ("Element", "For the customer", "Step", "Median", "Still missing")
        super().__init__(
            "times.elements",
            wording.text("Elements"),
            [wording.text(each) for each in heads],
            numbers=(3,),
            most=14,
            parent=parent,
        )
        self._uids: tuple[Uid, ...] = ()
        self._chosen: Uid = ""

    def show_study(self, study: StudyShown) -> None:
        """Show its elements; the one that was chosen stays chosen, wherever it stands now."""
        chosen = self.uid or self._chosen
        self._uids = tuple(one.element.uid for one in study.facts.elements)
        steps = dict(study.steps)
        rows = [
            (
                f"{at}   {one.element.title}",
                category_title(one.element.category) + ("" if one.element.on_path else f" · {wording.text('beside')}"),
                steps.get(one.element.step, one.element.step),
                shown(one.median),
                missing_words(one),
            )
            for at, one in enumerate(study.facts.elements, 1)
        ]
        self.put(rows, [{4: "good"} if one.missing == 0 else {} for one in study.facts.elements])
        if chosen in self._uids:
            self.setCurrentCell(self._uids.index(chosen), 0)

    @property
    def uid(self) -> Uid:
        """Of the chosen element; empty for none."""
        return self._uids[self.currentRow()] if 0 <= self.currentRow() < len(self._uids) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the table."""
        at = self.currentRow()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self.uid and event.key() == Qt.Key.Key_Delete:
            self.taken_out.emit(self.uid)
        elif self.uid and alt and event.key() == Qt.Key.Key_Up:
            if at > 0:
                self._chosen = self.uid
                self.moved.emit(self.uid, self._uids[at - 1])
        elif self.uid and alt and event.key() == Qt.Key.Key_Down:
            if at + 1 < len(self._uids):
                self._chosen = self.uid
                self.moved.emit(self.uid, self._uids[at + 2] if at + 2 < len(self._uids) else None)
        else:
            super().keyPressEvent(event)
