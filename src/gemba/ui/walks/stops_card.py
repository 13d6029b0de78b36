"""The stops of a route in their order: moved, changed, taken out, put in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.walks import RouteStop
from gemba.ui.conduct.frame import breakable
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.walks.facts import RouteShown
from gemba.ui.walks.route_form import StopForm
from gemba.work.route_stops import move_stop, remove_stop


class StopsCard(Card):
    """One row a stop, and the form of a new one below.

    Args:
        services: of the window.
        shown: the route.
        parent: the owner.
    """

    opened = Signal(object)
    """A form that is to be brought into view."""

    def __init__(self, services: Services, shown: RouteShown, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Stops"), look="inset", parent=parent)
        self._services, self._shown = services, shown
        self.form: StopForm | None = None
        stops, retired = shown.facts.stops, shown.facts.route.retired
        if not stops:
            none = wording.text("No stop yet. Three to seven places where the work can be seen make a good route.")
            self.body.addWidget(Words(none, tone="muted", wrap=True, parent=self))
        for number, stop in enumerate(stops, 1):
            self.body.addWidget(self._row(stop, number, len(stops), fixed=retired))
        if not retired:
            words = wording.text("Add a stop")
            add = Button(words, name="stop.add", icon="plus", look="quiet", run=self.begin_adding, parent=self)
            self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)

    @Slot()
    def begin_adding(self) -> None:
        """Open the form of a new stop."""
        self._open(None)

    def begin_changing(self, stop: RouteStop) -> None:
        """Open the form of a stop that is there."""
        self._open(stop)

    @Slot()
    def leave(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _open(self, stop: RouteStop | None) -> None:
        self.leave()
        self.form = StopForm(self._services, self._shown.facts.route.uid, stop, self._shown.offers, self)
        self.form.left.connect(self.leave)
        self.body.addWidget(self.form)
        self.form.begin()
        QTimer.singleShot(0, self.form, partial(self.opened.emit, self.form))

    def _move(self, stop: str, by: int) -> None:
        self._services.jobs.write(move_stop, stop, by)

    def _remove(self, stop: str) -> None:
        self._services.jobs.write(remove_stop, stop)

    def _row(self, stop: RouteStop, number: int, count: int, *, fixed: bool) -> QWidget:
        row = QFrame(self)
        row.setObjectName(f"stop:{stop.uid}")
        row.setAccessibleName(wording.text("Stop {n}: {title}", n=number, title=stop.title))
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        across.addWidget(Badge(str(number), "accent", row), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Words(breakable(stop.title), strong=True, wrap=True, parent=row))
        minutes = wording.plural("{n} minute", "{n} minutes", stop.minutes) if stop.minutes else ""
        for under in (stop.look_for, minutes):
            if under:
                words.addWidget(Words(breakable(under), tone="muted", scale="small", wrap=True, parent=row))
        if not fixed:
            words.addWidget(self._buttons(stop, number, count, row), 0, Qt.AlignmentFlag.AlignLeading)
        across.addLayout(words, 1)
        return row

    def _buttons(self, stop: RouteStop, number: int, count: int, row: QWidget) -> QWidget:
        box = QWidget(row)
        across = QHBoxLayout(box)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        for name, icon, words, run, ready in (
            ("up", "arrow-up", wording.text("Earlier"), partial(self._move, stop.uid, -1), number > 1),
            ("down", "arrow-down", wording.text("Later"), partial(self._move, stop.uid, 1), number < count),
            ("edit", "pencil", wording.text("Change"), partial(self.begin_changing, stop), True),
            ("remove", "trash-2", wording.text("Take out"), partial(self._remove, stop.uid), True),
        ):
            said = wording.text("{deed}: {stop}", deed=words, stop=stop.title)
            button = IconButton(icon, said, name=f"stop.{name}:{stop.uid}", run=run, parent=box)
            button.setEnabled(ready)
            across.addWidget(button)
        return box
