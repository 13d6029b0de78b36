"""The form of a schedule: its next dates are seen while one types, and what becomes of open audits is asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Schedule
from gemba.errors import GembaError
from gemba.ui.audits.dates_card import DatesTable
from gemba.ui.audits.schedule_facts import SchedulesShown, Trial, read_trial
from gemba.ui.audits.schedule_fields import ScheduleFields
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import schedules as work

_SETTLE_MS = 250
_ALL, _NONE, _WHICH = "all", "none", "which"


class ScheduleForm(Card):
    """Closed until a schedule is added or changed.

    Args:
        services: of the window.
        parent: the owner.
    """

    kept = Signal(str)
    """Uid of the schedule."""
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Schedule"), parent=parent)
        self._services = services
        self._schedule: Schedule | None = None
        self.entries = ScheduleFields(self)
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("schedule.problem")
        self.dates = DatesTable("schedule.dates", self)
        self.trial = Words("", tone="poor", wrap=True, parent=self)
        self.trial.setObjectName("schedule.trial")
        self.open_ones = Choice(_choices(), name="schedule.open", parent=self)
        self.waiting = QListWidget(self)
        self.waiting.setObjectName("schedule.waiting")
        self.waiting.setAccessibleName(wording.text("Audits that move to the new dates"))
        self.waiting.setMaximumHeight(140)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("schedule.reason")
        self.open_field = Field(
            wording.text("Audits that are planned a&lready"),
            self.open_ones,
            hint=wording.text("What was opened or concluded is never touched."),
            parent=self,
        )
        self.reason_field = Field(wording.text("W&hy is it changed?"), self.reason, parent=self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._try)
        self.entries.changed.connect(self._settle)
        self.open_ones.currentIndexChanged.connect(self._show_waiting)
        for widget in (
            self.entries,
            Words(wording.text("The next dates"), strong=True, parent=self),
            self.trial,
            self.dates,
            self.open_field,
            self.waiting,
            self.reason_field,
            self.problem,
        ):
            self.body.addWidget(widget)
        flow = Flow()
        for button in (
            Button(wording.text("Keep"), name="schedule.keep", icon="check", run=self.keep, once=True, parent=self),
            Button(wording.text("Cancel"), name="schedule.cancel", look="quiet", run=self.close_form, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)

    def begin(self, schedule: Schedule | None, shown: SchedulesShown) -> None:
        """Open for a new schedule, or one that is there."""
        self._schedule = schedule
        self.problem.hide()
        self.entries.offer(shown.places, shown.templates, shown.people)
        self.entries.fill(schedule, self._services.desk.clock().date())
        waiting = shown.waiting if schedule is not None else ()
        self.open_ones.choose("")
        self.open_field.setVisible(bool(waiting))
        self.reason_field.setVisible(bool(waiting))
        self._list(waiting)
        self._show_waiting()
        self._try()
        self.entries.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def keep(self) -> None:
        """Keep the schedule; what becomes of open audits must be said where there are any."""
        draft = self.entries.draft()
        if self._schedule is None:
            self._services.jobs.write(work.add, draft, done=self._added, failed=self._refused)
            return
        fields = {name: value for name, value in msgspec.structs.asdict(draft).items() if name != "subject"}
        made = partial(_change, self._schedule.uid, fields, self._said(), self.reason.text())
        self._services.jobs.write(made, done=self._changed, failed=self._refused)

    @Slot()
    def close_form(self) -> None:
        """Change nothing."""
        self._settling.stop()
        self.left.emit()

    def _said(self) -> work.OpenOnes:
        value = self.open_ones.value
        if value == _WHICH:
            items = [self.waiting.item(row) for row in range(self.waiting.count())]
            chosen = [one for one in items if one is not None and one.checkState() is Qt.CheckState.Checked]
            return [str(one.data(Qt.ItemDataRole.UserRole)) for one in chosen]
        return {_ALL: True, _NONE: False}.get(value)

    def _list(self, waiting: Sequence[tuple[str, str]]) -> None:
        self.waiting.clear()
        for uid, words in waiting:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, uid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.waiting.addItem(item)

    @Slot()
    def _settle(self) -> None:
        self._settling.start()

    @Slot()
    def _try(self) -> None:
        self._services.jobs.ask(read_trial, self._services.desk, self.entries.draft(), done=self._tried)

    def _tried(self, trial: Trial) -> None:
        self.dates.show_dates(trial.dates)
        self.dates.setVisible(bool(trial.dates))
        self.trial.setText(trial.problem or ("" if trial.dates else wording.text("No date lies ahead.")))
        self.trial.setVisible(bool(self.trial.text()))

    @Slot()
    def _show_waiting(self) -> None:
        self.waiting.setVisible(self.open_ones.value == _WHICH and self.waiting.count() > 0)

    def _added(self, change: Change) -> None:
        self._services.messages.info(wording.text("The schedule is kept."))
        self.kept.emit(change.uid)

    def _changed(self, changed: work.Changed) -> None:
        self._services.changed.tell_of(changed.change)
        said = [wording.text("The schedule is kept.")]
        if changed.moved:
            said.append(wording.plural("{n} audit has moved.", "{n} audits have moved.", len(changed.moved)))
        if changed.left:
            said.append(
                wording.text("Left where they are, for want of a new date: {numbers}.", numbers=", ".join(changed.left))
            )
        self._services.messages.info(" ".join(said))
        self.kept.emit(changed.change.uid)

    def _refused(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()
        if error.code == "work.open_ones_unsaid":
            self.open_ones.setFocus(Qt.FocusReason.OtherFocusReason)


def _choices() -> list[tuple[str, str]]:
    return [
        ("", wording.text("Say what becomes of them …")),
        (_ALL, wording.text("All move to the new dates")),
        (_NONE, wording.text("None moves")),
        (_WHICH, wording.text("Those that are ticked move")),
    ]


def _change(uid: str, fields: dict[str, Any], open_ones: work.OpenOnes, reason: str, desk: Any) -> work.Changed:
    return work.change(desk, uid, fields, open_ones=open_ones, reason=reason)
