"""The walk beside its checklist: the stops in order, what to look for, what is carried in, and what was noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.walks import Observation, RouteStop
from gemba.ui.conduct.frame import breakable
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.walk.entry import NoteEntry
from gemba.ui.conduct.walk.note_card import NoteCard
from gemba.ui.conduct.walk.records import WalkRecords
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, line
from gemba.ui.parts.words import Words
from gemba.work.observations import remove_observation

if TYPE_CHECKING:
    from gemba.ui.services import Services


class WalkPanel(QWidget):
    """Entry above, stops below; hidden parts are those that have nothing to show."""

    closed = Signal()
    finding_wanted = Signal(object)
    promise_wanted = Signal(object)

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conduct.walk.panel")
        self._services = services
        self._drawn: object = None
        self.title = Words(scale="heading", wrap=True, parent=self)
        self._told = Words(tone="muted", scale="small", wrap=True, parent=self)
        self.entry = NoteEntry(services, self)
        self.entry.closed.connect(self._esc)
        self._stops = QVBoxLayout()
        self._stops.setSpacing(10)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 20)
        rows.setSpacing(10)
        back = Button(
            wording.text("Back to the question"),
            name="conduct.walk.back",
            icon="arrow-left",
            look="quiet",
            run=self.closed.emit,
            parent=self,
        )
        rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.title, self._told, self.entry):
            rows.addWidget(part)
        rows.addLayout(self._stops)
        rows.addStretch(1)

    def show_sheet(self, sheet: OpenSheet) -> None:
        """Show the walk of a sheet as it stands now."""
        walk, alerts = sheet.records.walk, sheet.records.alerts
        self.entry.show_walk(sheet.uid, walk)
        self.entry.setVisible(not sheet.frozen)
        drawn = (sheet.uid, sheet.frozen, walk, alerts)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.title.setText(walk.route.route.title if walk.route is not None else wording.text("What is seen and heard"))
        self._told.setText(_told(walk))
        self._told.setVisible(bool(self._told.text()))
        clear(self._stops)
        if alerts:
            self._stops.addWidget(self._carried(alerts, frozen=sheet.frozen))
        for number, stop in enumerate(walk.stops, 1):
            self._put_stop(walk, stop, number, frozen=sheet.frozen)
        between = walk.at(None)
        if between:
            self._stops.addWidget(line(self))
            if walk.stops:
                self._stops.addWidget(Words(wording.text("Between the stops"), strong=True, parent=self))
            self._put_notes(walk, between, frozen=sheet.frozen)

    def take_keyboard(self) -> None:
        """Ready to note."""
        if self.entry.isHidden():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.entry.take_keyboard()

    def _put_stop(self, walk: WalkRecords, stop: RouteStop, number: int, *, frozen: bool) -> None:
        noted = walk.at(stop.uid)
        self._stops.addWidget(line(self))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(breakable(f"{number}  {stop.title}"), strong=True, wrap=True, parent=self), 1)
        if stop.minutes:
            minutes = wording.plural("{n} min", "{n} min", stop.minutes)
            head.addWidget(Badge(minutes, "plain", self), 0, Qt.AlignmentFlag.AlignTop)
        box = QWidget(self)
        box.setObjectName(f"walk.stop:{stop.uid}")
        box.setAccessibleName(wording.text("Stop {n}: {title}", n=number, title=stop.title))
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(head)
        if stop.look_for:
            look = QHBoxLayout()
            look.setSpacing(8)
            look.addWidget(Picture("eye", size=16, parent=box), 0, Qt.AlignmentFlag.AlignTop)
            look.addWidget(Words(breakable(stop.look_for), tone="muted", wrap=True, parent=box), 1)
            rows.addLayout(look)
        if not frozen:
            here = Button(wording.text("Note here"), name="walk.note_here", icon="plus", look="quiet", parent=box)
            here.setAccessibleName(wording.text("Note something at {stop}", stop=stop.title))
            here.clicked.connect(partial(self.entry.at_stop, stop.uid))
            rows.addWidget(here, 0, Qt.AlignmentFlag.AlignLeading)
        elif not noted:
            rows.addWidget(Words(wording.text("Nothing was noted here."), tone="muted", parent=box))
        self._stops.addWidget(box)
        self._put_notes(walk, noted, frozen=frozen)

    def _put_notes(self, walk: WalkRecords, noted: Sequence[Observation], *, frozen: bool) -> None:
        for one in noted:
            card = NoteCard(one, walk.about.get(one.uid, ""), frozen=frozen, parent=self)
            card.edited.connect(self.entry.change)
            card.removed.connect(self._remove)
            card.finding_wanted.connect(self.finding_wanted)
            card.promise_wanted.connect(self.promise_wanted)
            self._stops.addWidget(card)

    def _carried(self, alerts: Sequence[GoAndSee], *, frozen: bool) -> Card:
        card = Card(wording.text("Carried in: go and see"), look="inset", parent=self)
        card.setObjectName("walk.carried")
        for alert in alerts:
            seen = alert.state is AlertState.SEEN
            row = QHBoxLayout()
            row.setSpacing(8)
            state = ("circle-check", "good") if seen else ("circle", "muted")
            row.addWidget(Picture(state[0], role=state[1], size=18, parent=card), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(Words(breakable(alert.question), wrap=True, parent=card))
            if alert.seen:
                words.addWidget(Words(breakable(alert.seen), tone="muted", scale="small", wrap=True, parent=card))
            if alert.state is AlertState.CARRIED and not frozen:
                words.addWidget(self._look_button(alert, card), 0, Qt.AlignmentFlag.AlignLeading)
            row.addLayout(words, 1)
            card.body.addLayout(row)
        return card

    def _look_button(self, alert: GoAndSee, parent: QWidget) -> Button:
        run: Callable[[], None] = partial(self.entry.look, alert)
        name = f"walk.look:{alert.uid}"
        button = Button(wording.text("Say what was seen"), name=name, icon="eye", look="quiet", run=run, parent=parent)
        button.setAccessibleName(wording.text("Say what was seen of: {question}", question=alert.question))
        return button

    def _remove(self, one: Observation) -> None:
        self._services.jobs.write(remove_observation, one.uid)

    def _esc(self) -> None:
        """Esc leaves what is being written; once nothing is, it leaves the panel."""
        if self.entry.empty:
            self.closed.emit()
        else:
            self.entry.begin()
            self.entry.take_keyboard()


def _told(walk: WalkRecords) -> str:
    minutes = sum(one.minutes or 0 for one in walk.stops)
    parts = (
        walk.route.route.purpose if walk.route is not None else "",
        wording.plural("{n} stop", "{n} stops", len(walk.stops)) if walk.stops else "",
        wording.plural("{n} minute planned", "{n} minutes planned", minutes) if minutes else "",
        wording.plural("{n} promise", "{n} promises", len(walk.promises)) if walk.promises else "",
    )
    return " · ".join(part for part in parts if part)
