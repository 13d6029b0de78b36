"""What a time study tells: each element's times, whether they are enough, takt, and efficiency on one path."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any

import msgspec

from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory, TimeElement, TimeReading, TimeStudy
from gemba.methods import time_study
from gemba.methods.time_study import Cycles, Work
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.records import known
from gemba.work.time_studies import elements_of

_WORK = {
    TimeCategory.VALUE: Work.VALUE,
    TimeCategory.NECESSARY: Work.NECESSARY,
    TimeCategory.WASTE: Work.WASTE,
    TimeCategory.REWORK: Work.WASTE,
    TimeCategory.WAIT: Work.WAIT,
}


_TOLD = 3
"""Interrupted cycles that are named; the others are in the table of times."""


class ElementFacts(msgspec.Struct, frozen=True):
    """One element and what its times tell."""

    element: TimeElement
    readings: tuple[TimeReading, ...]
    """All of them, by cycle; some may be left out."""
    n: int
    """Times that count."""
    median: float | None
    lowest: float | None
    highest: float | None
    cycles: Cycles | None
    """`None` below two times."""
    missing: int | None
    """Cycles that are still to be watched for the wanted precision; `None` below two times."""


class TornCycle(msgspec.Struct, frozen=True):
    """A cycle that was interrupted: some element of the path has no time in it."""

    cycle: int
    without: tuple[str, ...]
    """Titles of the elements."""


class StudyFacts(msgspec.Struct, frozen=True):
    """A study."""

    study: TimeStudy
    elements: tuple[ElementFacts, ...]
    cycles: int
    """Cycles of which at least one time counts."""
    by_category: dict[TimeCategory, float]
    """Sum of the elements' medians, on the path only."""
    path: float
    """Seconds of the path: the sum of its elements' medians."""
    lead_time: float | None
    """As measured as a whole, else the path."""
    efficiency: float | None
    """Value-adding time over lead time, 0 to 1; `None` while it cannot be told."""
    takt: float | None
    work: float
    """Seconds of work on one piece: the path without its waits; compared with the takt."""
    needed: int | None
    """Cycles that the wanted precision needs, of the element that needs most; `None` while it cannot be told."""
    missing: int | None
    """Cycles that are still to be watched, at least ten in all; `None` while it cannot be told."""
    torn: tuple[TornCycle, ...]
    """Cycles that were interrupted."""
    remarks: tuple[str, ...]
    """What is not sure yet, in words."""


def facts_of(reader: Reader, study: Uid) -> StudyFacts:
    """What a study tells so far.

    Raises:
        Refusal: it is unknown.
    """
    about = known(reader, TimeStudy, study)
    readings: dict[Uid, list[TimeReading]] = {}
    for one in sorted(reader.find(TimeReading, study=study), key=lambda each: (each.cycle, each.read_at, each.uid)):
        readings.setdefault(one.element, []).append(one)
    elements = tuple(_element(about, one, readings.get(one.uid, [])) for one in elements_of(reader, study))
    on_path = [one for one in elements if one.element.on_path and one.median is not None]
    by_category = {category: _sum(on_path, category) for category in TimeCategory}
    path = sum(by_category.values())
    lead = about.lead_time or (path or None)
    value = by_category[TimeCategory.VALUE]
    whole = all(one.median is not None for one in elements if one.element.on_path) and bool(on_path)
    impossible = lead is not None and value > lead
    takt = time_study.takt(about.available, about.demand) if about.available and about.demand else None
    needed = max((one.cycles.needed for one in elements if one.cycles is not None), default=None)
    torn = tuple(_torn(elements))
    work = path - sum(_waits(elements))
    return StudyFacts(
        study=about,
        elements=elements,
        cycles=len({one.cycle for some in readings.values() for one in some if not one.left_out}),
        by_category=by_category,
        path=path,
        lead_time=lead,
        efficiency=time_study.efficiency(value, lead) if whole and lead and not impossible else None,
        takt=takt,
        work=work,
        needed=needed,
        missing=_most([one.missing for one in elements]),
        torn=torn,
        remarks=(*_remarks(about, elements, needed, takt, work, impossible=impossible), *map(torn_words, torn[:_TOLD])),
    )


