"""One change in the history of a record: who, when, on which laptop, from what to what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.words import Words
from gemba.work.history import Entry, EntrySort, Told

_ICONS = {
    EntrySort.ADDED: "plus",
    EntrySort.CHANGED: "pencil",
    EntrySort.TAKEN_BACK: "undo-2",
    EntrySort.SETTLED: "scale",
}


class EntryRow(QFrame):
    """A change, with the fields that it set below it.

    Args:
        entry: the change.
        parent: the owner.
    """

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self.setObjectName(f"history.entry.{entry.operation}")
        self.setAccessibleName(f"{headline(entry)}. {under(entry)}")
        across = QHBoxLayout(self)
        across.setContentsMargins(14, 12, 14, 12)
        across.setSpacing(12)
        picture = Picture(_ICONS[entry.sort], role="accent", size=18, parent=self)
        across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout()
        rows.setSpacing(2)
        rows.addWidget(Words(headline(entry), strong=True, wrap=True, parent=self))
        rows.addWidget(Words(under(entry), tone="muted", scale="small", wrap=True, parent=self))
        rows.addLayout(self._fields(entry))
        for words, tone in _remarks(entry):
            rows.addWidget(Words(words, tone=tone, scale="small", wrap=True, parent=self))
        across.addLayout(rows, 1)

    def _fields(self, entry: Entry) -> QGridLayout:
        """A line for each field: its title, and what it said before and says since."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        for place, told in enumerate(entry.told):
            title = Words(told.title, tone="muted", scale="small", wrap=True, parent=self)
            grid.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
            words = Words(said(told), tone="muted" if told.is_erased else "", wrap=True, parent=self)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(words, place, 1)
        return grid


def headline(entry: Entry) -> str:
    """Who did what."""
    who = entry.person or wording.text("Somebody whose card has not come")
    if entry.role:
        who = f"{who} ({entry.role})"
    return {
        EntrySort.ADDED: wording.text("{who} added it", who=who),
        EntrySort.CHANGED: wording.text("{who} changed it", who=who),
        EntrySort.TAKEN_BACK: wording.text("{who} took the change before back", who=who),
        EntrySort.SETTLED: wording.text("{who} settled a conflict", who=who),
    }[entry.sort]


def under(entry: Entry) -> str:
    """When, and on which laptop."""
    laptop = wording.text("this laptop") if entry.is_own else entry.laptop
    return f"{entry.when} · {laptop}"


def said(told: Told) -> str:
    """From what to what; a field that was empty before says what it is."""
    if told.is_erased:
        return wording.text("erased")
    if not told.before:
        return told.after
    arrow = "←" if wording.right_to_left() else "→"
    return f"{told.before} {arrow} {told.after}"


def _remarks(entry: Entry) -> list[tuple[str, str]]:
    found = []
    if entry.reason:
        found.append((wording.text("Because: {reason}", reason=entry.reason), "muted"))
    if entry.apart:
        fields = ", ".join(entry.apart)
        found.append((wording.text("Somebody else changed this meanwhile: {fields}", fields=fields), "fair"))
    return found
