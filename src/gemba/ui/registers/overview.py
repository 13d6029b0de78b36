"""Which registers there are, family by family, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.kinds.registers.model import Family
from gemba.kinds.registers.registry import ALL
from gemba.ui.lineage.behind import Behind, Part, listed
from gemba.ui.parts.cards import clear, column, scrolled
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.registers.shapes import register_title
from gemba.ui.services import Services
from gemba.work.registers import RegisterCount, counts, waiting

_WIDEST = 900


class Overview(QWidget):
    """A row for each register under the name of its family, and a field that finds one.

    Args:
        services: of the window.
        parent: the owner.
    """

    chosen = Signal(str)
    """A register was chosen; carries its code."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registers.overview")
        self._services = services
        self.counts: tuple[RegisterCount, ...] = ()
        self.finder = QLineEdit(self)
        self.finder.setObjectName("registers.overview.find")
        self.finder.setPlaceholderText(wording.text("Find a register"))
        self.finder.setAccessibleName(wording.text("Find a register"))
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(self._draw)
        on_enter(self._take_first, self.finder)
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.finder)
        self.finder.setMaximumWidth(_WIDEST)
        rows.addWidget(scrolled(column(inner, widest=_WIDEST), name="registers.overview.area"), 1)
        services.changed.made.connect(self._hear)

    def ask(self) -> None:
        """Read how they stand."""
        self._services.jobs.ask(counts, self._services.desk, done=self._came)

    def begin_finding(self) -> None:
        """Let the keyboard begin in the field that finds a register."""
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    def found(self) -> list[str]:
        """Codes of the registers that are shown, in their order."""
        wanted = self.finder.text().casefold().split()
        return [
            one.code
            for family in Family
            for one in self.counts
            if ALL[one.code].family is family and all(word in _words(one.code) for word in wanted)
        ]

    def _hear(self, change: Any) -> None:
        if "register_entry" in change.topics and self.counts:
            self.ask()

    def _came(self, found: tuple[RegisterCount, ...]) -> None:
        self.counts = found
        self._draw()

    @Slot()
    def _draw(self) -> None:
        clear(self._rows)
        by_code = {one.code: one for one in self.counts}
        family: Family | None = None
        for code in self.found():
            if ALL[code].family is not family:
                self._begin(ALL[code].family, first=family is None)
                family = ALL[code].family
            self._rows.addWidget(self._row(by_code[code]))
        if self.counts and family is None:
            self._rows.addWidget(Words(wording.text("No register is called so."), tone="muted", parent=self))

    def _begin(self, family: Family, *, first: bool) -> None:
        if not first:
            self._rows.addSpacing(10)
        self._rows.addWidget(Words(wording.text(family.words), scale="heading", wrap=True, parent=self))

    def _row(self, one: RegisterCount) -> LinkRow:
        row = LinkRow(
            wording.text(ALL[one.code].title),
            wording.text(ALL[one.code].purpose),
            badge=_badge(one),
            behind=_behind(one),
            name=f"registers.of.{one.code}",
            icon="book-marked",
            parent=self,
        )
        row.pressed.connect(partial(self.chosen.emit, one.code))
        return row

    @Slot()
    def _take_first(self) -> None:
        found = self.found()
        if found and self.finder.text().strip():
            self.chosen.emit(found[0])


def _words(code: str) -> str:
    """What a register is found by."""
    of = ALL[code]
    return " ".join((code, *map(wording.text, (of.title, of.purpose, of.family.words)))).casefold()


def _badge(one: RegisterCount) -> tuple[str, str]:
    if one.due:
        return wording.plural("{n} due", "{n} due", one.due), "poor"
    if one.open:
        return wording.plural("{n} open", "{n} open", one.open), "accent"
    return (wording.plural("{n} entry", "{n} entries", one.entries), "plain") if one.entries else ("", "")


def _behind(one: RegisterCount) -> Behind | None:
    """The entries that the number counts."""
    words, _tone = _badge(one)
    if one.due or one.open:
        read = partial(_read_waiting, one.code, bool(one.due))
        return Behind(number=words, title=register_title(one.code), count=one.due or one.open, read=read)
    if not one.entries:
        return None
    return listed(words, register_title(one.code), "registers", count=one.entries, register=one.code)


def _read_waiting(code: str, due: bool, desk: Any) -> Sequence[Part]:  # noqa: FBT001 - bound by position
    return [Part(register_title(code), tuple(("register_entry", uid) for uid in waiting(desk, code, due=due)))]
