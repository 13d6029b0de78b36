"""What the map gets of a time study: shown first, then taken over in one go."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.domain.change import Change
from gemba.domain.process_maps import ProcessStep
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.durations import shown
from gemba.work.process_maps import checked, standing
from gemba.work.time_facts import ElementFacts, StudyFacts, facts_of


class StepTimes(msgspec.Struct, frozen=True):
    """Times of a step of the map, in seconds."""

    cycle: float | None
    value_adding: float | None
    wait: float | None


class StepChange(msgspec.Struct, frozen=True):
    """What a study says of one step of the map."""

    step: Uid
    code: str
    title: str
    now: StepTimes
    then: StepTimes

    @property
    def changes(self) -> bool:
        """Whether the map says something else today."""
        return self.now != self.then


def feeding(reader: Reader, study: Uid) -> list[StepChange]:
    """What the steps of the map would say, in the order of the map.

    Raises:
        Refusal: the study has no map, or none of its elements names a step of it and has a time.
    """
    return _feeding(reader, facts_of(reader, study))


def feed(desk: Desk, study: Uid) -> Change:
    """Give the medians of a study to the steps of its map: cycle, value-adding part and wait, by the step's code.

    Raises:
        Refusal: as `feeding`; then no step is changed.
    """
    with desk.unit() as unit:
        facts = facts_of(unit, study)
        seen = text("Time study {number}: {n:cycle|cycles}", number=facts.study.number, n=facts.cycles)
        for one in _feeding(unit, facts):
            checked(unit, unit.change(ProcessStep, one.step, **msgspec.structs.asdict(one.then), evidence=seen))
        return unit.change_made(facts.study.process_map or "")


def change_rows(changes: list[StepChange]) -> list[tuple[str, str, str, str]]:
    """Step, what it tells, as the map says it, and as the study does; only what would be another."""
    rows = []
    for one in changes:
        for title, now, then in (
            (text("Work on one piece"), one.now.cycle, one.then.cycle),
            (text("Of it value-adding"), one.now.value_adding, one.then.value_adding),
            (text("Wait before it"), one.now.wait, one.then.wait),
        ):
            if now != then:
                rows.append((one.title, title, shown(now) or "–", shown(then)))
    return rows


def _feeding(reader: Reader, facts: StudyFacts) -> list[StepChange]:
    if facts.study.process_map is None:
        raise Refusal("work.study_without_map", number=facts.study.number)
    found = [
        StepChange(step.uid, step.code, step.title, StepTimes(step.cycle, step.value_adding, step.wait), _times(of))
        for step in standing(reader, facts.study.process_map)
        if step.code and (of := list(_of_step(facts, step.code)))
    ]
    if not found:
        raise Refusal("work.study_of_no_step", number=facts.study.number)
    return found


def _of_step(facts: StudyFacts, code: str) -> Iterator[ElementFacts]:
    for one in facts.elements:
        if one.median is not None and one.element.on_path and one.element.step == code:
            yield one


def _times(elements: list[ElementFacts]) -> StepTimes:
    def sum_of(*categories: TimeCategory) -> float:
        return round(sum(one.median or 0.0 for one in elements if one.element.category in categories), 2)

    return StepTimes(
        cycle=sum_of(*(each for each in TimeCategory if each is not TimeCategory.WAIT)),
        value_adding=sum_of(TimeCategory.VALUE),
        wait=sum_of(TimeCategory.WAIT),
    )
