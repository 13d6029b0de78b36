"""Settle a conflict: a person looks at both sides and decides; what was recorded stays in the journal for ever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gemba.domain.change import Change
from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record, Uid
from gemba.domain.settlements import Settlement
from gemba.errors import Refusal
from gemba.store import conflicts
from gemba.store.conflicts import Disputed, OpenConflict
from gemba.store.projection import is_sensible
from gemba.store.unit import Unit
from gemba.work.desk import Desk


class Own(msgspec.Struct, frozen=True):
    """A value that a person sets in place of either side."""

    value: Any


Choice = Uid | Own
"""The operation whose value is taken, or a value of one's own."""


def settle(desk: Desk, noun: str, entity: Uid, choices: Mapping[str, Choice], reason: str) -> Change:
    """Decide fields of a record that are in conflict.

    One operation sets them whose parents are all that disagreed, so that every store that takes it in agrees. It also
    says once more what all sides have set alike, so that nothing is left over. Who decided, and why, is a record of its
    own.

    Args:
        desk: who decides.
        noun: name of the record's noun.
        entity: its uid.
        choices: for each field the side that is taken, or an own value.
        reason: why; it is shown beside the record from then on.

    Raises:
        Refusal: `work.settle_without_reason`, `work.no_conflict` when a field is not (or no longer) in conflict,
            `work.no_such_side`, `work.bad_value`.
    """
    if not reason.strip():
        raise Refusal("work.settle_without_reason")
    with desk.unit() as unit:
        open_one = conflicts.of_record(unit, noun, entity)
        disputed = {one.field: one for one in open_one.fields} if open_one else {}
        if not choices or not set(choices) <= set(disputed):
            raise Refusal("work.no_conflict", noun=noun, uid=entity)
        values = {field: _value(noun, disputed[field], choice) for field, choice in choices.items()}
        same = conflicts.agreed(unit, noun, entity)
        _set(unit, noun, entity, {field: one for field, one in same.items() if is_sensible(noun, field, one)} | values)
        unit.put(
            Settlement(
                uid=desk.ids(),
                noun=noun,
                entity=entity,
                fields=tuple(sorted(choices)),
                sides=tuple(sorted({side.operation for field in choices for side in disputed[field].sides})),
                chosen=tuple(sorted({choice for choice in choices.values() if isinstance(choice, str)})),
                reason=reason.strip(),
                settled_at=desk.clock(),
                person=desk.person.uid,
            )
        )
        return unit.change_made(entity)


def take_side(open_one: OpenConflict, device: str) -> dict[str, Choice]:
    """The choices that take everything from one device, where it has a say; for `settle`."""
    return {
        one.field: next(side.operation for side in one.sides if side.device == device)
        for one in open_one.fields
        if any(side.device == device for side in one.sides)
    }


def _value(noun: str, disputed: Disputed, choice: Choice) -> Any:
    if isinstance(choice, Own):
        if not is_sensible(noun, disputed.field, choice.value):
            raise Refusal("work.bad_value", field=disputed.field)
        return choice.value
    for side in disputed.sides:
        if side.operation == choice:
            return side.value
    raise Refusal("work.no_such_side", field=disputed.field, operation=choice)


def _set(unit: Unit, noun: str, entity: Uid, values: Mapping[str, Any]) -> None:
    """Set the fields; the unit names every head of them as a parent, because they are in conflict."""
    kind: type[Record] = NOUNS[noun]
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    unit.say_again(kind, entity, **{field: msgspec.convert(value, types[field]) for field, value in values.items()})
