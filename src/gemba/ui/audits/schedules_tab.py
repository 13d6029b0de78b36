"""Schedules: what comes again, its next dates, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Schedule
from gemba.ui import terms
from gemba.ui.audits.dates_card import DatesTable
from gemba.ui.audits.schedule_facts import TOPICS, SchedulesShown, read_schedules
from gemba.ui.audits.schedule_form import ScheduleForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import schedules as work
from gemba.work.make_scheduled import Made, make
from gemba.work.schedule_words import subject_title, working_day_title

_WIDEST, _FORM = 1180, 860
_AHEAD = timedelta(91)
"""So far ahead the button makes what is due."""


class SchedulesTab(QStackedWidget):
    """The schedules with the one that is chosen, or the form of one.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audits.schedules")
        self.services = services
        self.shown: SchedulesShown | None = None
        self._uid = ""
        self._stale = True
        heads = [wording.text(word) for word in ("Schedule", "What", "Next", "Rule")]
        self.table = FigureTable("schedules.table", wording.text("Schedules"), heads, most=10, parent=self)
        self.head = Words("", strong=True, wrap=True)
        self.said = Words("", tone="muted", wrap=True)
        self.dates = DatesTable("schedules.dates")
        self.form = ScheduleForm(services, self)
        self.list = Card(wording.text("Schedules"))
        self.one = Card(wording.text("The next dates"))
        self.list.body.addWidget(self.table)
        for widget in (self.head, self.said, self.dates):
            self.one.body.addWidget(widget)
        self._put_buttons()
        self.none = EmptyState(
            "repeat",
            wording.text("No schedule yet"),
            wording.text("Say what comes again: Gemba shows the next twelve dates and makes what is due."),
        )
        self.addWidget(scrolled(column(self.none, self.list, self.one, widest=_WIDEST), name="schedules.area"))
        self.addWidget(scrolled(column(self.form, widest=_FORM), name="schedules.form.area"))
        self.table.chosen.connect(self._choose)
        self.form.kept.connect(self.show_uid)
        self.form.left.connect(self.to_list)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read what is shown when something has changed since."""
        if self._stale:
            self._ask()

    def take_focus(self) -> None:
        """The keyboard begins with the schedules."""
        (self.table if self.table.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show besides: the form of a new schedule."""
        return {"new": self.begin_adding}

    @Slot(str)
    def show_uid(self, uid: str) -> None:
        """Show one schedule with its dates."""
        self._uid = uid
        self.setCurrentIndex(0)
        self._ask()

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new schedule."""
        if self.shown is not None:
            self.setCurrentIndex(1)
            self.form.begin(None, self.shown)

    @Slot()
    def begin_changing(self) -> None:
        """Open the form of the schedule that is shown."""
        if self.shown is not None and self.shown.chosen is not None:
            self.setCurrentIndex(1)
            self.form.begin(self.shown.chosen, self.shown)

    @Slot()
    def make_due(self) -> None:
        """Make what is due within three months; what is there already is not made twice."""
        if self.shown is not None and self.shown.chosen is not None:
            today = self.services.desk.clock().date()
            made = partial(_make, self.shown.chosen.uid, today, today + _AHEAD)
            self.services.jobs.write(made, done=self._made)

    @Slot()
    def retire(self) -> None:
        """Take the schedule out of use; what was planned from it stays."""
        if self.shown is not None and self.shown.chosen is not None:
            self.services.jobs.write(work.retire, self.shown.chosen.uid, done=self._retired)

    @Slot()
    def to_list(self) -> None:
        """Back to the schedules."""
        self.setCurrentIndex(0)

    def _put_buttons(self) -> None:
        flow = Flow()
        for code, words, icon, run in (
            ("make", wording.text("Make what is due in three months"), "calendar-check", self.make_due),
            ("change", wording.text("Change"), "pencil", self.begin_changing),
            ("retire", wording.text("Take out of use"), "archive", self.retire),
        ):
            look = "quiet" if code == "retire" else ""
            flow.addWidget(Button(words, name=f"schedules.{code}", icon=icon, look=look, run=run))
        self.one.body.addLayout(flow)

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        self.services.jobs.ask(read_schedules, self.services.desk, self._uid, done=self._came)

    @Slot(object)
    def _hear(self, change: Any) -> None:
        if not isinstance(change, Change) or not change.topics & TOPICS:
            return
        self._stale = True
        if self.isVisible():
            self._ask()

    def _came(self, shown: SchedulesShown) -> None:
        self.shown = shown
        every = shown.schedules
        self.none.setVisible(not every)
        self.list.setVisible(len(every) > 1)
        self.one.setVisible(shown.chosen is not None)
        self.table.put(
            [
                [one.title, subject_title(one.subject), terms.day(day) or wording.text("none"), one.rule]
                for one, day in every
            ]
        )
        if shown.chosen is None:
            return
        self._uid = shown.chosen.uid
        row = next(at for at, (one, _) in enumerate(every) if one.uid == self._uid)
        self.table.blockSignals(True)
        self.table.setCurrentCell(row, 0)
        self.table.blockSignals(False)
        self.head.setText(shown.chosen.title)
        self.said.setText(_said(shown.chosen, dict(shown.places).get(shown.chosen.place or "", "")))
        self.dates.show_dates(shown.dates)

    @Slot(int)
    def _choose(self, row: int) -> None:
        if self.shown is not None and 0 <= row < len(self.shown.schedules):
            self.show_uid(self.shown.schedules[row][0].uid)

    def _made(self, made: Made) -> None:
        self.services.changed.tell_of(_change_of(made))
        said = [wording.plural("{n} made.", "{n} made.", len(made.made))]
        if made.there:
            said.append(wording.plural("{n} was there already.", "{n} were there already.", made.there))
        if made.later:
            said.append(wording.plural("{n} is not due yet.", "{n} are not due yet.", made.later))
        self.services.messages.info(" ".join(said))

    def _retired(self, _change: Change) -> None:
        self._uid = ""
        self.services.messages.info(wording.text("The schedule is out of use."))


def _said(schedule: Schedule, place: str) -> str:
    parts = [
        subject_title(schedule.subject),
        place,
        schedule.owner,
        schedule.rule,
        wording.text("a date on no working day {what}", what=working_day_title(schedule.working_day)),
    ]
    return " · ".join(part for part in parts if part)


def _make(uid: str, first: Any, last: Any, desk: Any) -> Made:
    return make(desk, uid, first, last)


def _change_of(made: Made) -> Change:
    return Change(topics=frozenset({"audit", "assessment", "complaint_review"}), uids=frozenset(made.made))
