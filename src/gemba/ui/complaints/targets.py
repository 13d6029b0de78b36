"""Targets of the clock: within how many hours customers are told, by severity and region."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaint_clock import TELL_HOURS
from gemba.domain.complaints import ClockTarget, Severity
from gemba.domain.places import Place
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.complaints import names as said
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.clock_targets import AT_ONCE, apply_to, retire_target, running_now, set_target, targets

_USUAL = 72


class _Read(msgspec.Struct, frozen=True):
    targets: tuple[ClockTarget, ...]
    places: tuple[Place, ...]


class TargetsCard(Card):
    """The targets in use, and the entry of a new one.

    Args:
        services: of the window.
        places: names of places.
        parent: the owner.
    """

    def __init__(self, services: Services, places: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Within how many hours the customer is told"), parent=parent)
        self._services, self._places = services, places
        self._waiting: list[str] = []
        self._of, self._changed = 0, 0
        note = wording.text(
            "Hours pass by the calendar, day and night, from receipt; a clock stops only for a dated reason. "
            "The nearest place that has a target counts, and there the newest that was valid on the day of receipt."
        )
        self.body.addWidget(Words(note, tone="muted", wrap=True, parent=self))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.addLayout(self._rows)
        self.severity = Choice(
            [(each.value, said.severity(each)) for each in reversed(Severity)],
            name="complaints.target.severity",
            parent=self,
        )
        self.place = Choice(name="complaints.target.place", search=True, parent=self)
        self.hours = QSpinBox(self)
        self.hours.setObjectName("complaints.target.hours")
        self.hours.setRange(0, 8784)
        self.hours.setValue(_USUAL)
        self.hours.setSpecialValueText(wording.text("No target"))
        self.acknowledge = QSpinBox(self)
        self.acknowledge.setObjectName("complaints.target.acknowledge")
        self.acknowledge.setRange(0, 8784)
        self.acknowledge.setSpecialValueText(wording.text("No target"))
        self.reason = QLineEdit(self)
        self.reason.setObjectName("complaints.target.reason")
        self._field = Field(wording.text("&Hours until the customer is told"), self.hours, parent=self)
        self.also = QCheckBox(wording.text("Also for complaints that are open now"), self)
        self.also.setObjectName("complaints.target.also")
        for widget in (
            Field(wording.text("How &severe"), self.severity, parent=self),
            Field(wording.text("&Place, with all below it"), self.place, parent=self),
            self._field,
            Field(wording.text("Hours until &receipt is acknowledged"), self.acknowledge, parent=self),
            Field(wording.text("&Why"), self.reason, parent=self),
            self.also,
        ):
            self.body.addWidget(widget)
        across = QHBoxLayout()
        across.addWidget(
            Button(
                wording.text("Set this target"), name="complaints.target.set", icon="check", run=self.set, parent=self
            )
        )
        across.addStretch(1)
        self.body.addLayout(across)
        self.progress = ProgressRow(
            wording.text("Clocks are brought up to date"), name="complaints.target.progress", parent=self
        )
        self.progress.cancelled.connect(self._stop)
        self.body.addWidget(self.progress)
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read the targets."""
        self._services.jobs.ask(_read, self._services.desk, done=self._show)

    @Slot()
    def set(self) -> None:
        """Set the target that was entered."""
        self._field.say_problem("")
        wanted = _Wanted(
            Severity(self.severity.value),
            self.place.value or None,
            self.hours.value() or None,
            self.acknowledge.value() or None,
            self.reason.text(),
        )
        self._services.jobs.write(_set, wanted, done=self._was_set, failed=self._refused)

    def _show(self, read: _Read) -> None:
        self._places.take(read.places)
        self.place.offer([("", wording.text("Everywhere")), *self._places.choices()])
        clear(self._rows)
        for target in read.targets:
            self._rows.addWidget(_Row(self._services, target, self._words(target), self))
        everywhere = {target.severity for target in read.targets if target.place is None}
        for severity, hours in TELL_HOURS.items():
            if severity not in everywhere:
                hours_said = wording.plural("{n} hour", "{n} hours", hours)
                preset = wording.text(
                    "{severity}, everywhere: {hours}, as the program has it",
                    severity=said.severity(severity),
                    hours=hours_said,
                )
                self._rows.addWidget(Words(preset, wrap=True, parent=self))

    def _words(self, target: ClockTarget) -> str:
        place = self._places.name(target.place) if target.place is not None else wording.text("everywhere")
        hours = wording.text("no target")
        if target.tell_hours is not None:
            hours = wording.plural("{n} hour", "{n} hours", target.tell_hours)
        if target.acknowledge_hours is not None:
            early = wording.plural("{n} hour", "{n} hours", target.acknowledge_hours)
            hours = wording.text("{hours}, acknowledged within {early}", hours=hours, early=early)
        since = wording.text("received from {day} on", day=terms.day(target.valid_from))
        words = f"{said.severity(target.severity)}, {place}: {hours}, {since}"
        return f"{words} – {target.reason}" if target.reason else words

    def _was_set(self, _made: Change) -> None:
        self.reason.clear()
        self._services.messages.info(wording.text("The target is set."))
        if self.also.isChecked():
            severity, place = Severity(self.severity.value), self.place.value or None
            self._services.jobs.errand(running_now, self._services.desk, severity, place, done=self._apply)

    def _apply(self, meant: list[str]) -> None:
        """Some at a time, so that other work goes on between."""
        self._waiting, self._of, self._changed = meant, len(meant), 0
        self._apply_some(0)

    def _apply_some(self, changed: int) -> None:
        self._changed += changed
        self.progress.setVisible(bool(self._waiting))
        self.progress.told(self._of - len(self._waiting), self._of, "")
        if self._waiting:
            some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            self._services.jobs.write(apply_to, some, done=self._apply_some)
            return
        words = wording.plural(
            "{n} clock now runs out at another time.", "{n} clocks now run out at another time.", self._changed
        )
        self._services.messages.info(words)
        self._services.changed.tell(Change(topics=frozenset({"complaint"})))

    @Slot()
    def _stop(self) -> None:
        """What is done stays; the rest keeps its time."""
        self._waiting = []

    def _refused(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "clock_target" in change.topics:
            self.read()


class _Wanted(msgspec.Struct, frozen=True):
    severity: Severity
    place: str | None
    hours: int | None
    acknowledge: int | None
    reason: str


class _Row(QWidget):
    """One target, and the way to take it out of use."""

    def __init__(self, services: Services, target: ClockTarget, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._uid = services, target.uid
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Words(words, wrap=True, parent=self), 1)
        retire = Button(
            wording.text("Take out of use"),
            name=f"complaints.target.retire.{target.uid}",
            look="quiet",
            run=self.retire,
            parent=self,
        )
        retire.setAccessibleName(f"{retire.text()}: {words}")
        across.addWidget(retire)

    @Slot()
    def retire(self) -> None:
        """Take it out of use; clocks that run keep theirs."""
        self._services.jobs.write(retire_target, self._uid)


def _read(desk: Any) -> _Read:
    with desk.reader() as reader:
        found = tuple(targets(reader))
    return _Read(found, tuple(read_places(desk)))


def _set(desk: Any, wanted: _Wanted) -> Change:
    return set_target(
        desk,
        wanted.severity,
        tell_hours=wanted.hours,
        acknowledge_hours=wanted.acknowledge,
        place=wanted.place,
        reason=wanted.reason,
    )
