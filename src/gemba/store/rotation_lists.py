"""The quarter's rotations as a list, and who was last where. The read side."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from gemba.domain.assessments import Assessment
from gemba.domain.record import Uid
from gemba.domain.rotations import Rotation, RotationState
from gemba.store.improvement_tables import rotation
from gemba.store.lines import Line
from gemba.store.list_filters import Filter, PlaceFilter, Scanned, places_below
from gemba.store.list_of import ListOf
from gemba.store.list_sorts import Named, Sort
from gemba.store.reading import Reader
from gemba.store.tables import assessment, person, place

DONE = rotation.c.state == RotationState.DONE.value


class RotationLine(Line, frozen=True, kw_only=True):
    """One rotation in a list."""

    number: str
    leader: str
    leader_uid: Uid
    place: str
    place_uid: Uid
    role: str
    quarter: str
    planned_on: date
    until: date
    shift: str
    journey: str
    state: str
    note: str


ROTATIONS = ListOf(
    RotationLine,
    rotation,
    source=rotation.join(place, rotation.c.place == place.c.uid).join(person, rotation.c.leader == person.c.uid),
    columns={
        **{name: rotation.c[name] for name in RotationLine.__struct_fields__ if name in rotation.c},
        "leader": person.c.name,
        "leader_uid": person.c.uid,
        "place": place.c.name,
        "place_uid": place.c.uid,
    },
    sorts={
        "planned_on": Sort(rotation, rotation.c.planned_on, "planned_on"),
        "number": Sort(rotation, rotation.c.number, "number"),
        "quarter": Sort(rotation, rotation.c.quarter, "quarter"),
        "place": Named(rotation, rotation.c.place, "place", place),
        "leader": Named(rotation, rotation.c.leader, "leader", person),
    },
    filters={
        "place": PlaceFilter(rotation.c.place),
        "state": Filter(rotation.c.state),
        "quarter": Filter(rotation.c.quarter),
        "leader": Filter(rotation.c.leader),
        "role": Scanned(rotation.c.role),
        "shift": Scanned(rotation.c.shift),
        "journey": Scanned(rotation.c.journey),
    },
    scanned=("number", "leader", "place", "role", "quarter", "shift", "journey", "note"),
)
"""Leaders in frontline roles."""


def of_quarters(reader: Reader, quarters: tuple[str, ...]) -> list[Rotation]:
    """The rotations of these quarters, but those that were called off; the first first."""
    asked = select(rotation.c.uid).where(
        rotation.c.quarter.in_(quarters), rotation.c.state != RotationState.CANCELLED.value
    )
    asked = asked.order_by(rotation.c.planned_on, rotation.c.uid)
    return list(reader.many(Rotation, list(reader.connection.scalars(asked))))


def last_been(reader: Reader) -> dict[tuple[Uid, Uid], date]:
    """When each leader was last at each place; only rotations that count."""
    asked = select(rotation.c.leader, rotation.c.place, func.max(rotation.c.planned_on)).where(DONE)
    rows = reader.connection.execute(asked.group_by(rotation.c.leader, rotation.c.place))
    return {(leader, where): last for leader, where, last in rows}


def words_used(reader: Reader, field: str) -> list[str]:
    """What was ever written as the role, shift or journey of a rotation, in order of the letters."""
    column = rotation.c[field]
    rows = reader.connection.scalars(select(column).where(column != "").distinct().order_by(column))
    return list(rows)


def last_looks(reader: Reader, within: Uid, kinds: tuple[str, ...], most: int) -> list[Assessment]:
    """The last walks and rotation observations at a place and below it, one of each person, the newest first."""
    here = assessment.c.place.in_(places_below(reader, (within,)))
    order = (assessment.c.started_at.desc(), assessment.c.id.desc())
    nth = func.row_number().over(partition_by=assessment.c.person, order_by=order).label("nth")
    asked = select(assessment.c.uid, assessment.c.started_at, assessment.c.id, nth)
    newest = asked.where(here, assessment.c.kind.in_(kinds)).subquery()
    first = select(newest.c.uid).where(newest.c.nth == 1)
    first = first.order_by(newest.c.started_at.desc(), newest.c.id.desc()).limit(most)
    return list(reader.many(Assessment, list(reader.connection.scalars(first))))
