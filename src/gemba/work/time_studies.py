"""Time and motion studies: elements of the work, and their times cycle by cycle. No name is ever kept with a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.process_maps import ProcessMap
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory, TimeElement, TimeReading, TimeStudy
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

LONGEST = 7 * 86_400.0
"""Seconds of one element; what takes longer is watched with a calendar, not with a watch."""
_APART = 1.0
STUDY_FIELDS = frozenset(
    {"title", "process_map", "role", "precision", "confidence", "demand", "available", "lead_time", "note"}
)
"""What may be said of a study."""
ELEMENT_FIELDS = frozenset({"title", "category", "step", "on_path"})
"""What may be said of an element."""


def begin(desk: Desk, title: str, place: Uid, elements: Sequence[tuple[str, TimeCategory]] = (), **said: Any) -> Change:
    """Begin a study of one kind of work.

    Args:
        desk: who does it, where.
        title: the work that is watched.
        place: where.
        elements: titles and categories, in the order in which they are done.
        **said: of `STUDY_FIELDS`.

    Raises:
        Refusal: title or place is missing, a number is none, or a text names a person.
    """
    with desk.unit() as unit:
        here = goes_on_at(unit, place)
        fields = _study_fields(unit, {"title": title, **said})
        study = TimeStudy(
            uid=desk.ids(),
            number=unit.number(TimeStudy),
            place=here.uid,
            begun_at=desk.clock(),
            person=desk.person.uid,
            **fields,
        )
        unit.put(study)
        for position, (name, category) in enumerate(elements, 1):
            unit.put(_element(desk, unit, study.uid, position * _APART, {"title": name, "category": category}))
        return unit.change_made(study.uid)


def change(desk: Desk, study: Uid, **said: Any) -> Change:
    """Change what is said of a study (`STUDY_FIELDS`), also after its end."""
    with desk.unit() as unit:
        known(unit, TimeStudy, study)
        unit.change(TimeStudy, study, **_study_fields(unit, said))
        return unit.change_made(study)


def finish(desk: Desk, study: Uid) -> Change:
    """End a study: no further time is taken.

    Raises:
        Refusal: it has ended, or has no time yet.
    """
    with desk.unit() as unit:
        running(unit, study)
        if not unit.find(TimeReading, study=study):
            raise Refusal("work.study_without_times")
        unit.change(TimeStudy, study, ended_at=desk.clock())
        return unit.change_made(study)


def go_on(desk: Desk, study: Uid) -> Change:
    """Take up a study again that had ended."""
    with desk.unit() as unit:
        known(unit, TimeStudy, study)
        unit.change(TimeStudy, study, ended_at=None)
        return unit.change_made(study)


def add_element(desk: Desk, study: Uid, title: str, category: TimeCategory, **said: Any) -> Change:
    """Add an element at the end.

    Raises:
        Refusal: the study has ended, the title is empty or names a person, or the code of the step is unknown.
    """
    with desk.unit() as unit:
        running(unit, study)
        last = max((one.position for one in elements_of(unit, study)), default=0.0)
        made = _element(desk, unit, study, last + _APART, {"title": title, "category": category, **said})
        unit.put(made)
        return unit.change_made(made.uid)


def change_element(desk: Desk, element: Uid, **said: Any) -> Change:
    """Change what is said of an element (`ELEMENT_FIELDS`); its times stay."""
    with desk.unit() as unit:
        known(unit, TimeElement, element)
        unit.change(TimeElement, element, **_element_fields(unit, said))
        return unit.change_made(element)


def move_element(desk: Desk, element: Uid, before: Uid | None) -> Change:
    """Put an element before another one of its study; at the end for `None`.

    Raises:
        Refusal: the other one is of another study.
    """
    with desk.unit() as unit:
        moved = known(unit, TimeElement, element)
        others = [one for one in elements_of(unit, moved.study) if one.uid != element]
        at = next((index for index, one in enumerate(others) if one.uid == before), len(others))
        if before is not None and at == len(others):
            raise Refusal("work.unknown_record", noun="time_element", uid=before)
        above = others[at - 1].position if at else (others[0].position - 2 * _APART if others else 0.0)
        below = others[at].position if at < len(others) else above + 2 * _APART
        unit.change(TimeElement, element, position=(above + below) / 2)
        return unit.change_made(moved.study)


def remove_element(desk: Desk, element: Uid) -> Change:
    """Take an element out; its times stay in the journal and count no more."""
    with desk.unit() as unit:
        known(unit, TimeElement, element)
        unit.change(TimeElement, element, removed=True)
        return unit.change_made(element)


def put_back_element(desk: Desk, element: Uid) -> Change:
    """Put an element back that was taken out; its times count again."""
    with desk.unit() as unit:
        known(unit, TimeElement, element)
        unit.change(TimeElement, element, removed=False)
        return unit.change_made(element)


def lap(desk: Desk, study: Uid, times: Sequence[tuple[Uid, float]], *, cycle: int | None = None) -> Change:
    """Keep times of one cycle.

    Args:
        desk: who does it, where.
        study: a running one.
        times: element and seconds, in the order in which they were taken; an element may come more than once.
        cycle: number; a new one when left out.

    Raises:
        Refusal: the study has ended, an element is of another study, or a time is not above 0.
    """
    with desk.unit() as unit:
        running(unit, study)
        mine = {one.uid for one in elements_of(unit, study)}
        number = cycle if cycle is not None else last_cycle(unit, study) + 1
        if number < 1 or not times:
            raise Refusal("work.no_such_cycle", cycle=number)
        for element, seconds in times:
            if element not in mine:
                raise Refusal("work.unknown_record", noun="time_element", uid=element)
            demand_time(seconds)
            unit.put(
                TimeReading(
                    uid=desk.ids(),
                    study=study,
                    element=element,
                    cycle=number,
                    seconds=seconds,
                    read_at=desk.clock(),
                    person=desk.person.uid,
                )
            )
        return unit.change_made(study)


def leave_out(desk: Desk, reading: Uid, why: str) -> Change:
    """Let a time not count, because something foreign happened; with an empty `why` it counts again.

    Raises:
        Refusal: `why` names a person.
    """
    with desk.unit() as unit:
        about = known(unit, TimeReading, reading)
        demand_nameless(unit, [why])
        unit.change(TimeReading, reading, left_out=why.strip())
        return unit.change_made(about.study)


def elements_of(reader: Reader, study: Uid) -> list[TimeElement]:
    """The elements of a study in their order, without those that were taken out."""
    found = [one for one in reader.find(TimeElement, study=study) if not one.removed]
    return sorted(found, key=lambda one: (one.position, one.uid))


def last_cycle(reader: Reader, study: Uid) -> int:
    """Number of the last cycle of which a time was taken; 0 for none."""
    return max((one.cycle for one in reader.find(TimeReading, study=study)), default=0)


def running(reader: Reader, study: Uid) -> TimeStudy:
    """A study that has not ended.

    Raises:
        Refusal: it has, or is unknown.
    """
    found = known(reader, TimeStudy, study)
    if found.ended_at is not None:
        raise Refusal("work.study_ended", number=found.number)
    return found


def _study_fields(reader: Reader, said: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if "title" in fields and not fields["title"]:
        raise Refusal("work.study_without_title")
    demand_nameless(reader, [fields.get(name, "") for name in ("title", "role", "note")])
    if fields.get("process_map") is not None:
        known(reader, ProcessMap, fields["process_map"])
    for name in ("demand", "available", "lead_time"):
        if fields.get(name) is not None:
            _demand_above("work.study_number", name, fields[name])
    for name in ("precision", "confidence"):
        if name in fields and not 0 < fields[name] < 1:
            raise Refusal("work.study_share", field=name, value=fields[name])
    return fields


def _element(desk: Desk, unit: Unit, study: Uid, position: float, said: dict[str, Any]) -> TimeElement:
    fields = _element_fields(unit, said)
    return TimeElement(
        uid=desk.ids(), study=study, position=position, made_at=desk.clock(), person=desk.person.uid, **fields
    )


def _element_fields(reader: Reader, said: dict[str, Any]) -> dict[str, Any]:
    fields = dict(said)
    if "title" in fields:
        fields["title"] = fields["title"].strip()
        if not fields["title"]:
            raise Refusal("work.element_without_title")
        demand_nameless(reader, [fields["title"]])
    if fields.get("step"):
        fields["step"] = code_of(reader, Facet.STEP, fields["step"])
    if "category" in fields:
        fields["category"] = msgspec.convert(fields["category"], TimeCategory)
    return fields


def demand_time(seconds: float) -> None:
    """Refuse what is no time of an element: not above 0, or longer than a week."""
    _demand_above("work.study_number", "seconds", seconds)
    if seconds > LONGEST:
        raise Refusal("work.study_too_long", days=round(LONGEST / 86_400))


def _demand_above(code: str, name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise Refusal(code, field=name.replace("_", " "), value=value)
