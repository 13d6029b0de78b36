"""Plan the quarter's rotations, and go through with them: one counts only with its observation record."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.escalation_words import says_nothing
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.quarters import days_of, quarter_of
from gemba.domain.record import Uid
from gemba.domain.rotation_fairness import overlaps
from gemba.domain.rotations import Rotation, RotationState
from gemba.errors import Refusal
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known
from gemba.work.rotation_words import rotation_state_words

RECORD = "rotation"
"""Kind of the observation record that a rotation has to have."""
LONGEST = 31
"""Days; whoever stays longer has changed jobs."""


class Stint(msgspec.Struct, frozen=True, kw_only=True):
    """What is planned of a rotation."""

    leader: Uid
    place: Uid
    role: str
    """The frontline role that is taken."""
    planned_on: date
    until: date | None = None
    """Last day; the first one when left out."""
    shift: str = ""
    journey: str = ""
    focus: str = ""


def plan(desk: Desk, stint: Stint) -> Change:
    """Plan a rotation.

    Raises:
        Refusal: leader or place is unknown, no role is named, the days are none, lie in a quarter that is over, or the
            leader is somewhere else then.
    """
    with desk.unit() as unit:
        return unit.change_made(plan_in(desk, unit, stint).uid)


def plan_in(desk: Desk, unit: Unit, stint: Stint) -> Rotation:
    """The same within another use case's unit."""
    known(unit, Person, stint.leader)
    place = goes_on_at(unit, stint.place)
    if says_nothing(stint.role):
        raise Refusal("work.rotation_role")
    until = stint.until or stint.planned_on
    demand_days(unit, stint.leader, stint.planned_on, until, today_at(place, desk.clock()))
    made = Rotation(
        uid=desk.ids(),
        number=unit.number(Rotation),
        leader=stint.leader,
        place=place.uid,
        role=stint.role.strip(),
        quarter=quarter_of(stint.planned_on),
        planned_on=stint.planned_on,
        until=until,
        shift=stint.shift.strip(),
        journey=stint.journey.strip(),
        focus=stint.focus.strip(),
        made_at=desk.clock(),
        person=desk.person.uid,
    )
    unit.put(made)
    return made


def move(
    desk: Desk,
    rotation: Uid,
    reason: str,
    *,
    planned_on: date | None = None,
    until: date | None = None,
    place: Uid | None = None,
) -> Change:
    """Move a planned rotation to other days or another place; it keeps as many days as it had unless that is said.

    Raises:
        Refusal: there is no reason, it has begun or ended, or the days are refused as by `plan`.
    """
    with desk.unit() as unit:
        one = demand_state(unit, rotation, RotationState.PLANNED)
        _demand_reason(reason)
        where = goes_on_at(unit, place) if place else known(unit, Place, one.place)
        first = planned_on or one.planned_on
        last = until or first + (one.until - one.planned_on)
        demand_days(unit, one.leader, first, last, today_at(where, desk.clock()), but=rotation)
        said = {"planned_on": first, "until": last, "quarter": quarter_of(first), "place": where.uid}
        unit.change(Rotation, rotation, note=reason.strip(), **said)
        return unit.change_made(rotation)


def cancel(desk: Desk, rotation: Uid, reason: str) -> Change:
    """Call a rotation off; the plan keeps showing it, with its reason.

    Raises:
        Refusal: there is no reason, or it has ended.
    """
    with desk.unit() as unit:
        demand_state(unit, rotation, RotationState.PLANNED, RotationState.BEGUN)
        _demand_reason(reason)
        unit.change(Rotation, rotation, state=RotationState.CANCELLED, note=reason.strip())
        return unit.change_made(rotation)


def begin(desk: Desk, rotation: Uid) -> Change:
    """The leader has arrived.

    Raises:
        Refusal: it is not planned, or planned for another quarter.
    """
    now = desk.clock()
    with desk.unit() as unit:
        one = demand_state(unit, rotation, RotationState.PLANNED)
        quarter = quarter_of(today_at(known(unit, Place, one.place), now))
        if quarter != one.quarter:
            raise Refusal("work.rotation_other_quarter", number=one.number, planned=one.quarter, now=quarter)
        unit.change(Rotation, rotation, state=RotationState.BEGUN, arrived_at=now)
        return unit.change_made(rotation)


