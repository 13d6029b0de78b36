"""On arrival: what the last three leaders saw, said and promised here, and what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.promises import standing
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment, Rotation
from gemba.domain.walks import Observation
from gemba.store.commitment_lists import at_place
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.store.rotation_lists import last_looks
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.rotations import today_at

LEADERS = 3
"""How many of the last ones are told of."""
KINDS = ("rotation", "walk")
_LATELY = timedelta(days=366)


class PromiseLine(msgspec.Struct, frozen=True):
    """A promise as it stands today."""

    uid: Uid
    number: str
    said: str
    promised: str
    to: str
    role: str
    made_on: date
    due: date
    state: str
    """`overdue` for an open one whose day has passed."""
    outcome: str
    kept_on: date | None


class Look(msgspec.Struct, frozen=True):
    """One leader's last visit: what was seen, what was said, what was promised."""

    assessment: Uid
    number: str
    kind: str
    who: str
    """The person's name: for the window, never for a sheet."""
    role: str
    """The frontline role, where it was a rotation."""
    place: str
    day: date
    seen: tuple[str, ...]
    """Findings, the gravest state said with them, and what was observed."""
    said: tuple[str, ...]
    """What staff and customers said, and what was asked and answered."""
    promised: tuple[PromiseLine, ...]


class ArrivalFacts(msgspec.Struct, frozen=True):
    """What an arriving leader has to know."""

    place: str
    place_uid: Uid
    zone: str
    when: datetime
    looks: tuple[Look, ...]
    besides: tuple[PromiseLine, ...]
    """What was promised here otherwise and is not settled."""


def arrival_facts(desk: Desk, place: Uid) -> ArrivalFacts:
    """What the last three leaders saw, said and promised at a place or below it, and what was kept.

    Raises:
        Refusal: the place is unknown.
    """
    now = desk.clock()
    with desk.reader() as reader:
        where = known(reader, Place, place)
        today = today_at(where, now)
        promises = at_place(reader, place, today - _LATELY)
        used: set[Uid] = set()
        looks = []
        for record in last_looks(reader, place, KINDS, LEADERS):
            mine = [one for one in promises if one.uid not in used and _is_of(reader, one, record, where.zone)]
            used |= {one.uid for one in mine}
            looks.append(_look(reader, record, where.zone, [promise_line(one, today) for one in mine]))
        rest = [promise_line(one, today) for one in promises if one.uid not in used]
        unsettled = tuple(one for one in rest if one.state in {"open", "overdue"})
        return ArrivalFacts(where.name, place, where.zone, now, tuple(looks), unsettled)


def promise_line(one: Commitment, today: date) -> PromiseLine:
    """A promise as it stands on a day."""
    state = standing(one, today)
    about = (one.uid, one.number, one.said, one.text, one.to, one.role)
    return PromiseLine(*about, one.made_on, one.due, state, one.outcome, one.kept_on)


def promises_of(reader: Reader, rotation: Rotation, today: date) -> tuple[PromiseLine, ...]:
    """What was promised on a rotation: said of it, or of its observation record."""
    found = {one.uid: one for one in reader.find(Commitment, rotation=rotation.uid)}
    if rotation.assessment is not None:
        found |= {one.uid: one for one in reader.find(Commitment, assessment=rotation.assessment)}
    return tuple(promise_line(one, today) for one in found.values())


def _is_of(reader: Reader, one: Commitment, record: Assessment, zone: str) -> bool:
    """Whether a promise was made on this visit."""
    if one.assessment is not None:
        return one.assessment == record.uid
    if one.rotation is not None:
        rotation = reader.get(Rotation, one.rotation)
        if rotation is not None and rotation.assessment is not None:
            return rotation.assessment == record.uid
    begun = record.started_at.astimezone(ZoneInfo(zone)).date()
    ended = (record.concluded_at or record.started_at).astimezone(ZoneInfo(zone)).date()
    here = one.place in places_below(reader, (record.place,)) or record.place in places_below(reader, (one.place,))
    return here and (one.leader or one.person) == record.person and begun <= one.made_on <= ended


def _look(reader: Reader, record: Assessment, zone: str, promised: Iterable[PromiseLine]) -> Look:
    person, place = reader.get(Person, record.person), reader.get(Place, record.place)
    rotation = next(iter(reader.find(Rotation, assessment=record.uid)), None)
    noted = [one for one in reader.find(Observation, assessment=record.uid) if not one.removed]
    return Look(
        assessment=record.uid,
        number=record.number,
        kind=record.kind,
        who=person.name if person is not None else "",
        role=rotation.role if rotation is not None else "",
        place=place.name if place is not None else "",
        day=record.started_at.astimezone(ZoneInfo(zone)).date(),
        seen=tuple(_seen(reader, record, noted)),
        said=tuple(_said(noted)),
        promised=tuple(promised),
    )


def _seen(reader: Reader, record: Assessment, noted: list[Observation]) -> Iterator[str]:
    for finding in reader.find(Finding, assessment=record.uid):
        state = text("closed") if finding.state.value == "closed" else text("still open")
        yield f"{finding.number}: {finding.text} ({state})"
    for one in noted:
        if one.sort.value == "seen" and one.text:
            yield text("Worth keeping: {what}", what=one.text) if one.is_positive else one.text


def _said(noted: list[Observation]) -> Iterator[str]:
    for one in noted:
        if one.sort.value == "staff" and one.text:
            yield text("Staff: {what}", what=one.text)
        if one.sort.value == "customer" and one.text:
            yield text("A customer: {what}", what=one.text)
        if one.question and one.answer:
            yield text("Asked: {question} – {answer}", question=one.question, answer=one.answer)
