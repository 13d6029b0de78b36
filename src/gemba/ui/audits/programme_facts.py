"""What the view of a programme shows, read on a job's thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gemba.domain.occurrences import Occurrence
from gemba.domain.places import Place
from gemba.domain.programmes import Programme, Schedule
from gemba.domain.quarters import quarter_of
from gemba.ui.audits.people import read_people
from gemba.work.audit_risk import weights as kept_weights
from gemba.work.coverage import Coverage, coverage
from gemba.work.plan_by_risk import Proposed, candidates
from gemba.work.programmes import Monitoring, goals_told, monitoring, programmes
from gemba.work.schedules import next_dates, zone_for

TOPICS = frozenset({"programme", "audit", "schedule", "place", "person", "goal", "judgement", "agreed_verdict"})
"""Nouns whose changes the view shows."""


class DatedWords(msgspec.Struct, frozen=True):
    """One of the next dates of the schedules."""

    schedule: Schedule
    date: Occurrence
    zone: str


class ProgrammeShown(msgspec.Struct, frozen=True, kw_only=True):
    """The programme that is shown, and what stands beside it."""

    programmes: tuple[Programme, ...]
    programme: Programme | None
    place: str = ""
    stands: Monitoring = Monitoring()
    told: tuple[str, ...] = ()
    """What happens to its goals within the quarter."""
    sites: tuple[Proposed, ...] = ()
    names: Mapping[str, str] = {}
    """Of places."""
    weights: Mapping[str, float] = {}
    people: tuple[tuple[str, str], ...] = ()
    dates: tuple[DatedWords, ...] = ()
    covered: Coverage | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be shown."""

    uid: str = ""
    """Of the programme; the latest when empty or unknown."""
    weights: Mapping[str, float] | None = None
    """Others than the kept ones."""
    quarters: int = 4


def read_programme(desk: Any, asked: Asked) -> ProgrammeShown:
    """Read everything that the view shows."""
    people = tuple(read_people(desk))
    with desk.reader() as reader:
        every = tuple(programmes(reader))
        dates = tuple(DatedWords(one, date, zone_for(reader, one)) for one, date in next_dates(reader))
        chosen = next((one for one in every if one.uid == asked.uid), every[0] if every else None)
        quarter = chosen.quarter if chosen is not None else quarter_of(desk.clock().date())
        covered = coverage(reader, quarter, asked.quarters, chosen)
        if chosen is None:
            return ProgrammeShown(programmes=every, programme=None, dates=dates, covered=covered, people=people)
        names = {one.uid: one.name for one in reader.find(Place)}
        return ProgrammeShown(
            programmes=every,
            programme=chosen,
            place=names.get(chosen.place or "", ""),
            stands=monitoring(reader, chosen.uid),
            told=tuple(goals_told(reader, chosen)),
            sites=tuple(candidates(reader, chosen.uid, asked.weights)),
            names=names,
            weights={**kept_weights(reader), **(asked.weights or {})},
            people=people,
            dates=dates,
            covered=covered,
        )
