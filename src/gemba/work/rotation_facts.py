"""One rotation with what belongs to it: who, where, its observation record, what was promised."""

from __future__ import annotations

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.rotations import Rotation, RotationState
from gemba.store.reading import Reader
from gemba.work.arrival import PromiseLine, promises_of
from gemba.work.records import known
from gemba.work.rotations import records_of, today_at


class RotationFacts(msgspec.Struct, frozen=True):
    """One rotation."""

    rotation: Rotation
    leader: str
    place: str
    counts: bool
    """It is done, with its observation record."""
    record: Assessment | None
    """The observation record that it counts by."""
    fitting: tuple[Assessment, ...]
    """Records that it could be finished with, the newest first."""
    promised: tuple[PromiseLine, ...]


def rotation_facts(reader: Reader, rotation: Uid) -> RotationFacts:
    """One rotation.

    Raises:
        Refusal: it is unknown.
    """
    one = known(reader, Rotation, rotation)
    place = known(reader, Place, one.place)
    linked = reader.get(Assessment, one.assessment) if one.assessment else None
    is_under_way = one.state in {RotationState.PLANNED, RotationState.BEGUN}
    return RotationFacts(
        rotation=one,
        leader=known(reader, Person, one.leader).name,
        place=place.name,
        counts=one.state is RotationState.DONE and one.assessment is not None,
        record=linked,
        fitting=tuple(records_of(reader, one)) if is_under_way else (),
        promised=promises_of(reader, one, today_at(place, reader.clock())),
    )
