"""From heads to rows: the one way in which a record comes to stand in its table.

Local edits, operations taken in from others and `gemba check` all go through `project`; that is why the rows are a
function of the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, get_args

import msgspec

from gemba.domain.nouns import NOUNS, PERSONAL_FIELDS
from gemba.domain.record import Record, Uid
from gemba.store.heads import Heads, Subject, shown, shown_verdict
from gemba.store.operations import Operation


class Said(msgspec.Struct, frozen=True):
    """What an operation says, as far as a row is concerned."""

    hlc: str
    values: dict[str, Any]
    device: str = ""
    is_checked: bool = False
    """True when each value is known to be one that its field can hold."""
    row: dict[str, Any] | None = None
    """What its values alone make, as columns keep it, when they were checked as a whole."""


_VERDICTS = {
    "assessment": frozenset({"state", "score", "grade", "concluded_at"}),
    "finding": frozenset({"state", "grade", "similar"}),
    "conclusion": frozenset(NOUNS["conclusion"].__struct_fields__),
    "complaint": frozenset({"severity", "state", "decision", "told_back", "similar", "cause"}),
    "cluster_decision": frozenset(NOUNS["cluster_decision"].__struct_fields__),
    "cause_analysis": frozenset({"domain", "sort", "cause"}),
    "decision": frozenset({"contradicts", "standing"}),
    "escalation": frozenset({"state", "outcome", "tier", "owner", "decided_by", "expires"}),
    "audit": frozenset({"state", "concluded_at"}),
    "sample": frozenset(NOUNS["sample"].__struct_fields__),
    "judgement": frozenset({"verdict", "constraint", "confidence", "exception", "exception_until"}),
    "agreed_verdict": frozenset(NOUNS["agreed_verdict"].__struct_fields__),
    "auditee_response": frozenset({"sort", "outcome"}),
    "calibration_rating": frozenset({"level"}),
    "action": frozenset({"state", "effect", "live_on", "merged_into"}),
    "effect_check": frozenset({"result"}),
    "commitment": frozenset({"state"}),
    "meeting": frozenset({"decided", "state"}),
    "transfer": frozenset({"stopped_because"}),
}
"""Fields that say what an audit came to: several heads of them are not decided by a clock."""


class Projected(msgspec.Struct, frozen=True):
    """What the heads of a record's fields amount to."""

    record: Record | None
    """`None` while a field that it needs is not known."""
    senseless: tuple[tuple[str, Uid], ...] = ()
    """Fields, and heads of them that say what the field cannot hold; the record goes by the other heads."""