def times_table(facts: StudyFacts) -> tuple[list[str], list[tuple[Any, ...]]]:
    """All times as a table: its heads and rows, cycle by cycle."""
    heads = [text(name) for name in ("Cycle", "Element", "Category", "Step", "Seconds", "Left out because")]
    rows = [
        (
            *(one.cycle, each.element.title, category_title(each.element.category)),
            *(each.element.step, one.seconds, one.left_out),
        )
        for each in facts.elements
        for one in each.readings
    ]
    return heads, sorted(rows, key=lambda row: row[0])


def torn_words(torn: TornCycle) -> str:
    """That a cycle was interrupted."""
    without = ", ".join(torn.without)
    return text("Cycle {n} was interrupted: it has no time of {elements}.", n=torn.cycle, elements=without)


def category_title(category: TimeCategory) -> str:
    """What a category is called."""
    return {
        TimeCategory.VALUE: text("Value-adding"),
        TimeCategory.NECESSARY: text("Necessary, adds no value"),
        TimeCategory.WASTE: text("Adds no value"),
        TimeCategory.WAIT: text("Wait"),
        TimeCategory.REWORK: text("Rework"),
    }[category]


def _element(study: TimeStudy, element: TimeElement, readings: list[TimeReading]) -> ElementFacts:
    per_cycle: dict[int, float] = {}
    for one in readings:
        if not one.left_out:
            per_cycle[one.cycle] = per_cycle.get(one.cycle, 0.0) + one.seconds
    times = list(per_cycle.values())
    cycles = time_study.study(times, study.precision, study.confidence) if len(times) > 1 else None
    return ElementFacts(
        element=element,
        readings=tuple(readings),
        n=len(times),
        median=median(times) if times else None,
        lowest=min(times, default=None),
        highest=max(times, default=None),
        cycles=cycles,
        missing=None if cycles is None else max(0, max(cycles.needed, time_study.FEWEST_CYCLES) - len(times)),
    )


def _most(missing: list[int | None]) -> int | None:
    """Of the element of which most is missing; none while one of them cannot be told."""
    told = [each for each in missing if each is not None]
    return max(told) if told and len(told) == len(missing) else None


def _torn(elements: tuple[ElementFacts, ...]) -> Iterator[TornCycle]:
    """Cycles in which an element of the path has no time, though it was there when the cycle was watched."""
    seen: dict[int, datetime] = {}
    for one in elements:
        for each in one.readings:
            seen[each.cycle] = max(each.read_at, seen.get(each.cycle, each.read_at))
    for cycle, when in sorted(seen.items()):
        without = tuple(
            one.element.title
            for one in elements
            if one.element.on_path
            and one.element.made_at <= when
            and not any(each.cycle == cycle for each in one.readings)
        )
        if without:
            yield TornCycle(cycle, without)


def _sum(elements: list[ElementFacts], category: TimeCategory) -> float:
    return sum(one.median or 0.0 for one in elements if one.element.category is category)


def _remarks(
    study: TimeStudy,
    elements: tuple[ElementFacts, ...],
    needed: int | None,
    takt: float | None,
    work: float,
    *,
    impossible: bool,
) -> list[str]:
    found = []
    fewest = min((one.n for one in elements), default=0)
    if fewest < time_study.FEWEST_CYCLES:
        most = time_study.FEWEST_CYCLES
        found.append(text("Fewer than {most} cycles were watched of some element.", most=most))
    if needed is not None and needed > fewest:
        wanted = f"{100 * study.precision:g}"
        found.append(
            plural(
                "{n} cycle is needed to know every mean to ± {wanted} %.",
                "{n} cycles are needed to know every mean to ± {wanted} %.",
                needed,
                wanted=wanted,
            )
        )
    if impossible:
        found.append(
            text("The value-adding time is longer than the lead time: work that runs beside the path was added up.")
        )
    if takt is not None and work > takt:
        found.append(text("The work on one piece takes longer than the takt: one pair of hands is not enough."))
    return found


def _waits(elements: tuple[ElementFacts, ...]) -> list[float]:
    return [one.median or 0.0 for one in elements if one.element.on_path and one.element.category is TimeCategory.WAIT]
