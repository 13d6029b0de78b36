"""Settle a conflict: a person looks at both sides and decides; what was recorded stays in the journal for ever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gemba.domain.assessments import Answer
from gemba.domain.change import Change
from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record, Uid
from gemba.domain.settlements import Settlement
from gemba.errors import Refusal
from gemba.store import conflicts
from gemba.store.conflicts import Disputed, OpenConflict
from gemba.store.projection import is_sensible
from gemba.store.unit import Unit
from gemba.work.conduct import sheet_of
from gemba.work.desk import Desk
from gemba.work.fitting_answer import demand_fitting
from gemba.work.take_back_rules import concluded_around

_LARGEST = 2**31 - 1
"""What a column of whole numbers holds in every store."""


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
        Refusal: `work.settle_without_reason`; `work.no_conflict` when nothing of the record is (or no longer is) in
            conflict, `work.field_not_in_conflict`; `work.no_such_side`; of an own value `work.bad_value`,
            `work.settle_own_empty`, `work.settle_own_frozen`, and for an answer what the form says against it.
    """
    if not reason.strip():
        raise Refusal("work.settle_without_reason")
    with desk.unit() as unit:
        open_one = conflicts.of_record(unit, noun, entity)
        disputed = {one.field: one for one in open_one.fields} if open_one else {}
        if not choices or not disputed:
            raise Refusal("work.no_conflict", noun=noun, uid=entity)
        for field in sorted(set(choices) - set(disputed)):
            raise Refusal("work.field_not_in_conflict", field=field, noun=noun, fields=", ".join(sorted(disputed)))
        for field, choice in choices.items():
            if isinstance(choice, Own):
                _demand_settable(desk, unit, noun, entity, disputed[field], choice.value)
        values = {field: _value(disputed[field], choice) for field, choice in choices.items()}
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


def typed(noun: str, field: str, words: str) -> Own:
    """An own value as a person types it: text for a field of text; else a value in JSON, or nothing at all.

    Words that are neither stay as they are, so that `settle` refuses them.
    """
    if words in ("", "null") and is_sensible(noun, field, None):
        return Own(None)
    if is_sensible(noun, field, words):
        return Own(words)
    try:
        return Own(msgspec.json.decode(words))
    except (msgspec.DecodeError, RecursionError):
        return Own(words)


def _value(disputed: Disputed, choice: Choice) -> Any:
    if isinstance(choice, Own):
        return choice.value
    for side in disputed.sides:
        if side.operation == choice:
            return side.value
    raise Refusal("work.no_such_side", field=disputed.field, operation=choice)


def _demand_settable(desk: Desk, unit: Unit, noun: str, entity: Uid, disputed: Disputed, value: Any) -> None:
    """Demand that a value of one's own is one that every other way would accept."""
    field, record = disputed.field, unit.get(NOUNS[noun], entity)
    about = concluded_around(unit, record, {field}) if record is not None else None
    if about is not None:
        raise Refusal("work.settle_own_frozen", number=about.number, field=field)
    if not is_sensible(noun, field, value) or (isinstance(value, int) and abs(value) > _LARGEST):
        raise Refusal("work.bad_value", field=field)
    if _is_empty(value) and not any(_is_empty(side.value) for side in disputed.sides):
        raise Refusal("work.settle_own_empty", field=field)
    if isinstance(record, Answer) and field == "value" and value:
        sheet = sheet_of(desk, unit, record.assessment)
        demand_fitting(sheet, record.path, record.path.rpartition("/")[2], value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _set(unit: Unit, noun: str, entity: Uid, values: Mapping[str, Any]) -> None:
    """Set the fields; the unit names every head of them as a parent, because they are in conflict."""
    kind: type[Record] = NOUNS[noun]
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    unit.say_again(kind, entity, **{field: msgspec.convert(value, types[field]) for field, value in values.items()})
