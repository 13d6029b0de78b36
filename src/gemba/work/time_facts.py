"""What a time study tells: each element's times, whether they are enough, takt, and efficiency on one path."""

from __future__ import annotations

from statistics import median

import msgspec

from gemba.domain.process_maps import ProcessStep
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory, TimeElement, TimeReading, TimeStudy
from gemba.errors import Refusal
from gemba.methods import time_study
from gemba.methods.time_study import Cycles, Work
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.process_maps import change_step, standing
from gemba.work.records import known
from gemba.work.time_studies import elements_of

_WORK = {
    TimeCategory.VALUE: Work.VALUE,
    TimeCategory.NECESSARY: Work.NECESSARY,
    TimeCategory.WASTE: Work.WASTE,
    TimeCategory.REWORK: Work.WASTE,
    TimeCategory.WAIT: Work.WAIT,
}


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
    needed: int | None
    """Cycles that the wanted precision needs, of the element that needs most; `None` while it cannot be told."""
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
    return StudyFacts(
        study=about,
        elements=elements,
        cycles=len({one.cycle for some in readings.values() for one in some if not one.left_out}),
        by_category=by_category,
        path=path,
        lead_time=lead,
        efficiency=time_study.efficiency(value, lead) if whole and lead and not impossible else None,
        takt=takt,
        needed=needed,
        remarks=tuple(_remarks(about, elements, needed, takt, path, impossible=impossible)),
    )


def feed(desk: Desk, study: Uid) -> list[ProcessStep]:
    """Give the medians of a study to the steps of its map: cycle, value-adding part and wait, by the step's code.

    Returns:
        The steps that were changed.

    Raises:
        Refusal: the study has no map, or none of its elements names a step of it.
    """
    with desk.reader() as reader:
        facts = facts_of(reader, study)
        if facts.study.process_map is None:
            raise Refusal("work.study_without_map", number=facts.study.number)
        steps = {step.code: step for step in standing(reader, facts.study.process_map) if step.code}
    sums: dict[str, dict[str, float]] = {}
    for one in facts.elements:
        if one.median is not None and one.element.on_path and one.element.step in steps:
            told = sums.setdefault(one.element.step, {"cycle": 0.0, "value_adding": 0.0, "wait": 0.0})
            told["wait" if one.element.category is TimeCategory.WAIT else "cycle"] += one.median
            told["value_adding"] += one.median if one.element.category is TimeCategory.VALUE else 0.0
    if not sums:
        raise Refusal("work.study_of_no_step", number=facts.study.number)
    seen = text("Time study {number}: {n} cycles", number=facts.study.number, n=facts.cycles)
    for code, told in sums.items():
        change_step(desk, steps[code].uid, **told, evidence=seen)
    with desk.reader() as reader:
        return [known(reader, ProcessStep, steps[code].uid) for code in sums]


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
    )


def _sum(elements: list[ElementFacts], category: TimeCategory) -> float:
    return sum(one.median or 0.0 for one in elements if one.element.category is category)


def _remarks(
    study: TimeStudy,
    elements: tuple[ElementFacts, ...],
    needed: int | None,
    takt: float | None,
    path: float,
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
    if takt is not None and path - sum(_waits(elements)) > takt:
        found.append(text("The work on one piece takes longer than the takt: one pair of hands is not enough."))
    return found


def _waits(elements: tuple[ElementFacts, ...]) -> list[float]:
    return [one.median or 0.0 for one in elements if one.element.on_path and one.element.category is TimeCategory.WAIT]
