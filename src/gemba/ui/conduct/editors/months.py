"""Dates of which only the month or the year counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.conduct import lexical
from gemba.ui.conduct.editors.typed import TypingEditor

_NUMBERS = re.compile(r"(\d{1,2})\D+(\d{4})")
_TURNED = re.compile(r"(\d{4})\D+(\d{1,2})")


def month_editor(parent: QWidget, now: Callable[[], datetime]) -> TypingEditor:
    """For a month: typed as `3 2026` or `March 2026`, kept as its first day."""
    editor = TypingEditor(parent, read=read_month, write=shown_month, widest=220)
    editor.field.setPlaceholderText(wording.text("e.g. {month}", month=shown_month(now().date().isoformat())))
    return editor


def year_editor(parent: QWidget, now: Callable[[], datetime]) -> TypingEditor:
    """For a year, kept as its first day."""
    editor = TypingEditor(parent, read=read_year, write=shown_year, widest=160)
    editor.field.setPlaceholderText(wording.text("e.g. {year}", year=str(now().year)))
    return editor


def read_month(typed: str) -> str:
    """A month as the form keeps it; what cannot be read comes as it was typed."""
    plain = lexical.digits(typed.strip())
    found, turned = _NUMBERS.fullmatch(plain), _TURNED.match(plain)
    year, month = (int(found[2]), int(found[1])) if found else (int(turned[1]), int(turned[2])) if turned else (0, 0)
    if year and 1 <= month <= 12:
        return date(year, month, 1).isoformat()
    for pattern in ("MMM yyyy", "MMMM yyyy"):
        read = QLocale(wording.language()).toDate(plain, pattern)
        if read.isValid():
            return date(read.year(), read.month(), 1).isoformat()
    return typed.strip()


def shown_month(value: str) -> str:
    """A kept month in words."""
    found = lexical.read_day(value)
    if found is None:
        return value
    return (
        f"{QLocale(wording.language()).standaloneMonthName(found.month, QLocale.FormatType.ShortFormat)} {found.year}"
    )


def read_year(typed: str) -> str:
    """A year as the form keeps it; what cannot be read comes as it was typed."""
    plain = lexical.digits(typed.strip())
    return f"{plain}-01-01" if re.fullmatch(r"[1-9]\d{3}", plain) else typed.strip()


def shown_year(value: str) -> str:
    """The year of a kept date."""
    found = lexical.read_day(value)
    return value if found is None else str(found.year)
