"""Within how many hours complaints are answered: targets by severity and region, and what they mean for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gemba.domain import complaint_clock
from gemba.domain.change import Change
from gemba.domain.complaint_clock import Stretch
from gemba.domain.complaint_steps import begins_at
from gemba.domain.complaints import ClockPause, ClockTarget, Complaint, Severity
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.complaint_clocks import running
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known

_LONGEST = 24 * 366
AT_ONCE = 200
"""Clocks that are brought up to date in one go."""


class Clocks:
    """All targets that there are, asked for many complaints.

    Args:
        reader: of the store.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._targets = reader.find(ClockTarget)
        self._places: dict[Uid | None, tuple[Place, ...]] = {None: ()}

    def target(self, severity: Severity, place: Uid | None, received_at: datetime) -> ClockTarget | None:
        """The target that somebody set for such a complaint; `None` where nobody did."""
        above = self._above(place)
        day = received_at.astimezone(_zone(above[0].zone if above else "UTC")).date()
        return complaint_clock.target_for(self._targets, severity, [one.uid for one in above], day)

    def due_at(
        self,
        severity: Severity,
        place: Uid | None,
        received_at: datetime,
        *,
        begins: datetime | None = None,
        pauses: Iterable[ClockPause] = (),
    ) -> datetime | None:
        """Until when the customer is to be told; `None` without a target.

        Args:
            severity: of the complaint.
            place: where it happened.
            received_at: when it was received; the target that held on that day applies.
            begins: from when the customer waits, if that is not receipt.
            pauses: of the complaint, in any order.
        """
        hours = complaint_clock.tell_hours(self.target(severity, place, received_at), severity)
        stretches = [Stretch(one.begun_at, one.ended_at) for one in pauses]
        return complaint_clock.due(begins or received_at, hours, stretches)

    def due_of(self, complaint: Complaint, pauses: Iterable[ClockPause]) -> datetime | None:
        """Until when the customer of this complaint is to be told."""
        begins = begins_at(complaint)
        return self.due_at(complaint.severity, complaint.place, complaint.received_at, begins=begins, pauses=pauses)

    def _above(self, place: Uid | None) -> tuple[Place, ...]:
        """A place and all above it, the nearest first; one that stands above itself is not gone round twice."""
        if place not in self._places:
            found: dict[Uid, Place] = {}
            at = place
            while at is not None and at not in found:
                here = self._reader.get(Place, at)
                if here is None:
                    break
                found[at], at = here, here.parent
            self._places[place] = tuple(found.values())
        return self._places[place]


def due_of(reader: Reader, complaint: Complaint) -> datetime | None:
    """Until when the customer of one complaint is to be told, by its targets and pauses as they are kept."""
    return Clocks(reader).due_of(complaint, reader.find(ClockPause, complaint=complaint.uid))


def set_target(
    desk: Desk,
    severity: Severity,
    *,
    tell_hours: int | None,
    acknowledge_hours: int | None = None,
    place: Uid | None = None,
    valid_from: date | None = None,
    reason: str = "",
) -> Change:
    """Set a target from a day on; complaints that were received before it keep theirs.

    Args:
        desk: who does it, where.
        severity: that it is for.
        tell_hours: hours that pass from receipt until the customer is told; `None` for no target.
        acknowledge_hours: the same until receipt is acknowledged.
        place: for this place and all below it that have none of their own; `None` for everywhere.
        valid_from: first day of receipt; today when left out.
        reason: why.

    Raises:
        Refusal: the hours are not 1 to 8,784.
    """
    for hours in (tell_hours, acknowledge_hours):
        if hours is not None and not 1 <= hours <= _LONGEST:
            raise Refusal("work.target_hours", hours=hours, longest=_LONGEST)
    with desk.unit() as unit:
        target = ClockTarget(
            uid=desk.ids(),
            severity=severity,
            place=place,
            acknowledge_hours=acknowledge_hours,
            tell_hours=tell_hours,
            valid_from=valid_from or desk.clock().astimezone(_zone(desk.zone)).date(),
            reason=reason.strip(),
            person=desk.person.uid,
        )
        unit.put(target)
        return unit.change_made(target.uid)


def retire_target(desk: Desk, target: Uid) -> Change:
    """Take a target out of use; the one that held before it, or that of the place above, applies again."""
    with desk.unit() as unit:
        known(unit, ClockTarget, target)
        unit.change(ClockTarget, target, retired=True)
        return unit.change_made(target)


def targets(reader: Reader) -> list[ClockTarget]:
    """The targets in use, those for everywhere first, the newest of a place before older ones."""
    found = [one for one in reader.find(ClockTarget) if not one.retired]
    order = list(Severity)[::-1]
    found.sort(key=lambda one: (one.valid_from, one.uid), reverse=True)
    return sorted(found, key=lambda one: (one.place or "", order.index(one.severity)))


def apply_to_running(
    desk: Desk,
    severity: Severity | None = None,
    place: Uid | None = None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> int:
    """Bring the clocks that run up to date with the targets as they are now.

    What is done stays when `step` breaks it off, and the rest is done when it is begun again.

    Args:
        desk: who does it, where.
        severity: only complaints of this severity.
        place: only those at this place or below it.
        step: told how many of how many are looked at; whatever it raises ends the work between two lots.

    Returns:
        How many clocks now run out at another time.
    """
    meant = running_now(desk, severity, place)
    changed = 0
    for start in range(0, len(meant), AT_ONCE):
        step(start, len(meant))
        changed += apply_to(desk, meant[start : start + AT_ONCE])
    step(len(meant), len(meant))
    return changed


def apply_to(desk: Desk, complaints: Sequence[Uid]) -> int:
    """Bring the clocks of these complaints up to date, in one go; gives how many now run out at another time."""
    changed = 0
    with desk.unit() as unit:
        clocks = Clocks(unit)
        for complaint in list(unit.many(Complaint, complaints)):
            due = clocks.due_of(complaint, unit.find(ClockPause, complaint=complaint.uid))
            if due != complaint.due_at:
                unit.change(Complaint, complaint.uid, due_at=due)
                changed += 1
    return changed


def running_now(desk: Desk, severity: Severity | None = None, place: Uid | None = None) -> list[Uid]:
    """The complaints whose clocks run or stand."""
    with desk.reader() as reader:
        return running(reader, severity, place)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a place may come from a system that knows other zones
        return ZoneInfo("UTC")
