from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gemba.domain.actions import Action, ActionState, Effect
from gemba.domain.complaints import Complaint
from gemba.domain.findings import FindingGrade
from gemba.domain.places import Place
from gemba.store import quarter_counts
from gemba.store.quarter_counts import Actions, Clocks

pytestmark = pytest.mark.on_both

DURING = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
DUE = datetime(2026, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def far(store, records):
    """A place besides that of the records."""
    records.begin(store)
    made = Place(uid=records.uid(), name="Far")
    put(store, records, made)
    return made.uid


def put(store, records, *things):
    with store.unit(records.person.uid) as unit:
        for thing in things:
            unit.put(thing)


def complaint(records, place, due=DUE, **fields):
    return Complaint(
        uid=records.uid(), number="K", source="", received_at=due - 72 * HOUR, recorded_at=due, place=place,
        due_at=due, person=records.person.uid, **fields,
    )  # fmt: skip


def test_clocks_are_kept_late_or_run_out(store, records, time, far):
    here = records.place.uid
    time.now = datetime(2026, 3, 1, tzinfo=UTC)
    first = complaint(records, here, told_at=DUE - HOUR)
    put(
        store, records, first,
        complaint(records, here, closed_at=DUE),
        complaint(records, here, told_at=DUE + HOUR),
        complaint(records, here),
        complaint(records, here, due=datetime(2026, 3, 20, tzinfo=UTC)),  # its time has not passed
        complaint(records, here, due=datetime(2025, 12, 31, tzinfo=UTC)),
        complaint(records, here, duplicate_of=first.uid),
        complaint(records, far),
    )  # fmt: skip
    with store.reader() as reader:
        assert quarter_counts.clocks(reader, DURING, here) == Clocks(kept=2, late=1, waiting=1)
        assert quarter_counts.clocks(reader, DURING) == Clocks(kept=2, late=1, waiting=2)
        assert quarter_counts.clocks(reader, (DURING[1], DURING[1] + HOUR)) == Clocks(0, 0, 0)


def test_findings_are_counted_by_grade_and_place(store, records, time, far):
    time.now = DUE
    walk = records.assessment(store)
    records.finding(store, walk, grade=FindingGrade.MAJOR)
    records.finding(store, walk, grade=FindingGrade.MAJOR, place=far)
    records.finding(store, walk, grade=FindingGrade.MINOR)
    time.now = DURING[1]
    records.finding(store, walk, grade=FindingGrade.MINOR)
    with store.reader() as reader:
        assert quarter_counts.findings(reader, DURING) == {"major": 2, "minor": 1}
        assert quarter_counts.findings(reader, DURING, far) == {"major": 1}


def test_actions_stand_open_overdue_or_done(store, records, time, far):
    time.now = datetime(2026, 3, 1, tzinfo=UTC)

    def action(due, place=records.place.uid, **fields):
        return Action(
            uid=records.uid(), number="M", place=place, text="Mend it", owner="Lead", due=due, added_at=DUE,
            person=records.person.uid, **fields,
        )  # fmt: skip

    done = {"state": ActionState.DONE, "done_at": DUE}
    put(
        store, records,
        action(date(2026, 2, 1)),
        action(date(2026, 3, 1)),
        action(date(2026, 2, 1), **done),
        action(date(2026, 2, 1), **done, effect=Effect.NOT_EFFECTIVE),
        action(date(2026, 2, 1), state=ActionState.DONE, done_at=DURING[1]),
        action(date(2026, 2, 1), place=far),
    )  # fmt: skip
    with store.reader() as reader:
        assert quarter_counts.actions(reader, DURING, records.place.uid) == Actions(2, 1, 2, 1)
        assert quarter_counts.actions(reader, DURING) == Actions(3, 2, 2, 1)
