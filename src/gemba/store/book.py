"""The journal as operations are being taken into it: what is known of it already is not asked of the database again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select

from gemba.domain.record import Uid
from gemba.store import births
from gemba.store import heads as heads_of_fields
from gemba.store import journal_tables as tables
from gemba.store.heads import Heads, Stated, Subject
from gemba.store.operations import Header, Operation, Payload
from gemba.store.projection import Said

_AT_ONCE = 500
"""Ids in one question to the database."""

_NEW_OPERATION = insert(tables.operation)
_NEW_EDGE = insert(tables.edge)
_NEW_HEAD = insert(tables.head)
_GONE_HEAD = delete(tables.head).where(
    tables.head.c.noun == bindparam("of_noun"),
    tables.head.c.entity == bindparam("of"),
    tables.head.c.field == bindparam("on"),
    tables.head.c.operation == bindparam("gone"),
)
_HEADS = select(tables.head).where(tables.head.c.entity.in_(bindparam("entities", expanding=True)))
_SAYING = select(
    tables.operation.c.uid, tables.operation.c.hlc, tables.operation.c.payload, tables.operation.c.device
).where(tables.operation.c.uid.in_(bindparam("uids", expanding=True)))
_WHOLE = select(tables.operation).where(tables.operation.c.uid.in_(bindparam("uids", expanding=True)))
_CHILDREN = (
    select(tables.edge.c.parent, tables.operation.c.header)
    .join(tables.operation, tables.operation.c.uid == tables.edge.c.child)
    .where(tables.edge.c.parent.in_(bindparam("uids", expanding=True)))
    .where(tables.edge.c.child.not_in(select(tables.waiting.c.operation)))
)


class Book:
    """The operations, heads and parents that one transaction works on.

    Args:
        connection: in a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._operations: list[dict[str, Any]] = []
        self._edges: list[dict[str, Any]] = []
        self._heads: dict[Subject, Heads] = {}
        self._written: dict[Subject, Heads] = {}
        self._said: dict[Uid, Said] = {}
        self._children: dict[Uid, list[tuple[Subject, Stated]]] = {}

    def expect(self, operations: Collection[Operation]) -> None:
        """Ask at once for what taking these in will need."""
        self._fetch_heads({one.subject for one in operations} - self._heads.keys())
        self._fetch_children([one.header.id for one in operations if one.header.id not in self._children])

    def keep(self, operation: Operation) -> None:
        """Put an operation into the journal, together with the next ones (`flush`)."""
        header = operation.header
        row = {name: getattr(header, name) for name in ("device", "epoch", "seq", "hlc", "person", "noun", "entity")}
        kept = {"header": operation.header_bytes, "payload": operation.payload, "signature": operation.signature}
        self._operations.append({"uid": header.id, **row, **kept})
        self._edges += [{"parent": uid, "child": header.id, "entity": header.entity} for uid in header.parents]

    def flush(self) -> None:
        """Write what was kept."""
        if self._operations:
            self._connection.execute(_NEW_OPERATION, self._operations)
        if self._edges:
            self._connection.execute(_NEW_EDGE, self._edges)
        self._operations, self._edges = [], []

    def forget(self) -> None:
        """Let go of what is known; the database knows it, too."""
        self.flush()
        for known in (self._heads, self._written, self._said, self._children):
            known.clear()

    def heads(self, subject: Subject) -> Heads:
        """The heads of a record's fields as they stand."""
        if subject not in self._heads:
            self._fetch_heads([subject])
        return self._heads[subject]

    def take_part(self, operation: Operation, *, new: bool) -> None:
        """Let an operation become a head of its fields, where none has seen it; a new one none can have seen."""
        header, stated = operation.header, operation.stated
        heads_of_fields.add(self.heads(operation.subject), stated, () if new else self._seen_by(operation))
        self._said[header.id] = Said(header.hlc, operation.values, header.device)
        for parent in header.parents:
            if parent in self._children:
                self._children[parent].append((operation.subject, stated))

    def write_heads(self, subject: Subject) -> None:
        """Write how the heads of a record have changed."""
        (noun, entity), written = subject, self._written[subject]
        gone: list[dict[str, str]] = []
        come: list[dict[str, str]] = []
        for field, uids in self.heads(subject).items():
            before = written.get(field, set())
            gone += [{"of_noun": noun, "of": entity, "on": field, "gone": uid} for uid in before - uids]
            come += [{"noun": noun, "entity": entity, "field": field, "operation": uid} for uid in uids - before]
        if gone:
            self._connection.execute(_GONE_HEAD, gone)
        if come:
            self._connection.execute(_NEW_HEAD, come)
        self._written[subject] = _copy(self.heads(subject))

    def said(self, subject: Subject) -> dict[Uid, Said]:
        """What the heads of a record say (and perhaps others)."""
        uids = {uid for uids in self.heads(subject).values() for uid in uids}
        unknown = [uid for uid in uids if uid not in self._said]
        if unknown:
            for row in self._connection.execute(_SAYING, {"uids": unknown}):
                self._said[row.uid] = Said(row.hlc, values_in(row.payload), row.device)
        return self._said

    def giver(self, subject: Subject) -> str:
        """The device that gave birth to a record; empty while its birth is not here."""
        self.flush()
        return births.giver(self._connection, subject)

    def operations(self, uids: Sequence[Uid]) -> list[Operation]:
        """Operations of the journal by id, in the order in which they came."""
        self.flush()
        rows = self._connection.execute(_WHOLE.order_by(tables.operation.c.id), {"uids": list(uids)})
        return [
            Operation(msgspec.json.decode(row.header, type=Header), row.header, row.payload, row.signature)
            for row in rows
        ]

    def _seen_by(self, operation: Operation) -> Iterable[Stated]:
        """Operations on the same record that took part earlier and name this one as a parent."""
        uid = operation.header.id
        if uid not in self._children:
            self.flush()
            self._fetch_children([uid])
        return [stated for subject, stated in self._children[uid] if subject == operation.subject]

    def _fetch_heads(self, subjects: Collection[Subject]) -> None:
        found: dict[Subject, Heads] = {subject: {} for subject in subjects}
        entities = sorted({entity for _, entity in subjects})
        for start in range(0, len(entities), _AT_ONCE):
            for row in self._connection.execute(_HEADS, {"entities": entities[start : start + _AT_ONCE]}):
                if (row.noun, row.entity) in found:
                    found[row.noun, row.entity].setdefault(row.field, set()).add(row.operation)
        self._heads |= found
        self._written |= {subject: _copy(heads) for subject, heads in found.items()}

    def _fetch_children(self, uids: Sequence[Uid]) -> None:
        self._children |= {uid: [] for uid in uids}
        for start in range(0, len(uids), _AT_ONCE):
            for row in self._connection.execute(_CHILDREN, {"uids": list(uids[start : start + _AT_ONCE])}):
                child = msgspec.json.decode(row.header, type=Header)
                self._children[row.parent].append(
                    ((child.noun, child.entity), Stated(child.id, child.fields, child.parents))
                )


def values_in(payload: bytes | None) -> dict[str, Any]:
    """The values in a kept payload; none when it was erased."""
    return {} if payload is None else msgspec.json.decode(payload, type=Payload).set


def _copy(heads: Heads) -> Heads:
    return {field: set(uids) for field, uids in heads.items()}
