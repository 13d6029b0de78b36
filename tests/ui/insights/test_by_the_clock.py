"""The window looks for signals by itself."""

from __future__ import annotations

from datetime import timedelta

from tests.work.complaint_records import a_complaint, put_complaints

from gemba.domain.measures import Signal
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
