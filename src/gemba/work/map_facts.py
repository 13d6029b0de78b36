"""What a map comes to: times along its one path, takt, what is missing on it, and whether it is out of date."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import fsum, prod

import msgspec

from gemba.domain.places import Place
from gemba.domain.process_maps import ProcessMap, ProcessStep, StepSort
from gemba.domain.record import Uid
from gemba.methods.time_study import Work, cycle_efficiency, takt
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.process_maps import standing
from gemba.work.records import known


class Gap(StrEnum):
    """What a map does not say."""

    NO_OWNER = "no_owner"
    NO_TIMES = "no_times"
    NO_EVIDENCE = "no_evidence"
    """Nobody says what was seen."""


class StepGap(msgspec.Struct, frozen=True):
    """Something that is missing; `step` is empty when the map as a whole lacks it."""

    gap: Gap
    step: Uid = ""
    title: str = ""


class Flow(msgspec.Struct, frozen=True):
    """Times along the path, in seconds."""

    lead: float
    work: float
    wait: float
    value_adding: float
    efficiency: float | None
    """Value-adding time over lead time, 0 to 1; `None` while no time is known."""
    takt: float | None
    over_takt: tuple[Uid, ...] = ()
    """Steps whose cycle, shared among their people, is longer than the takt: they hold up the flow."""
    right_first_time: float | None = None
    """Share of the pieces that pass every step without rework, 0 to 1; `None` while no step tells."""
    untimed: int = 0
    """Steps without a time: the lead time is at least so long."""


class MapFacts(msgspec.Struct, frozen=True):
    """A map as it is shown."""

    map: ProcessMap
    place: str
    steps: tuple[ProcessStep, ...]
    flow: Flow
    gaps: tuple[StepGap, ...]
    out_of_date: bool
    """True after its day of review."""


def map_facts(desk: Desk, uid: Uid) -> MapFacts:
    """A map with what it comes to.

    Raises:
        Refusal: it is unknown.
    """
    with desk.reader() as reader:
        return facts_of(reader, uid)


def facts_of(reader: Reader, uid: Uid) -> MapFacts:
    """The same, as one view of the store shows it."""
    found = known(reader, ProcessMap, uid)
    steps = tuple(standing(reader, uid))
    place = reader.get(Place, found.place) if found.place else None
    return MapFacts(
        map=found,
        place=place.name if place else "",
        steps=steps,
        flow=flow_of(found, steps),
        gaps=tuple(_gaps(found, steps)),
        out_of_date=out_of_date(found, reader.clock().date()),
    )


def out_of_date(process_map: ProcessMap, today: date) -> bool:
    """True after the day by which the map was to be looked at again."""
    return process_map.review_by is not None and process_map.review_by < today


def flow_of(process_map: ProcessMap, steps: tuple[ProcessStep, ...]) -> Flow:
    """The times of a map. A map is one path, so nothing that runs beside it is added up.

    What lies outside, at the customer or a supplier, is no part of the lead time; its wait is.
    """
    waits = fsum(step.wait or 0 for step in steps)
    cycles = fsum(_own_time(step) for step in steps)
    adding = fsum(step.value_adding or 0 for step in steps if step.sort is not StepSort.OUTSIDE)
    known_takt = process_map.demand and process_map.available
    beat = takt(process_map.available or 0, process_map.demand or 0) if known_takt else None
    shares = [1 - step.rework for step in steps if step.rework is not None]
    path = [(Work.VALUE, adding), (Work.NECESSARY, cycles - adding), (Work.WAIT, waits)]
    return Flow(
        lead=waits + cycles,
        work=cycles,
        wait=waits,
        value_adding=adding,
        efficiency=cycle_efficiency(path) if waits + cycles > 0 else None,
        takt=beat,
        over_takt=tuple(step.uid for step in steps if beat and _pace(step) > beat),
        right_first_time=prod(shares) if shares else None,
        untimed=sum(not _is_timed(step) for step in steps),
    )


def _own_time(step: ProcessStep) -> float:
    """Seconds of the path that a step's work takes; a queue is all wait."""
    return 0.0 if step.sort is StepSort.OUTSIDE else step.cycle or 0.0


def _pace(step: ProcessStep) -> float:
    """Seconds from one piece to the next, when its people share the work."""
    return _own_time(step) / max(1, step.people or 1)


def _is_timed(step: ProcessStep) -> bool:
    if step.sort is StepSort.OUTSIDE:
        return True
    if step.sort is StepSort.QUEUE:
        return step.wait is not None
    return step.cycle is not None


def _gaps(process_map: ProcessMap, steps: tuple[ProcessStep, ...]) -> list[StepGap]:
    found = [] if process_map.owner else [StepGap(Gap.NO_OWNER)]
    for step in steps:
        if step.sort is StepSort.OUTSIDE:
            continue
        if not step.owner:
            found.append(StepGap(Gap.NO_OWNER, step.uid, step.title))
        if not _is_timed(step):
            found.append(StepGap(Gap.NO_TIMES, step.uid, step.title))
        if not step.evidence:
            found.append(StepGap(Gap.NO_EVIDENCE, step.uid, step.title))
    return found
