"""Meetings: planned by a body's cadence, their agenda built and ordered, moved, called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gemba.domain import agendas
from gemba.domain.change import Change
from gemba.domain.escalation_words import says_nothing
from gemba.domain.governance import BodyMember, GovernanceBody, Meeting, MeetingState
from gemba.domain.occurrences import upcoming
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.domain.seats import demand_quorum
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.agenda_entries import Built, built
from gemba.work.bodies import in_use, today_of
from gemba.work.desk import Desk
from gemba.work.make_scheduled import scheduled_uid
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known
from gemba.work.schedules import zone_for

FURTHEST = timedelta(days=731)
"""Ahead or back: what lies further is a slip of a key."""
_LOOKED_AT = 60
"""Dates of a cadence that are looked at for the next one without a meeting."""


def plan(desk: Desk, body: Uid, day: date | None = None, *, words: Sequence[str] = ()) -> Change:
    """Plan a meeting with its agenda: what rolled over, what waits, then own words.

    Args:
        desk: who does it, where.
        body: that meets.
        day: the next date of its cadence that has no meeting yet, when left out.
        words: further entries of the agenda.

    Raises:
        Refusal: it is dissolved, has no seat or fewer than its quorum, has no cadence and no day is named, there is a
            meeting on that day already, or the day is too far.
    """
    with desk.unit() as unit:
        return unit.change_made(plan_in(desk, unit, body, day, words=words).uid)


def plan_in(desk: Desk, unit: Unit, body: Uid, day: date | None = None, *, words: Sequence[str] = ()) -> Meeting:
    """The same within another use case's unit."""
    of = in_use(unit, body)
    meetings = unit.find(Meeting, body=body)
    uid, on = _when(unit, desk, of, meetings, day)
    demand_quorum(of, unit.find(BodyMember, body=body), on)
    taken = {one.planned_on for one in meetings if one.state is not MeetingState.CANCELLED}
    if on in taken or unit.get(Meeting, uid) is not None:
        raise Refusal("work.meeting_twice", body=of.title, day=on)
    made = Meeting(
        uid=uid,
        number=unit.number(Meeting),
        body=body,
        planned_on=on,
        made_at=desk.clock(),
        person=desk.person.uid,
    )
    agenda = built(unit, of, agendas.before(made, meetings), max(on, today_of(unit, desk, of))).agenda
    for each in words:
        agenda = (*agenda, _own(unit, each, agenda))
    fields = {name: getattr(made, name) for name in made.__struct_fields__}
    unit.put(Meeting(**(fields | {"agenda": agenda})))
    return known(unit, Meeting, uid)


def build(desk: Desk, meeting: Uid) -> tuple[Change, Built]:
    """Build the agenda of a planned meeting again: what was settled meanwhile goes, what waits now comes behind.

    The order that somebody gave it, and own words, stay.
    """
    with desk.unit() as unit:
        one = planned(unit, meeting)
        of = known(unit, GovernanceBody, one.body)
        fresh = fresh_agenda(unit, desk, of, one)
        still = [entry for entry in one.agenda if not agendas.record_of(entry)[0] or entry in fresh.agenda]
        unit.change(Meeting, meeting, agenda=agendas.joined(still, fresh.agenda))
        return unit.change_made(meeting), fresh


def fresh_agenda(reader: Reader, desk: Desk, body: GovernanceBody, meeting: Meeting) -> Built:
    """The agenda that a meeting would have if it were planned now."""
    earlier = agendas.before(meeting, reader.find(Meeting, body=body.uid))
    return built(reader, body, earlier, max(meeting.planned_on, today_of(reader, desk, body)))


def arrange(desk: Desk, meeting: Uid, agenda: Sequence[str]) -> Change:
    """Put the entries of a planned meeting into another order, or take some off.

    Raises:
        Refusal: it is over, or an entry is none of its agenda.
    """
    with desk.unit() as unit:
        one = planned(unit, meeting)
        for entry in agenda:
            if entry not in one.agenda:
                raise Refusal("work.not_on_agenda", number=one.number, entry=entry)
        unit.change(Meeting, meeting, agenda=agendas.joined(agenda))
        return unit.change_made(meeting)


def add_entry(desk: Desk, meeting: Uid, words: str) -> Change:
    """Put an entry in own words, or a record as `noun:uid`, on the agenda of a planned meeting.

    Raises:
        Refusal: it says nothing, is there already, names a person, or the meeting is over.
    """
    with desk.unit() as unit:
        one = planned(unit, meeting)
        unit.change(Meeting, meeting, agenda=(*one.agenda, _own(unit, words, one.agenda)))
        return unit.change_made(meeting)


