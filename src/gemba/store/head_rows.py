"""Heads as the database keeps them: a row for each operation that some field goes by, and conflicts spelled out.

Of a record that one operation alone has made nothing is kept: its heads are what that operation sets. Most records are
such, and a row of each would be a tenth of all that is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Select, Table, bindparam, delete, exists, select

from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.store import heads as heads_of_fields
from gemba.store import journal_tables as tables
from gemba.store.among import among, ask, present
from gemba.store.bulk import insert_many
from gemba.store.heads import Heads, Stated, Subject
from gemba.store.operations import Header

_AT_ONCE = 5000

_HEADS_OF_ONE = select(tables.head.c.operation, tables.head.c.fields).where(
    tables.head.c.entity == bindparam("of"), tables.head.c.noun == bindparam("kind")
)
_EVERY = select(*(tables.operation.c[name] for name in ("noun", "entity", "uid")), tables.head.c.fields).select_from(
    tables.operation.outerjoin(
        tables.head,
        (tables.head.c.entity == tables.operation.c.entity)
        & (tables.head.c.noun == tables.operation.c.noun)
        & (tables.head.c.operation == tables.operation.c.uid),
    )
)
"""Every operation on a record, with the fields that go by it where that is written."""
_TAKING_PART = select(*(tables.operation.c[name] for name in ("noun", "entity", "header"))).where(
    ~exists(select(tables.waiting.c.operation).where(tables.waiting.c.operation == tables.operation.c.uid))
)
_TAKING_PART_IN_ONE = _TAKING_PART.where(
    tables.operation.c.entity == bindparam("of"), tables.operation.c.noun == bindparam("kind")
)
_GONE_ONE = delete(tables.head).where(
    tables.head.c.entity == bindparam("of"),
    tables.head.c.noun == bindparam("kind"),
    tables.head.c.operation == bindparam("gone"),
)
_SETTLED = delete(tables.conflict).where(
    tables.conflict.c.entity == bindparam("of"),
    tables.conflict.c.noun == bindparam("kind"),
    tables.conflict.c.field == bindparam("on"),
    tables.conflict.c.operation == bindparam("gone"),
)

ByOperation = dict[Uid, list[str]]
"""Of one record: the operations that are heads, each with the fields, sorted."""


def by_operation(heads: Heads) -> ByOperation:
    """Heads of fields as fields of heads."""
    found: ByOperation = {}
    for field in sorted(heads):
        for uid in heads[field]:
            found.setdefault(uid, []).append(field)
    return found


def disputed(noun: str, heads: Heads, *, erased: bool) -> set[tuple[str, Uid]]:
    """The heads of all fields that have several; nobody has to decide between words that are erased."""
    apart = PERSONAL_FIELDS.get(noun, frozenset()) if erased else frozenset()
    return {(field, uid) for field, uids in heads.items() if len(uids) > 1 and field not in apart for uid in uids}


class Change:
    """What is to be written of one record.

    Args:
        subject: the record.
        before: its heads as they are written.
        after: its heads now.
        erased: True when nothing personal is kept of it.
    """

    def __init__(self, subject: Subject, before: Heads, after: Heads, *, erased: bool) -> None:
        self.subject = subject
        old, new = by_operation(before), by_operation(after)
        self.gone = [uid for uid, fields in old.items() if new.get(uid) != fields]
        self.come = {uid: fields for uid, fields in new.items() if old.get(uid) != fields}
        was, now = disputed(subject[0], before, erased=erased), disputed(subject[0], after, erased=erased)
        self.settled, self.disputed = was - now, now - was


class Fetched(msgspec.Struct):
    """The heads of records as the database knows them."""

    heads: dict[Subject, Heads]
    unwritten: set[Subject]
    """Those that have heads of which nothing is written."""


def fetch(connection: Connection, subjects: Collection[Subject]) -> Fetched:
    """The heads of these records, of each at least none."""
    if len(subjects) == 1:
        (subject,) = subjects
        return _fetch_one(connection, subject)
    found: dict[Subject, Heads] = {subject: {} for subject in subjects}
    bare: dict[Subject, list[Uid]] = {}
    entities = _present(connection, sorted({entity for _, entity in subjects}))
    for noun, entity, uid, fields in _asked(connection, _EVERY, tables.operation.c.entity, entities):
        if (noun, entity) in found:
            if fields is None:
                bare.setdefault((noun, entity), []).append(uid)
            else:
                _add(found[noun, entity], uid, fields)
    uids = [uid for subject, some in bare.items() if not found[subject] for uid in some]
    told = _told(_asked(connection, _TAKING_PART, tables.operation.c.uid, uids))
    return Fetched(found | told, set(told))


def _fetch_one(connection: Connection, subject: Subject) -> Fetched:
    of = {"of": subject[1], "kind": subject[0]}
    heads: Heads = {}
    for uid, fields in connection.execute(_HEADS_OF_ONE, of):
        _add(heads, uid, fields)
    told = {} if heads else _told(connection.execute(_TAKING_PART_IN_ONE, of))
    return Fetched({subject: heads} | told, set(told))


def _asked(connection: Connection, asked: Select[Any], column: Column[Any], keys: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(keys), _AT_ONCE):
        yield from ask(connection, asked, column, keys[start : start + _AT_ONCE])


def _present(connection: Connection, entities: Sequence[Uid]) -> list[Uid]:
    """Those of these records on which there is any operation: hardly one of those in a laptop's first pack."""
    column, found = tables.operation.c.entity, list[Uid]()
    for start in range(0, len(entities), _AT_ONCE):
        found += sorted(present(connection, column, entities[start : start + _AT_ONCE]))
    return found


