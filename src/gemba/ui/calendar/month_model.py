"""The days of a month or a week as cells: what stands on each, and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDate, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from gemba import wording
from gemba.work.calendar import DayFacts
from gemba.work.calendar_words import sort_title, title_of

DAYS = 7
_WEEKS = 6
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_SHORT = QLocale.FormatType.ShortFormat

Index = QModelIndex | QPersistentModelIndex


class MonthModel(QAbstractTableModel):
    """Six weeks around a month, or one week.

    Args:
        parent: the owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.month = date(2000, 1, 1)
        self.today = date(2000, 1, 1)
        self.weeks = _WEEKS
        self.first = date(2000, 1, 1)
        self._days: Mapping[date, DayFacts] = {}

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.first + timedelta(days=self.weeks * DAYS - 1)

    def show_days(self, around: date, *, week: bool, today: date) -> None:
        """Show the month of a day, or its week; what stands on the days comes later."""
        self.beginResetModel()
        self.month, self.today, self.weeks = around.replace(day=1), today, 1 if week else _WEEKS
        begins = around if week else self.month
        back = (begins.isoweekday() - QLocale().firstDayOfWeek().value) % DAYS
        self.first = begins - timedelta(days=back)
        self._days = {}
        self.endResetModel()

    def take(self, days: Mapping[date, DayFacts], today: date) -> None:
        """What stands on the days."""
        self._days, self.today = days, today
        self.dataChanged.emit(self.index(0, 0), self.index(self.weeks - 1, DAYS - 1))

    def day(self, index: Index) -> date:
        """The day of a cell."""
        return self.first + timedelta(days=index.row() * DAYS + index.column())

    def facts(self, day: date) -> DayFacts:
        """What stands on a day."""
        return self._days.get(day, DayFacts(0, 0, ()))

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; an invalid one when it is not shown."""
        at = (day - self.first).days
        return self.index(at // DAYS, at % DAYS) if 0 <= at < self.weeks * DAYS else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Weeks."""
        return 0 if parent.isValid() else self.weeks

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Days of a week."""
        return 0 if parent.isValid() else DAYS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802 - Qt's name
        """Weekdays."""
        if role != _DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        return QLocale().dayName((self.first + timedelta(days=section)).isoweekday(), _SHORT)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What is said of a day; the delegate paints it."""
        if role == _DISPLAY:
            return str(self.day(index).day)
        return self.spoken(self.day(index)) if role in _SPOKEN else None

    def spoken(self, day: date) -> str:
        """A day in words."""
        facts = self.facts(day)
        said = [QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)]
        if day == self.today:
            said.append(wording.text("today"))
        said.append(wording.plural("{n} entry", "{n} entries", facts.count))
        if facts.late:
            said.append(wording.plural("{n} overdue", "{n} overdue", facts.late))
        said += [f"{sort_title(one.sort)}: {title_of(one)}" for one in facts.first]
        return ", ".join(said[:3]) + "".join(f"\n{each}" for each in said[3:])
