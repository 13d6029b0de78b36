"""Take back the last step on a record: what it said before is written once more; nothing leaves the journal.

A step that touched several records goes back as one, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.nouns import NOUNS
from gemba.domain.people import Person
from gemba.domain.record import Record, Uid
from gemba.errors import Refusal
from gemba.store import heads
from gemba.store.heads import Stated
from gemba.store.projection import fields_of
from gemba.store.reading import Reader
from gemba.store.record_history import Written, noun_of, written
from gemba.store.tables import REFERENCES
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.action_states import settle, settle_around
from gemba.work.desk import Desk
from gemba.work.history_befores import Befores
from gemba.work.last_step import MOST, Step, Subject, follows, last_step, said_in
from gemba.work.record_titles import title_by_uid
from gemba.work.take_back_checks import Back, demand_sound
from gemba.work.take_back_rules import demand_not_frozen


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What goes back of one record."""

    noun: str
    uid: Uid
    title: str
    values: dict[str, Any]
    """As the journal keeps them; empty where all follows from other records again."""
    withdraws: bool = False
    """True when a record that was just added goes off the record."""
    follows: tuple[str, ...] = ()
    """Fields that follow again from the records that go back."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What taking back would write."""

    step: Uid
    """By which the step is known again."""
    parts: tuple[Part, ...]
    """The record that was asked for first."""
    alike: int = 0
    """Other records of which the same was said in one go, and that stay as they are."""

    @property
    def is_one(self) -> bool:
        """Whether only the record that was asked for goes back, and nothing else could."""
        return len(self.parts) == 1 and not self.alike


class PartBack(msgspec.Struct, frozen=True):
    """What was taken back of one record."""

    noun: str
    uid: Uid
    title: str
    fields: tuple[str, ...]
    withdrawn: bool


class TakenBack(msgspec.Struct, frozen=True):
    """What was taken back."""

    noun: str
    uid: Uid
    title: str
    fields: tuple[str, ...]
    withdrawn: bool
    others: tuple[PartBack, ...] = ()
    """Of the other records of the step."""
    change: Change = Change()


def take_back(desk: Desk, uid: Uid, *, whole: bool = False, step: Uid = "") -> TakenBack:
    """Take back the last step of this store on a record, as a new change.

    Args:
        desk: who does it, where.
        uid: of the record.
        whole: where the same was said of several records in one go, of all of them; else of this one alone. A step
            that touched several sorts of records always goes back whole.
        step: the step that was looked at before; any when empty.

    Raises:
        Refusal: one of its records is concluded, frozen or issued; this store changed nothing of it; somebody changed
            the same since; it was just added and cannot be taken off the record; a rule of today says no to what was
            said before; or the last step is another one by now.
    """
    with desk.unit() as unit:
        plan = planned(unit, uid, whole=whole)
        if step and step != plan.step:
            raise Refusal("work.undo_other_step", title=plan.parts[0].title)
        for part in reversed(plan.parts):
            unit.say_again(NOUNS[part.noun], part.uid, **_said(part))
        for part in plan.parts:
            _follow(unit, part)
        change = unit.change_made(uid)
    told = [PartBack(one.noun, one.uid, one.title, _fields(one), one.withdraws) for one in plan.parts]
    first = told[0]
    return TakenBack(first.noun, uid, first.title, first.fields, first.withdrawn, tuple(told[1:]), change)


def planned(reader: Reader, uid: Uid, *, whole: bool = False) -> Plan:
    """What taking back would write.

    Raises:
        Refusal: as `take_back` does.
    """
    noun = noun_of(reader, uid)
    if noun not in NOUNS:
        raise Refusal("work.history_unknown", uid=uid)
    step = last_step(reader, noun, uid)
    if step is None:
        raise Refusal("work.undo_nothing_here", title=title_by_uid(reader, noun, uid))
    alone = step.is_bulk and bool(step.others) and not whole
    if step.is_cut and not alone:
        raise Refusal("work.undo_too_much", title=title_by_uid(reader, noun, uid), most=MOST)
    subjects = [step.about] if alone else list(step.operations)
    parts = _Parts(reader, step, subjects).parts()
    demand_sound(reader, [_back(reader, one) for one in parts])
    return Plan(step=step.last, parts=tuple(parts), alike=len(step.others) if alone else 0)


