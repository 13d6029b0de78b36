"""Make what schedules say is due: audits, walks and reviews of a window, each once however often it is asked."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.occurrences import Occurrence, between, occurrences
from gemba.domain.programmes import Audit, AuditState, Schedule
from gemba.domain.quarters import days_of, quarter_of, quarters_until
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import conduct, draw_review
from gemba.work.desk import Desk
from gemba.work.independence import demand_of_audit
from gemba.work.plan_audits import Plan, planned
from gemba.work.programmes import programme_at
from gemba.work.records import known
from gemba.work.schedules import AUDIT, REVIEW, WALK, zone_for

_SCHEDULED = uuid.UUID("8d0b3a54-6f0d-4b0e-9c39-2a7a1c2e4f10")
LONGEST_WINDOW = 731
"""Days that are made in one go."""


class Made(msgspec.Struct, frozen=True):
    """What became of the dates of a window."""

    made: tuple[Uid, ...] = ()
    """Records that are new."""
    there: int = 0
    """Dates whose record was there already."""
    skipped: int = 0
    """Dates that are not held."""
    later: int = 0
    """Reviews whose day has not come: their complaints are not all here yet."""
    empty: int = 0
    """Reviews that had no complaint to look at."""
    reminded: int = 0
    """Dates of records that are looked at, of which nothing is made."""


def scheduled_uid(schedule: Uid, ruled: date) -> Uid:
    """The uid of what a schedule makes for a day that its rule names, on whichever laptop it is made."""
    return str(uuid.uuid5(_SCHEDULED, f"{schedule}\0{ruled.isoformat()}"))


def audited_quarter(day: date) -> str:
    """The quarter whose decisions an audit of that day looks at: the last that has ended by then."""
    return quarters_until(quarter_of(day), 2)[0] if day < days_of(quarter_of(day))[1] else quarter_of(day)


def make(
    desk: Desk,
    schedule: Uid,
    first: date,
    last: date,
    *,
    auditor: Uid | None = None,
    independent_because: str = "",
) -> Made:
    """Make what a schedule says is due within a window, both days included.

    Args:
        desk: who does it, where.
        schedule: uid of the schedule.
        first: first day of the window.
        last: last day.
        auditor: lead of audits; when left out those whom the schedule names take turns, else whoever makes them.
        independent_because: what keeps the lead independent where there is a doubt.

    Raises:
        Refusal: the schedule is unknown or retired, the window is backwards or too long, or an audit or walk that is
            due may not be planned; then none of the audits is.
    """
    if not 0 <= (last - first).days <= LONGEST_WINDOW:
        raise Refusal("work.schedule_window", first=first.isoformat(), last=last.isoformat(), longest=LONGEST_WINDOW)
    with desk.reader() as reader:
        found = known(reader, Schedule, schedule)
        if found.retired:
            raise Refusal("work.schedule_retired", title=found.title)
        dates = between(found, first, last, zone_for(reader, found))
    held = [one for one in dates if one.on is not None]
    skipped = len(dates) - len(held)
    if found.subject == AUDIT:
        made = _audits(desk, found, held, auditor, independent_because)
    elif found.subject == WALK:
        made = _walks(desk, found, held)
    elif found.subject == REVIEW:
        made = _reviews(desk, found, held)
    else:
        made = Made(reminded=len(held))
    return msgspec.structs.replace(made, skipped=skipped)


def _audits(desk: Desk, schedule: Schedule, held: list[Occurrence], auditor: Uid | None, because: str) -> Made:
    with desk.unit() as unit:
        since = _changed_until(unit, schedule)
        new = []
        for one in held:
            assert one.on is not None
            uid = scheduled_uid(schedule.uid, one.ruled)
            if one.on <= since or unit.get(Audit, uid) is not None:
                continue
            quarter = audited_quarter(one.on)
            programme = programme_at(unit, quarter, schedule.place or "")
            lead = auditor or _in_turn(unit, schedule, one, quarter, because)
            wanted = Plan(
                place=schedule.place or "",
                quarter=quarter,
                programme=programme.uid if programme is not None else None,
                planned_on=one.on,
                due=one.due,
                auditor=lead,
                schedule=schedule.uid,
                title=text("{title} · {day}", title=schedule.title, day=one.on.isoformat()),
                independent_because=because,
            )
            unit.put(planned(unit, desk, wanted, uid))
            new.append(uid)
    return Made(tuple(new), len(held) - len(new))


def _in_turn(reader: Reader, schedule: Schedule, date_: Occurrence, quarter: str, because: str) -> Uid | None:
    """Who leads the audit of a date: whose turn it is, else the next who is independent; `None` when nobody is named.

    The turn follows from the number of dates before, so that it is the same wherever the audit is made.
    """
    named = schedule.auditors
    if not named:
        return None
    dates = occurrences(schedule, date_.ruled, zone_for(reader, schedule))
    turn = sum(each.on is not None and each.ruled < date_.ruled for each in dates) % len(named)
    in_turn = (*named[turn:], *named[:turn])
    days = days_of(quarter)
    return next((one for one in in_turn if _may(reader, one, schedule.place or "", days, because)), in_turn[0])


def _may(reader: Reader, auditor: Uid, place: Uid, days: tuple[date, date], because: str) -> bool:
    try:
        demand_of_audit(reader, auditor, place, days, because)
    except Refusal:
        return False
    return True


def _changed_until(reader: Reader, schedule: Schedule) -> date:
    """The last day for which an earlier wording of the schedule planned audits: nothing is made twice up to it."""
    audits = [one for one in reader.find(Audit, schedule=schedule.uid) if one.state is not AuditState.CANCELLED]
    if not audits:
        return date.min
    latest = max(one.planned_on for one in audits)
    zone = zone_for(reader, schedule)
    now = {scheduled_uid(schedule.uid, one.ruled) for one in occurrences(schedule, latest + timedelta(366), zone)}
    return max((one.planned_on for one in audits if one.uid not in now), default=date.min)


def _walks(desk: Desk, schedule: Schedule, held: list[Occurrence]) -> Made:
    new = []
    for one in held:
        assert one.on is not None
        uid = scheduled_uid(schedule.uid, one.ruled)
        with desk.reader() as reader:
            if reader.get(Assessment, uid) is not None:
                continue
        conduct.start(
            _naming(desk, uid),
            schedule.template or "",
            schedule.place or "",
            title=schedule.title,
            due=one.due or one.on,
        )
        new.append(uid)
    return Made(tuple(new), len(held) - len(new))


def _reviews(desk: Desk, schedule: Schedule, held: list[Occurrence]) -> Made:
    """Draw what was received since the date before, for each date whose day has come."""
    today = desk.clock().date()
    come = [one for one in held if one.on is not None and one.on <= today]
    new, empty = [], 0
    for one in come:
        uid = scheduled_uid(schedule.uid, one.ruled)
        with desk.reader() as reader:
            if reader.get(ComplaintReview, uid) is not None:
                continue
            begins, ends = _since(reader, schedule, one)
        wanted = draw_review.Wanted(begins=begins, ends=ends, place=schedule.place, title=schedule.title)
        try:
            draw_review.draw(_naming(desk, uid), wanted)
        except Refusal as refusal:
            if refusal.code != "work.nothing_to_review":
                raise
            empty += 1
        else:
            new.append(uid)
    return Made(tuple(new), len(come) - len(new) - empty, later=len(held) - len(come), empty=empty)


def _since(reader: Reader, schedule: Schedule, one: Occurrence) -> tuple[date, date]:
    """First and last day of what a review looks at: from the date before (or a quarter back) to the day before it."""
    assert one.on is not None
    before = [
        each.on
        for each in occurrences(schedule, one.ruled, zone_for(reader, schedule))
        if each.on is not None and each.ruled < one.ruled
    ]
    return max(before, default=one.on - timedelta(91)), one.on - timedelta(1)


def _naming(desk: Desk, uid: Uid) -> Desk:
    """The same desk, whose next record gets this uid."""
    ids = itertools.chain([uid], iter(desk.ids, None))
    following: Callable[[], Uid] = ids.__next__
    return msgspec.structs.replace(desk, ids=following)