def move(desk: Desk, meeting: Uid, day: date, reason: str) -> Change:
    """Move a planned meeting to another day, with the reason.

    Raises:
        Refusal: there is no reason, it is over, the day is too far, or the body meets on it already.
    """
    if says_nothing(reason):
        raise Refusal("work.meeting_reason")
    with desk.unit() as unit:
        one = planned(unit, meeting)
        of = known(unit, GovernanceBody, one.body)
        _demand_near(day, today_of(unit, desk, of))
        others = unit.find(Meeting, body=one.body)
        if any(
            each.planned_on == day and each.state is not MeetingState.CANCELLED and each.uid != meeting
            for each in others
        ):
            raise Refusal("work.meeting_twice", body=of.title, day=day)
        demand_nameless(unit, (reason,), are_no_names=True)
        unit.change(Meeting, meeting, planned_on=day, reason=reason.strip())
        return unit.change_made(meeting)


def call_off(desk: Desk, meeting: Uid, reason: str) -> Change:
    """Call a planned meeting off, with the reason; its agenda rolls over to the next one.

    Raises:
        Refusal: there is no reason, or it is over.
    """
    if says_nothing(reason):
        raise Refusal("work.meeting_reason")
    with desk.unit() as unit:
        planned(unit, meeting)
        demand_nameless(unit, (reason,), are_no_names=True)
        unit.change(Meeting, meeting, state=MeetingState.CANCELLED, reason=reason.strip())
        return unit.change_made(meeting)


def correct(desk: Desk, meeting: Uid, words: str) -> Change:
    """Correct minutes that are frozen: the correction is an entry of the next planned meeting of the body.

    Raises:
        Refusal: nothing is said, it was not held, or no meeting is planned that could take it.
    """
    if says_nothing(words):
        raise Refusal("work.correction_words")
    with desk.unit() as unit:
        one = known(unit, Meeting, meeting)
        if one.state is not MeetingState.HELD:
            raise Refusal("work.meeting_not_held", number=one.number)
        later = [each for each in unit.find(Meeting, body=one.body) if each.state is MeetingState.PLANNED]
        if not later:
            raise Refusal("work.no_next_meeting", number=one.number)
        following = min(later, key=lambda each: (each.planned_on, each.uid))
        said = f"{one.number}: {words.strip()}"
        unit.change(Meeting, following.uid, agenda=(*following.agenda, _own(unit, said, following.agenda)))
        return unit.change_made(following.uid)


def planned(reader: Reader, meeting: Uid) -> Meeting:
    """A meeting that is still to be held.

    Raises:
        Refusal: it is unknown; or it is over, and what it says is frozen.
    """
    found = known(reader, Meeting, meeting)
    if found.state is MeetingState.HELD:
        raise Refusal("work.minutes_frozen", number=found.number)
    if found.state is MeetingState.CANCELLED:
        raise Refusal("work.meeting_called_off", number=found.number)
    return found


def _when(
    unit: Unit, desk: Desk, body: GovernanceBody, meetings: Sequence[Meeting], day: date | None
) -> tuple[Uid, date]:
    """The uid and day of a new meeting: that of a date of the cadence is the same on every laptop."""
    schedule = unit.get(Schedule, body.schedule) if body.schedule is not None else None
    today = today_of(unit, desk, body)
    if day is None and schedule is None:
        raise Refusal("work.meeting_without_day", body=body.title)
    if day is not None:
        _demand_near(day, today)
    there = {one.uid for one in meetings}
    if schedule is not None:
        for one in upcoming(schedule, day or today, _LOOKED_AT, zone_for(unit, schedule)):
            uid = scheduled_uid(schedule.uid, one.ruled)
            if one.on is None or uid in there:
                continue
            if day is None or one.on == day:
                return uid, one.on
            if one.on > day:
                break
    if day is None:
        raise Refusal("work.cadence_over", body=body.title)
    return desk.ids(), day


def _demand_near(day: date, today: date) -> None:
    if abs(day - today) > FURTHEST:
        raise Refusal("work.meeting_far", day=day)


def _own(reader: Reader, words: str, agenda: Sequence[str]) -> str:
    """An entry as a person gives it: a record that is here, or words that name nobody."""
    said = agendas.checked_words(words, agenda)
    if not agendas.record_of(said)[0]:
        demand_nameless(reader, (said,), are_no_names=True)
    return said