def finish(desk: Desk, rotation: Uid, assessment: Uid | None = None) -> Change:
    """The leader leaves; the rotation counts from now on, for its observation record is linked.

    Args:
        desk: who does it, where.
        rotation: its uid.
        assessment: the record; the only one that fits when left out.

    Raises:
        Refusal: it has ended, or there is no observation record that the leader began at that place since arriving.
    """
    now = desk.clock()
    with desk.unit() as unit:
        one = demand_state(unit, rotation, RotationState.PLANNED, RotationState.BEGUN)
        record = _record(unit, one, assessment)
        said = {"arrived_at": one.arrived_at or record.started_at, "left_at": now, "assessment": record.uid}
        unit.change(Rotation, rotation, state=RotationState.DONE, **said)
        return unit.change_made(rotation)


def records_of(reader: Reader, one: Rotation) -> list[Assessment]:
    """The observation records that a rotation may be counted by, the newest first."""
    if one.assessment is not None:
        return list(reader.many(Assessment, [one.assessment]))
    begun = [
        record
        for place in places_below(reader, (goes_on_at(reader, one.place).uid,))
        for record in reader.find(Assessment, place=place, person=one.leader, kind=RECORD)
    ]
    free = [record for record in begun if _why_not(reader, one, record) is None]
    return sorted(free, key=lambda record: (record.started_at, record.uid), reverse=True)


def demand_state(reader: Reader, rotation: Uid, *states: RotationState) -> Rotation:
    """The rotation, if it stands so.

    Raises:
        Refusal: `work.rotation_state`.
    """
    one = known(reader, Rotation, rotation)
    if one.state not in states:
        raise Refusal("work.rotation_state", number=one.number, state=rotation_state_words(one.state))
    return one


def today_at(place: Place, now: datetime) -> date:
    """Today, where the place is."""
    return now.astimezone(ZoneInfo(place.zone)).date()


def demand_days(reader: Reader, leader: Uid, first: date, last: date, today: date, *, but: Uid = "") -> None:
    """Demand that days may be planned for a leader.

    Raises:
        Refusal: they end before they begin, are too many, lie in a quarter that is over, or are taken already.
    """
    if last < first:
        raise Refusal("work.rotation_days", first=first, last=last)
    if (last - first).days >= LONGEST:
        raise Refusal("work.rotation_long", days=(last - first).days + 1, most=LONGEST)
    if days_of(quarter_of(first))[1] < today:
        raise Refusal("work.rotation_over", quarter=quarter_of(first))
    for other in reader.find(Rotation, leader=leader):
        if other.uid != but and other.state is not RotationState.CANCELLED and overlaps(other, first, last):
            place = known(reader, Place, other.place).name
            raise Refusal(
                "work.rotation_elsewhere", number=other.number, place=place, first=other.planned_on, last=other.until
            )


def _demand_reason(reason: str) -> None:
    if says_nothing(reason):
        raise Refusal("work.rotation_reason")


def _record(unit: Unit, one: Rotation, assessment: Uid | None) -> Assessment:
    if assessment is not None:
        record = known(unit, Assessment, assessment)
        why = _why_not(unit, one, record)
        if why is not None:
            raise why
        return record
    found = records_of(unit, one)
    if not found:
        leader, place = known(unit, Person, one.leader), known(unit, Place, one.place)
        raise Refusal("work.rotation_without_record", number=one.number, leader=leader.name, place=place.name)
    if len(found) > 1:
        numbers = ", ".join(record.number for record in found)
        raise Refusal("work.rotation_several_records", number=one.number, numbers=numbers)
    return found[0]


def _why_not(reader: Reader, one: Rotation, record: Assessment) -> Refusal | None:
    """Why an assessment is not the observation record of a rotation."""
    if record.kind != RECORD:
        return Refusal("work.rotation_record_kind", record=record.number)
    if record.person != one.leader:
        return Refusal("work.rotation_record_person", record=record.number, number=one.number)
    if record.place not in places_below(reader, (goes_on_at(reader, one.place).uid,)):
        return Refusal("work.rotation_record_place", record=record.number, number=one.number)
    zone = ZoneInfo(known(reader, Place, one.place).zone)
    arrived = one.arrived_at.astimezone(zone).date() if one.arrived_at is not None else days_of(one.quarter)[0]
    if record.started_at.astimezone(zone).date() < arrived:
        return Refusal("work.rotation_record_early", record=record.number, day=arrived)
    taken = [other for other in reader.find(Rotation, assessment=record.uid) if other.uid != one.uid]
    if taken:
        return Refusal("work.rotation_record_taken", record=record.number, other=taken[0].number)
    return None
