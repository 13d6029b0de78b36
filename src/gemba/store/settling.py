"""How operations take effect: put into the journal, made heads or left waiting, and written into the rows.

An operation takes part as soon as every record that its values name is here. Existence only ever grows, so the
operations that take part, and with them the rows, are the same whatever the order in which operations arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, select

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import heads as heads_of_fields
from gemba.store import journal_tables as journal
from gemba.store import projection
from gemba.store.heads import Heads, Stated
from gemba.store.operations import Operation, Payload
from gemba.store.projection import Said
from gemba.store.tables import TABLES

_AT_ONCE = 500
"""Records that may be unwritten at one time, and ids in one question to the database."""


class Settling:
    """Takes operations in within one transaction; `settle` writes what they amount to.

    Args:
        connection: in a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads: dict[Uid, Heads] = {}
        self._before: dict[Uid, Heads] = {}
        self._said: dict[Uid, Said] = {}
        self._unwritten: dict[Uid, str] = {}
        self._here: set[Uid] = set()
        self.touched: dict[Uid, str] = {}
        """Records whose operations took effect, with their nouns."""

    def heads(self, entity: Uid) -> Heads:
        """The heads of a record's fields as they stand."""
        found = self._heads.get(entity)
        if found is None:
            found = self._heads[entity] = self._stored(entity)
            self._before[entity] = {field: set(uids) for field, uids in found.items()}
        return found

    def take(self, operation: Operation, *, new: bool = False) -> bool:
        """Put an operation into the journal and let it take part if it can.

        Args:
            operation: one that the journal does not hold yet.
            new: made here and now, so that none can have seen it.

        Returns:
            False when it waits for a record that is not here.

        Raises:
            Refusal: `store.bad_operation` when it sets a field or a value that its noun does not have.
        """
        header = operation.header
        _validate(operation)
        self._keep(operation)
        needs = [
            uid for noun, uid in projection.references(header.noun, operation.values) if not self._is_here(noun, uid)
        ]
        if needs:
            rows = [{"operation": header.id, "needs": uid} for uid in dict.fromkeys(needs)]
            self._connection.execute(insert(journal.waiting), rows)
            return False
        self._take_part(operation, [] if new else self._children(header.id, header.entity))
        return True

    def settle(self) -> None:
        """Write heads and rows of everything that was touched, and let go what waited for it."""
        while self._unwritten:
            self._write(next(iter(self._unwritten)))
        self._heads.clear()
        self._before.clear()
        self._said.clear()

    def _keep(self, operation: Operation) -> None:
        header = operation.header
        self._connection.execute(
            insert(journal.operation).values(
                uid=header.id,
                device=header.device,
                epoch=header.epoch,
                seq=header.seq,
                hlc=header.hlc,
                person=header.person,
                noun=header.noun,
                entity=header.entity,
                header=operation.header_bytes,
                payload=operation.payload,
                signature=operation.signature,
            )
        )
        if header.parents:
            rows = [{"parent": parent, "child": header.id, "entity": header.entity} for parent in header.parents]
            self._connection.execute(insert(journal.edge), rows)

    def _take_part(self, operation: Operation, children: Iterable[Stated]) -> None:
        header = operation.header
        heads_of_fields.add(self.heads(header.entity), operation.stated, children)
        self._said[header.id] = Said(header.hlc, operation.values)
        self._unwritten[header.entity] = self.touched[header.entity] = header.noun
        if len(self._unwritten) >= _AT_ONCE:
            self.settle()

    def _write(self, entity: Uid) -> None:
        noun = self._unwritten.pop(entity)
        heads = self.heads(entity)
        self._write_heads(entity, heads)
        said = self._said_by({uid for uids in heads.values() for uid in uids})
        record = projection.record_of(noun, entity, heads, said)
        if record is not None:
            new = projection.write(self._connection, noun, record)
            self._here.add(entity)
            if new:
                self._release(entity)

    def _write_heads(self, entity: Uid, heads: Heads) -> None:
        table = journal.head
        before = self._before[entity]
        for field, uids in heads.items():
            gone, come = before.get(field, set()) - uids, uids - before.get(field, set())
            if gone:
                where = (table.c.entity == entity) & (table.c.field == field) & table.c.operation.in_(gone)
                self._connection.execute(delete(table).where(where))
            if come:
                rows = [{"entity": entity, "field": field, "operation": uid} for uid in come]
                self._connection.execute(insert(table), rows)
        self._before[entity] = {field: set(uids) for field, uids in heads.items()}

    def _release(self, entity: Uid) -> None:
        """Let operations take part that waited for this record and wait for no other."""
        table = journal.waiting
        waited = self._connection.scalars(select(table.c.operation).where(table.c.needs == entity)).all()
        if not waited:
            return
        self._connection.execute(delete(table).where(table.c.needs == entity))
        still = set(self._connection.scalars(select(table.c.operation).where(table.c.operation.in_(waited))))
        for operation in operations(self._connection, [uid for uid in waited if uid not in still]):
            self._take_part(operation, self._children(operation.header.id, operation.header.entity))

    def _children(self, uid: Uid, entity: Uid) -> list[Stated]:
        """Operations that took part earlier and name this one as a parent."""
        edge, waiting = journal.edge, journal.waiting
        held_back = select(waiting.c.operation)
        asked = select(edge.c.child).where(
            edge.c.parent == uid, edge.c.entity == entity, edge.c.child.not_in(held_back)
        )
        return [operation.stated for operation in operations(self._connection, self._connection.scalars(asked).all())]

    def _is_here(self, noun: str, uid: Uid) -> bool:
        if uid in self._here:
            return True
        if uid in self._unwritten:
            self._write(uid)
        table = TABLES[noun]
        found = self._connection.scalar(select(table.c.id).where(table.c.uid == uid)) is not None
        if found:
            self._here.add(uid)
        return found

    def _stored(self, entity: Uid) -> Heads:
        table = journal.head
        heads: Heads = {}
        asked = select(table.c.field, table.c.operation).where(table.c.entity == entity)
        for field, uid in self._connection.execute(asked):
            heads.setdefault(field, set()).add(uid)
        return heads

    def _said_by(self, uids: set[Uid]) -> dict[Uid, Said]:
        unknown = [uid for uid in uids if uid not in self._said]
        self._said |= said_by(self._connection, unknown)
        return self._said


