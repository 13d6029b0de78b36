"""When something of what an audit pack shows was last said: read from the journal, never from a clock.

Fields that hold moments tell less: a grade that headquarters settles, a name that is put right, a photo that is taken
away or words that are erased change what is in a pack, and no field says when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment
from gemba.domain.erasures import Erasure
from gemba.domain.evidence import Evidence
from gemba.domain.places import Level, Place
from gemba.domain.record import Record, Uid
from gemba.domain.settlements import Settlement
from gemba.domain.walks import RouteStop
from gemba.store.reading import Reader
from gemba.store.record_history import last_said
from gemba.work.export_records import CONCERNING
from gemba.work.route_walks import route_of

BEFORE_ALL = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands where nothing was ever said."""


def newest_moment(
    reader: Reader,
    assessments: Collection[Assessment],
    done: Iterable[Action],
    chosen: Iterable[Uid],
    places: Mapping[Uid, Place],
) -> datetime:
    """The moment of the newest operation on anything that a pack shows, by the clock of whoever wrote it.

    Args:
        reader: of the store.
        assessments: of the pack, with all that concerns them and what they name.
        done: actions of it behind which there is no assessment, with what shows them.
        chosen: uids of the places that were asked for.
        places: all that are known.
    """
    shown = {one.uid for one in assessments}
    files: set[str] = set()
    nouns: list[type[Record]] = [Answer, *CONCERNING.values()]
    for noun in nouns:
        for each in reader.among(noun, "assessment", {one.uid for one in assessments}):
            shown.add(each.uid)
            if isinstance(each, Evidence):
                files.add(each.sha256)
    actions = list(done)
    shown |= {one.uid for one in actions}
    for proof in reader.among(Evidence, "subject", {f"action:{one.uid}" for one in actions}):
        shown.add(proof.uid)
        files.add(proof.sha256)
    named = {one.uid for one in places.values() if one.level is Level.ENTERPRISE}
    for at in {*chosen, *(one.place for one in assessments), *(one.place for one in actions)}:
        named |= set(_upwards(places, at))
    for one in assessments:
        named |= {one.template, one.person}
        route = route_of(reader, one)
        if route is not None:
            named |= {route.uid, *(stop.uid for stop in reader.find(RouteStop, route=route.uid))}
    shown |= named
    about = {one.uid for one in reader.among(Settlement, "entity", shown)}
    about |= {one.uid for one in reader.find(Erasure) if one.entity in shown or not files.isdisjoint(one.blobs)}
    return last_said(reader, shown | about) or BEFORE_ALL


def _upwards(places: Mapping[Uid, Place], uid: Uid | None) -> Iterator[Uid]:
    """A place and those that hold it; one that holds itself is told once."""
    told: set[Uid] = set()
    while uid is not None and uid in places and uid not in told:
        told.add(uid)
        yield uid
        uid = places[uid].parent
