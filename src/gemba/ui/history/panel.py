"""The history of the record that is shown, in its place until one goes back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.ui.history.entry_row import EntryRow
from gemba.ui.history.facts import HistoryShown, read_history, read_plan, take_all_back, take_last_back
from gemba.ui.history.going_back import GoingBack
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.take_back_words import PlanTold

_AT_ONCE = 25


class HistoryPanel(QWidget):
    """The changes of one record, the last first; the last can be taken back until the record is concluded.

    Args:
        services: of the window.
        name: beginning of object names, for example `actions.detail`.
        back: called when the person goes back to the record.
        show: lets the history be seen, where something is asked before it is taken back.
        parent: the owner.
    """

    def __init__(
        self,
        services: Services,
        *,
        name: str,
        back: Callable[[], object],
        show: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.history")
        self.setAccessibleName(wording.text("History"))
        self.uid = ""
        self.shown: HistoryShown | None = None
        self._services, self._name, self._back, self._show = services, name, back, show
        self._most = _AT_ONCE
        self.title = Words("", scale="heading", wrap=True, parent=self)
        self.about = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.note = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.note.setObjectName(f"{name}.history.note")
        self.take_back = Button(
            wording.text("&Take the last change back"),
            name=f"{name}.history.take_back",
            icon="undo-2",
            run=self.take_last_back,
            parent=self,
        )
        self.asked = GoingBack(name=f"{name}.history", yes=self._agreed, no=self._leave, parent=self)
        inner = QWidget()
        below = QVBoxLayout(inner)
        below.setContentsMargins(20, 4, 20, 20)
        below.setSpacing(10)
        below.addWidget(self.asked)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(10)
        below.addLayout(self.rows, 1)
        self._lay_out(inner)

    def open(self, uid: str) -> None:
        """Read the history of a record."""
        if uid != self.uid:
            self._most = _AT_ONCE
            self.asked.close_it()
        self.uid = uid
        self._services.jobs.ask(read_history, self._services.desk, uid, done=partial(self.show_facts, uid))

    def show_facts(self, uid: str, shown: HistoryShown) -> None:
        """Show what was read, unless another record is shown by now."""
        if uid != self.uid:
            return
        self.shown = shown
        found = shown.history
        self.title.setText(found.title if found is not None else wording.text("History"))
        self.about.setText(_about(shown))
        self.take_back.setVisible(found is not None and bool(found.entries))
        self.take_back.setEnabled(not shown.why_not_back)
        self.note.setText(shown.why_not_told or shown.why_not_back)
        self.note.setVisible(bool(self.note.text()))
        self._fill()

    @Slot()
    def take_last_back(self) -> None:
        """Take the last change of this laptop back; where it touched several records, what goes back is shown first."""
        if self.uid:
            self._services.jobs.ask(read_plan, self._services.desk, self.uid, done=partial(self._planned, self.uid))

    @Slot()
    def go_back(self) -> None:
        """Show the record again; first leave as it is what was asked about."""
        if self.asked.plan is not None:
            self._leave()
        else:
            self._back()

    def _planned(self, uid: str, found: PlanTold | Refusal) -> None:
        if uid != self.uid:
            return
        if isinstance(found, Refusal):
            self._services.messages.trouble(found)
        elif found.is_one:
            self._write(found)
        else:
            self._show()
            self.asked.ask(found)

    def _agreed(self, plan: PlanTold, *, whole: bool = False) -> None:
        self.asked.close_it()
        self._write(plan, whole=whole)

    def _leave(self) -> None:
        self.asked.close_it()
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, plan: PlanTold, *, whole: bool = False) -> None:
        run = take_all_back if whole else take_last_back
        self._services.jobs.write(run, self.uid, plan.step, done=partial(self._taken, run))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leads back to the record."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            return
        super().keyPressEvent(event)

    def _taken(self, run: Callable[..., Change], change: Change) -> None:
        again = partial(self._services.jobs.write, run, change.uid)
        self._services.messages.info(wording.text("The last change was taken back."), undo=again)

    def _fill(self) -> None:
        clear(self.rows)
        found = self.shown.history if self.shown is not None else None
        if found is None:
            self.rows.addStretch(1)
            return
        for entry in found.entries[: self._most]:
            self.rows.addWidget(EntryRow(entry))
        more = len(found.entries) - self._most
        if more > 0:
            words = wording.plural("Show {n} earlier change", "Show {n} earlier changes", more)
            name = f"{self._name}.history.more"
            button = Button(words, name=name, icon="chevron-down", look="quiet", run=self._show_more)
            self.rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if found.came_with_import:
            self.rows.addWidget(Words(wording.text("It came with an import."), tone="muted", wrap=True))
        self.rows.addStretch(1)

    @Slot()
    def _show_more(self) -> None:
        self._most += 4 * _AT_ONCE
        self._fill()

    def _lay_out(self, inner: QWidget) -> None:
        back = Button(
            wording.text("&Back to the record"),
            name=f"{self._name}.history.back",
            icon="arrow-left",
            look="quiet",
            run=self.go_back,
            parent=self,
        )
        self.back_button = back
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 10)
        head.setSpacing(6)
        ways = QFrame(self)
        across = Flow(ways)
        across.addWidget(back)
        across.addWidget(self.take_back)
        head.addWidget(ways)
        head.addWidget(self.title)
        head.addWidget(self.about)
        head.addWidget(self.note)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(scrolled(inner, name=f"{self._name}.history.area"), 1)


def _about(shown: HistoryShown) -> str:
    """What it is the history of, and what is amiss with it."""
    found = shown.history
    if found is None:
        return ""
    count = len(found.entries)
    parts = [wording.text("History of: {noun}", noun=found.noun_title)]
    parts.append(wording.plural("{n} change", "{n} changes", count))
    if found.is_erased:
        parts.append(wording.text("what told of a person is erased"))
    if found.in_conflict:
        parts.append(wording.text("in conflict: {fields}", fields=", ".join(found.in_conflict)))
    return " · ".join(parts)
