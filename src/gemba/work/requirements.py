"""Keep the branches of a goal's tree of what is critical to quality: driver, measure, target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.goals import Bound, Goal, Requirement
from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.goal_links import check_items
from gemba.work.goal_words_checked import check_number, check_words
from gemba.work.records import known

CHANGEABLE = frozenset({"driver", "measured_by", "measure", "bound", "target", "unit", "owner", "items"})
_WORDS = ("driver", "measured_by", "unit", "owner")


class NewRequirement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a branch."""

    driver: str
    """What of the need it makes precise: "on time", "told the truth"."""
    measured_by: str
    """Operational definition: what is counted, over what."""
    measure: Uid | None = None
    bound: Bound = Bound.AT_LEAST
    target: float | None = None
    unit: str = ""
    owner: str = ""
    items: Sequence[str] = ()


def require(desk: Desk, goal: Uid, new: NewRequirement) -> Change:
    """Add a branch to a goal's tree; it holds for all versions of the goal, or of the adaptation.

    Raises:
        Refusal: the goal or measure is unknown; `work.goal_without`, `work.goal_too_long`, `work.not_a_number`.
    """
    words = _checked(msgspec.to_builtins(new))
    check_items(desk, new.items)
    with desk.unit() as unit:
        known(unit, Goal, goal)
        _check_measure(unit, new.measure)
        made = Requirement(
            uid=desk.ids(),
            goal=goal,
            **words,
            measure=new.measure,
            bound=new.bound,
            target=new.target,
            items=tuple(new.items),
            made_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def change(desk: Desk, requirement: Uid, **fields: Any) -> Change:
    """Change what a branch says (`CHANGEABLE`).

    Raises:
        Refusal: `work.requirement_field`, `work.requirement_retired`; and as `require` does.
    """
    unknown = sorted(set(fields) - CHANGEABLE)
    if unknown:
        raise Refusal("work.requirement_field", field=", ".join(unknown), known=", ".join(sorted(CHANGEABLE)))
    check_items(desk, fields.get("items", ()))
    with desk.unit() as unit:
        old = known(unit, Requirement, requirement)
        if old.retired:
            raise Refusal("work.requirement_retired", driver=old.driver)
        said = fields | _checked(msgspec.to_builtins(old) | fields)
        if "items" in said:
            said["items"] = tuple(said["items"])
        _check_measure(unit, fields.get("measure"))
        unit.change(Requirement, requirement, **said)
        return unit.change_made(requirement)


def retire(desk: Desk, requirement: Uid) -> Change:
    """Take a branch off the tree; it is kept."""
    with desk.unit() as unit:
        known(unit, Requirement, requirement)
        unit.change(Requirement, requirement, retired=True)
        return unit.change_made(requirement)


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    check_number("target", said["target"])
    return check_words({name: said[name] for name in _WORDS})


def _check_measure(unit: Unit, measure: Uid | None) -> None:
    if measure is not None:
        known(unit, Measure, measure)
