"""What the pages of maps show, read on a job's thread."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.places import Place
from gemba.domain.process_maps import GoAndSee, ProcessMap
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.pain_counts import Within
from gemba.work.blind_spots import CellRecords, Matrix, blind_spots, cell_records
from gemba.work.map_facts import MapFacts, facts_of
from gemba.work.pain_review import Behind, ValueStreamReview, behind_in, value_stream_review
from gemba.work.process_maps import maps

TOPICS = frozenset(
    {
        "process_map",
        "process_step",
        "pin",
        "complaint",
        "finding",
        "cause_analysis",
        "vocabulary",
        "place",
        "go_and_see",
    }
)
"""Nouns whose changes the map shows."""

PERIODS = {"quarter": 91, "half": 182, "year": 365}
"""Days of the periods to choose from."""


class MapShown(msgspec.Struct, frozen=True):
    """A map with what hurts on it."""

    maps: tuple[ProcessMap, ...]
    facts: MapFacts | None = None
    review: ValueStreamReview | None = None
    words: tuple[tuple[str, str], ...] = ()
    """Code and title of the steps that the vocabulary knows."""


class StepShown(msgspec.Struct, frozen=True):
    """What hurts at one step."""

    uid: Uid
    behind: Behind
    places: dict[Uid, str]


class AlertsShown(msgspec.Struct, frozen=True):
    """What is to be gone to and seen."""

    alerts: tuple[GoAndSee, ...]
    """The newest first."""
    places: dict[Uid, str]
    walks: dict[Uid, str]
    """Numbers of the walks that carry them."""
    words: tuple[tuple[str, str], ...]


def read_map(desk: Any, uid: Uid, period: str, place: Uid) -> MapShown:
    """A map; the first one when none is named or it is gone."""
    with desk.reader() as reader:
        known = tuple(maps(reader))
        words = vocabularies.current(reader, Facet.STEP)
        found = next((each for each in known if each.uid == uid), known[0] if known else None)
        facts = facts_of(reader, found.uid) if found is not None else None
    titles = tuple(sorted(words.terms.items(), key=lambda pair: pair[1])) if words is not None else ()
    if found is None:
        return MapShown(known, words=titles)
    begins = desk.clock().date() - timedelta(days=PERIODS[period] - 1)
    review = value_stream_review(desk, found.uid, place=place or None, begins=begins)
    return MapShown(known, facts, review, titles)


def read_step(desk: Any, uid: Uid, meant: Within) -> StepShown:
    """The records behind a step's pains."""
    with desk.reader() as reader:
        return StepShown(uid, behind_in(reader, uid, meant), _places(reader))


def read_matrix(desk: Any, facet: Facet, place: Uid, quarters: int) -> Matrix:
    """The blind spots."""
    begins = desk.clock().date() - timedelta(days=91 * quarters - 1)
    return blind_spots(desk, facet=facet, place=place or None, begins=begins)


def read_cell(desk: Any, matrix: Matrix, code: str, place: Uid) -> CellRecords:
    """The records behind a cell."""
    return cell_records(desk, code, place, facet=matrix.facet, begins=matrix.begins, ends=matrix.ends)


def read_alerts(desk: Any) -> AlertsShown:
    """Every alert."""
    with desk.reader() as reader:
        alerts = tuple(reversed(reader.find(GoAndSee)))
        carrying = sorted({each.assessment for each in alerts if each.assessment})
        walks = {each.uid: each.number for each in reader.many(Assessment, carrying)}
        words = vocabularies.current(reader, Facet.STEP)
        return AlertsShown(alerts, _places(reader), walks, tuple((words.terms if words else {}).items()))


def _places(reader: Any) -> dict[Uid, str]:
    return {place.uid: place.name for place in reader.find(Place)}
