"""Keep service levels: what one side promises another, what that one expects, and what is achieved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.goals import Bound, Goal, ServiceLevel
from gemba.domain.measures import Measure
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.goal_words_checked import check_days, check_number, check_words, day_at
from gemba.work.records import known

_WORDS = ("title", "provider", "customer", "unit", "expected_from", "owner")
_NUMBERS = ("promised", "expected", "achieved")
CHANGEABLE = frozenset(
    {*_WORDS, *_NUMBERS, "goal", "place", "bound", "achieved_on", "measure", "review_by", "valid_from", "valid_to"}
)


class NewServiceLevel(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a service level."""

    title: str
    provider: str
    """Role or department that delivers."""
    customer: str
    """Customer segment, or department that is served."""
    promised: float
    unit: str = ""
    bound: Bound = Bound.AT_LEAST
    expected: float | None = None
    expected_from: str = ""
    """How that is known: survey, interviews, complaints, and when."""
    achieved: float | None = None
    """Left out where a measure tells it."""
    achieved_on: date | None = None
    measure: Uid | None = None
    goal: Uid | None = None
    place: Uid | None = None
    owner: str = ""
    review_by: date | None = None
    valid_from: date | None = None
    """Today when left out."""
    valid_to: date | None = None


def add(desk: Desk, new: NewServiceLevel) -> Change:
    """Add a service level.

    Raises:
        Refusal: title, provider or customer is empty (`work.goal_without`), a number is none (`work.not_a_number`),
            it would end before it begins (`work.goal_days`), the side is its own customer (`work.level_to_itself`),
            or goal, place or measure is unknown.
    """
    said: dict[str, Any] = {name: getattr(new, name) for name in new.__struct_fields__}
    said |= {"valid_from": new.valid_from or day_at(desk)} | _dated(desk, said)
    said |= _checked(said)
    with desk.unit() as unit:
        _check_named(unit, said)
        made = ServiceLevel(uid=desk.ids(), **said, made_at=desk.clock(), person=desk.person.uid)
        unit.put(made)
        return unit.change_made(made.uid)


def change(desk: Desk, level: Uid, **fields: Any) -> Change:
    """Change what a service level says (`CHANGEABLE`); the journal keeps what it said before.

    Raises:
        Refusal: `work.level_field`, `work.level_retired`; and as `add` does.
    """
    unknown = sorted(set(fields) - CHANGEABLE)
    if unknown:
        raise Refusal("work.level_field", field=", ".join(unknown), known=", ".join(sorted(CHANGEABLE)))
    with desk.unit() as unit:
        old = known(unit, ServiceLevel, level)
        if old.retired:
            raise Refusal("work.level_retired", title=old.title)
        fields |= _dated(desk, fields)
        whole = {name: getattr(old, name) for name in CHANGEABLE} | fields
        checked = _checked(whole)
        _check_named(unit, fields)
        unit.change(ServiceLevel, level, **fields | {name: checked[name] for name in checked if name in fields})
        return unit.change_made(level)


def retire(desk: Desk, level: Uid) -> Change:
    """Take a service level out of the register; it is kept."""
    with desk.unit() as unit:
        known(unit, ServiceLevel, level)
        unit.change(ServiceLevel, level, retired=True)
        return unit.change_made(level)


def _dated(desk: Desk, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was achieved is of today unless another day is said."""
    entered = said.get("achieved") is not None and said.get("achieved_on") is None
    return {"achieved_on": day_at(desk)} if entered else {}


def _checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """The words without blanks around them, once everything is found possible."""
    for name in _NUMBERS:
        check_number(name, said[name])
    check_days(said["valid_from"], said["valid_to"])
    words = check_words({name: said[name] for name in _WORDS})
    if words["provider"].casefold() == words["customer"].casefold():
        raise Refusal("work.level_to_itself", provider=words["provider"])
    return words


def _check_named(unit: Unit, said: Mapping[str, Any]) -> None:
    for name, noun in (("goal", Goal), ("place", Place), ("measure", Measure)):
        if said.get(name) is not None:
            known(unit, noun, said[name])
