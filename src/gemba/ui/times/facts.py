"""What the tab of time studies reads; on a job's thread."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from gemba.domain.places import Place
from gemba.domain.process_maps import ProcessMap
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeReading, TimeStudy
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.work.process_maps import maps, standing
from gemba.work.time_facts import StudyFacts, facts_of
from gemba.work.time_feeding import StepChange, feeding

TOPICS = frozenset({"time_study", "time_element", "time_reading", "process_map", "process_step"})


class StudyLine(msgspec.Struct, frozen=True):
    """One study of the list."""

    study: TimeStudy
    place: str
    cycles: int


class StudyShown(msgspec.Struct, frozen=True):
    """One study with what stands around it."""

    facts: StudyFacts
    place: str
    map_title: str
    maps: tuple[tuple[Uid, str], ...]
    """That a study may feed."""
    steps: tuple[tuple[str, str], ...]
    """Codes that an element may have: those of the map, else all known ones."""
    changes: tuple[StepChange, ...]
    """What the map would get; empty while it gets nothing."""


def read_lines(desk: Any) -> tuple[StudyLine, ...]:
    """All studies, the newest first."""
    with desk.reader() as reader:
        watched = {(one.study, one.cycle) for one in reader.find(TimeReading) if not one.left_out}
        cycles = Counter(study for study, _ in watched)
        places = {each.uid: each.name for each in reader.find(Place)}
        found = sorted(reader.find(TimeStudy), key=lambda one: one.begun_at, reverse=True)
        return tuple(StudyLine(one, places.get(one.place, ""), cycles[one.uid]) for one in found)


def read_maps(desk: Any) -> tuple[tuple[Uid, str], ...]:
    """Maps that a study may feed."""
    with desk.reader() as reader:
        return tuple((each.uid, each.title) for each in maps(reader))


def read_study(desk: Any, uid: Uid) -> StudyShown | None:
    """One study; `None` when it is not there."""
    with desk.reader() as reader:
        if reader.get(TimeStudy, uid) is None:
            return None
        facts = facts_of(reader, uid)
        place = reader.get(Place, facts.study.place)
        of_map = facts.study.process_map
        fed = reader.get(ProcessMap, of_map) if of_map else None
        steps = {step.code: step.title for step in standing(reader, of_map)} if of_map else {}
        known = steps or vocabularies.titles(reader, Facet.STEP)
        try:
            changes = tuple(each for each in feeding(reader, uid) if each.changes)
        except Refusal:
            changes = ()
        return StudyShown(
            facts=facts,
            place=place.name if place is not None else "",
            map_title=fed.title if fed is not None else "",
            maps=tuple((each.uid, each.title) for each in maps(reader)),
            steps=tuple((code, title) for code, title in known.items() if code),
            changes=changes,
        )
