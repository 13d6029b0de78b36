"""The stopwatch in the window: a large clock, keys, and the grid that fills. Every lap is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.times.clock_face import ClockFace
from gemba.ui.times.cycle_grid import CycleGrid
from gemba.ui.times.watch_keys import buttons_of, put_keys
from gemba.work.durations import shown
from gemba.work.stopwatch import Clocks, Stopwatch, Taken, WatchState
from gemba.work.time_facts import StudyFacts, facts_of
from gemba.work.time_taking import take

_TICK_MS = 50
_NARROW, _WIDEST = 980, 1500


class WatchView(QWidget):
    """Takes the times of one study.

    Args:
        services: of the window.
        clocks: of this laptop; tests move their own.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, clocks: Clocks | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._clocks = services, clocks
        self.watch: Stopwatch | None = None
        self.facts: StudyFacts | None = None
        self._study: Uid = ""
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.tick)
        self.work = Words("", tone="muted", wrap=True, parent=self)
        self.cycle, self.state = Badge(), Badge()
        self.element = Words("", scale="title", wrap=True, parent=self)
        self.face = ClockFace(self)
        self.next = Words("", tone="muted", wrap=True, parent=self)
        self.said = Words("", wrap=True, parent=self)
        self.said.setObjectName("times.watch.said")
        self.grid = CycleGrid(self)
        self.counted = Words("", tone="muted", wrap=True, parent=self)
        runs: dict[str, Callable[[], object]] = {
            "lap": self.lap,
            "back": self.take_back,
            "out": self.ask_why,
            "foreign": self.foreign,
            "pause": self.pause,
            "cycle": self.next_cycle,
        }
        self.buttons = buttons_of(runs, self)
        self.keys = put_keys(self, runs, self.choose)
        self.why = QLineEdit(self)
        self.why.setObjectName("times.watch.why")
        on_enter(self.leave_out, self.why)
        self._why_field = Field(
            wording.text("&Why does the last time not count?"),
            self.why,
            hint=wording.text("No names. Enter keeps it; empty, it counts again."),
            parent=self,
        )
        self._why_field.hide()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    # What is asked for from outside

    def open(self, facts: StudyFacts) -> None:
        """Be ready for a study: the next cycle after those that were watched begins."""
        cycles = (each.cycle for one in facts.elements for each in one.readings)
        self._study = facts.study.uid
        elements = [one.element.uid for one in facts.elements]
        self.watch = Stopwatch(elements, self._services.desk.ids, max(cycles, default=0) + 1, self._clocks)
        self._say(wording.text("Press Space when the first element begins."))
        self._came(facts)
        self.face.setFocus(Qt.FocusReason.OtherFocusReason)

    # The keys

    @Slot()
    def lap(self) -> None:
        """Begin, go on after a pause, or take a lap."""
        if self.watch is None or self._stood_still():
            return
        if self.watch.state is WatchState.FOREIGN:
            self.foreign()
            return
        if self.watch.state is not WatchState.RUNNING:
            self.watch.start()
            self._say("")
        else:
            taken = self.watch.lap()
            if taken is None:
                self._say(wording.text("Too short for a time: it was taken as one key press."))
            else:
                self._keep(taken)
                self._say("")
        self._show()

    @Slot()
    def take_back(self) -> None:
        """Take the last lap back."""
        taken = self.watch.back() if self.watch is not None and not self._stood_still() else None
        if taken is None:
            self._say(wording.text("There is no lap of this sitting to take back."))
        else:
            self._keep(taken)
            self._say(wording.text("Taken back: {seconds} s; the element goes on.", seconds=f"{taken.seconds:.1f}"))
        self._show()

    @Slot()
    def ask_why(self) -> None:
        """Ask why the last time does not count; the watch goes on meanwhile."""
        last = self.watch.last if self.watch is not None else None
        if last is None:
            self._say(wording.text("There is no lap of this sitting to leave out."))
            return
        self.why.setText(last.left_out)
        self._why_field.say_problem("")
        self._why_field.show()
        self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def leave_out(self) -> None:
        """Keep why."""
        taken = self.watch.leave_out(self.why.text()) if self.watch is not None else None
        if taken is not None:
            self._services.jobs.write(take, self._study, taken, done=self._left_out, failed=self._why_refused)

    @Slot()
    def foreign(self) -> None:
        """Something foreign begins or ends."""
        if self.watch is None or self._stood_still():
            return
        taken = self.watch.foreign()
        if taken is not None:
            self._keep(taken)
        foreign = self.watch.state is WatchState.FOREIGN
        self._say(wording.text("Its time is kept apart. F or Space when the work goes on.") if foreign else "")
        self._show()

    @Slot()
    def pause(self) -> None:
        """Hold the time, or leave the question why."""
        if self._why_field.isVisible():
            self._close_why()
        elif self.watch is not None and self.watch.state is WatchState.RUNNING:
            self.watch.pause()
            self._say(wording.text("Paused; Space goes on."))
        self._show()

    @Slot()
    def next_cycle(self) -> None:
        """What runs belongs to the next cycle."""
        if self.watch is not None and not self.watch.next_cycle():
            self._say(wording.text("This cycle has no time yet."))
        self._show()

    @Slot()
    def choose(self, at: int) -> None:
        """What runs is another element."""
        if self.watch is not None and self.watch.choose(at):
            self._say("")
            self._show()

    @Slot()
    def stop(self) -> None:
        """Back to the study; what was lapped is kept, what runs is not."""
        if self.watch is not None:
            self.watch.pause()
        self._ticks.stop()
        self._close_why()
        self.left.emit()

    @Slot()
    def tick(self) -> None:
        """Show the time that runs."""
        if self.watch is not None and not self._stood_still():
            self._show_clock(self.watch)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Another page is shown: nobody watches."""
        super().hideEvent(event)
        if self.watch is not None and self.watch.state is WatchState.FOREIGN:
            self.foreign()
        if self.watch is not None and self.watch.state is WatchState.RUNNING:
            self.watch.pause()
            self._say(wording.text("Paused, because something else was shown; Space goes on."))
        self._ticks.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Clock and grid stand one above the other where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    # What is shown

    def _show(self) -> None:
        watch, facts = self.watch, self.facts
        if watch is None or facts is None or not facts.elements:
            return
        if watch.state in (WatchState.RUNNING, WatchState.FOREIGN):
            self._ticks.start()
        else:
            self._ticks.stop()
        self.cycle.say(wording.text("Cycle {n}", n=watch.cycle))
        self.state.say(*_state(watch.state))
        self.element.setText(f"{watch.at + 1}   {facts.elements[watch.at].element.title}")
        following = facts.elements[(watch.at + 1) % len(facts.elements)].element.title
        self.next.setText(wording.text("Then: {element}", element=following))
        running = watch.state is WatchState.RUNNING
        self.buttons["lap"].setText(
            wording.text("Lap (Space)")
            if running
            else wording.text("Go on (Space)")
            if watch.state is not WatchState.READY
            else wording.text("Start (Space)")
        )
        for code in ("back", "out"):
            self.buttons[code].setEnabled(watch.last is not None)
        for code in ("pause", "foreign"):
            self.buttons[code].setEnabled(running or (code == "foreign" and watch.state is WatchState.FOREIGN))
        self.grid.show_cycles(facts, watch)
        self._show_clock(watch)

    def _show_clock(self, watch: Stopwatch) -> None:
        if watch.state is WatchState.FOREIGN:
            self.face.show_time(watch.foreign_seconds, "fair")
        else:
            self.face.show_time(watch.seconds, "ink" if watch.state is WatchState.RUNNING else "muted")

    def _say(self, words: str, tone: str = "muted") -> None:
        self.said.setText(words)
        self.said.set_tone(tone)

    def _stood_still(self) -> bool:
        """Whether the laptop slept or stood still; then it is said, and what ran is dropped."""
        still = self.watch.look() if self.watch is not None else None
        if still is None:
            return False
        words = wording.text(
            "The laptop stood still for {time}: the running time is not known and is gone. Space begins a new cycle.",
            time=shown(still),
        )
        self._say(words, "poor")
        self._show()
        return True

    # What is kept

    def _keep(self, taken: Taken) -> None:
        self._services.jobs.write(take, self._study, taken, done=self._kept, failed=self._failed)

    def _kept(self, _change: Any) -> None:
        self._services.jobs.ask(_read, self._services.desk, self._study, done=self._came)

    def _failed(self, error: GembaError) -> None:
        if self.watch is not None:
            self.watch.pause()
        self._services.messages.trouble(error)
        self._say(wording.text("The last time was not kept."), "poor")
        self._show()

    def _came(self, facts: StudyFacts) -> None:
        if facts.study.uid != self._study:
            return
        self.facts = facts
        self.work.setText(f"{facts.study.number} · {facts.study.title}")
        missing = (
            wording.text("How many cycles are needed is known after two.")
            if facts.missing is None
            else wording.plural("{n} cycle is still missing.", "{n} cycles are still missing.", facts.missing)
        )
        watched = wording.plural("{n} cycle watched.", "{n} cycles watched.", facts.cycles)
        self.counted.setText(f"{watched} {missing}")
        self._show()

    def _left_out(self, change: Any) -> None:
        self._close_why()
        self._kept(change)

    def _why_refused(self, error: GembaError) -> None:
        if self.watch is not None:
            self.watch.leave_out("")
        self._why_field.say_problem(wording.sentence(error))

    def _close_why(self) -> None:
        self._why_field.hide()
        self.face.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        clock = Card(parent=self)
        marks, keys = Flow(), Flow()
        for mark in (self.cycle, self.state):
            marks.addWidget(mark)
        for button in self.buttons.values():
            keys.addWidget(button)
        clock.body.addWidget(self.work)
        clock.body.addLayout(marks)
        for widget in (self.element, self.face, self.next, self.said, self._why_field):
            clock.body.addWidget(widget)
        clock.body.addLayout(keys)
        hint = wording.text("1 to 9: what runs is this element. Every lap is kept as soon as it is taken.")
        clock.body.addWidget(Words(hint, tone="muted", scale="small", wrap=True, parent=self))
        stop = wording.text("Back to the study")
        clock.body.addWidget(
            Button(stop, name="times.watch.stop", icon="arrow-left", look="quiet", run=self.stop, parent=self),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        clock.body.addStretch(1)
        times = Card(wording.text("Cycles"), parent=self)
        times.body.addWidget(self.counted)
        times.body.addWidget(self.grid)
        note = wording.text("Seconds. In brackets: a time that does not count.")
        times.body.addWidget(Words(note, tone="muted", scale="small", wrap=True, parent=self))
        times.body.addStretch(1)
        inner = QWidget(self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        self._both.addWidget(clock, 5)
        self._both.addWidget(times, 6)
        inner.setLayout(self._both)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column(inner, widest=_WIDEST), name="times.watch.area"))


def _state(state: WatchState) -> tuple[str, str]:
    """What the watch does, in a word and its tone."""
    return {
        WatchState.READY: (wording.text("Ready"), "plain"),
        WatchState.RUNNING: (wording.text("Runs"), "accent"),
        WatchState.PAUSED: (wording.text("Paused"), "note"),
        WatchState.FOREIGN: (wording.text("Foreign"), "fair"),
    }[state]


def _read(desk: Any, study: Uid) -> StudyFacts:
    with desk.reader() as reader:
        return facts_of(reader, study)
