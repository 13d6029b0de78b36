"""The form in which a complaint is entered or changed, by keyboard alone."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDateTimeEdit, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.errors import GembaError
from gemba.ui.complaints.entry_fields import Entries, Entry, is_unknown, moment, now, value
from gemba.ui.complaints.names import Codes
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.complaints import add, change, put_back

_NARROW = 640


class EntryForm(Card):
    """One form for entering and for changing.

    Args:
        services: of the window.
        places: all places, read by now.
        codes: all codes, read by now.
        complaint: the one that is changed; `None` to enter a new one.
        parent: the owner.
    """

    entered = Signal(str)
    """It is kept; carries the uid."""
    left = Signal()
    """Nobody wants it any more."""

    def __init__(
        self,
        services: Services,
        places: PlaceNames,
        codes: Codes,
        complaint: Complaint | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = (
            wording.text("Enter a complaint")
            if complaint is None
            else wording.text("Change {number}", number=complaint.number)
        )
        super().__init__(title, parent=parent)
        self._services, self._complaint, self._stay = services, complaint, False
        self.fields: dict[str, Field] = {}
        entries = Entries(self, complaint)
        for made in entries.across():
            self._put(made, self.body)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self.body.addLayout(self._columns)
        left, right = self._column(), self._column()
        rest = entries.in_columns(places, codes)
        for place, made in enumerate(rest):
            self._put(made, left if place < (len(rest) + 1) // 2 else right)
        left.addStretch(1)
        right.addStretch(1)
        self._put_buttons()

    def begin(self) -> None:
        """Let the keyboard begin at the customer's words."""
        self.fields["words"].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep it, and show the record."""
        self._stay = False
        self._keep()

    @Slot()
    def keep_and_stay(self) -> None:
        """Keep it, and begin the next one."""
        self._stay = True
        self._keep()

    @Slot()
    def leave(self) -> None:
        """Keep nothing."""
        self.left.emit()

    def _keep(self) -> None:
        for field in self.fields.values():
            field.say_problem("")
        unknown = [field for field in self.fields.values() if is_unknown(field.widget)]
        for field in unknown:
            field.say_problem(wording.text("Choose one from the list."))
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if unknown:
            return
        jobs, given = self._services.jobs, self._given()
        if self._complaint is None:
            entered = partial(add, received_at=moment(self.fields["received_at"].widget), **given)
            jobs.write(entered, done=self._entered, failed=self._refused)
        else:
            jobs.write(_change, self._complaint.uid, given, done=self._changed, failed=self._refused)

    def _given(self) -> dict[str, Any]:
        """All that the form says; of a complaint that is changed, what differs."""
        says = {name: value(name, field.widget) for name, field in self.fields.items() if name != "received_at"}
        if self._complaint is None:
            return {name: one for name, one in says.items() if one not in {"", None}}
        return {name: one for name, one in says.items() if one != getattr(self._complaint, name)}

    def _put(self, made: Entry, into: QBoxLayout) -> None:
        name, entry, title = made
        self.fields[name] = Field(title, entry, parent=self)
        into.addWidget(self.fields[name])

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self._columns.addLayout(column, 1)
        return column

    def _put_buttons(self) -> None:
        """Each with its keys, which work in every field."""
        new = self._complaint is None
        keep = wording.text("Enter") if new else wording.text("Keep the changes")
        made = [(keep, "keep", "primary", "check", "Ctrl+Return", self.keep)]
        if new:
            title = wording.text("Enter, then the next one")
            made.append((title, "next", "", "plus", "Ctrl+Shift+Return", self.keep_and_stay))
        made.append((wording.text("Cancel"), "leave", "quiet", "x", "Esc", self.leave))
        across = Flow()
        for title, name, look, icon, keys, run in made:
            button = Button(title, name=f"complaints.entry.{name}", icon=icon, look=look, run=run, parent=self)
            pressed = QKeySequence(keys)
            button.setToolTip(f"{title} ({pressed.toString(QKeySequence.SequenceFormat.NativeText)})")
            QShortcut(pressed, self, run, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            across.addWidget(button)
        self.body.addLayout(across)

    def _changed(self, kept: _Kept) -> None:
        self._services.changed.tell(kept.change)
        undo = partial(self._services.jobs.write, put_back, kept.before, kept.after)
        self._services.messages.info(wording.text("The changes are kept."), undo=undo)
        self.entered.emit(kept.after.uid)

    def _entered(self, made: Change) -> None:
        self._services.messages.info(wording.text("The complaint is entered."))
        if not self._stay:
            self.entered.emit(made.uid)
            return
        for name in ("words", "summary", "customer", "contact", "remedy_sought"):
            entry = self.fields[name].widget
            if isinstance(entry, QLineEdit | QPlainTextEdit):
                entry.clear()
        received = self.fields["received_at"].widget
        if isinstance(received, QDateTimeEdit):
            now(received)
        self.begin()

    def _refused(self, error: GembaError) -> None:
        beside = {
            "work.complaint_without_words": "words",
            "work.owner_is_customer_service": "owner",
            "work.complaint_from_ahead": "received_at",
        }
        name = beside.get(error.code, str(error.facts.get("facet", "")) if error.code == "work.unknown_code" else "")
        field = self.fields.get(name)
        if field is None:
            self._services.messages.trouble(error)
            return
        field.say_problem(wording.sentence(error))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One column where there is no room for two."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


class _Kept(msgspec.Struct, frozen=True):
    change: Change
    before: Complaint
    after: Complaint


def _change(desk: Any, uid: str, given: dict[str, Any]) -> _Kept:
    """Change it, and remember what it was; on the thread that writes."""
    with desk.reader() as reader:
        before = reader.get(Complaint, uid)
    made = change(desk, uid, **given)
    with desk.reader() as reader:
        return _Kept(made, before, reader.get(Complaint, uid))
