"""One day beside the grid: everything that stands on it, each a way to its record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.due import Due
from gemba.ui import terms
from gemba.ui.calendar.reading import DayRead, read_all
from gemba.ui.calendar.shapes import ICONS, capital
from gemba.ui.calendar.ways import way_to_due
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.number_link import NumberLink, NumberLinks
from gemba.ui.parts.cards import clear, scrolled
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.calendar_words import late_words, sort_title, title_of

_LEAST, _HIGH = 250, 150


class DayPanel(QFrame):
    """The entries of a day.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setProperty("look", "card")
        self.setObjectName("calendar.day")
        self.setMinimumSize(_LEAST, _HIGH)
        self.title = Words("", scale="heading", wrap=True, parent=self)
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 14, 12, 12)
        rows.setSpacing(10)
        rows.addWidget(self.title)
        self.count = NumberLinks("calendar.day.count", self)
        self.count.put()
        rows.addWidget(self.count)
        rows.addWidget(scrolled(inner, name="calendar.day.area"), 1)

    def show_day(self, read: DayRead) -> None:
        """Show a day."""
        day = read.day
        long = QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
        self.title.setText(wording.text("Today, {day}", day=long) if day == read.today else long)
        self.setAccessibleName(self.title.text())
        self.count.put(self._behind(read))
        clear(self._rows)
        for one, is_late in read.entries:
            self._rows.addWidget(self._row(one, (read.today - one.last).days if is_late else -1))
        if not read.entries:
            self._rows.addWidget(Words(wording.text("Nothing stands on this day."), tone="muted", wrap=True))
        if read.count > len(read.entries):
            rest = read.count - len(read.entries)
            more = wording.plural("and {n} more", "and {n} more", rest)
            self._rows.addWidget(NumberLink(self._behind(read), name="calendar.day.more", words=more))
        self._rows.addStretch(1)

    def _behind(self, read: DayRead) -> Behind:
        """All that stands on the day."""
        return Behind(
            number=terms.number(read.count),
            title=wording.plural("entry", "entries", read.count),
            count=read.count,
            read=partial(read_all, read.wanted),
            how=self.title.text(),
        )

    def take_focus(self) -> None:
        """The keyboard goes to the first entry."""
        first = next((row for row in self.findChildren(LinkRow) if row.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Due, days_late: int) -> LinkRow:
        under = " · ".join(
            part for part in (one.clock(), sort_title(one.sort), one.number, one.place, one.owner) if part
        )
        return LinkRow(
            title_of(one),
            under,
            name=f"calendar.entry.{one.made or one.uid}",
            icon=ICONS[one.sort],
            go=self._services.go,
            to=way_to_due(one),
            badge=(capital(late_words(days_late)), "poor") if days_late >= 0 else ("", ""),
        )