def said_by(connection: Connection, uids: Sequence[Uid]) -> dict[Uid, Said]:
    """What these operations say."""
    if not uids:
        return {}
    table = journal.operation
    rows = connection.execute(select(table.c.uid, table.c.hlc, table.c.payload).where(table.c.uid.in_(uids)))
    return {row.uid: Said(row.hlc, values_in(row.payload)) for row in rows}


def values_in(payload: bytes | None) -> dict[str, object]:
    """The values in a kept payload; none when it was erased."""
    return {} if payload is None else msgspec.json.decode(payload, type=Payload).set


def operations(connection: Connection, uids: Sequence[Uid]) -> list[Operation]:
    """Operations of the journal by id."""
    if not uids:
        return []
    from gemba.store.operations import Header

    table = journal.operation
    rows = connection.execute(select(table).where(table.c.uid.in_(uids)).order_by(table.c.id))
    return [
        Operation(msgspec.json.decode(row.header, type=Header), row.header, row.payload, row.signature) for row in rows
    ]


def _validate(operation: Operation) -> None:
    header = operation.header
    if header.noun not in NOUNS:
        raise Refusal("store.unknown_noun", noun=header.noun)
    fields = projection.fields_of(header.noun)
    try:
        for name, value in operation.values.items():
            msgspec.convert(value, fields[name].type)
    except (KeyError, msgspec.ValidationError) as error:
        raise Refusal("store.bad_operation", operation=header.id, why=f"value of {header.noun}: {error}") from error
