"""The first view: the map with its pains, the ranks or a step beside it, and the forms."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import ProcessStep
from gemba.domain.record import Uid
from gemba.store.pain_counts import Within
from gemba.ui import terms
from gemba.ui.maps.facts import TOPICS, MapShown, StepShown, read_map, read_step
from gemba.ui.maps.huddle_form import HuddleForm
from gemba.ui.maps.map_form import MapForm
from gemba.ui.maps.map_view import STEP, MapView
from gemba.ui.maps.rank_panel import RankPanel
from gemba.ui.maps.step_form import StepForm
from gemba.ui.maps.step_panel import StepPanel
from gemba.ui.maps.words import period_choices
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import IconButton
from gemba.ui.parts.cards import scrolled
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.map_print import drawn_map
from gemba.work.process_maps import move_step, remove_step

_NARROW = 820


class MapTab(QStackedWidget):
    """One map at a time.

    Args:
        services: of the window.
        names: of the places.
        empty: shown while there is no map.
        parent: the owner.
    """

    emptied = Signal(bool)
    """Whether there is no map at all."""

    def __init__(self, services: Services, names: PlaceNames, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maps.tab.map")
        self._services, self._names = services, names
        self.shown = MapShown(())
        self._uid: Uid = ""
        self.view = MapView()
        self.rank = RankPanel()
        self.step = StepPanel(services)
        self.step_form = StepForm(services)
        self.map_form = MapForm(services, names)
        self.huddle = HuddleForm(services, names)
        self.which = Choice(name="maps.which", parent=self)
        self.which.setAccessibleName(wording.text("Map"))
        self.period = Choice(period_choices(), name="maps.period", parent=self)
        self.period.setAccessibleName(wording.text("Period"))
        self.place = Choice(name="maps.place", parent=self)
        self.place.setAccessibleName(wording.text("Place"))
        self.badges = Badges()
        self.under = Words("", tone="muted", scale="small", wrap=True)
        self._areas = {
            part: scrolled(part, name=f"maps.side.{number}")
            for number, part in enumerate((self.rank, self.step, self.step_form, self.map_form, self.huddle))
        }
        self.side = QStackedWidget()
        for area in self._areas.values():
            self.side.addWidget(area)
        self.addWidget(empty)
        self.addWidget(self._with_map())
        self._connect()

    # What is shown

    @property
    def uid(self) -> Uid:
        """Of the map that is shown; empty while there is none."""
        return self.shown.facts.map.uid if self.shown.facts is not None else ""

    def open(self, uid: Uid = "") -> None:
        """Show a map: the one named, else the one that was shown."""
        self._uid = uid or self._uid
        self.place.offer([("", wording.text("Place of the map")), *self._names.choices()])
        self.read()

    @Slot()
    def read(self) -> None:
        """Read the map again."""
        self._services.jobs.ask(
            read_map, self._services.desk, self._uid, self.period.value or "quarter", self.place.value, done=self._came
        )

    @Slot(object)
    def hear(self, change: Any) -> None:
        """Read again what has changed, once it was shown."""
        if (self.shown.maps and change.topics & TOPICS) or change.topics & {"process_map"}:
            self.read()

    def begin_map(self) -> None:
        """Ask for a new map."""
        self.map_form.begin()
        self._turn_to(self.map_form)
        self.setCurrentIndex(1)

    def begin_step(self, before: Uid | None = None) -> None:
        """Ask for a new step."""
        if self.uid:
            self.step_form.begin(self.uid, self.shown.words, before)
            self._turn_to(self.step_form)

    def change_map(self) -> None:
        """Change what is said of the map."""
        if self.shown.facts is not None:
            self.map_form.begin(self.shown.facts.map)
            self._turn_to(self.map_form)

    def begin_huddle(self) -> None:
        """Ask for the place of a huddle sheet."""
        self.huddle.begin()
        self._turn_to(self.huddle)
        self.setCurrentIndex(1)

    def zoom(self, by: int) -> None:
        """Larger or smaller; 0 for as large as all of it can be seen."""
        if by:
            self.view.zoom_to(self.view.zoom + by * STEP)
        else:
            self.view.fit(self._canvas.viewport().size())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Map and list stand one above the other where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([event.size().height() // 2] * 2 if narrow else [680, 360])

    def _came(self, shown: MapShown) -> None:
        self.shown = shown
        self.emptied.emit(not shown.maps)
        editing = self.side.currentWidget() in {
            self._areas[form] for form in (self.step_form, self.map_form, self.huddle)
        }
        if shown.facts is None:
            if not editing:
                self.setCurrentIndex(0)
            return
        self._uid = shown.facts.map.uid
        self._show_head(shown)
        self.view.show_map(drawn_map(shown.facts, shown.review.after if shown.review else None))
        self.rank.show_map(shown)
        self.setCurrentIndex(1)
        step = self._step(self.view.step)
        if editing:
            return
        if step is not None and self.side.currentWidget() is self._areas[self.step]:
            self._show_step(step.uid)
        else:
            self._turn_to(self.rank)

    def _show_head(self, shown: MapShown) -> None:
        assert shown.facts is not None
        self.which.blockSignals(True)
        self.which.offer([(each.uid, each.title) for each in shown.maps])
        self.which.choose(self._uid)
        self.which.blockSignals(False)
        found = shown.facts
        self.badges.say(
            (wording.text("Out of date"), "poor") if found.out_of_date else ("", ""),
            (wording.text("No owner"), "fair") if not found.map.owner else ("", ""),
        )
        parts = [found.map.owner, found.place or wording.text("everywhere")]
        if found.map.review_by is not None:
            parts.append(wording.text("look at it again by {day}", day=terms.day(found.map.review_by)))
        self.under.setText(" · ".join(part for part in parts if part))

    # Steps

    def _step(self, uid: Uid) -> ProcessStep | None:
        steps = self.shown.facts.steps if self.shown.facts is not None else ()
        return next((step for step in steps if step.uid == uid), None)

    def _show_step(self, uid: Uid) -> None:
        step = self._step(uid)
        if step is None or self.shown.review is None:
            return
        self.view.choose(uid)
        if self.side.currentWidget() is not self._areas[self.step]:
            self.step.show_step(step, None)
            self._turn_to(self.step)
        pains = self.shown.review.after
        meant = Within(pains.place, pains.begins, pains.ends)
        self._services.jobs.ask(read_step, self._services.desk, uid, meant, done=self._pains_came)

    def _pains_came(self, shown: StepShown) -> None:
        step = self._step(shown.uid)
        if step is not None and shown.uid == self.view.step and self.side.currentWidget() is self._areas[self.step]:
            self.step.show_step(step, shown)

    def open_first(self) -> None:
        """Open the step that hurts most, else the first."""
        steps = self.shown.facts.steps if self.shown.facts is not None else ()
        ranked = self.shown.review.after.ranked() if self.shown.review is not None else []
        if steps:
            self._show_step(ranked[0].step if ranked else steps[0].uid)

    @Slot()
    def change_step(self) -> None:
        """Show the step that is open to change it."""
        step = self._step(self.view.step)
        if step is not None:
            self.step_form.change(step, self.shown.words)
            self._turn_to(self.step_form)

    def _move_step(self, by: int) -> None:
        steps = [step.uid for step in self.shown.facts.steps] if self.shown.facts is not None else []
        if self.view.step not in steps:
            return
        place = steps.index(self.view.step)
        if not 0 <= place + by < len(steps):
            return
        after = place + (2 if by > 0 else -1)
        before = steps[after] if after < len(steps) else None
        self._services.jobs.write(move_step, self.view.step, before)

    @Slot()
    def _remove_step(self) -> None:
        uid = self.view.step
        self._services.jobs.write(remove_step, uid, done=partial(self._removed, uid))

    def _removed(self, uid: Uid, _change: Any) -> None:
        self._turn_to(self.rank)
        self._services.messages.info(wording.text("The step was taken off the map."), undo=partial(self._put_back, uid))

    def _put_back(self, uid: Uid) -> None:
        self._services.jobs.write(partial(remove_step, back=True), uid)

    def _step_kept(self, uid: str) -> None:
        self.view.step = uid
        self._turn_to(self.rank)

    def _map_kept(self, uid: str) -> None:
        self._turn_to(self.rank)
        self.open(uid)

    @Slot()
    def _through(self) -> None:
        self._turn_to(self.rank)
        if self.shown.facts is None:
            self.setCurrentIndex(0)

    # How it is made

    def _turn_to(self, part: QWidget) -> None:
        self.side.setCurrentWidget(self._areas[part])

    def _with_map(self) -> QWidget:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(8)
        rows.addLayout(self._bar())
        rows.addWidget(self.badges)
        rows.addWidget(self.under)
        self._canvas = QScrollArea()
        self._canvas.setObjectName("maps.canvas")
        self._canvas.setWidgetResizable(True)
        self._canvas.setFrameShape(QFrame.Shape.NoFrame)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.view)
        inside.addStretch(1)
        self._canvas.setWidget(inner)
        rows.addWidget(self._canvas, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("maps.split")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(16)
        for widget, stretch in ((left, 2), (self.side, 1)):
            card = QFrame()
            card.setProperty("look", "card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(1, 1, 1, 1)
            inside.addWidget(widget)
            self._split.addWidget(card)
            self._split.setStretchFactor(self._split.count() - 1, stretch)
        self._split.setSizes([680, 360])
        return self._split

    def _bar(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        choices = QWidget()
        flow = Flow(choices)
        self.which.setMinimumContentsLength(18)
        flow.addWidget(self.which)
        flow.addWidget(self.period)
        flow.addWidget(self.place)
        line.addWidget(choices, 1)
        for name, words, icon, by in (
            ("out", wording.text("Smaller"), "zoom-out", -1),
            ("in", wording.text("Larger"), "zoom-in", 1),
            ("fit", wording.text("All of it"), "maximize", 0),
        ):
            line.addWidget(IconButton(icon, words, name=f"maps.zoom.{name}", run=partial(self.zoom, by)))
        return line

    def _connect(self) -> None:
        self.which.activated.connect(self._another_map)
        self.period.activated.connect(self.read)
        self.place.activated.connect(self.read)
        self.view.chosen.connect(self._walked)
        self.view.opened.connect(self._show_step)
        self.rank.chosen.connect(self._show_step)
        self.step.closed.connect(self._through)
        self.step.change_wanted.connect(self.change_step)
        self.step.added_before.connect(self.begin_step)
        self.step.moved.connect(self._move_step)
        self.step.removed.connect(self._remove_step)
        self.step_form.closed.connect(self._through)
        self.step_form.kept.connect(self._step_kept)
        self.map_form.closed.connect(self._through)
        self.huddle.closed.connect(self._through)
        self.map_form.kept.connect(self._map_kept)
        self._services.changed.made.connect(self.hear)

    @Slot()
    def _another_map(self) -> None:
        self.view.step = ""
        self._turn_to(self.rank)
        self.open(self.which.value)

    @Slot(str)
    def _walked(self, uid: str) -> None:
        """The map scrolls along with the keyboard; a step that is open beside it follows."""
        spot = self.view.spot_of(uid).toRect()
        self._canvas.ensureVisible(spot.center().x(), spot.center().y(), spot.width() // 2, spot.height() // 2)
        if self.side.currentWidget() is self._areas[self.step]:
            self._show_step(uid)
