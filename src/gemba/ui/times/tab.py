"""The view of time studies: the list, one study, its stopwatch, or the form of a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.ui import terms
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, column, scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.turning import is_turned_from
from gemba.ui.services import Services
from gemba.ui.times.facts import StudyLine, read_lines, read_maps
from gemba.ui.times.forms import study_form
from gemba.ui.times.study_view import StudyView
from gemba.ui.times.watch_view import WatchView

_WIDEST, _FORM = 1100, 760


class TimesTab(QStackedWidget):
    """Time studies.

    Args:
        services: of the window.
        names: of the places.
        parent: the owner.
    """

    turned = Signal()
    """Another of its rooms is shown, or the list was read."""

    def __init__(self, services: Services, names: PlaceNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.tab.times")
        self._services, self._names = services, names
        self.lines: tuple[StudyLine, ...] = ()
        self._arrived = False
        heads = ("Work", "Place", "Role", "Cycles", "Begun", "State")
        self.table = FigureTable(
            "times.list",
            wording.text("Time studies"),
            [wording.text(each) for each in heads],
            numbers=(3,),
            most=40,
            parent=self,
        )
        self.study = StudyView(services, self)
        self.watch = WatchView(services, parent=self)
        self._form_rows = QVBoxLayout()
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        form = QWidget(self)
        form.setLayout(self._form_rows)
        self._listed = self._list_of()
        self._empty = self._nothing()
        self._form = scrolled(column(form, widest=_FORM), name="times.form.area")
        for room in (self._listed, self._empty, self.study, self.watch, self._form):
            self.addWidget(room)
        self.table.opened.connect(self._open_row)
        self.study.left.connect(self.to_list)
        self.study.watch_wanted.connect(self.begin_watch)
        self.watch.left.connect(self._back_to_study)
        self.currentChanged.connect(self.turned)
        services.changed.made.connect(self._hear)

    @property
    def is_listing(self) -> bool:
        """Whether all studies are shown."""
        return self.currentWidget() is self._listed

    def arrive(self) -> None:
        """It is shown now."""
        self._arrived = True
        self._services.jobs.ask(read_lines, self._services.desk, done=self._came)
        if self.currentWidget() is self.study:
            self.study.read()

    def take_focus(self) -> None:
        """The keyboard begins in the list."""
        if self.currentWidget() is self._listed:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.currentWidget() is self.study:
            self.study.take_focus()
        elif self.currentWidget() is self._empty:
            self.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_uid(self, uid: Uid) -> None:
        """Show one study."""
        self._services.jobs.call_off(self._ask_study)
        if self.currentWidget() is self.watch:
            self.watch.stop()
        self.setCurrentWidget(self.study)
        self.study.open(uid)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A form that was asked for is not wanted any more once its person has turned to something else."""
        super().hideEvent(event)
        if is_turned_from(self):
            self._services.jobs.call_off(self._ask_study)

    def sights(self) -> dict[str, Callable[[], None]]:
        """What pictures show beside the list."""
        seen: dict[str, Callable[[], None]] = {"new": self.begin_study}
        if self.lines:
            first = self.lines[0].study.uid
            seen["study"] = partial(self.show_uid, first)
            seen["watch"] = self.begin_watch
            seen["element"] = partial(self._see_element, first)
        return seen

    @Slot()
    def begin_study(self) -> None:
        """Ask for a new study."""
        self._services.jobs.ask(read_maps, self._services.desk, done=self._ask_study)

    @Slot()
    def begin_watch(self) -> None:
        """Turn to the stopwatch of the study that is shown."""
        self._services.jobs.call_off(self._ask_study)
        shown = self.study.shown
        if shown is not None and shown.facts.elements and shown.facts.study.ended_at is None:
            self.study.leave_form()
            self.setCurrentWidget(self.watch)
            self.watch.open(shown.facts)

    @Slot()
    def to_list(self) -> None:
        """Back to all studies."""
        self._services.jobs.call_off(self._ask_study)
        self.setCurrentWidget(self._listed if self.lines else self._empty)
        self.arrive()
        self.take_focus()

    def _see_element(self, uid: Uid) -> None:
        self.show_uid(uid)
        self.study.add_element()

    def _ask_study(self, maps: Any) -> None:
        clear(self._form_rows)
        form = study_form(self._services, self._names.choices(), maps, parent=self)
        form.kept.connect(self._begun)
        form.left.connect(self.to_list)
        self._form_rows.addWidget(form)
        self.setCurrentWidget(self._form)
        form.begin()

    @Slot(str)
    def _begun(self, uid: Uid) -> None:
        self.show_uid(uid)
        self.study.ask_first()
        self.arrive()

    @Slot()
    def _back_to_study(self) -> None:
        self.setCurrentWidget(self.study)
        self.study.read()
        self.study.take_focus()

    def _came(self, lines: tuple[StudyLine, ...]) -> None:
        self.lines = lines
        self.table.put([_row(line) for line in lines], [{5: _tone(line)} for line in lines])
        if self.currentWidget() in (self._listed, self._empty):
            self.setCurrentWidget(self._listed if lines else self._empty)
        self.turned.emit()

    @Slot(int)
    def _open_row(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            self.show_uid(self.lines[row].study.uid)
            self.study.take_focus()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self._arrived and self.currentWidget() is self._listed and change.topics & {"time_study", "time_reading"}:
            self.arrive()

    def _list_of(self) -> QWidget:
        card = Card(wording.text("Time studies"), parent=self)
        card.body.addWidget(self.table)
        return scrolled(column(card, widest=_WIDEST), name="times.list.area")

    def _nothing(self) -> QWidget:
        self.begin_button = Button(
            wording.text("Begin a time study"),
            name="times.empty.begin",
            icon="plus",
            look="primary",
            run=self.begin_study,
        )
        words = wording.text(
            "Watch how long the work takes, element by element: what adds value, what waits, what is done again. "
            "No name is ever kept with a time."
        )
        return EmptyState("timer", wording.text("No time was taken yet"), words, self.begin_button, parent=self)


def _row(line: StudyLine) -> tuple[str, ...]:
    study = line.study
    state = wording.text("Goes on") if study.ended_at is None else wording.text("Ended")
    return (
        f"{study.number}   {study.title}",
        line.place,
        study.role,
        terms.number(line.cycles),
        terms.day(study.begun_at.date()),
        state,
    )


def _tone(line: StudyLine) -> str:
    return "accent" if line.study.ended_at is None else "muted"