@cache
def fields_of(noun: str) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields of a noun that operations may set: all but the uid."""
    return {field.name: field for field in msgspec.structs.fields(NOUNS[noun]) if field.name != "uid"}


def is_sensible(noun: str, field: str, value: Any) -> bool:
    """True when a field of a noun can hold a value, and its column can keep it."""
    kind = _kinds(noun).get(field)
    if kind is str:
        return type(value) is str
    if kind is None:
        return False
    try:
        made = msgspec.convert({"value": value}, _holder(noun, field)).value
    except msgspec.ValidationError:
        return False
    return not isinstance(made, datetime) or _has_utc(made)


@cache
def _holder(noun: str, field: str) -> Any:
    """A class that holds one value of a field: what msgspec knows of a bare type it would find out at each value."""
    return msgspec.defstruct("Holder", [("value", _kinds(noun)[field])])


@cache
def _kinds(noun: str) -> dict[str, Any]:
    """The type of each field."""
    return {name: field.type for name, field in fields_of(noun).items()}


def first_wrong(operation: Operation) -> str:
    """The first field that cannot hold the value that an operation gives it; empty when there is none."""
    noun = operation.header.noun
    for name, value in operation.values.items():
        if not is_sensible(noun, name, value):
            return name
    return ""


def birth(operation: Operation) -> Record | None:
    """The record that an operation's values alone make; `None` when one is wrong, or they make none.

    As strict as `first_wrong`, and quicker than it with each field on its own.
    """
    noun, values = operation.header.noun, operation.values
    if not _needed(noun) <= values.keys() <= fields_of(noun).keys():
        return None
    try:
        made = msgspec.convert({"uid": operation.header.entity, **values}, NOUNS[noun])
    except msgspec.ValidationError:
        return None
    for name in _moments(noun):
        moment = getattr(made, name)
        if isinstance(moment, datetime) and not _has_utc(moment):
            return None
    return made


@cache
def _moments(noun: str) -> tuple[str, ...]:
    """The fields that may hold a moment."""
    return tuple(name for name, kind in _kinds(noun).items() if kind is not str)


def _has_utc(moment: datetime) -> bool:
    """True for a moment with a zone that is within the calendar in UTC, too."""
    try:
        return moment.tzinfo is not None and moment.astimezone(UTC).year > 0
    except OverflowError:
        return False


def project(
    subject: Subject,
    heads: Heads,
    said: Mapping[Uid, Said],
    giver: Callable[[], str],
    base: Mapping[str, Any] | None = None,
) -> Projected:
    """The record as the heads of its fields tell it, whatever they say.

    Args:
        subject: its noun and uid.
        heads: for each field the operations that are its heads.
        said: what those operations say. An erased one says nothing.
        giver: tells the device that gave birth to the record; asked only when a verdict has several heads.
        base: what a record that came in a lot says where no operation says anything else, as its columns keep it.
    """
    noun, entity = subject
    apart = PERSONAL_FIELDS.get(noun, frozenset())
    values: dict[str, Any] = {**(base or {}), "uid": entity}
    senseless: list[tuple[str, Uid]] = []
    for field, uids in heads.items():
        only = said[next(iter(uids))] if len(uids) == 1 else None
        if only is not None and only.is_checked and field in only.values:  # as it nearly always is
            values[field] = only.values[field]
            continue
        telling = {uid: said[uid] for uid in uids if field in said[uid].values}
        for uid, one in list(telling.items()):
            if not one.is_checked and not is_sensible(noun, field, one.values[field]):
                senseless.append((field, uid))
                del telling[uid]
        if telling:
            head = next(iter(telling)) if len(telling) == 1 else _shown(noun, field, telling, giver)
            values[field] = telling[head].values[field]
        elif field in apart:
            values[field] = _empty(noun, field)
    lacks = not _needed(noun) <= values.keys()
    return Projected(None if lacks else msgspec.convert(values, NOUNS[noun]), tuple(sorted(senseless)))


@cache
def _needed(noun: str) -> frozenset[str]:
    """The fields without which there is no record."""
    return frozenset(name for name, field in fields_of(noun).items() if field.required)


def based_on(noun: str, row: Mapping[str, Any], *, erased: bool) -> dict[str, Any]:
    """What a row that came in a lot says, field by field; without what tells of a person when that is erased."""
    values = {name: row[name] for name in fields_of(noun)}
    if erased:
        values |= {name: _empty(noun, name) for name in PERSONAL_FIELDS.get(noun, frozenset())}
    return values


def _empty(noun: str, field: str) -> Any:
    """What a personal field says when its words are erased, or not here yet."""
    info = fields_of(noun)[field]
    if info.default_factory is not msgspec.NODEFAULT:
        return info.default_factory()
    return "" if info.default is msgspec.NODEFAULT else msgspec.to_builtins(info.default)


def _shown(noun: str, field: str, heads: Mapping[Uid, Said], giver: Callable[[], str]) -> Uid:
    """The head by which the record goes."""
    if len(heads) > 1 and field in _VERDICTS.get(noun, ()):
        return shown_verdict({uid: one.device for uid, one in heads.items()}, giver())
    return shown(heads, {uid: one.hlc for uid, one in heads.items()})


def columns_of(record: Record) -> dict[str, Any]:
    """A record as the values of its columns."""
    columns = msgspec.structs.asdict(record)
    for name in _compound(type(record)):
        value = columns[name]
        if isinstance(value, Enum):  # as most of them are; their values are texts
            columns[name] = value.value
        elif type(value) not in _SCALARS:
            columns[name] = _as_kept(msgspec.to_builtins(value, builtin_types=(datetime, date)))
    return columns


_SCALARS = {str, int, float, bool, datetime, date, type(None)}


@cache
def _compound(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a noun's class that may hold anything but what a column keeps as it is."""
    told = {field.name: set(get_args(field.type)) or {field.type} for field in msgspec.structs.fields(kind)}
    return tuple(name for name, kinds in told.items() if not kinds <= _SCALARS)


def _as_kept(value: Any) -> Any:
    """A value as a column of JSON gives it back: lists all the way down, where the record has tuples."""
    if isinstance(value, list | tuple):
        return [_as_kept(each) for each in value]
    return {name: _as_kept(each) for name, each in value.items()} if isinstance(value, dict) else value
