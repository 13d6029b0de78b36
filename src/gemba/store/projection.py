"""From heads to rows: the one way in which a record comes to stand in its table.

Local edits, operations taken in from others and `gemba check` all go through `project`; that is why the rows are a
function of the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record, Uid
from gemba.store import search_index
from gemba.store.heads import Heads, Subject, shown, shown_verdict
from gemba.store.tables import REFERENCES, TABLES

_ROW = {noun: select(table).where(table.c.uid == bindparam("uid")) for noun, table in TABLES.items()}
_NEW = {noun: insert(table) for noun, table in TABLES.items()}


class Said(msgspec.Struct, frozen=True):
    """What an operation says, as far as a row is concerned."""

    hlc: str
    values: dict[str, Any]
    device: str = ""


_VERDICTS = {
    "assessment": frozenset({"state", "score", "grade", "concluded_at"}),
    "finding": frozenset({"state", "grade"}),
    "conclusion": frozenset(NOUNS["conclusion"].__struct_fields__),
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
    try:
        made = msgspec.convert(value, fields_of(noun)[field].type)
    except (KeyError, msgspec.ValidationError):
        return False
    return not isinstance(made, datetime) or _has_utc(made)


def _has_utc(moment: datetime) -> bool:
    """True for a moment with a zone that is within the calendar in UTC, too."""
    try:
        return moment.tzinfo is not None and moment.astimezone(UTC).year > 0
    except OverflowError:
        return False


def project(subject: Subject, heads: Heads, said: Mapping[Uid, Said], giver: Callable[[], str]) -> Projected:
    """The record as the heads of its fields tell it, whatever they say.

    Args:
        subject: its noun and uid.
        heads: for each field the operations that are its heads.
        said: what those operations say. An erased one says nothing.
        giver: tells the device that gave birth to the record; asked only when a verdict has several heads.
    """
    noun, entity = subject
    values: dict[str, Any] = {"uid": entity}
    senseless: list[tuple[str, Uid]] = []
    for field, uids in heads.items():
        telling = {uid: said[uid].values[field] for uid in uids if field in said[uid].values}
        for uid in [uid for uid, value in telling.items() if not is_sensible(noun, field, value)]:
            senseless.append((field, uid))
            del telling[uid]
        if telling:
            values[field] = telling[_shown(noun, field, {uid: said[uid] for uid in telling}, giver)]
    lacks = any(field.required and name not in values for name, field in fields_of(noun).items())
    return Projected(None if lacks else msgspec.convert(values, NOUNS[noun]), tuple(sorted(senseless)))


def _shown(noun: str, field: str, heads: Mapping[Uid, Said], giver: Callable[[], str]) -> Uid:
    """The head by which the record goes."""
    if len(heads) > 1 and field in _VERDICTS.get(noun, ()):
        return shown_verdict({uid: one.device for uid, one in heads.items()}, giver())
    return shown(heads, {uid: one.hlc for uid, one in heads.items()})


def columns_of(record: Record) -> dict[str, Any]:
    """A record as the values of its columns."""
    plain: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(datetime, date))
    return {name: _as_kept(value) for name, value in plain.items()}


def _as_kept(value: Any) -> Any:
    """A value as a column of JSON gives it back: lists all the way down, where the record has tuples."""
    if isinstance(value, list | tuple):
        return [_as_kept(each) for each in value]
    return {name: _as_kept(each) for name, each in value.items()} if isinstance(value, dict) else value


def row_of(connection: Connection, noun: str, entity: Uid) -> dict[str, Any] | None:
    """A record's row, local columns included."""
    found = connection.execute(_ROW[noun], {"uid": entity}).mappings().one_or_none()
    return None if found is None else dict(found)


def write(connection: Connection, noun: str, record: Record, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Make the row and the search index say what the record says.

    Args:
        connection: in a transaction that writes.
        noun: name of the record's noun.
        record: what the row shall say.
        before: the row as it is; `None` when there is none.

    Returns:
        The row as it is now, for the next write in this transaction.
    """
    table, columns = TABLES[noun], columns_of(record)
    if before is None:
        made = connection.execute(_NEW[noun], columns)
        assert made.inserted_primary_key is not None  # SQLite and PostgreSQL both tell it
        search_index.update(connection, noun, made.inserted_primary_key[0], None, columns)
        return {**columns, "id": made.inserted_primary_key[0]}
    changed = {name: value for name, value in columns.items() if before[name] != value}
    if changed:
        connection.execute(update(table).where(table.c.id == before["id"]).values(changed))
        search_index.update(connection, noun, before["id"], before, columns)
    return {**before, **columns}


def references(noun: str, values: Mapping[str, Any]) -> Iterable[Subject]:
    """The records that an operation's values name."""
    for field, target in REFERENCES[noun].items():
        if values.get(field) is not None:
            yield target, values[field]
