"""Heads as the database keeps them: a row for each operation that some field goes by, and conflicts spelled out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select

from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store.among import among, ask
from gemba.store.bulk import insert_many
from gemba.store.heads import Heads, Subject
from gemba.store.operations import Operation

_AT_ONCE = 2000

_HEADS = select(tables.head)
_HEADS_OF_ONE = _HEADS.where(tables.head.c.entity == bindparam("of"), tables.head.c.noun == bindparam("kind"))
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


def fetch(connection: Connection, subjects: Collection[Subject]) -> dict[Subject, Heads]:
    """The heads of these records as they are written."""
    found: dict[Subject, Heads] = {subject: {} for subject in subjects}
    if len(found) == 1:
        ((noun, entity),) = found
        _gather(found, connection.execute(_HEADS_OF_ONE, {"of": entity, "kind": noun}))
        return found
    entities = sorted({entity for _, entity in subjects})
    for start in range(0, len(entities), _AT_ONCE):
        _gather(found, ask(connection, _HEADS, tables.head.c.entity, entities[start : start + _AT_ONCE]))
    return found


def _gather(found: Mapping[Subject, Heads], rows: Iterable[Any]) -> None:
    for entity, noun, operation, fields in rows:
        if (noun, entity) in found:
            for field in fields:
                found[noun, entity].setdefault(field, set()).add(operation)


def write(connection: Connection, changes: Collection[Change], first: Collection[Operation] = ()) -> None:
    """Write changes of several records.

    Args:
        connection: in a transaction that writes.
        changes: of records that were here, or of which several operations came.
        first: operations each alone on a record that was not here: the head of all its fields.
    """
    gone = [(one.subject, uid) for one in changes for uid in one.gone]
    _delete(connection, tables.head, gone)
    come = [
        {"entity": one.subject[1], "noun": one.subject[0], "operation": uid, "fields": fields}
        for one in changes
        for uid, fields in one.come.items()
    ]
    come += [
        {"entity": header.entity, "noun": header.noun, "operation": header.id, "fields": header.fields}
        for header in (one.header for one in first)
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
