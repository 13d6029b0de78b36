"""Stop the clock of a complaint while we wait for the customer, and let it go on."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.domain import complaint_clock
from gemba.domain.change import Change
from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaint_steps import answered_at, begins_at, waits
from gemba.domain.complaints import ClockPause, Complaint
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.clock_targets import due_of
from gemba.work.desk import Desk
from gemba.work.records import known


def state_of(complaint: Complaint, now: datetime) -> ClockState:
    """How the clock of a complaint stands."""
    return complaint_clock.state(
        complaint.due_at, now=now, waits=waits(complaint), paused=complaint.paused, answered_at=answered_at(complaint)
    )


def pause(desk: Desk, complaint: Uid, reason: str, *, since: datetime | None = None) -> Change:
    """Stop the clock: we wait for the customer.

    Args:
        desk: who does it, where.
        complaint: one whose customer waits for an answer.
        reason: what we wait for.
        since: from when, if that was earlier than now.

    Raises:
        Refusal: there is no reason, the clock stands already or runs no more, or `since` lies ahead or before the
            clock began.
    """
    if not reason.strip():
        raise Refusal("work.pause_without_reason")
    with desk.unit() as unit:
        old = known(unit, Complaint, complaint)
        if not waits(old):
            raise Refusal("work.clock_has_ended", number=old.number)
        if old.paused:
            raise Refusal("work.clock_stands", number=old.number)
        now = max(desk.clock(), begins_at(old))
        begun = since or now
        if not begins_at(old) <= begun <= now:
            raise Refusal("work.pause_out_of_time", number=old.number)
        stop = ClockPause(
            uid=desk.ids(), complaint=complaint, begun_at=begun, reason=reason.strip(), person=desk.person.uid
        )
        unit.put(stop)
        unit.change(Complaint, complaint, paused=True, due_at=due_of(unit, old))
        return unit.change_made(complaint)


def resume(desk: Desk, complaint: Uid) -> Change:
    """Let the clock go on: it runs out later by as long as it stood.

    Raises:
        Refusal: it does not stand.
    """
    with desk.unit() as unit:
        old = known(unit, Complaint, complaint)
        if not old.paused:
            raise Refusal("work.clock_runs", number=old.number)
        for one in unit.find(ClockPause, complaint=complaint):
            if one.ended_at is None:
                unit.change(ClockPause, one.uid, ended_at=max(desk.clock(), one.begun_at))
        goes_on = msgspec.structs.replace(old, paused=False)
        unit.change(Complaint, complaint, paused=False, due_at=due_of(unit, goes_on))
        return unit.change_made(complaint)


def pauses(reader: Reader, complaint: Uid) -> list[ClockPause]:
    """The pauses of a complaint, the first first."""
    return sorted(reader.find(ClockPause, complaint=complaint), key=lambda one: one.begun_at)
