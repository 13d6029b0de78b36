"""Complaints, causes and actions at chosen times, for tests of what follows from complaints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.conftest import new_uid

from gemba.domain.actions import Action, ActionState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaints import Complaint
from gemba.domain.record import Record
from gemba.work.desk import Desk

START = datetime(2025, 11, 3, 8, 0, tzinfo=UTC)
"""The day that the tests count from; the clock of a test's desk stands on 2 March 2026."""


def day(days: float) -> datetime:
    """So many days after the start."""
    return START + timedelta(days=days)


def keep(desk: Desk, *records: Record) -> None:
    """Put records in one transaction."""
    with desk.unit() as unit:
        for record in records:
            unit.put(record)


def complaint(desk: Desk, received: float, **fields: Any) -> Complaint:
    """A complaint received so many days after the start; not kept yet."""
    uid = new_uid()
    number = fields.pop("number", f"K-{uid[-6:]}")
    at = day(received)
    return Complaint(
        uid=uid, number=number, source="", received_at=at, recorded_at=at, person=desk.person.uid, **fields
    )


def analysis(desk: Desk, finished: float | None, **fields: Any) -> CauseAnalysis:
    """An analysis that was finished so many days after the start; not kept yet."""
    uid = new_uid()
    return CauseAnalysis(
        uid=uid,
        number=f"W-{uid[-6:]}",
        problem="Parcels wait",
        begun_at=START,
        finished_at=None if finished is None else day(finished),
        person=desk.person.uid,
        **fields,
    )


def action(desk: Desk, place: str, added: float, done: float | None, **fields: Any) -> Action:
    """An action added and done so many days after the start; not kept yet."""
    uid = new_uid()
    return Action(
        uid=uid,
        number=f"C-{uid[-6:]}",
        place=place,
        text="Second counter from 11 to 13",
        owner="Head of branches",
        due=day(added).date(),
        state=ActionState.OPEN if done is None else ActionState.DONE,
        added_at=day(added),
        done_at=None if done is None else day(done),
        person=desk.person.uid,
        **fields,
    )
