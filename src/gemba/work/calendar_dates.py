"""What the calendar has besides records with a day of their own: dates of schedules, meetings, clocks, terms, quarters.

It is reckoned anew each time, so that nothing has to be made ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from gemba.domain import seats as rules
from gemba.domain.due import Due, DueSort
from gemba.domain.governance import BodyMember, GovernanceBody, Meeting, MeetingState
from gemba.domain.nouns import NOUNS
from gemba.domain.occurrences import Occurrence, between, on_day
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.domain.quarters import days_of, quarter_of
from gemba.domain.record import Uid
from gemba.domain.walks import Route
from gemba.kinds.registers.metrics import METRIC_AUDITS, recalibration
from gemba.store.due_lists import Asked
from gemba.store.made_already import clocks_until, here, walked
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import schedules
from gemba.work.bodies import NOUN
from gemba.work.calendar_ends import agreed_exceptions, expiries, waking_alerts
from gemba.work.calendar_keys import key_of
from gemba.work.desk import Desk
from gemba.work.escalation_tiers import zone_of
from gemba.work.make_scheduled import scheduled_uid
from gemba.work.measures import measures
from gemba.work.metric_audit import calibrated_on
from gemba.work.register_view import as_declared

LOOKED_BACK = timedelta(days=366)
"""So far back dates of schedules are called overdue; what was not held for longer nobody holds any more."""
_ROUTE = "route"
_LAST = date(9998, 12, 31)
_MADE = {
    schedules.AUDIT: (DueSort.AUDIT, "audit"),
    schedules.WALK: (DueSort.WALK, "assessment"),
    schedules.REVIEW: (DueSort.REVIEW, "complaint_review"),
    NOUN: (DueSort.MEETING, "meeting"),
    _ROUTE: (DueSort.WALK, ""),
}
"""By subject of a schedule what its dates are, and the noun of what is made for them."""

_OF_SCHEDULES = frozenset({*(sort for sort, _ in _MADE.values()), DueSort.REMINDER})


class Dates:
    """What dates are reckoned from, each read at most once.

    Args:
        reader: of the store.
        desk: whose zone it is.
        today: the day there.
        now: the moment.
    """

    def __init__(self, reader: Reader, desk: Desk, today: date, now: datetime) -> None:
        self.reader, self.desk, self.today, self.now = reader, desk, today, now

    @cached_property
    def places(self) -> dict[Uid, Place]:
        """All places, by uid."""
        return {one.uid: one for one in self.reader.find(Place)}

    @cached_property
    def bodies(self) -> dict[Uid, GovernanceBody]:
        """Bodies that are not dissolved, by uid."""
        return {one.uid: one for one in self.reader.find(GovernanceBody) if not one.retired}

    @cached_property
    def members(self) -> dict[Uid, list[BodyMember]]:
        """Seats, by body."""
        found: dict[Uid, list[BodyMember]] = {}
        for one in self.reader.find(BodyMember):
            found.setdefault(one.body, []).append(one)
        return found

    @cached_property
    def schedules(self) -> dict[Uid, Schedule]:
        """Schedules in use, by uid."""
        return {one.uid: one for one in schedules.schedules(self.reader)}

    @cached_property
    def layers(self) -> dict[Uid, str]:
        """Who walks a route, by role."""
        return {one.uid: one.layer for one in self.reader.find(Route)}

    def place_name(self, uid: Uid | None) -> str:
        """What a place is called; empty for all places."""
        return self.places[uid].name if uid in self.places else ""

    def zone(self, schedule: Schedule) -> str:
        """The zone whose clocks a schedule follows (`gemba.work.schedules.zone_for`)."""
        return schedule.zone or (self.places[schedule.place].zone if schedule.place in self.places else "UTC")

    def chair(self, body: Uid, day: date) -> str:
        """The role that has the chair of a body on a day; empty when nobody has."""
        return next((one.role for one in rules.on_day(self.members.get(body, ()), day) if one.is_chair), "")


def computed(dates: Dates, asked: Asked, sorts: Collection[DueSort]) -> Iterator[Due]:
    """What is reckoned, unordered; days a little beyond what is asked for may be among it."""
    first = asked.first or dates.today - LOOKED_BACK
    last = asked.last or dates.today
    is_late = asked.late_on is not None
    sources: tuple[tuple[frozenset[DueSort], Callable[[], Iterator[Due]]], ...] = (
        (frozenset({DueSort.MEETING}), lambda: _meetings(dates)),
        (_OF_SCHEDULES, lambda: _scheduled(dates, first, last, is_late=is_late)),
        (frozenset({DueSort.ESCALATION}), lambda: _clocks(dates, asked)),
        (frozenset({DueSort.MEASURE}), lambda: _measures(dates)),
        (frozenset({DueSort.TERM}), lambda: _terms(dates)),
        (frozenset({DueSort.EXPIRY}), lambda: expiries(dates.reader, dates.places)),
        (frozenset({DueSort.EXCEPTION}), lambda: agreed_exceptions(dates.reader, dates.places, dates.today)),
        (frozenset({DueSort.ALERT_REST}), lambda: waking_alerts(dates.reader, dates.places, dates.today)),
        (frozenset({DueSort.QUARTER}), lambda: iter(()) if is_late else _quarters(first, last)),
    )
    wanted = frozenset(sorts) or frozenset(DueSort)
    for made, source in sources:
        if made & wanted:
            yield from (one for one in source() if one.sort in wanted and _is_meant(dates, one, asked))


def _meetings(dates: Dates) -> Iterator[Due]:
    for one in dates.reader.find(Meeting, state=MeetingState.PLANNED):
        body = dates.bodies.get(one.body)
        if body is None:
            continue
        schedule = dates.schedules.get(body.schedule or "")
        when = on_day(schedule, one.planned_on, dates.zone(schedule)) if schedule is not None else None
        yield Due(
            sort=DueSort.MEETING,
            key=key_of(one.uid),
            noun="meeting",
            uid=one.uid,
            title=body.title,
            number=one.number,
            place=dates.place_name(body.place),
            place_uid=body.place,
            owner=dates.chair(body.uid, one.planned_on),
            day=one.planned_on,
            last=one.planned_on,
            begins=when.begins if when is not None else None,
            ends=when.ends if when is not None else None,
            zone=dates.zone(schedule) if schedule is not None else "",
            made=one.uid,
            rests_on=body.schedule or "",
        )


def _scheduled(dates: Dates, first: date, last: date, *, is_late: bool) -> Iterator[Due]:
    """Dates of schedules for which nothing was made yet."""
    found: dict[str, list[tuple[Schedule, Occurrence, Uid]]] = {}
    for schedule in dates.schedules.values():
        subject = schedule.subject.partition(":")[0]
        if is_late and subject not in _MADE:
            continue  # of a record that is looked at nobody can tell whether somebody did
        begins = max(first, schedule.made_at.date(), dates.today - LOOKED_BACK) if is_late else first
        for one in between(schedule, begins, last, dates.zone(schedule)):
            if one.on is not None and not (one.on < dates.today and subject not in _MADE):
                found.setdefault(subject, []).append((schedule, one, scheduled_uid(schedule.uid, one.ruled)))
    for subject, some in found.items():
        sort, noun = _MADE.get(subject, (DueSort.REMINDER, ""))
        made = here(dates.reader, noun, (uid for _, _, uid in some)) if noun else frozenset()
        begun = walked(dates.reader, {schedule.subject for schedule, _, _ in some}) if subject == _ROUTE else {}
        for schedule, one, uid in some:
            before_made = one.on is not None and one.on < schedule.made_at.date()
            if uid not in made and not before_made and not _was_walked(one, begun.get(schedule.subject, [])):
                yield _date(dates, schedule, one, sort, uid)


def _was_walked(one: Occurrence, begun: list[datetime]) -> bool:
    assert one.on is not None
    last = one.due or one.on
    return any(one.on <= moment.date() <= last for moment in begun)


def _date(dates: Dates, schedule: Schedule, one: Occurrence, sort: DueSort, uid: Uid) -> Due:
    assert one.on is not None
    subject, _, about = schedule.subject.partition(":")
    is_body = subject == NOUN
    return Due(
        sort=sort,
        key=key_of(uid),
        noun=subject if is_body or subject == _ROUTE else "schedule",
        uid=about if is_body or subject == _ROUTE else schedule.uid,
        title=schedule.title,
        place=dates.place_name(schedule.place),
        place_uid=schedule.place,
        owner=dates.chair(about, one.on) if is_body else schedule.owner or dates.layers.get(about, ""),
        day=one.on,
        last=one.due or one.on,
        begins=one.begins,
        ends=one.ends,
        zone=dates.zone(schedule),
        made=uid,
    )


def _clocks(dates: Dates, asked: Asked) -> Iterator[Due]:
    zone = zone_of(dates.desk.zone)
    last = dates.now if asked.late_on is not None else None
    if asked.last is not None:
        ends = datetime.combine(min(asked.last, _LAST) + timedelta(days=1), time(), zone).astimezone(UTC)
        last = ends if last is None else min(last, ends)
    after = datetime.combine(asked.first, time(), zone).astimezone(UTC) if asked.first is not None else None
    for one in clocks_until(dates.reader, last or dates.now, after):
        assert one.due_at is not None
        day = one.due_at.astimezone(zone).date()
        yield Due(
            sort=DueSort.ESCALATION,
            key=key_of(one.uid),
            noun="escalation",
            uid=one.uid,
            title=one.title,
            number=one.number,
            place=dates.place_name(one.place),
            place_uid=one.place,
            owner=one.owner,
            day=day,
            last=day,
            begins=one.due_at,
        )


def _measures(dates: Dates) -> Iterator[Due]:
    entries = as_declared(dates.reader, METRIC_AUDITS)
    for measure in measures(dates.reader):
        own = [entry for entry in entries if entry.fields.get("measure") == f"measure:{measure.uid}"]
        begins, ends = recalibration(calibrated_on(measure, own))
        yield Due(
            sort=DueSort.MEASURE,
            key=key_of(measure.uid),
            noun="measure",
            uid=measure.uid,
            title=measure.title,
            number=measure.code,
            place=dates.place_name(measure.place),
            place_uid=measure.place,
            day=begins,
            last=ends,
        )


def _terms(dates: Dates) -> Iterator[Due]:
    for body in dates.bodies.values():
        every = dates.members.get(body.uid, [])
        for seat in every:
            if seat.ends is None or rules.is_followed(every, seat) or seat.ends < dates.today - rules.GIVEN_UP:
                continue
            yield Due(
                sort=DueSort.TERM,
                key=key_of(seat.uid),
                noun=NOUN,
                uid=body.uid,
                title=text("{role}, {body}", role=seat.role, body=body.title),
                place=dates.place_name(body.place),
                place_uid=body.place,
                owner=dates.chair(body.uid, dates.today),
                day=seat.ends,
                last=seat.ends,
                made=seat.uid,
            )


def _quarters(first: date, last: date) -> Iterator[Due]:
    day = first
    while day <= last:
        quarter = quarter_of(day)
        ends = days_of(quarter)[1]
        if first <= ends <= last:
            yield Due(
                sort=DueSort.QUARTER,
                key=key_of(quarter),
                noun="",
                uid=quarter,
                title=text("{quarter} ends", quarter=quarter),
                day=ends,
                last=ends,
            )
        if ends == date.max:
            return
        day = ends + timedelta(days=1)


def _is_meant(dates: Dates, one: Due, asked: Asked) -> bool:
    is_here = asked.places is None or one.place_uid in asked.places
    return is_here and (asked.person is None or _is_of(dates, one, asked.person))


def _is_of(dates: Dates, one: Due, person: Uid) -> bool:
    """Whether a person recorded it, or sits in the body that it is of."""
    if one.sort is DueSort.QUARTER:
        return True
    if one.noun == "schedule":
        return dates.schedules[one.uid].person == person
    body = one.uid if one.noun == NOUN else ""
    if one.noun == "meeting":
        found = dates.reader.get(Meeting, one.uid)
        body = found.body if found is not None else ""
    if body:
        sits = {seat.member for seat in rules.on_day(dates.members.get(body, ()), max(one.day, dates.today))}
        return person in sits or dates.bodies[body].person == person
    return _recorded(dates, one, person)


def _recorded(dates: Dates, one: Due, person: Uid) -> bool:
    found = dates.reader.get(NOUNS[one.noun], one.uid) if one.noun in NOUNS else None
    return getattr(found, "person", None) == person
