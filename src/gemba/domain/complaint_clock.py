"""The clock of a complaint: until when the customer is to be told, and how it stands.

All moments are aware and in UTC and hours are hours that pass: no change to summer time makes a day longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from gemba.domain.complaints import ClockTarget, Severity
from gemba.domain.record import Uid

SOON = timedelta(hours=24)
"""How long before it runs out a clock counts as running out soon."""

TELL_HOURS = {Severity.CRITICAL: 24, Severity.HIGH: 72}
"""Hours until the customer is told where nobody has set a target; none for lesser severities."""


class ClockState(StrEnum):
    """How the clock of a complaint stands."""

    NONE = "none"
    """There is no target."""
    RUNNING = "running"
    SOON = "due_soon"
    OVERDUE = "overdue"
    """Time is up, and the customer was not told."""
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    """The customer was told too late."""


class Stretch(msgspec.Struct, frozen=True):
    """A time in which the clock stands."""

    begun: datetime
    ended: datetime | None = None
    """`None` while it stands."""


def due(begins: datetime, hours: int | None, pauses: Iterable[Stretch]) -> datetime | None:
    """Until when the customer is to be told.

    A pause moves it by as long as it lasted; what is paused twice counts once, and what is paused before the clock
    began or after it ran out does not count. While the clock stands, this is what it said when it was stopped.

    Args:
        begins: from when the customer waits.
        hours: of the target; `None` when there is none.
        pauses: in any order.
    """
    if hours is None:
        return None
    until = begins + timedelta(hours=hours)
    for pause in _one_after_another(pauses, begins):
        if pause.ended is None or pause.begun >= until:
            break
        until += pause.ended - pause.begun
    return until


def state(
    due_at: datetime | None, *, now: datetime, waits: bool, paused: bool = False, answered_at: datetime | None = None
) -> ClockState:
    """How a clock stands.

    Args:
        due_at: when it runs out.
        now: the time.
        waits: True while the customer waits.
        paused: True while the clock stands.
        answered_at: when the customer was told; `None` when that is not known.
    """
    if due_at is None or (not waits and answered_at is None):
        return ClockState.NONE
    if not waits and answered_at is not None:
        return ClockState.MET if answered_at <= due_at else ClockState.MISSED
    if paused:
        return ClockState.PAUSED
    if now >= due_at:
        return ClockState.OVERDUE
    return ClockState.SOON if due_at - now <= SOON else ClockState.RUNNING


def target_for(
    targets: Iterable[ClockTarget], severity: Severity, places: Sequence[Uid], day: date
) -> ClockTarget | None:
    """The target that applies: of the nearest place that has one, and there the one that holds since last.

    Args:
        targets: all that there are.
        severity: of the complaint.
        places: where it happened and all places above, the nearest first.
        day: of receipt.
    """
    fitting = [one for one in targets if one.severity is severity and not one.retired and one.valid_from <= day]
    for place in (*places, None):
        here = [one for one in fitting if one.place == place]
        if here:
            return max(here, key=lambda one: (one.valid_from, one.uid))
    return None


def tell_hours(target: ClockTarget | None, severity: Severity) -> int | None:
    """Hours until the customer is to be told, by the target that applies, or where nobody has set one."""
    return TELL_HOURS.get(severity) if target is None else target.tell_hours


def _one_after_another(pauses: Iterable[Stretch], begins: datetime) -> list[Stretch]:
    """The pauses after the clock began, without those that lie in one another; an unended one is the last."""
    found: list[Stretch] = []
    reached: datetime = begins
    for pause in sorted(pauses, key=lambda one: (one.begun, one.ended is not None)):
        begun = max(pause.begun, reached)
        if pause.ended is None:  # from then on it stands, whatever else was begun meanwhile and has ended
            since = max(pause.begun, begins)
            before = [Stretch(one.begun, min(one.ended or since, since)) for one in found if one.begun < since]
            return [*before, Stretch(since)]
        if pause.ended > begun:
            found.append(Stretch(begun, pause.ended))
            reached = pause.ended
    return found
