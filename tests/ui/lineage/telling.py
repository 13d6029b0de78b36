"""Which of the texts that are seen tell a number, and whether it leads somewhere."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gemba.ui.lineage.number_link import NumberLinks
from gemba.ui.lists.panel import ListPanel
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.facts import Value
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.leading import Leading
from gemba.ui.parts.links import LinkRow

_TOLD = re.compile(r"(?<![\w.,:/#·-])[1-9][\d,]* (?:of \d|[a-z])|\d\s?%|^[1-9]\d*$")
_NOT = re.compile(
    r"\d{1,2} [A-Z][a-z]{2} \d{4}|\b\d+ (?:hours?|days?|minutes?|weeks?|months?|years?|min|working)\b|\b\d\d:\d\d\b"
)
"""Days and spans of time count no records."""


def told(page: QWidget) -> dict[str, str]:
    """By the place where it stands: each text with a number in it that leads nowhere, nor stands beside one that does.

    Behind nought stands no record.
    """
    found = {}
    for label in page.findChildren(QLabel):
        if (
            label.isVisible()
            and not _is_footer(label)
            and _TOLD.search(_NOT.sub("", label.text()))
            and not _leads(label, page)
        ):
            found[_place(label)] = label.text()
    for table in page.findChildren(FigureTable):
        if table.isVisible() and _has_numbers(table) and not table.numbers():
            found[table.objectName()] = " | ".join(table.words()[0])
    return found


def _has_numbers(table: FigureTable) -> bool:
    return any(_TOLD.search(_NOT.sub("", cell)) for row in table.words() for cell in row)


def _leads(label: QLabel, page: QWidget) -> bool:
    """Whether it is a link, a field of one record, or has a link to what is behind it on its own card."""
    if isinstance(label, Value):
        return True
    at: Any = label.parentWidget()
    if any(_numbers(one) for one in at.children() if isinstance(one, QWidget) and one.isVisible()):
        return True
    while at is not None and at is not page:
        if isinstance(at, LinkRow) or (isinstance(at, Leading) and at.leads):
            return True
        if _is_card(at):
            return any(_numbers(one) for one in at.findChildren(QWidget) if one.isVisible())
        at = at.parentWidget()
    return False


def _is_footer(label: QLabel) -> bool:
    """The number of lines of the list that stands above it."""
    return isinstance(label.parentWidget(), ListPanel)


def _is_card(widget: QWidget) -> bool:
    return isinstance(widget, QFrame) and widget.property("look") in {"card", "inset"}


def _numbers(widget: QWidget) -> bool:
    numbers = getattr(widget, "numbers", None)
    return isinstance(widget, NumberLinks) or (callable(numbers) and bool(numbers()))


def _place(label: QLabel) -> str:
    """The nearest name: of the label itself, or of what it stands in."""
    at: Any = label
    while at is not None and not at.objectName().replace("qt_scrollarea_viewport", ""):
        at = at.parentWidget()
    kind = "badge" if isinstance(label, Badge) else "words"
    return f"{at.objectName() if at is not None else ''}/{kind}/{label.text()[:60]}"
