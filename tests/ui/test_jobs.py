"""Work beside the window."""

from __future__ import annotations

import gc
import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gemba.domain.change import Change
from gemba.errors import Refusal, Trouble
from gemba.ui.litter import LitterPicker
from gemba.ui.progress import Progress


def test_writes_run_in_order_on_one_thread_with_the_desk_first(jobs, qtbot):
    seen: list[tuple[object, int, str]] = []

    def note(desk, number):
        seen.append((desk, number, threading.current_thread().name))
        return number

    results: list[int] = []
    for number in range(50):
        jobs.write(note, number, done=results.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert results == list(range(50))
    assert {(desk, name) for desk, _, name in seen} == {("desk", "gemba-writes")}


def test_callbacks_come_on_the_gui_thread(jobs, qtbot):
    names: list[str] = []
    jobs.errand(lambda: None, done=lambda _: names.append(threading.current_thread().name))
    qtbot.waitUntil(lambda: jobs.idle)
    assert names == [threading.main_thread().name]


def late(may_end: threading.Event, answer: object) -> object:
    """Comes when it may: after all that was asked for since."""
    assert may_end.wait(60)
    if isinstance(answer, Exception):
        raise answer
    return answer


def test_of_what_is_asked_for_one_spot_only_the_newest_is_told(jobs, qtbot):
    told, may_end = [], threading.Event()
    jobs.ask(late, may_end, "by the filters of before", done=told.append)
    jobs.ask(lambda: "by those of now", done=told.append)
    qtbot.waitUntil(lambda: bool(told))
    may_end.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert told == ["by those of now"]


def test_what_a_partial_adds_does_not_make_it_another_spot(jobs, qtbot):
    listener, may_end = Listener(), threading.Event()
    jobs.ask(late, may_end, "a", done=partial(listener.hear_of, "first record"))
    jobs.ask(lambda: "b", done=partial(listener.hear_of, "second record"))
    qtbot.waitUntil(lambda: bool(listener.heard))
    may_end.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert listener.heard == [("second record", "b")]


def test_a_failure_of_what_was_asked_for_before_is_not_told_either(jobs, heard, qtbot):
    told, may_end = [], threading.Event()
    jobs.ask(late, may_end, Refusal("ui.of_before"), done=told.append, failed=told.append)
    jobs.ask(lambda: "of now", done=told.append, failed=told.append)
    jobs.ask(late, may_end, Refusal("ui.of_before"), done=heard.bugs.append)
    jobs.ask(lambda: None, done=heard.bugs.append)
    qtbot.waitUntil(lambda: bool(told))
    may_end.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert (told, heard.troubles, heard.bugs) == (["of now"], [], [None])


def test_two_spots_are_told_apart_and_one_may_have_several_callers(jobs, qtbot):
    listener, other, may_end = Listener(), Listener(), threading.Event()
    jobs.ask(late, may_end, "mine", done=listener.hear)
    jobs.ask(lambda: "its own", done=other.hear)
    jobs.ask(late, may_end, "shown by the other way", done=other.hear_more, spot=other)
    jobs.ask(lambda: "shown by this way", done=other.hear, spot=other)
    qtbot.waitUntil(lambda: len(other.heard) == 2)
    may_end.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert listener.heard == ["mine"]
    assert sorted(other.heard) == ["its own", "shown by this way"]


def test_what_is_called_off_is_not_told_and_a_deed_is_never_called_off_by_another(jobs, qtbot):
    listener, may_end = Listener(), threading.Event()
    jobs.ask(late, may_end, "asked", done=partial(listener.hear_of, "what was typed"))
    jobs.call_off(listener.hear_of)
    jobs.ask(late, may_end, "asked", done=listener.hear, spot="there")
    jobs.call_off(spot="there")
    for number in range(3):
        jobs.errand(late, may_end, number, done=listener.hear)
    may_end.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert sorted(listener.heard) == [0, 1, 2]


def test_a_change_is_told_to_every_screen_before_its_own_callback(jobs, hub, qtbot):
    told: list[object] = []
    hub.made.connect(told.append)
    change = Change(topics=frozenset({"finding"}), uids=frozenset({"u"}), uid="u")
    jobs.write(lambda _: change, done=lambda _: told.append("done"))
    qtbot.waitUntil(lambda: jobs.idle)
    assert told == [change, "done"]


def test_a_failure_goes_to_its_own_callback_else_to_the_message_bar_and_a_bug_to_the_report(jobs, heard, qtbot):
    own: list[object] = []

    def refuse(desk, error):
        raise error

    mine, common, bug = Refusal("ui.one"), Trouble("ui.two"), ZeroDivisionError()
    jobs.write(refuse, mine, failed=own.append)
    jobs.write(refuse, common)
    jobs.write(refuse, bug, failed=own.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert (own, heard.troubles, heard.bugs) == ([mine], [common], [bug])


class Listener(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, result: object) -> None:
        self.heard.append(result)
        self.setWindowTitle("touches the widget")

    def hear_of(self, what: str, result: object) -> None:
        self.heard.append((what, result))

    def hear_more(self, result: object) -> None:
        self.heard.append(result)


def test_a_late_result_does_not_reach_a_deleted_widget(jobs, heard, qtbot):
    listener, gate = Listener(), threading.Event()
    jobs.errand(gate.wait, done=listener.hear, failed=listener.hear)
    shiboken6.delete(listener)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert listener.heard == []
    assert heard.bugs == []


def test_a_late_result_does_not_reach_a_widget_that_it_would_be_put_into(jobs, heard, qtbot):
    listener, into, gate = Listener(), QWidget(), threading.Event()
    jobs.errand(gate.wait, done=partial(listener.hear_of, into))
    shiboken6.delete(into)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert (listener.heard, heard.bugs) == ([], [])


def test_progress_is_told_and_a_cancelled_job_calls_nobody(jobs, qtbot):
    steps: list[tuple[int, int, str]] = []
    results: list[object] = []

    def count(progress: Progress):
        for number in range(1, 4):
            progress.step(number, 3, "counting")
        return "counted"

    jobs.errand(count, progress=lambda *step: steps.append(step), done=results.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert results == ["counted"]
    assert steps[-1] == (3, 3, "counting")

    begun = threading.Event()

    def endless(progress: Progress):
        while True:
            progress.step()
            begun.set()

    ticket = jobs.errand(endless, progress=lambda *_: None, done=results.append)
    assert begun.wait(10)
    ticket.cancel()
    qtbot.waitUntil(lambda: jobs.idle)
    assert results == ["counted"]


def test_closing_finishes_writes_and_stops_endless_errands(jobs):
    written: list[int] = []

    def endless(progress: Progress):
        while True:
            progress.step()

    jobs.errand(endless, progress=lambda *_: None)
    for number in range(20):
        jobs.write(lambda _, n: written.append(n), number)
    jobs.close()
    assert written == list(range(20))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("gemba")]


def test_busy_says_when_writes_wait_and_when_all_are_done(jobs, qtbot):
    said: list[bool] = []
    jobs.busy.connect(said.append)
    jobs.write(lambda _: None)
    jobs.write(lambda _: None)
    qtbot.waitUntil(lambda: jobs.idle)
    assert said[0] is True
    assert said.count(False) >= 1
    assert said[-1] is False


def test_garbage_is_never_collected_on_a_job_thread(jobs, qtbot):
    """A cycle that holds a widget must be collected where widgets may end."""
    where: list[str] = []

    def note(phase, info):
        if phase == "start":
            where.append(threading.current_thread().name)

    kept: list[list[int]] = []
    picker = LitterPicker()
    gc.callbacks.append(note)
    try:
        for _ in range(50):
            widget = QWidget()
            widget.me = widget  # a cycle
            del widget
        for _ in range(4):
            jobs.errand(lambda: kept.extend([number] for number in range(20_000)))
        qtbot.waitUntil(lambda: jobs.idle)
        picker.pick()
    finally:
        gc.callbacks.remove(note)
        picker.stop()
    assert set(where) <= {threading.main_thread().name}
    assert where


class Speaker(QObject):
    said = Signal(bool)


def test_two_thousand_signals_leave_the_process_alive(qapp):
    """PySide6 6.12.0 dies after about 570 emits on CPython 3.11."""
    speaker, count = Speaker(), []
    speaker.said.connect(count.append)
    for _ in range(2_000):
        speaker.said.emit(True)
    assert len(count) == 2_000


def test_nothing_starts_after_closing(jobs):
    jobs.close()
    jobs.write(lambda _: pytest.fail("ran"))
    assert jobs.idle
