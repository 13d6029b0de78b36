"""How operations take effect: put into the journal, made heads or left waiting, and written into the rows.

An operation takes part as soon as every record that its values name is here. Existence only ever grows, so the
operations that take part, and with them the rows, are the same whatever the order in which operations arrive.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import journal_tables as tables
from gemba.store import projection
from gemba.store.book import Book
from gemba.store.heads import Heads, Subject
from gemba.store.operations import Operation
from gemba.store.tables import TABLES

_AT_ONCE = 500
"""Records that may be unwritten at one time."""
_KNOWN = 5000
"""Records that a long transaction remembers between two of its edits."""

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
        self._unwritten: dict[Subject, None] = {}
        self._here: set[Subject] = set()
        self._rows: dict[Subject, dict[str, Any] | None] = {}
        self.touched: dict[Subject, None] = {}
        """Records whose operations took effect, in that order."""
        self.senseless: dict[Subject, tuple[tuple[str, Uid], ...]] = {}
        """Of records that were touched: fields, and heads of them that say what no such field can hold."""

    def heads(self, subject: Subject) -> Heads:
        """The heads of a record's fields as they stand."""
        return self._book.heads(subject)

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
        needs = {one for one in projection.references(header.noun, operation.values) if not self._is_here(one)}
        if needs and new:
            return False
        self._book.keep(operation)
        if needs:
            self._wait(header.id, needs)
            return False
        self._take_part(operation, new=new)
        return True

    def settle(self) -> None:
        """Write heads and rows of everything that was touched, and let go what waited for it."""
        while self._unwritten:
            self._write(next(iter(self._unwritten)))
        self._book.flush()
        if len(self._rows) > _KNOWN:
            self._rows.clear()
            self._book.forget()

    def row(self, subject: Subject) -> dict[str, Any] | None:
        """A record's row as this transaction has left it, read at most once."""
        if subject not in self._rows:
            self._rows[subject] = projection.row_of(self._connection, *subject)
        return self._rows[subject]

    def _take_part(self, operation: Operation, *, new: bool = False) -> None:
        self._book.take_part(operation, new=new)
        self._unwritten[operation.subject] = self.touched[operation.subject] = None
        if len(self._unwritten) >= _AT_ONCE:
            self._write(next(iter(self._unwritten)))

    def _write(self, subject: Subject) -> None:
        del self._unwritten[subject]
        self._book.write_heads(subject)
        heads, said = self._book.heads(subject), self._book.said(subject)
        projected = projection.project(subject, heads, said, lambda: self._book.giver(subject))
        self.senseless[subject] = projected.senseless
        if projected.record is not None:
            before = self.row(subject)
            self._rows[subject] = projection.write(self._connection, subject[0], projected.record, before)
            self._here.add(subject)
            if before is None:
                self._release(subject[1])

    def _wait(self, operation: Uid, needs: Collection[Subject]) -> None:
        rows = [{"operation": operation, "needs": uid} for uid in {uid for _, uid in needs}]
        self._connection.execute(insert(tables.waiting), rows)

    def _release(self, entity: Uid) -> None:
        """Let operations take part that waited for a record of this uid, if all that they name is here now.

        Another noun may use the uid, too; so what each needs is asked anew.
        """
        waited = self._connection.scalars(_WAITING_FOR, {"uid": entity}).all()
        if not waited:
            return
        self._connection.execute(delete(tables.waiting).where(tables.waiting.c.operation.in_(waited)))
        ready: list[Operation] = []
        for operation in self._book.operations(waited):
            named = projection.references(operation.header.noun, operation.values)
            needs = {one for one in named if not self._is_written(one)}
            if needs:
                self._wait(operation.header.id, needs)
            else:
                ready.append(operation)
        for operation in ready:
            self._take_part(operation)

    def _is_here(self, subject: Subject) -> bool:
        if subject in self._unwritten:
            self._write(subject)
        return self._is_written(subject)

    def _is_written(self, subject: Subject) -> bool:
        noun, uid = subject
        if subject not in self._here and self._connection.scalar(_IS_HERE[noun], {"uid": uid}) is not None:
            self._here.add(subject)
        return subject in self._here


def _validate(operation: Operation) -> None:
    """Demand that the operation sets fields that its noun has to values that they may have."""
    header = operation.header
    if header.noun not in NOUNS:
        raise Refusal("store.unknown_noun", noun=header.noun)
    for name, value in operation.values.items():
        if not projection.is_sensible(header.noun, name, value):
            raise Refusal("store.bad_operation", operation=header.id, why=f"value of {header.noun}.{name}")
