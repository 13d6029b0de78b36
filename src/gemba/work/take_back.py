"""Take back the last change of a record: what it said before is written once more; nothing leaves the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.nouns import NOUNS
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import heads
from gemba.store.heads import Stated
from gemba.store.projection import fields_of
from gemba.store.reading import Reader
from gemba.store.record_history import Written, noun_of, written, written_beside
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.action_states import settle_around
from gemba.work.desk import Desk
from gemba.work.history_befores import Befores
from gemba.work.record_titles import noun_title, title_by_uid
from gemba.work.take_back_rules import demand_not_frozen

_TOGETHER = {"action": frozenset({"finding", "effect_check"}), "process_step": frozenset({"process_map"})}
"""Nouns that change along with a noun, and follow from it again when it is taken back."""
_ONE_GO_MS = 2000
"""Operations of one transaction are made within so many milliseconds, whatever the clock of the journal says."""


class Plan(msgspec.Struct, frozen=True):
    """What taking back would write."""

    noun: str
    uid: Uid
    title: str
    values: dict[str, Any]
    """As the journal keeps them."""
    withdraws: bool
    """True when a record that was just added goes off the record."""


class TakenBack(msgspec.Struct, frozen=True):
    """What was taken back."""

    noun: str
    uid: Uid
    title: str
    fields: tuple[str, ...]
    withdrawn: bool
    change: Change = Change()


def take_back(desk: Desk, uid: Uid) -> TakenBack:
    """Take back the last change of a record that this store made, as a new change.

    Raises:
        Refusal: it is concluded, frozen or issued; this store changed nothing of it; somebody changed the same since;
            it was changed together with other records; it was just added and cannot be taken off the record.
    """
    with desk.unit() as unit:
        plan = planned(unit, uid)
        noun = NOUNS[plan.noun]
        types = {name: info.type for name, info in fields_of(plan.noun).items()}
        said = {name: msgspec.convert(value, types[name]) for name, value in plan.values.items()}
        unit.change(noun, uid, **said)
        _follow(unit, plan)
        change = unit.change_made(uid)
    return TakenBack(plan.noun, uid, plan.title, tuple(sorted(said)), plan.withdraws, change)


def planned(reader: Reader, uid: Uid) -> Plan:
    """What taking back would write.

    Raises:
        Refusal: as `take_back` does.
    """
    noun = noun_of(reader, uid)
    if noun not in NOUNS:
        raise Refusal("work.history_unknown", uid=uid)
    title, found = title_by_uid(reader, noun, uid), written(reader, noun, uid)
    step = _last_step(reader, found)
    if not step:
        raise Refusal("work.undo_nothing_here", title=title)
    befores = Befores(found)
    fields = {field for one in step for field in one.fields}
    demand_not_frozen(reader, noun, uid, fields)
    _demand_last(reader, title, found, step, fields)
    _demand_alone(noun, title, step, _beside(reader, step))
    if any(befores.is_birth(one) and len(one.fields) > 1 for one in step):
        return Plan(noun, uid, title, _withdrawn(noun, title), withdraws=True)
    values = {field: _former(noun, title, befores, step, field) for field in sorted(fields)}
    return Plan(noun, uid, title, values, withdraws=False)


def why_not(desk: Desk, uid: Uid) -> Refusal | None:
    """Why the last change of a record cannot be taken back; `None` when it can."""
    with desk.reader() as reader:
        try:
            planned(reader, uid)
        except Refusal as refusal:
            return refusal
    return None


def _last_step(reader: Reader, found: Sequence[Written]) -> list[Written]:
    """The last operation of this store on the record, and those that were written on it in one go with that."""
    mine = [one for one in found if one.device == reader.device.id]
    if not mine:
        return []
    last = mine[-1]
    beside = {one.uid for one in written_beside(reader, last) if _in_one_go(one, last)}
    return [one for one in mine if one is last or one.uid in beside]


def _beside(reader: Reader, step: Sequence[Written]) -> list[Written]:
    """What else was written in one go with a step."""
    last, own = step[-1], {one.uid for one in step}
    return [one for one in written_beside(reader, last) if one.uid not in own and _in_one_go(one, last)]


def _in_one_go(one: Written, other: Written) -> bool:
    return abs(_made_ms(one.uid) - _made_ms(other.uid)) <= _ONE_GO_MS


def _made_ms(uid: Uid) -> int:
    """When a UUID version 7 was made."""
    return int(uid[:8] + uid[9:13], 16)


def _demand_last(
    reader: Reader, title: str, found: Sequence[Written], step: Collection[Written], fields: set[str]
) -> None:
    """Demand that nobody has set the same fields since, nor meanwhile."""
    now = heads.from_scratch(Stated(one.uid, one.fields, one.parents) for one in found)
    own = {one.uid for one in step}
    others = {uid for field in fields for uid in now[field]} - own
    if others:
        by = {one.uid: one.person for one in found}
        people = [one.name for one in reader.many(Person, sorted({by[uid] for uid in others}))]
        raise Refusal("work.undo_changed_since", title=title, person=", ".join(people) or text("somebody"))


def _demand_alone(noun: str, title: str, step: Sequence[Written], beside: Sequence[Written]) -> None:
    """Demand that the step was about this record alone, or that the others follow from it or stand for themselves."""
    follows = _TOGETHER.get(noun, frozenset())
    same = {one.fields for one in step}
    for one in beside:
        is_alike = one.noun == noun and one.fields in same
        if one.noun not in follows and not is_alike:
            raise Refusal("work.undo_together", title=title, other=noun_title(one.noun).lower())


def _withdrawn(noun: str, title: str) -> dict[str, Any]:
    """What takes a record off the record."""
    for mark in ("removed", "retired"):
        if mark in fields_of(noun):
            return {mark: True}
    raise Refusal("work.undo_added", title=title)


def _former(noun: str, title: str, befores: Befores, step: Sequence[Written], field: str) -> Any:
    """What a field said before a step."""
    first = next(one for one in step if field in one.fields)
    sides = befores.of(first, field)
    if len(sides) > 1:
        raise Refusal("work.undo_settled", title=title)
    if sides:
        if field not in sides[0].values:
            raise Refusal("work.undo_erased", title=title)
        return sides[0].values[field]
    info = fields_of(noun)[field]
    if noun == "complaint" or info.required:
        raise Refusal("work.undo_import", title=title)
    default = info.default_factory() if info.default_factory is not msgspec.NODEFAULT else info.default
    return msgspec.to_builtins(default)


def _follow(unit: Unit, plan: Plan) -> None:
    """Let stand what follows from the record as it is now."""
    if plan.noun == "action":
        action = unit.get(Action, plan.uid)
        if action is not None:
            settle_around(unit, action)
