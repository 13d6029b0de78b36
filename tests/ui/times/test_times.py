"""Time studies in the window: elements by keyboard, the stopwatch, what it tells, and what the map gets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from tests.ui.pages.window import WindowObject

from gemba.domain.process_maps import ProcessStep
from gemba.domain.time_studies import TimeCategory, TimeElement, TimeReading, TimeStudy
from gemba.domain.vocabularies import Facet
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.times.watch_view import WatchView
from gemba.work import process_maps, time_studies
from gemba.work.places import add_place
from gemba.work.stopwatch import Clocks, WatchState
from gemba.work.vocabularies import Words, release


class Laptop:
    """Two clocks that are moved by hand."""

    def __init__(self) -> None:
        self.awake = self.asleep = 0.0
        self.clocks = Clocks(lambda: self.awake, lambda: self.awake + self.asleep)


class TimesObject:
    """Begins studies, presses the keys of the watch, reads what is shown."""

    def __init__(self, window: WindowObject, uid: str = "") -> None:
        self.window = window
        page = window.go("maps", f"times:{uid}" if uid else "times")
        self.tab = page.times
        window.settle()

    def key(self, key: Qt.Key) -> None:
        self.window.qtbot.keyClick(self.tab.watch.face, key)
        self.window.settle()

    def wait(self, laptop: Laptop, seconds: float) -> None:
        """Time passes, and the watch looks at the clock as it goes."""
        while seconds > 0:
            laptop.awake += min(seconds, 4.0)
            seconds -= 4.0
            self.tab.watch.tick()

    def lap(self, laptop: Laptop, *seconds: float) -> None:
        for each in seconds:
            self.wait(laptop, each)
            self.key(Qt.Key.Key_Space)

    def fill(self, name: str, value: str) -> None:
        if self.window.window.findChildren(Choice, name):
            self.window.find(Choice, name).choose(value)
        else:
            self.window.type(name, value)

    def problem(self, name: str) -> str:
        field = self.window.find(QWidget, name).parentWidget()
        while not isinstance(field, Field):
            field = field.parentWidget()
        return field.note.text()

    def begin_watch(self) -> Laptop:
        laptop = Laptop()
        self.tab.watch._clocks = laptop.clocks
        self.window.press("times.watch")
        return laptop


ELEMENTS = [("Greet", TimeCategory.VALUE), ("Check", TimeCategory.NECESSARY), ("Wait", TimeCategory.WAIT)]


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def study(desk, place):
    return time_studies.begin(desk, "Open an account", place, ELEMENTS, demand=60.0, available=7200.0).uid


def kept(desk, noun, **equal):
    with desk.reader() as reader:
        return reader.find(noun, **equal)


def test_a_study_and_its_elements_are_made_by_keyboard(open_window, desk, place):
    window = open_window(desk)
    times = TimesObject(window)
    assert "No time was taken yet" in window.texts()
    window.press("times.empty.begin")
    times.fill("times.study.demand", "many")
    times.fill("times.study.title", "Open an account")
    times.fill("times.study.place", place)
    window.press("times.study.keep")
    assert times.problem("times.study.demand") == "many is no demand; give a number above 0."
    times.fill("times.study.demand", "60")
    times.fill("times.study.available", "2 h")
    window.press("times.study.keep")
    for title, category in (("Greet", "value_adding"), ("Check", "necessary"), ("Wait", "wait")):
        times.fill("times.element.title", title)
        times.fill("times.element.category", category)
        window.press("times.element.keep")
    window.press("times.element.cancel")
    table = times.tab.study.table
    assert [row[0] for row in table.words()] == ["1   Greet", "2   Check", "3   Wait"]
    table.setCurrentCell(2, 0)
    window.qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    window.settle()
    assert [row[0] for row in table.words()] == ["1   Greet", "2   Wait", "3   Check"]
    window.qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window.settle()
    assert [row[0] for row in table.words()] == ["1   Greet", "2   Check", "3   Wait"]
    window.qtbot.keyClick(table, Qt.Key.Key_Delete)
    window.settle()
    assert [row[0] for row in table.words()] == ["1   Greet", "2   Check"]
    assert [one.available for one in kept(desk, TimeStudy)] == [7200.0]
    assert sum(one.removed for one in kept(desk, TimeElement)) == 1


def test_the_keys_of_the_watch_and_every_lap_is_kept_at_once(open_window, desk, study):
    window = open_window(desk)
    times = TimesObject(window, study)
    laptop = times.begin_watch()
    watch: WatchView = times.tab.watch
    assert "Press Space when the first element begins." in window.texts()
    times.lap(laptop, 5, 20, 30)
    assert [one.seconds for one in kept(desk, TimeReading)] == [20, 30]
    times.key(Qt.Key.Key_Backspace)
    assert [one.left_out for one in kept(desk, TimeReading)] == ["", "Taken back"]
    times.lap(laptop, 1)
    assert [(one.seconds, one.left_out) for one in kept(desk, TimeReading)] == [(20, ""), (31, "")]
    times.key(Qt.Key.Key_F)
    assert "Foreign" in window.texts()
    times.wait(laptop, 50)
    times.key(Qt.Key.Key_F)
    times.key(Qt.Key.Key_Escape)
    assert watch.watch.state is WatchState.PAUSED
    laptop.awake += 100
    times.key(Qt.Key.Key_Space)
    times.lap(laptop, 40)
    assert sorted((one.seconds, one.left_out) for one in kept(desk, TimeReading)) == [
        (20, ""),
        (31, ""),
        (40, ""),
        (50, "Foreign to the work"),
    ]
    assert "Cycle 2" in window.texts()
    times.key(Qt.Key.Key_3)
    assert "3   Wait" in window.texts()
    times.lap(laptop, 7)
    assert [row[2] for row in watch.grid.words()] == ["▸", "", "7.0"]
    window.press("times.watch.stop")
    assert "Cycle 2 was interrupted: it has no time of Greet, Check." in window.texts()


def test_a_time_is_left_out_with_its_reason_while_the_watch_goes_on(open_window, desk, study):
    window = open_window(desk)
    times = TimesObject(window, study)
    laptop = times.begin_watch()
    times.lap(laptop, 1, 90)
    times.key(Qt.Key.Key_L)
    why = times.tab.watch.why
    window.qtbot.keyClicks(why, "Look for a key 1 f")
    window.qtbot.keyClick(why, Qt.Key.Key_Return)
    window.settle()
    assert [one.left_out for one in kept(desk, TimeReading)] == ["Look for a key 1 f"]
    assert times.tab.watch.watch.state is WatchState.RUNNING
    assert times.tab.watch.grid.words()[0][1] == "(90.0)"


def test_a_laptop_that_slept_says_so_and_the_clock_of_the_computer_counts_nothing(open_window, desk, study):
    window = open_window(desk)
    times = TimesObject(window, study)
    laptop = times.begin_watch()
    times.lap(laptop, 1, 20)
    laptop.asleep += 600
    times.tab.watch.tick()
    window.settle()
    assert "The laptop stood still for 10 min" in window.texts()
    times.key(Qt.Key.Key_Space)
    times.lap(laptop, 3)
    assert [(one.cycle, one.seconds) for one in kept(desk, TimeReading)] == [(1, 20), (2, 3)]


def test_going_elsewhere_pauses_and_keeps_what_was_lapped(open_window, desk, study):
    window = open_window(desk)
    times = TimesObject(window, study)
    laptop = times.begin_watch()
    times.lap(laptop, 1, 20)
    window.go("actions")
    assert times.tab.watch.watch.state is WatchState.PAUSED
    laptop.awake += 1000
    window.go("maps", "times")
    assert "Paused, because something else was shown" in window.texts()
    assert len(kept(desk, TimeReading)) == 1


def test_what_the_map_gets_is_shown_before_it_gets_it(open_window, desk, place, tmp_path):
    release(desk, Facet.STEP, Words(terms={"open": "Opening"}))
    of_map = process_maps.make_map(desk, "Account").uid
    process_maps.add_step(desk, of_map, "Opening", code="open", cycle=300.0)
    study = time_studies.begin(desk, "Open an account", place, ELEMENTS, process_map=of_map).uid
    elements = kept(desk, TimeElement)
    for one in elements:
        time_studies.change_element(desk, one.uid, step="open")
    time_studies.lap(desk, study, [(one.uid, 30.0) for one in elements])
    window = open_window(desk)
    times = TimesObject(window, study)
    window.press("times.feed")
    assert times.tab.study.form.table.words() == [
        ["Opening", "Work on one piece", "5 min", "1 min"],
        ["Opening", "Of it value-adding", "–", "30 s"],
        ["Opening", "Wait before it", "–", "30 s"],
    ]
    assert [one.cycle for one in kept(desk, ProcessStep)] == [300.0]
    window.press("times.feed.keep")
    assert [one.cycle for one in kept(desk, ProcessStep)] == [60.0]
    assert not times.tab.study.buttons["feed"].isVisible()
    times.tab.study.export_to(tmp_path / "times.csv")
    window.press("times.end")
    assert "Ended on" in window.texts()
    window.press("times.all")
    assert [row[0].split()[-3:] for row in times.tab.table.words()] == [["Open", "an", "account"]]
    assert (tmp_path / "times.csv").read_text("utf-8-sig").startswith("Cycle,Element")
