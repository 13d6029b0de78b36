"""The tab of the calendar: month, week or agenda, narrowed by place, sort and own, with the chosen day beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFileDialog,
    QFrame,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.due import DueSort
from gemba.ui.calendar.day_panel import DayPanel
from gemba.ui.calendar.due_source import DueSource
from gemba.ui.calendar.month_model import MonthModel
from gemba.ui.calendar.month_view import MonthView, months_on
from gemba.ui.calendar.reading import DayRead, MonthRead, read_day, read_month, write_file
from gemba.ui.calendar.shapes import DUE_TOPICS, dues
from gemba.ui.calendar.ways import way_to_due
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words, repolish
from gemba.ui.services import Services
from gemba.ui.theme.tokens import TARGET
from gemba.work.calendar import Wanted
from gemba.work.calendar_words import sort_title

MONTH, WEEK, AGENDA = "month", "week", "agenda"
_NARROW = 900


class CalendarTab(QWidget):
    """The grid or the list, and what stands on the chosen day.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.names = services, PlaceNames(services.desk)
        self.mode = MONTH
        self.days = MonthModel(self)
        self.grid = MonthView(self.days, self)
        self.panel = DayPanel(services, self)
        self.source = DueSource(services.desk, Wanted())
        self.list = ListPanel(dues(self.names, overdue=False), self.source, services, empty=self._empty())
        self._make_tools()
        self._lay_out()
        self.grid.moved.connect(self._moved)
        self.grid.turned.connect(self.show_day)
        self.grid.opened.connect(self._open_day)
        self.list.opened.connect(self._open_line)
        services.changed.made.connect(self._hear)
        self._turn(services.desk.clock().astimezone().date())

    def arrive(self) -> None:
        """Read what the shown days hold, and what places are called."""
        self.services.jobs.ask(read_places, self.services.desk, done=self._take_places)
        self._read()

    def take_focus(self) -> None:
        """The keyboard begins at the days, or in the list."""
        (self.list.table if self.mode == AGENDA else self.grid).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: str) -> None:
        """Show a day (`2026-03-02`), or the month, the week or the agenda."""
        if uid in {MONTH, WEEK, AGENDA}:
            self.show_mode(uid)
            return
        try:
            self.show_day(date.fromisoformat(uid))
        except ValueError:
            self._read()

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides the month."""
        return {mode: partial(self.show_mode, mode) for mode in (WEEK, AGENDA, MONTH)}

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Show the month or week of a day, and choose the day."""
        self._turn(day)
        self._read()

    def show_mode(self, mode: str) -> None:
        """Show the month, the week, or the agenda of the month."""
        self.mode = mode
        self._mark_mode()
        self._stack.setCurrentIndex(1 if mode == AGENDA else 0)
        self.panel.setVisible(mode != AGENDA)
        self._turn(self.grid.day or self.days.today)
        self._read()

    @Slot()
    def back(self) -> None:
        """A month or week back."""
        self._step(-1)

    @Slot()
    def forth(self) -> None:
        """A month or week on."""
        self._step(1)

    @Slot()
    def to_today(self) -> None:
        """Back to today."""
        self.show_day(self.services.desk.clock().astimezone().date())

    @Slot()
    def save(self) -> None:
        """Ask where the calendar file goes, and write it."""
        title = wording.text("Calendar file")
        name, _ = QFileDialog.getSaveFileName(self, title, "gemba.ics", wording.text("Calendar (*.ics)"))
        if name:
            self.write(name)

    def write(self, name: str) -> None:
        """Write what is chosen above as a calendar file: a year from today on, and what is overdue."""
        wanted = msgspec.structs.replace(self._narrowed(), first=None, last=None)
        self.services.jobs.errand(write_file, self.services.desk, name, wanted, done=self._written)

    def _step(self, count: int) -> None:
        day = self.grid.day or self.days.month
        self.show_day(day + timedelta(days=7 * count) if self.mode == WEEK else months_on(day, count))

    def _turn(self, day: date) -> None:
        """Show the days around a day."""
        today = self.services.desk.clock().astimezone().date()
        is_week = self.mode == WEEK
        begins = day if is_week else day.replace(day=1)
        if (
            self.days.index_of(day).isValid() is False
            or self.days.month != begins.replace(day=1)
            or is_week != (self.days.weeks == 1)
        ):
            self.days.show_days(day, week=is_week, today=today)
        self.grid.choose(day)
        self._title.setText(f"{QLocale().standaloneMonthName(day.month)} {day.year}")

    def _narrowed(self) -> Wanted:
        sorts = (DueSort(self.sort.value),) if self.sort.value else ()
        return Wanted(
            first=self.days.first,
            last=self.days.last,
            place=self.place.value or None,
            sorts=sorts,
            own=self.own.isChecked(),
        )

    def _read(self) -> None:
        wanted = self._narrowed()
        if self.mode == AGENDA:
            for shown in (self._came, self._day_came):
                self.services.jobs.call_off(shown)
            month = self.days.month
            ends = months_on(month, 1) - timedelta(days=1)
            self.source.wanted = msgspec.structs.replace(wanted, first=month, last=ends)
            self.list.start()
            self.list.hear(Change(topics=self.list.shape.topics, uids=frozenset()))
            return
        self.services.jobs.ask(read_month, self.services.desk, wanted, done=self._came)
        self._read_day()

    def _read_day(self) -> None:
        day = self.grid.day
        if day is not None and self.mode != AGENDA:
            wanted = msgspec.structs.replace(self._narrowed(), first=day, last=day)
            self.services.jobs.ask(read_day, self.services.desk, wanted, done=self._day_came)

    def _came(self, read: MonthRead) -> None:
        self.days.take(read.days, read.today)

    def _day_came(self, read: DayRead) -> None:
        if read.day == self.grid.day:
            self.panel.show_day(read)

    @Slot(object)
    def _moved(self, _day: date) -> None:
        self._read_day()

    @Slot(object)
    def _open_day(self, day: date) -> None:
        """The only entry of a day is opened; of several the first gets the keyboard."""
        facts = self.days.facts(day)
        if facts.count == 1 and (way := way_to_due(facts.first[0])):
            self.services.go(*way)
        else:
            self.panel.take_focus()

    @Slot(object)
    def _open_line(self, line: Any) -> None:
        way = way_to_due(line.due) if line is not None else ()
        if way:
            self.services.go(*way)

    def _take_places(self, places: Any) -> None:
        self.names.take(places)
        self.place.offer([("", wording.text("All places")), *self.names.choices()])

    def _written(self, made: tuple[str, int]) -> None:
        file, count = made
        words = wording.plural("Wrote {file} with {n} entry.", "Wrote {file} with {n} entries.", count, file=file)
        self.services.messages.info(words)

    @Slot()
    def _narrow(self) -> None:
        self._read()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & DUE_TOPICS:
            self._read()

    def _mark_mode(self) -> None:
        for code, button in self._modes.items():
            button.setChecked(code == self.mode)
            button.setProperty("active", code == self.mode)
            repolish(button)

    def _make_tools(self) -> None:
        back, on = wording.text("Back"), wording.text("On")
        self._back = IconButton("chevron-left", back, name="calendar.back", run=self.back, parent=self)
        self._forth = IconButton("chevron-right", on, name="calendar.forth", run=self.forth, parent=self)
        today = wording.text("&Today")
        self._today = Button(today, name="calendar.today", look="quiet", run=self.to_today, parent=self)
        self._title = Words("", scale="heading", parent=self)
        titles = {MONTH: wording.text("&Month"), WEEK: wording.text("&Week"), AGENDA: wording.text("A&genda")}
        self._modes: dict[str, QToolButton] = {}
        for code, words in titles.items():
            made = QToolButton(self)
            made.setText(words)
            made.setObjectName(f"calendar.mode.{code}")
            made.setAccessibleName(words.replace("&", ""))
            made.setCheckable(True)
            made.setProperty("look", "chip")
            made.setMinimumHeight(TARGET)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.clicked.connect(partial(self.show_mode, code))
            self._modes[code] = made
        self._mark_mode()
        every = [("", wording.text("Everything")), *((one.value, sort_title(one)) for one in DueSort)]
        self.sort = Choice(every, name="calendar.sort", parent=self)
        self.sort.setAccessibleName(wording.text("What"))
        self.place = Choice([("", wording.text("All places"))], name="calendar.place", search=True, parent=self)
        self.place.setAccessibleName(wording.text("Place"))
        self.own = QCheckBox(wording.text("Only &own"), self)
        self.own.setObjectName("calendar.own")
        self.own.setToolTip(wording.text("What you recorded, lead, audit, or sit in."))
        file = wording.text("Calendar &file …")
        self._file = Button(file, name="calendar.file", icon="download", look="quiet", run=self.save, parent=self)
        for choice in (self.sort, self.place):
            choice.activated.connect(self._narrow)
        self.own.toggled.connect(self._narrow)

    def _lay_out(self) -> None:
        tools = QWidget(self)
        flow = Flow(tools, gap=8)
        for widget in (self._back, self._title, self._forth, self._today, *self._modes.values()):
            flow.addWidget(widget)
        for widget in (self.sort, self.place, self.own, self._file):
            flow.addWidget(widget)
        self._title.setMinimumWidth(170)
        self._title.setMinimumHeight(36)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        for widget in (self.grid, self.list):
            card = QFrame(self)
            card.setProperty("look", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(1, 1, 1, 1)
            inside.addWidget(widget)
            self._stack.addWidget(card)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(16)
        self._across.addWidget(self._stack, 5)
        self._across.addWidget(self.panel, 2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(tools)
        rows.addLayout(self._across, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The day stands below the grid where there is no room beside it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(down if narrow else across)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "calendar",
            wording.text("Nothing stands in this month"),
            wording.text("Schedules, meetings and everything with a day come into the calendar by themselves."),
        )
