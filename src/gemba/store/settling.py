"""How operations take effect: put into the journal, made heads or left waiting, and written into the rows.

An operation takes part as soon as every record that its values name is here. Existence only ever grows, so the
operations that take part, and with them the rows, are the same whatever the order in which operations arrive.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import journal_tables as tables
from gemba.store import projection
from gemba.store.book import Book
from gemba.store.heads import Heads
from gemba.store.operations import Operation
from gemba.store.tables import TABLES

_AT_ONCE = 500
"""Records that may be unwritten at one time."""

_IS_HERE = {noun: select(table.c.id).where(table.c.uid == bindparam("uid")) for noun, table in TABLES.items()}
_WAITING_FOR = select(tables.waiting.c.operation).where(tables.waiting.c.needs == bindparam("uid"))


class Settling:
    """Takes operations in within one transaction; `settle` writes what they amount to.

    Args:
        connection: in a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._book = Book(connection)
        self._unwritten: dict[Uid, str] = {}
        self._here: set[Uid] = set()
        self.touched: dict[Uid, str] = {}
        """Records whose operations took effect, with their nouns."""

    def heads(self, entity: Uid) -> Heads:
        """The heads of a record's fields as they stand."""
        return self._book.heads(entity)

    def take_all(self, operations: Collection[Operation]) -> None:
        """Take several operations in, which is quicker than one by one."""
        self._book.expect(operations)
        for operation in operations:
            self.take(operation)

    def take(self, operation: Operation, *, new: bool = False) -> bool:
        """Put an operation into the journal and let it take part if it can.

        Args:
            operation: one that the journal does not hold yet.
            new: made here and now, so that none can have seen it, and that it need not wait for anything.

        Returns:
            False when it waits for a record that is not here. A new one is then not put into the journal at all.

        Raises:
            Refusal: `store.bad_operation` when it sets a field or a value that its noun does not have.
        """
        header = operation.header
        _validate(operation)
        named = projection.references(header.noun, operation.values)
        needs = {uid for noun, uid in named if not self._is_here(noun, uid)}
        if needs and new:
            return False
        self._book.keep(operation)
        if needs:
            self._connection.execute(insert(tables.waiting), [{"operation": header.id, "needs": uid} for uid in needs])
            return False
        self._take_part(operation, new=new)
        return True

    def settle(self) -> None:
        """Write heads and rows of everything that was touched, and let go what waited for it."""
        while self._unwritten:
            self._write(next(iter(self._unwritten)))
        self._book.forget()

    def _take_part(self, operation: Operation, *, new: bool = False) -> None:
        header = operation.header
        self._book.take_part(operation, new=new)
        self._unwritten[header.entity] = self.touched[header.entity] = header.noun
        if len(self._unwritten) >= _AT_ONCE:
            self._write(next(iter(self._unwritten)))

    def _write(self, entity: Uid) -> None:
        noun = self._unwritten.pop(entity)
        self._book.write_heads(entity)
        record = projection.record_of(noun, entity, self._book.heads(entity), self._book.said(entity))
        if record is not None:
            new = projection.write(self._connection, noun, record)
            self._here.add(entity)
            if new:
                self._release(entity)

    def _release(self, entity: Uid) -> None:
        """Let operations take part that waited for this record and wait for no other."""
        waited = self._connection.scalars(_WAITING_FOR, {"uid": entity}).all()
        if not waited:
            return
        table = tables.waiting
        self._connection.execute(delete(table).where(table.c.needs == entity))
        still = set(self._connection.scalars(select(table.c.operation).where(table.c.operation.in_(waited))))
        for operation in self._book.operations([uid for uid in waited if uid not in still]):
            self._take_part(operation)

    def _is_here(self, noun: str, uid: Uid) -> bool:
        if uid in self._unwritten:
            self._write(uid)
        if uid not in self._here and self._connection.scalar(_IS_HERE[noun], {"uid": uid}) is not None:
            self._here.add(uid)
        return uid in self._here


def _validate(operation: Operation) -> None:
    """Demand that the operation sets fields that its noun has to values that they may have."""
    header = operation.header
    if header.noun not in NOUNS:
        raise Refusal("store.unknown_noun", noun=header.noun)
    fields = projection.fields_of(header.noun)
    try:
        for name, value in operation.values.items():
            msgspec.convert(value, fields[name].type)
    except (KeyError, msgspec.ValidationError) as error:
        raise Refusal("store.bad_operation", operation=header.id, why=f"value of {header.noun}: {error}") from error
