"""What may wait is done while the program waits, and at no other time."""

from __future__ import annotations

import os
from threading import Event, current_thread
from weakref import WeakMethod

import pytest

from gemba.store.spare_time import SpareTime, spare_time

SOON = 30
"""Seconds; none of it is waited for when all is well."""


class _Errand:
    """Something to be done, and whether it was."""

    def __init__(self, done: list[str], name: str = "", error: type[Exception] | None = None) -> None:
        self.done, self.name, self.error = done, name, error
        self.is_done = Event()

    def do(self) -> None:
        self.done.append(self.name)
        self.is_done.set()
        if self.error is not None:
            raise self.error


@pytest.fixture
def spare() -> SpareTime:
    return SpareTime()


def test_it_is_done_by_another_thread_while_the_program_waits(spare) -> None:
    threads: list[str] = []

    class Errand(_Errand):
        def do(self) -> None:
            threads.append(current_thread().name)
            super().do()

    errand = Errand([])
    spare.offer(WeakMethod(errand.do))
    assert not errand.is_done.is_set()
    with spare.waiting():
        assert errand.is_done.wait(SOON)
    assert threads == ["spare-time"]


def test_they_are_done_in_the_order_in_which_they_came(spare) -> None:
    done: list[str] = []
    errands = [_Errand(done, name) for name in "abc"]
    for errand in errands:
        spare.offer(WeakMethod(errand.do))
    with spare.waiting():
        assert errands[-1].is_done.wait(SOON)
    assert done == ["a", "b", "c"]


def test_while_the_program_is_at_work_nothing_is_begun(spare) -> None:
    done: list[str] = []
    first, second, third = (_Errand(done, name) for name in "abc")
    spare.offer(WeakMethod(first.do))
    with spare.waiting():
        assert first.is_done.wait(SOON)
    spare.offer(WeakMethod(second.do))  # the thread may still be at the end of its round
    spare.offer(WeakMethod(third.do))
    assert len(done) <= 2
    with spare.waiting():
        assert third.is_done.wait(SOON)
    assert done == ["a", "b", "c"]


def test_what_is_gone_is_not_done_and_what_trips_stops_nothing(spare) -> None:
    done: list[str] = []
    gone, bad, last = _Errand(done, "gone"), _Errand(done, "bad", ZeroDivisionError), _Errand(done, "last")
    for errand in (gone, bad, last):
        spare.offer(WeakMethod(errand.do))
    del gone, errand
    with spare.waiting():
        assert last.is_done.wait(SOON)
    assert done == ["bad", "last"]


def test_of_too_many_the_oldest_are_left_to_others(spare) -> None:
    done: list[str] = []
    errands = [_Errand(done, str(number)) for number in range(1500)]
    for errand in errands:
        spare.offer(WeakMethod(errand.do))
    with spare.waiting():
        assert errands[-1].is_done.wait(SOON)
    assert done == [str(number) for number in range(500, 1500)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_a_forked_process_begins_anew() -> None:
    errand = _Errand([])
    spare_time.offer(WeakMethod(errand.do))
    with spare_time.waiting():
        assert errand.is_done.wait(SOON)
    child = os.fork()
    if child == 0:
        again = _Errand([])
        spare_time.offer(WeakMethod(again.do))
        spare_time.begins()
        os._exit(0 if again.is_done.wait(SOON) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