def why_not(desk: Desk, uid: Uid) -> Refusal | None:
    """Why the last change of a record cannot be taken back; `None` when it can."""
    with desk.reader() as reader:
        try:
            planned(reader, uid)
        except Refusal as refusal:
            return refusal
    return None


class _Parts:
    """Finds what goes back of each record of a step."""

    def __init__(self, reader: Reader, step: Step, subjects: Sequence[Subject]) -> None:
        self._reader, self._step, self._subjects = reader, step, subjects
        self._withdrawn: set[Subject] = set()

    def parts(self) -> list[Part]:
        """The record that was asked for first; what follows by itself is left out where nothing is to be told."""
        found = (self._part(subject, self._step.operations[subject]) for subject in self._subjects)
        return [one for one in found if one is not None]

    def _part(self, subject: Subject, operations: Sequence[Written]) -> Part | None:
        noun, uid = subject
        every, title = written(self._reader, noun, uid), title_by_uid(self._reader, noun, uid)
        befores = Befores(every)
        born = any(befores.is_birth(one) and len(one.fields) > 1 for one in operations)
        if (
            subject != self._step.about
            and born
            and (all(map(follows, operations)) or self._is_of_withdrawn(operations))
        ):
            return None
        demand_not_frozen(self._reader, noun, uid, {field for one in operations for field in one.fields})
        said = said_in(operations)
        _demand_last(self._reader, title, every, operations, said)
        if born:
            self._withdrawn.add(subject)
            return Part(noun=noun, uid=uid, title=title, values=_withdrawn(noun, title), withdraws=True)
        values = {field: _former(noun, title, befores, operations, field) for field in sorted(said)}
        rest = {field for one in operations for field in one.fields} - said
        return Part(noun=noun, uid=uid, title=title, values=values, follows=tuple(sorted(rest)))

    def _is_of_withdrawn(self, operations: Sequence[Written]) -> bool:
        """Whether a record was added to one that goes off the record: it goes with that."""
        names = REFERENCES[operations[0].noun]
        said = ((names[field], value) for one in operations for field, value in one.values.items() if field in names)
        return any(each in self._withdrawn for each in said)


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


def _withdrawn(noun: str, title: str) -> dict[str, Any]:
    """What takes a record off the record."""
    for mark in ("removed", "retired"):
        if mark in fields_of(noun):
            return {mark: True}
    if noun == "go_and_see":
        return {"state": "dropped", "seen": text("The step that asked for it was taken back.")}
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


def _said(part: Part) -> dict[str, Any]:
    """The values of a part as its record has them."""
    types = {name: info.type for name, info in fields_of(part.noun).items()}
    return {name: msgspec.convert(value, types[name]) for name, value in part.values.items()}


def _back(reader: Reader, part: Part) -> Back:
    """A part as the rules look at it: how the record stands, and how it would."""
    before = reader.get(NOUNS[part.noun], part.uid)
    assert before is not None
    said: Mapping[str, Any] = _said(part)
    after: Record = msgspec.structs.replace(before, **said)
    return Back(before, after, withdraws=part.withdraws)


def _fields(part: Part) -> tuple[str, ...]:
    return (*sorted(part.values), *part.follows)


def _follow(unit: Unit, part: Part) -> None:
    """Let stand what follows from the records as they are now."""
    if part.noun == "action":
        action = unit.get(Action, part.uid)
        if action is not None:
            settle_around(unit, action)
    if part.noun == "finding" and part.follows:
        settle(unit, part.uid)
