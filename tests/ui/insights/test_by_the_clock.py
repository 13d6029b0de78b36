"""The window looks for signals by itself, and tells by itself when the disk is full."""

from __future__ import annotations

from datetime import timedelta

from tests.work.complaint_records import a_complaint, put_complaints

from gemba.domain.measures import Signal
from gemba.errors import Trouble
from gemba.work import measures
from gemba.work.measures import NewMeasure


def test_a_signal_is_raised_without_anybody_asking_and_only_once(demo, demo_desk) -> None:
    measures.add(demo_desk, NewMeasure(code="by-itself", title="By itself", filters={"source": "story"}))
    now = demo_desk.clock()
    weeks = [week for week in range(40) for _ in range(30 if week == 38 else 5)]
    at = [now - timedelta(weeks=40 - week, hours=1) for week in weeks]
    put_complaints(demo_desk, [a_complaint(demo_desk, source="story", received_at=each) for each in at])
    with demo_desk.reader() as reader:
        before = len(reader.find(Signal))
    demo.window.by_the_clock.look()
    demo.settle()
    with demo_desk.reader() as reader:
        after = len(reader.find(Signal))
    assert after > before
    demo.window.by_the_clock.look()
    demo.settle()
    with demo_desk.reader() as reader:
        assert len(reader.find(Signal)) == after


def test_that_the_reserve_was_given_up_is_told_once(demo, demo_desk) -> None:
    (demo_desk.store.folder / "reserve").write_bytes(b"x")
    assert demo_desk.store._reserve.free()  # as a write does on a disk that is about to be full
    demo.window.by_the_clock.look()
    assert "make room on the disk" in demo.message
    demo.window.messages.trouble(Trouble("ui.check_unfinished"))
    demo.window.by_the_clock.look()
    assert "make room on the disk" not in demo.message
    demo.settle()
