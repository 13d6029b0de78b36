"""Dates, times and moments: typed generously, or today and now at one press; empty until somebody says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui import terms
from gemba.ui.conduct import lexical
from gemba.ui.conduct.editors.base import Editor
from gemba.ui.conduct.editors.typed import TypingEditor
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.flow import Flow

if TYPE_CHECKING:
    from gemba.forms.views import View


class MomentEditor(Editor):
    """A date, a time of day, or both.

    Args:
        parent: the row.
        kind: `date`, `time` or `dateTime`.
        now: the time where the assessment is conducted.
        calendar: offer a month to choose from.
    """

    def __init__(self, parent: QWidget, *, kind: str, now: Callable[[], datetime], calendar: bool = True) -> None:
        super().__init__(parent)
        self._has_calendar = calendar and kind != "time"
        self._kind, self._now = kind, now
        self._day = TypingEditor(self, read=self._read_day, write=shown_day) if kind != "time" else None
        self._clock = TypingEditor(self, read=lexical.clock, write=shown_clock) if kind != "date" else None
        line = Flow(self, gap=8)  # in a narrow panel the button stands below
        for part, hint, wide in ((self._day, day_hint(), 170), (self._clock, clock_hint(), 120)):
            if part is not None:
                part.field.setFixedWidth(wide)
                part.setFixedWidth(wide)
                part.field.setPlaceholderText(hint)
                part.given.connect(self._pass_on)
                line.addWidget(part)
        self._calendar = IconButton(
            "calendar", wording.text("Choose a day"), name="calendar", run=self._open, parent=self
        )
        self._calendar.setVisible(self._has_calendar)
        words = wording.text("Now") if kind == "time" else wording.text("Today")
        self._present = Button(words, name="now", look="quiet", run=self._take_now, parent=self)
        line.addWidget(self._calendar)
        line.addWidget(self._present)

    def show_view(self, view: View, *, locked: bool) -> None:
        """Show the kept date and time."""
        for part, value in ((self._day, day_part(view.value)), (self._clock, clock_part(view.value, self._kind))):
            if part is not None:
                part.show_view(_part_of(view, value), locked=locked)
        self._present.setVisible(not locked)
        self._calendar.setVisible(not locked and self._has_calendar)

    def stops(self) -> Sequence[QWidget]:
        """The fields, then calendar and today."""
        fields: list[QWidget] = [part.field for part in (self._day, self._clock) if part is not None]
        return [*fields, self._calendar, self._present]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+; is today, as in a spreadsheet."""
        if event.key() == Qt.Key.Key_Semicolon and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take_now()
            return
        super().keyPressEvent(event)

    def settle(self) -> None:
        """Hand over what is being typed."""
        for part in (self._day, self._clock):
            if part is not None:
                part.settle()

    def clear(self) -> None:
        """Take the answer back."""
        for part in (self._day, self._clock):
            if part is not None:
                part.blockSignals(True)
                part.clear()
                part.blockSignals(False)
        self.given.emit("")

    def _read_day(self, typed: str) -> str:
        return read_day(typed, self._now().date())

    def _pass_on(self, _value: str = "") -> None:
        if self._day is None or self._clock is None:
            part = self._day or self._clock
            assert part is not None
            self.given.emit(part.value())
        else:
            self.given.emit(lexical.moment(self._day.value(), self._clock.value(), self._now()))

    def _take_now(self) -> None:
        now = self._now()
        for part, value in ((self._day, now.date().isoformat()), (self._clock, now.strftime("%H:%M:00.000"))):
            if part is not None:
                part.put(value)
        self._pass_on()

    def _open(self) -> None:
        assert self._day is not None
        shown = lexical.read_day(self._day.value()) or self._now().date()
        _Calendar(self, shown, self._choose).pop_up(self._calendar)

    def _choose(self, chosen: date) -> None:
        assert self._day is not None
        self._day.put(chosen.isoformat())
        self._pass_on()


class _Calendar(QWidget):
    """A month to choose a day from; it goes away when one is chosen, or by Escape."""

    def __init__(self, parent: QWidget, shown: date, chosen: Callable[[date], None]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chosen = chosen
        self._month = QCalendarWidget(self)
        self._month.setObjectName("calendar.month")
        self._month.setAccessibleName(wording.text("Choose a day"))
        self._month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.clicked.connect(self._take)
        self._month.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._month)

    def pop_up(self, below: QWidget) -> None:
        """Open below a button."""
        self.move(below.mapToGlobal(QPoint(0, below.height() + 4)))
        self.show()
        self._month.setFocus()

    def _take(self, chosen: QDate) -> None:
        self.close()
        self._chosen(date(chosen.year(), chosen.month(), chosen.day()))


def shown_day(value: str) -> str:
    """A kept date in words that no country reads otherwise: `21 Nov 2026`."""
    found = lexical.read_day(value)
    return value if found is None else terms.day(found)


def read_day(typed: str, today: date) -> str:
    """A date as the form keeps it, from figures or with the month in words."""
    figures = lexical.day(typed, today, month_first=_month_first())
    if lexical.read_day(figures) is not None:
        return figures
    for pattern in ("d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy"):
        found = QLocale(wording.language()).toDate(" ".join(typed.replace(",", " ").split()), pattern)
        if found.isValid():
            return date(found.year(), found.month(), found.day()).isoformat()
    return figures


def _month_first() -> bool:
    short = QLocale.system().dateFormat(QLocale.FormatType.ShortFormat).lower()
    return QLocale.system().language() != QLocale.Language.C and short.find("m") < short.find("d")


def shown_clock(value: str) -> str:
    """A kept time of day, hours and minutes."""
    found = lexical.read_clock(value)
    return value if found is None else f"{found:%H:%M}"


def day_hint() -> str:
    """How a date is written here, by the example of one."""
    return wording.text("e.g. {day}", day=shown_day(date.today().isoformat()))  # noqa: DTZ011 - only an example


def clock_hint() -> str:
    """How a time is written here, by an example."""
    return wording.text("e.g. {time}", time=shown_clock("14:30:00"))


def day_part(value: str) -> str:
    """The date of a kept date or moment."""
    return value.partition("T")[0] if "T" in value or "-" in value or ":" not in value else ""


def clock_part(value: str, kind: str) -> str:
    """The time of a kept time or moment, without its zone."""
    if kind == "time":
        return value
    if "T" in value:
        found = lexical.read_clock(value)
        return f"{found:%H:%M:%S}.000" if found else value.split("T", 1)[1]
    return value if ":" in value else ""


def _part_of(view: View, value: str) -> View:
    return replace(view, value=value)