def _add(heads: Heads, uid: Uid, fields: Iterable[str]) -> None:
    for field in fields:
        heads.setdefault(field, set()).add(uid)


def _told(rows: Iterable[Any]) -> dict[Subject, Heads]:
    """The heads of records of which none are written, from all operations that take part."""
    stated: dict[Subject, list[Stated]] = {}
    for noun, entity, header in rows:
        one = _header(header)
        stated.setdefault((noun, entity), []).append(Stated(one.id, one.fields, one.parents))
    return {subject: heads_of_fields.from_scratch(some) for subject, some in stated.items()}


_header = msgspec.json.Decoder(Header).decode


def write(connection: Connection, changes: Collection[Change]) -> None:
    """Write changes of several records: that were here, or of which several operations came."""
    gone = [(one.subject, uid) for one in changes for uid in one.gone]
    _delete(connection, tables.head, gone)
    come = [
        {"entity": one.subject[1], "noun": one.subject[0], "operation": uid, "fields": fields}
        for one in changes
        for uid, fields in one.come.items()
    ]
    come.sort(key=itemgetter("operation"))  # as time went on, so that the key over them is filled from one end
    insert_many(connection, tables.head, come)
    for one in changes:
        for field, uid in one.settled:
            connection.execute(_SETTLED, {"of": one.subject[1], "kind": one.subject[0], "on": field, "gone": uid})
    new = [
        {"entity": one.subject[1], "noun": one.subject[0], "field": field, "operation": uid}
        for one in changes
        for field, uid in sorted(one.disputed)
    ]
    insert_many(connection, tables.conflict, new)


def _delete(connection: Connection, table: Table, rows: Collection[tuple[Subject, Uid]]) -> None:
    """Take rows of head away; an operation is about one record, so its id and the record's are enough."""
    if len(rows) == 1:
        (((noun, entity), uid),) = rows
        connection.execute(_GONE_ONE, {"of": entity, "kind": noun, "gone": uid})
        return
    some = sorted(rows)
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        entities, uids = {entity for (_, entity), _ in part}, {uid for _, uid in part}
        mine = among(connection, table.c.entity, entities) & among(connection, table.c.operation, uids)
        connection.execute(delete(table).where(mine))
