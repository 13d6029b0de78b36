"""Make and change the way of the work: a value-stream map, its scope, its owner and its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gemba.domain.change import Change
from gemba.domain.places import Place
from gemba.domain.process_maps import ProcessMap, ProcessStep, StepSort
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.records import known

MAP_FIELDS = ("title", "place", "begins_with", "ends_with", "owner", "review_by", "demand", "available")
"""What may be said of a map."""
STEP_FIELDS = (
    "code",
    "title",
    "sort",
    "owner",
    "cycle",
    "wait",
    "value_adding",
    "rework",
    "hand_off",
    "people",
    "evidence",
)
"""What may be said of a step."""

_NOT_NEGATIVE = ("cycle", "wait", "value_adding", "people")
_APART = 1.0
"""Between the positions of two steps that were added one after the other."""


def make_map(desk: Desk, title: str, **fields: Any) -> Change:
    """Begin a map.

    Args:
        desk: who does it, where.
        title: what people call the way of the work.
        **fields: of `MAP_FIELDS`; times in seconds.

    Raises:
        Refusal: the title is empty, the place is unknown, or demand or available time is not above 0.
    """
    with desk.unit() as unit:
        made = ProcessMap(
            uid=desk.ids(),
            title=title.strip(),
            made_at=desk.clock(),
            person=desk.person.uid,
            **_map_fields(unit, fields),
        )
        _demand_title(made.title)
        unit.put(made)
        return unit.change_made(made.uid)


def change_map(desk: Desk, uid: Uid, **fields: Any) -> Change:
    """Change what is said of a map (`MAP_FIELDS`); `retired=True` takes it off the lists."""
    with desk.unit() as unit:
        known(unit, ProcessMap, uid)
        if "title" in fields:
            _demand_title(fields["title"])
        unit.change(ProcessMap, uid, **_map_fields(unit, fields))
        return unit.change_made(uid)


def add_step(desk: Desk, process_map: Uid, title: str, *, before: Uid | None = None, **fields: Any) -> Change:
    """Add a step to a map.

    Args:
        desk: who does it, where.
        process_map: uid of the map.
        title: what is done, as people call it; when empty, what the vocabulary calls its code.
        before: the step that it stands before; at the end when left out.
        **fields: of `STEP_FIELDS`; times in seconds.

    Raises:
        Refusal: something of it does not hold (`checked`), or another step of the map has its code.
    """
    with desk.unit() as unit:
        known(unit, ProcessMap, process_map)
        step = new_step(desk, unit, process_map, title, _position(standing(unit, process_map), before), fields)
        unit.put(step)
        return unit.change_made(step.uid)


def new_step(
    desk: Desk, reader: Reader, process_map: Uid, title: str, position: float, fields: Mapping[str, Any]
) -> ProcessStep:
    """A step as it would be kept, checked; not kept yet."""
    code = str(fields.get("code", "")).strip()
    step = ProcessStep(
        uid=desk.ids(),
        process_map=process_map,
        position=position,
        title=title.strip() or vocabularies.titles(reader, Facet.STEP).get(code, ""),
        **{"code": code} | {name: value for name, value in fields.items() if name not in {"code", "title"}},
    )
    checked(reader, step)
    return step


def change_step(desk: Desk, uid: Uid, **fields: Any) -> Change:
    """Change what is said of a step (`STEP_FIELDS`).

    Raises:
        Refusal: what it would say does not hold.
    """
    with desk.unit() as unit:
        known(unit, ProcessStep, uid)
        said = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
        checked(unit, unit.change(ProcessStep, uid, **said))
        return unit.change_made(uid)


def move_step(desk: Desk, uid: Uid, before: Uid | None) -> Change:
    """Put a step before another one of its map; at the end for `None`."""
    with desk.unit() as unit:
        step = known(unit, ProcessStep, uid)
        others = [other for other in standing(unit, step.process_map) if other.uid != uid]
        unit.change(ProcessStep, uid, position=_position(others, before))
        return unit.change_made(uid)


def remove_step(desk: Desk, uid: Uid, *, back: bool = False) -> Change:
    """Take a step off its map; what is pinned to it stays kept. `back=True` puts it where it was."""
    with desk.unit() as unit:
        known(unit, ProcessStep, uid)
        step = unit.change(ProcessStep, uid, removed=not back)
        if back:
            checked(unit, step)
        return unit.change_made(uid)


def standing(reader: Reader, process_map: Uid) -> list[ProcessStep]:
    """The steps of a map in their order, without those that were taken off."""
    found = [step for step in reader.find(ProcessStep, process_map=process_map) if not step.removed]
    return sorted(found, key=lambda step: (step.position, step.uid))


def maps(reader: Reader, *, retired: bool = False) -> list[ProcessMap]:
    """The maps by title."""
    found = [each for each in reader.find(ProcessMap) if retired or not each.retired]
    return sorted(found, key=lambda each: (each.title.casefold(), each.uid))


def checked(reader: Reader, step: ProcessStep) -> None:
    """Demand that what a step says holds.

    Raises:
        Refusal: no title; a code that the vocabulary of steps does not know, or that another step has; a time below 0;
            more value-adding time than its cycle; a share of rework that is not from 0 to 1.
    """
    if not step.title:
        raise Refusal("work.step_without_title")
    _demand_code(reader, step)
    for name in _NOT_NEGATIVE:
        if (getattr(step, name) or 0) < 0:
            raise Refusal("work.step_below_zero", field=name, title=step.title)
    if step.value_adding is not None and step.value_adding > (step.cycle or 0):
        raise Refusal("work.step_adds_more", title=step.title, value_adding=step.value_adding, cycle=step.cycle or 0)
    if step.rework is not None and not 0 <= step.rework <= 1:
        raise Refusal("work.step_rework", title=step.title, rework=step.rework)


def _demand_code(reader: Reader, step: ProcessStep) -> None:
    """A process or decision needs a code to be pinned by; a queue, or what lies outside, may do without."""
    if not step.code:
        if step.sort in {StepSort.PROCESS, StepSort.DECISION}:
            raise Refusal("work.step_without_code", title=step.title)
        return
    words = vocabularies.current(reader, Facet.STEP)
    if words is not None and step.code not in words.terms:
        raise Refusal("work.step_code_unknown", step_code=step.code, known=", ".join(sorted(words.terms)[:12]))
    for other in standing(reader, step.process_map):
        if other.code == step.code and other.uid != step.uid:
            raise Refusal("work.step_code_twice", step_code=step.code, title=other.title)


def _position(steps: Sequence[ProcessStep], before: Uid | None) -> float:
    """Where a step stands that comes before another one, or last."""
    places = [step.uid for step in steps]
    if before is None:
        return steps[-1].position + _APART if steps else _APART
    if before not in places:
        raise Refusal("work.step_of_another_map")
    place = places.index(before)
    after = steps[place - 1].position if place else steps[place].position - 2 * _APART
    return (after + steps[place].position) / 2


def _map_fields(unit: Unit, fields: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("demand", "available"):
        value = fields.get(name)
        if value is not None and value <= 0:
            raise Refusal("work.map_not_above_zero", field=name)
    if fields.get("place") is not None:
        known(unit, Place, fields["place"])
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def _demand_title(title: str) -> None:
    if not title.strip():
        raise Refusal("work.map_without_title")
