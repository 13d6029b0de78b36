"""A checklist while it is being written: every step can be undone, and each is saved within a second."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gemba.domain.change import Change
from gemba.errors import GembaError, Refusal
from gemba.forms.book import Book
from gemba.forms.editing.changing import name_after_label
from gemba.forms.editing.history import History
from gemba.forms.editing.naming import is_made_up
from gemba.forms.editing.steps import Edited
from gemba.forms.editing.tree import Branch, item_at, items
from gemba.ui.editor.look import Look, look_at
from gemba.work import edit_template
from gemba.work.edit_template import Saver, TemplateDraft

if TYPE_CHECKING:
    from gemba.ui.services import Services

SAVE_MS = 500
LOOK_MS = 250
_APART = {"work.draft_discarded", "work.draft_saved_elsewhere"}
_PAUSE_S = 1.5
"""What is typed after such a pause is undone by itself."""


class Session(QObject):
    """One draft on the screen.

    Args:
        services: of the window.
        draft: as it was opened.
        parent: the page.
    """

    changed = Signal()
    """The checklist, or the item that one is at, is another now."""
    looked = Signal(object)
    """A `Look`: problems, and the form to try."""
    saving = Signal(str)
    """saving, saved, failed or apart."""

    def __init__(self, services: Services, draft: TemplateDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._draft = services, draft
        self._saver = Saver(draft)
        self.apart: GembaError | None = None
        self._history = History(draft.book)
        self.at = -1
        self.look: Look | None = None
        self.is_saved = True
        self._done_at = 0.0
        self._save_soon = self._timer(SAVE_MS, self.save_now)
        self._look_soon = self._timer(LOOK_MS, self.look_now)

    @property
    def book(self) -> Book:
        """The checklist now."""
        return self._history.book

    @property
    def draft(self) -> TemplateDraft:
        """The draft with the checklist as it is now."""
        return msgspec.structs.replace(self._draft, book=self.book)

    @property
    def item(self) -> Branch | None:
        """The item that one is at; None for the checklist as a whole."""
        return item_at(self.book, self.at) if self.at >= 0 else None

    @property
    def undoing(self) -> str:
        """What would be undone."""
        return self._history.undoing

    @property
    def redoing(self) -> str:
        """What would be done again."""
        return self._history.redoing

    def go(self, row: int) -> None:
        """Be at another item; -1 for the checklist as a whole."""
        if row != self.at:
            self.settle_name()
            self._history.end_run()
            self.at = row
            self.changed.emit()

    def do(self, what: str, operation: Callable[[Book], Edited], run: str = "", *, stay: bool = False) -> bool:
        """Do one step; a refusal is said and changes nothing.

        Args:
            what: it is, in words.
            operation: gives another workbook.
            run: steps in a row with the same `run` are undone as one.
            stay: at the item where one is, whatever the step was about.
        """
        if not stay:
            self.settle_name()
        if monotonic() - self._done_at > _PAUSE_S:
            self._history.end_run()
        self._done_at = monotonic()
        before = self.book
        try:
            edited = self._history.do(what, operation, run)
        except Refusal as refusal:
            self._services.messages.trouble(refusal)
            return False
        if edited.book is before:
            return True
        if not stay:
            self.at = edited.at
        self._touched()
        return True

    def settle_name(self) -> None:
        """An item that was named by the editor gets its name from its words once one goes on from it."""
        item = self.item
        if item is not None and is_made_up(item.name) and item.label.strip():
            before = self.book
            self._history.amend(lambda book: name_after_label(book, item.row))
            if self.book is not before:
                self._touched()

    @Slot()
    def undo(self) -> None:
        """Back to before the last step."""
        self._took(self._history.undo())

    @Slot()
    def redo(self) -> None:
        """Do again what was undone."""
        self._took(self._history.redo())

    def end_run(self) -> None:
        """What is typed from here on is a step of its own."""
        self._history.end_run()

    @Slot()
    def save_now(self) -> None:
        """Save the draft, unless somebody else has it: then the person says first what is to become of it."""
        self._save_soon.stop()
        if self.apart is None:
            saver, draft = self._saver, self.draft
            done, failed = partial(self._saved, saver, draft.book), partial(self._not_saved, saver)
            self._services.jobs.write(saver.save, draft, done=done, failed=failed)

    def look_after(self) -> None:
        """See whether the draft on the disk is still this one."""
        saver = self._saver
        self._services.jobs.write(saver.demand_own, self.draft, failed=partial(self._not_saved, saver))

    def publish(self, done: Callable[[Change], object], failed: Callable[[GembaError], object]) -> None:
        """Make a version of the library of the draft."""
        self._save_soon.stop()
        refused = partial(self._not_published, failed)
        self._services.jobs.write(self._saver.publish, self.draft, done=done, failed=refused)

    def go_apart(self) -> None:
        """Go on with what is here as a draft of its own, and save it."""
        self._draft = edit_template.another(self._services.desk, self.draft)
        self._saver, self.apart, self.is_saved = Saver(self._draft), None, False
        self.saving.emit("saving")
        self.save_now()

    @Slot()
    def look_now(self) -> None:
        """Find problems, and make the form to try, beside the window."""
        self._look_soon.stop()
        self._services.jobs.ask(look_at, self._services.desk, self.draft, done=self._looked)

    def _took(self, edited: Edited | None) -> None:
        if edited is None:
            return
        rows = {item.row for item in items(self.book)}
        self.at = edited.at if edited.at in rows else self.at if self.at in rows else -1
        self._touched()

    def _touched(self) -> None:
        self.is_saved = False
        self.saving.emit("saving" if self.apart is None else "apart")
        if not self._save_soon.isActive():
            self._save_soon.start()  # not put off by further typing: nothing is older than half a second
        self._look_soon.start()
        self.changed.emit()

    def _saved(self, saver: Saver, book: Book, _draft: TemplateDraft) -> None:
        if saver is self._saver and book is self.book:
            self.is_saved = True
            self.saving.emit("saved")

    def _not_saved(self, saver: Saver, error: GembaError) -> None:
        if saver is not self._saver:
            return  # it went on as another draft meanwhile
        if error.code in _APART:
            self.apart = error
            self.saving.emit("apart")
            return
        self.saving.emit("failed")
        self._services.messages.trouble(error)

    def _not_published(self, failed: Callable[[GembaError], object], error: GembaError) -> None:
        if not self.is_saved:
            self.save_now()
        failed(error)

    def _looked(self, look: Look) -> None:
        if look.book is self.book:
            self.look = look
            self.looked.emit(look)

    def _timer(self, after: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(run)
        return timer
