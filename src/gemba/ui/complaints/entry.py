"""The form in which a complaint is entered or changed, by keyboard alone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QDateTime, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDateTimeEdit, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint, Consent, Redaction, Severity
from gemba.domain.vocabularies import Facet
from gemba.errors import GembaError
from gemba.ui.complaints import names as said
from gemba.ui.complaints.names import Codes
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work import complaint_words as words
from gemba.work.complaints import add, change

_NARROW = 640
_SEARCHED = 8
"""Choices from which on one may type to find."""


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
        self.words = self._text("words", 110)
        self._put("words", wording.text("What did the customer say? (in the customer's own &words)"), self.words)
        self._put("summary", wording.text("In one &line"), self._line("summary"))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self.body.addLayout(self._columns)
        left, right = self._column(), self._column()
        entries = self._entries(places, codes)
        for place, (name, made, field_title) in enumerate(entries):
            self._put(name, field_title, made, left if place < (len(entries) + 1) // 2 else right)
        if complaint is not None:
            self._put_privacy(left, right)
        left.addStretch(1)
        right.addStretch(1)
        self._put_buttons()

    def begin(self) -> None:
        """Let the keyboard begin at the customer's words."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

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
        given = self._given()
        if self._complaint is None:
            entered = partial(add, received_at=self._received(), **given)
            self._services.jobs.write(entered, done=self._kept, failed=self._refused)
        else:
            changed = partial(change, **given)
            self._services.jobs.write(changed, self._complaint.uid, done=self._kept, failed=self._refused)

    def _given(self) -> dict[str, Any]:
        """All that the form says; of a complaint that is changed, what differs."""
        given: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name == "received_at":
                continue
            value = self._value(name, field.widget)
            before = getattr(self._complaint, name) if self._complaint is not None else None
            if self._complaint is None and value in {"", None}:
                continue
            if value != before:
                given[name] = value
        return given

    def _value(self, name: str, entry: QWidget) -> Any:
        kinds: dict[str, Any] = {"severity": Severity, "consent": Consent, "redaction": Redaction}
        if isinstance(entry, DayField):
            return entry.day
        if isinstance(entry, QPlainTextEdit):
            return entry.toPlainText().strip()
        if isinstance(entry, Choice):
            return (entry.value or None) if name == "place" else kinds.get(name, str)(entry.value)
        return entry.text().strip() if isinstance(entry, QLineEdit) else None

    def _received(self) -> datetime | None:
        """When it was received, if somebody said so; now otherwise."""
        chosen = self._received_edit.dateTime()
        if chosen == self._received_first:
            return None
        return datetime.fromtimestamp(chosen.toSecsSinceEpoch(), UTC)

    def _entries(self, places: PlaceNames, codes: Codes) -> list[tuple[str, QWidget, str]]:
        """Entry and title by field, in the order of the keyboard: down the left column, then the right one."""
        one = self._complaint
        severities = [(each.value, said.severity(each)) for each in reversed(Severity)]
        where = [("", wording.text("No place")), *places.choices()]
        consents = [(each.value, words.consent_words(each)) for each in Consent]
        place, consent = (one.place, one.consent) if one is not None else ("", Consent.UNKNOWN)
        severity = self._choice("severity", severities, one.severity if one is not None else Severity.MEDIUM)
        made: list[tuple[str, QWidget, str]] = [
            ("severity", severity, wording.text("How &severe for the customer")),
            ("place", self._choice("place", where, place), wording.text("&Place")),
        ]
        for facet in (Facet.CHANNEL, Facet.PRODUCT, Facet.STEP, Facet.CAUSE, Facet.SEGMENT):
            now = getattr(one, facet.value) if one else ""
            title = {
                Facet.CHANNEL: wording.text("C&hannel"),
                Facet.PRODUCT: wording.text("P&roduct"),
                Facet.STEP: wording.text("Process s&tep"),
                Facet.CAUSE: wording.text("C&ause, as far as known"),
                Facet.SEGMENT: wording.text("Seg&ment"),
            }[facet]
            governed = facet in codes.current
            entry = self._choice(facet.value, codes.choices(facet, now), now) if governed else self._line(facet.value)
            made.append((facet.value, entry, title))
        made += [
            ("customer", self._line("customer"), wording.text("&Customer (name or number)")),
            ("contact", self._line("contact"), wording.text("C&ontact")),
            ("remedy_sought", self._line("remedy_sought"), wording.text("What does the customer as&k for?")),
            ("owner", self._line("owner"), wording.text("Process ow&ner (not customer service)")),
            ("consent", self._choice("consent", consents, consent), wording.text("&Use of the words")),
            ("occurred_on", self._day("occurred_on"), wording.text("&Day on which it happened")),
        ]
        if one is None:
            made.append(("received_at", self._moment(), wording.text("Rece&ived")))
        return made

    def _put_privacy(self, left: QVBoxLayout, right: QVBoxLayout) -> None:
        redactions = [(each.value, words.redaction_words(each)) for each in Redaction]
        now = self._complaint.redaction if self._complaint else Redaction.RAW
        self._put("redaction", wording.text("Redaction"), self._choice("redaction", redactions, now), left)
        self._put("delete_by", wording.text("Delete by"), self._day("delete_by"), right)
        self._put("language", wording.text("Language (two letters)"), self._line("language"), left)
        self._put("purpose", wording.text("Purpose"), self._line("purpose"), right)
        self._put(
            "redacted_words", wording.text("Words without what tells of a person"), self._text("redacted_words", 92)
        )

    def _put(self, name: str, title: str, entry: QWidget, into: QBoxLayout | None = None) -> None:
        self.fields[name] = Field(title, entry, parent=self)
        (into if into is not None else self.body).addWidget(self.fields[name])

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self._columns.addLayout(column, 1)
        return column

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit(getattr(self._complaint, name) if self._complaint else "", self)
        made.setObjectName(f"complaints.entry.{name}")
        return made

    def _text(self, name: str, height: int) -> QPlainTextEdit:
        made = QPlainTextEdit(getattr(self._complaint, name) if self._complaint else "", self)
        made.setObjectName(f"complaints.entry.{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(height)
        return made

    def _choice(self, name: str, choices: list[tuple[str, str]], now: str | None) -> Choice:
        made = Choice(choices, name=f"complaints.entry.{name}", search=len(choices) > _SEARCHED, parent=self)
        made.choose(now or "")
        return made

    def _day(self, name: str) -> DayField:
        made = DayField(name=f"complaints.entry.{name}", parent=self)
        made.put(getattr(self._complaint, name) if self._complaint else None)
        return made

    def _moment(self) -> QDateTimeEdit:
        self._received_edit = QDateTimeEdit(QDateTime.currentDateTime(), self)
        self._received_edit.setObjectName("complaints.entry.received_at")
        self._received_edit.setCalendarPopup(True)
        self._received_edit.setMaximumDateTime(QDateTime.currentDateTime().addDays(1))
        self._received_first = self._received_edit.dateTime()
        return self._received_edit

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

    def _kept(self, made: Change) -> None:
        if self._complaint is not None:
            self._services.messages.info(wording.text("The changes are kept."))
        else:
            self._services.messages.info(wording.text("The complaint is entered."))
        if not self._stay:
            self.entered.emit(made.uid)
            return
        for name in ("words", "summary", "customer", "contact", "remedy_sought"):
            entry = self.fields[name].widget
            if isinstance(entry, QLineEdit | QPlainTextEdit):
                entry.clear()
        self._received_edit.setDateTime(self._received_first)
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
