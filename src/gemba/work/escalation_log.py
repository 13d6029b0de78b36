"""The leaders' log of escalations: what waits for a decision, for how long, how often it was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from gemba.domain.change import Change
from gemba.domain.escalation_moves import Move
from gemba.domain.escalation_tiers import SEVERITIES
from gemba.domain.escalations import EscalationState, EscalationStepSort, step_uid
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.escalation_log import LogLine, last_review, log_lines, open_uids
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.escalation_moves import Moving
from gemba.work.escalation_tiers import zone_of
from gemba.work.names_in_text import names_in
from gemba.work.records import known

_MONTH = timedelta(days=31)


class LogFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What leaders look at in their review."""

    place: str
    """Empty for all places."""
    zone: str
    begins: date
    ends: date
    when: datetime
    last_review: datetime | None
    open: tuple[LogLine, ...]
    """Open at the end of that time: the gravest first, and of those the oldest."""
    closed: tuple[LogLine, ...]
    """Decided or withdrawn in that time, the last first."""

    @property
    def overdue(self) -> tuple[LogLine, ...]:
        """Those whose tier has not answered in time."""
        return tuple(line for line in self.open if line.due_at is not None and line.due_at <= self.when)

    @property
    def carried_over(self) -> tuple[LogLine, ...]:
        """Those that a review has looked at before."""
        return tuple(line for line in self.open if line.looked_at)

    @property
    def decided(self) -> tuple[LogLine, ...]:
        """Those that were decided."""
        return tuple(line for line in self.closed if line.state == EscalationState.DECIDED)


def log_facts(
    desk: Desk, *, begins: date | None = None, ends: date | None = None, place: Uid | None = None
) -> LogFacts:
    """The log of a time.

    Args:
        desk: where the records are.
        begins: first day; that of the last review, or a month ago where there was none, when left out.
        ends: last day; today when left out.
        place: only at this place or below it.

    Raises:
        Refusal: the place is unknown, or the time ends before it begins or lies ahead.
    """
    with desk.reader() as reader:
        return _facts(desk, reader, begins, ends, place)


def hold_review(desk: Desk, place: Uid | None = None, *, note: str = "") -> Change:
    """Mark that a review of leaders looked at everything that is open; what is not decided rolls over.

    A review is held once a day, on however many laptops it is marked.

    Args:
        desk: who does it, where.
        place: only what is open at this place or below it.
        note: what was said, the same for all.
    """
    day = desk.clock().astimezone(zone_of(desk.zone)).date()
    with desk.unit() as unit:
        for uid in open_uids(unit, place):
            step = step_uid(uid, f"looked_at {day.isoformat()}")
            moving = Moving(desk, unit, uid, Move.NEXT)
            if not any(one.uid == step for one in moving.steps):
                moving.write(EscalationStepSort.LOOKED_AT, note, uid=step)
        return unit.change_made()


def age_days(line: LogLine, now: datetime) -> int:
    """Whole days from when it was raised until it was decided, or until now."""
    return max(0, ((line.decided_at if line.decided_at and line.decided_at < now else now) - line.raised_at).days)


def demand_no_names(reader: Reader, facts: LogFacts, *, are_no_names: bool) -> None:
    """Demand that no text of the log names a person.

    Raises:
        Refusal: one does, or may and nobody has looked; it says whom and in which escalations.
    """
    texts = {line.number: _texts(line) for line in (*facts.open, *facts.closed)}
    found = names_in(reader, (each for some in texts.values() for each in some))
    if found.sure:
        raise Refusal("work.escalation_names", names=", ".join(found.sure), numbers=_where(found.sure, texts))
    if found.maybe and not are_no_names:
        raise Refusal("work.escalation_may_name", names=", ".join(found.maybe), numbers=_where(found.maybe, texts))


def _where(names: Sequence[str], texts: dict[str, tuple[str, ...]]) -> str:
    numbers = [number for number, some in texts.items() if any(name in each for name in names for each in some)]
    return ", ".join(numbers)


def _texts(line: LogLine) -> tuple[str, ...]:
    return (line.title, line.asked, line.owner, line.outcome, line.decided_by, line.next_step)


def _facts(desk: Desk, reader: Reader, begins: date | None, ends: date | None, place: Uid | None) -> LogFacts:
    where = known(reader, Place, place) if place is not None else None
    zone = zone_of(where.zone if where else desk.zone)
    now = desk.clock()
    today = now.astimezone(zone).date()
    last = ends or today
    before = last_review(reader, datetime.combine(last, time(), zone).astimezone(UTC))
    first = begins or _since(before.astimezone(zone).date() if before else None, last)
    if first > last:
        raise Refusal("work.escalation_log_backwards", begins=first, ends=last)
    if last > today:
        raise Refusal("work.escalation_log_ahead", day=last)
    moments = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    starts, stops = moments
    lines = log_lines(reader, starts, stops, place)
    closed = [line for line in lines if line.decided_at is not None and line.decided_at < stops]
    waiting = [line for line in lines if line.decided_at is None or line.decided_at >= stops]
    return LogFacts(
        place=where.name if where else "",
        zone=zone.key,
        begins=first,
        ends=last,
        when=min(now, stops),
        last_review=before,
        open=tuple(sorted(waiting, key=lambda line: (-_rank(line.severity), line.raised_at, line.uid))),
        closed=tuple(sorted(closed, key=lambda line: (line.decided_at or now, line.uid), reverse=True)),
    )


def _since(reviewed: date | None, last: date) -> date:
    return reviewed if reviewed is not None and reviewed <= last else last - _MONTH


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else -1
