"""The entries of the form of a complaint: what each is called, what it offers, and what is typed in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.complaints import Complaint, Consent, Redaction, Severity
from gemba.domain.vocabularies import Facet
from gemba.ui.complaints import names as said
from gemba.ui.complaints.names import Codes
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.fields import Choice, DayField
from gemba.work import complaint_words as words

Entry = tuple[str, QWidget, str]
"""Field, its entry, and what it is called."""

_KINDS: dict[str, Any] = {"severity": Severity, "consent": Consent, "redaction": Redaction}
_SEARCHED = 8
"""Choices from which on one may type to find."""


class Entries:
    """Makes the entries, with what is kept of a complaint.

    Args:
        parent: the form.
        complaint: the one that is changed; `None` for a new one.
    """

    def __init__(self, parent: QWidget, complaint: Complaint | None) -> None:
        self._parent, self._complaint = parent, complaint

    def across(self) -> list[Entry]:
        """Those that take the whole width, at the top."""
        return [
            (
                "words",
                self._text("words", 110),
                wording.text("What did the customer say? (in the customer's own &words)"),
            ),
            ("summary", self._line("summary"), wording.text("In one &line")),
        ]

    def in_columns(self, places: PlaceNames, codes: Codes) -> list[Entry]:
        """The rest, in the order of the keyboard: down the left column, then the right one."""
        one = self._complaint
        severities = [(each.value, said.severity(each)) for each in reversed(Severity)]
        consents = [(each.value, words.consent_words(each)) for each in Consent]
        where = [("", wording.text("No place")), *places.choices()]
        severity, place, consent = Severity.MEDIUM, "", Consent.UNKNOWN
        if one is not None:
            severity, place, consent = one.severity, one.place or "", one.consent
        return [
            ("severity", self._choice("severity", severities, severity), wording.text("How &severe for the customer")),
            ("place", self._choice("place", where, place), wording.text("&Place")),
            *self._tags(codes),
            ("customer", self._line("customer"), wording.text("&Customer (name or number)")),
            ("contact", self._line("contact"), wording.text("C&ontact")),
            ("remedy_sought", self._line("remedy_sought"), wording.text("What does the customer as&k for?")),
            ("owner", self._line("owner"), wording.text("Process ow&ner (not customer service)")),
            ("consent", self._choice("consent", consents, consent), wording.text("&Use of the words")),
            ("occurred_on", self._day("occurred_on"), wording.text("&Day on which it happened")),
            *([("received_at", self._moment(), wording.text("Rece&ived"))] if one is None else self._privacy(one)),
        ]

    def _tags(self, codes: Codes) -> list[Entry]:
        """A choice where the facet has a vocabulary, a line where it has none."""
        titles = {
            Facet.CHANNEL: wording.text("C&hannel"),
            Facet.PRODUCT: wording.text("P&roduct"),
            Facet.STEP: wording.text("Process s&tep"),
            Facet.CAUSE: wording.text("C&ause, as far as known"),
            Facet.SEGMENT: wording.text("Seg&ment"),
        }
        made: list[Entry] = []
        for facet, title in titles.items():
            now = getattr(self._complaint, facet.value) if self._complaint is not None else ""
            governed = facet in codes.current
            entry = self._choice(facet.value, codes.choices(facet, now), now) if governed else self._line(facet.value)
            made.append((facet.value, entry, title))
        return made

    def _privacy(self, one: Complaint) -> list[Entry]:
        redactions = [(each.value, words.redaction_words(each)) for each in Redaction]
        return [
            ("delete_by", self._day("delete_by"), wording.text("Delete by")),
            ("language", self._line("language"), wording.text("Language (two letters)")),
            ("purpose", self._line("purpose"), wording.text("Purpose")),
            ("redaction", self._choice("redaction", redactions, one.redaction), wording.text("Redaction")),
            ("redacted_words", self._text("redacted_words", 92), wording.text("Words without what tells of a person")),
        ]

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit(getattr(self._complaint, name) if self._complaint is not None else "", self._parent)
        made.setObjectName(f"complaints.entry.{name}")
        return made

    def _text(self, name: str, height: int) -> QPlainTextEdit:
        made = QPlainTextEdit(getattr(self._complaint, name) if self._complaint is not None else "", self._parent)
        made.setObjectName(f"complaints.entry.{name}")
        made.setTabChangesFocus(True)
        made.setFixedHeight(height)
        return made

    def _choice(self, name: str, choices: list[tuple[str, str]], now: str) -> Choice:
        made = Choice(choices, name=f"complaints.entry.{name}", search=len(choices) > _SEARCHED, parent=self._parent)
        made.choose(now)
        return made

    def _day(self, name: str) -> DayField:
        made = DayField(name=f"complaints.entry.{name}", parent=self._parent)
        made.put(getattr(self._complaint, name) if self._complaint is not None else None)
        return made

    def _moment(self) -> QDateTimeEdit:
        made = QDateTimeEdit(self._parent)
        made.setObjectName("complaints.entry.received_at")
        made.setCalendarPopup(True)
        now(made)
        return made


def now(entry: QDateTimeEdit) -> None:
    """Let an entry say now; as long as nobody changes it, it says nothing."""
    entry.setDateTime(QDateTime.currentDateTime())
    entry.setProperty("untouched", entry.dateTime())


def moment(entry: QWidget) -> datetime | None:
    """The moment that somebody entered; `None` while nobody has."""
    if not isinstance(entry, QDateTimeEdit) or entry.dateTime() == entry.property("untouched"):
        return None
    return datetime.fromtimestamp(entry.dateTime().toSecsSinceEpoch(), UTC)


def value(name: str, entry: QWidget) -> Any:
    """What an entry says, as the field keeps it."""
    if isinstance(entry, DayField):
        return entry.day
    if isinstance(entry, QPlainTextEdit):
        return entry.toPlainText().strip()
    if isinstance(entry, Choice):
        return (entry.value or None) if name == "place" else _KINDS.get(name, str)(entry.value)
    return entry.text().strip() if isinstance(entry, QLineEdit) else None


def is_unknown(entry: QWidget) -> bool:
    """True when something was typed to find a choice, and no choice says so."""
    return isinstance(entry, Choice) and bool(entry.currentText().strip()) and entry.findText(entry.currentText()) < 0
