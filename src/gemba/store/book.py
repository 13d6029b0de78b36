"""The journal as operations are being taken into it: what is known of it already is not asked of the database again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, select, update

from gemba.domain.record import Uid
from gemba.store import births, erasing, head_rows
from gemba.store import heads as heads_of_fields
from gemba.store import journal_tables as tables
from gemba.store.among import among, ask
from gemba.store.bulk import insert_many
from gemba.store.heads import Heads, Stated, Subject
from gemba.store.operations import Header, Operation, values_in
from gemba.store.projection import Said

_AT_ONCE = 5000
"""Ids in one question to the database."""

_SAYING = select(*(tables.operation.c[name] for name in ("uid", "hlc", "payload", "personal", "device")))
_SAYING_FEW = _SAYING.where(tables.operation.c.uid.in_(bindparam("uids", expanding=True)))
_FEW = 8
"""Ids that are asked for by a statement that is prepared once."""
_WAITING = select(tables.waiting.c.operation)
_ANY_WAITING = select(exists(select(tables.waiting.c.operation)))
_WAITING_FOR = select(tables.waiting.c.operation).where(tables.waiting.c.needs == bindparam("of"))
_CHILDREN = (
    select(tables.edge.c.parent, tables.operation.c.header)
    .join(tables.operation, tables.operation.c.uid == tables.edge.c.child)
    .where(tables.edge.c.child.not_in(select(tables.waiting.c.operation)))
)
_HEAL = (
    update(tables.operation)
    .where(tables.operation.c.uid == bindparam("of"))
    .values(payload=bindparam("with_payload"), personal=bindparam("with_personal"))
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
        self._waiting: list[dict[str, Any]] = []
        self._heads: dict[Subject, Heads] = {}
        self._written: dict[Subject, Heads] = {}  # of what has changed: the heads that are written
        self._unwritten: set[Subject] = set()
        self._erased: dict[Subject, bool] = {}
        self._said: dict[Uid, Said] = {}
        self._children: dict[Uid, list[tuple[Subject, Stated]]] = {}
        self._first: dict[Subject, Operation] = {}  # of what is not written yet: alone on a record that is new
        self._lone: dict[Subject, Header] = {}  # alone on its record, and heads of it have not been asked for
        self._may_wait: bool | None = None

    def __len__(self) -> int:
        return len(self._heads)

    def expect(self, operations: Collection[Operation]) -> set[Subject]:
        """Ask at once for what taking these in will need.

        Returns:
            Those of their records of which nothing has taken part yet: no row of them is here, either.
        """
        subjects = {one.subject for one in operations}
        self.expect_records(subjects)
        heads, lone = self._heads, self._lone
        unknown = {subject for subject in subjects if not heads[subject] and subject not in lone}
        self.expect_said(subjects - unknown)
        self.anything_waits()
        children = self._children
        older = [one.header.id for one in operations if one.subject not in unknown and one.header.id not in children]
        children |= {one.header.id: [] for one in operations if one.header.id not in children}
        self._fetch_children(older)
        return unknown

    def expect_records(self, subjects: Collection[Subject]) -> None:
        """Ask at once for the heads of these records, and whether they are erased."""
        wanted = set(subjects)
        self._fetch(wanted - self._heads.keys())
        self._erased |= erasing.fetch(self._connection, wanted - self._erased.keys())

    def expect_said(self, subjects: Iterable[Subject]) -> None:
        """Ask at once for what the heads of these records say."""
        said, first = self._said, self._first
        older = [one for one in subjects if one not in first or first[one].header.id not in said]
        heads = [some for subject in older for some in self.heads(subject).values()]
        unknown = list({uid for some in heads for uid in some if uid not in said})
        for start in range(0, len(unknown), _AT_ONCE):
            part = unknown[start : start + _AT_ONCE]
            if len(part) <= _FEW:
                rows = self._connection.execute(_SAYING_FEW, {"uids": part})
            else:
                rows = ask(self._connection, _SAYING, tables.operation.c.uid, part)
            for row in rows:
                self._said[row.uid] = Said(row.hlc, values_in(row.payload, row.personal), row.device)

    def is_erased(self, subject: Subject) -> bool:
        """True when nothing personal is kept of a record."""
        if subject not in self._erased:
            self._erased |= erasing.fetch(self._connection, [subject])
        return self._erased[subject]

    def keep(self, operation: Operation) -> None:
        """Put an operation into the journal, together with the next ones (`flush`)."""
        header = operation.header
        self._operations.append(
            {
                "uid": header.id,
                "device": header.device,
                "epoch": header.epoch,
                "seq": header.seq,
                "hlc": header.hlc,
                "person": header.person,
                "noun": header.noun,
                "entity": header.entity,
                "header": operation.header_bytes,
                "payload": operation.payload,
                "signature": operation.signature,
                "personal": operation.personal,
            }
        )
        self._edges += [{"parent": uid, "child": header.id, "entity": header.entity} for uid in header.parents]

    def heal(self, operation: Operation) -> None:
        """Put the parts in that an operation of the journal was lacking."""
        self.flush()
        parts = {"with_payload": operation.payload, "with_personal": operation.personal}
        self._connection.execute(_HEAL, {"of": operation.header.id, **parts})
        self._said.pop(operation.header.id, None)

    def wait(self, operation: Uid, needs: Collection[Uid]) -> None:
        """Let an operation wait for records of these uids."""
        self._may_wait = True
        self._waiting += [{"operation": operation, "needs": uid} for uid in sorted(set(needs))]

    def anything_waits(self) -> bool:
        """False when no operation waits for anything, nor has since the transaction began; nobody else writes."""
        if self._may_wait is None:
            self._may_wait = bool(self._connection.scalar(_ANY_WAITING))
        return self._may_wait

    def waiting_for(self, uids: Collection[Uid]) -> list[Operation]:
        """Operations that wait for records of these uids; they wait no longer, unless told so again."""
        if not self.anything_waits():
            return []
        self.flush()
        table = tables.waiting
        waited = set[Uid]()
        wanted = list(uids)
        if len(wanted) == 1:
            waited.update(self._connection.scalars(_WAITING_FOR, {"of": wanted[0]}))
            wanted = []
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            waited.update(ask(self._connection, _WAITING, table.c.needs, part).scalars())
        if not waited:
            return []
        found = self._read(sorted(waited))
        self.expect_records({one.subject for one in found})  # as they are without these
        self._connection.execute(delete(table).where(among(self._connection, table.c.operation, sorted(waited))))
        return found

    def erase(self, operation: Operation) -> bool:
        """Take out of the journal what an erasure names; `False` when that was done before."""
        self.flush()
        subject = erasing.subject_of(operation.values)
        was_erased = subject is None or self.is_erased(subject)
        erasing.note(self._connection, operation)
        if subject is None or was_erased:
            return False
        self._erased[subject] = True
        for uid in erasing.take_out(self._connection, subject):
            self._said.pop(uid, None)
        return True

    def flush(self) -> None:
        """Write what was kept."""
        insert_many(self._connection, tables.edge, self._edges)
        insert_many(self._connection, tables.waiting, self._waiting)
        insert_many(self._connection, tables.operation, self._operations)  # last: most is done beside the longest
        self._operations, self._edges, self._waiting = [], [], []

    def forget(self) -> None:
        """Let go of what is known; the database knows it, too."""
        for heads in (self._heads, self._lone, self._written, self._unwritten):
            heads.clear()
        for known in (self._said, self._children, self._erased):
            known.clear()

    def heads(self, subject: Subject) -> Heads:
        """The heads of a record's fields as they stand."""
        if subject not in self._heads:
            self._fetch([subject])
        found = self._heads[subject]
        lone = self._lone.pop(subject, None)
        if lone is not None:
            alone = {lone.id}
            found.update(dict.fromkeys(lone.fields, alone))
        return found

    def _fetch(self, subjects: Collection[Subject]) -> None:
        found = head_rows.fetch(self._connection, subjects)
        self._heads |= found.heads
        self._unwritten |= found.unwritten

    def take_part(self, operation: Operation, *, new: bool) -> None:
        """Let an operation become a head of its fields, where none has seen it; a new one none can have seen.

        Args:
            operation: that takes part.
            new: True when it was made here and now.
        """
        header, subject = operation.header, operation.subject
        heads = self.heads(subject)
        if not heads and subject not in self._written:  # the first on its record: no other can have seen it
            self._written[subject] = {}
            if header.fields:
                self._first[subject] = operation
                self._lone[subject] = header
        else:
            self._first.pop(subject, None)
            if subject not in self._written:
                self._written[subject] = {} if subject in self._unwritten else dict(heads)
            heads_of_fields.add(heads, operation.stated, () if new else self._seen_by(operation))
        alone = None if operation.meaning is None else operation.meaning.alone
        self._said[header.id] = Said(header.hlc, operation.values, header.device, is_checked=True, row=alone)
        for parent in header.parents:
            if parent in self._children:
                self._children[parent].append((subject, operation.stated))

    def alone(self, subject: Subject) -> dict[str, Any] | None:
        """The row that one operation made, alone on a record that is new; `None` when more is to be looked at."""
        first = self._first.get(subject)
        said = None if first is None else self._said.get(first.header.id)
        return None if said is None else said.row

    def write_heads(self) -> None:
        """Write how the heads of records have changed."""
        changes = [
            head_rows.Change(subject, before, self._heads[subject], erased=self.is_erased(subject))
            for subject, before in self._written.items()
            if subject not in self._first
        ]
        head_rows.write(self._connection, changes)
        self._unwritten.difference_update(self._written)
        self._unwritten.update(self._first)
        self._first.clear()
        self._written.clear()

    def said(self, subject: Subject) -> dict[Uid, Said]:
        """What the heads of a record say (and perhaps others)."""
        said = self._said
        if any(uid not in said for uids in self.heads(subject).values() for uid in uids):
            self.expect_said([subject])
        return said

    def giver(self, subject: Subject) -> str:
        """The device that gave birth to a record; empty while its birth is not here."""
        self.flush()
        return births.giver(self._connection, subject)

    def _read(self, uids: Sequence[Uid]) -> list[Operation]:
        """Operations of the journal by id, in the order in which they came."""
        table = tables.operation
        asked = select(table).where(among(self._connection, table.c.uid, uids)).order_by(table.c.id)
        return [
            Operation(
                msgspec.json.decode(row.header, type=Header),
                row.header,
                row.payload,
                row.signature,
                row.personal,
                values_in(row.payload, row.personal),
            )
            for row in self._connection.execute(asked)
        ]

    def _seen_by(self, operation: Operation) -> Iterable[Stated]:
        """Operations on the same record that took part earlier and name this one as a parent."""
        uid = operation.header.id
        if uid not in self._children:
            self.flush()
            self._fetch_children([uid])
        return [stated for subject, stated in self._children[uid] if subject == operation.subject]

    def _fetch_children(self, uids: Sequence[Uid]) -> None:
        self._children |= {uid: [] for uid in uids}
        for start in range(0, len(uids), _AT_ONCE):
            for row in ask(self._connection, _CHILDREN, tables.edge.c.parent, uids[start : start + _AT_ONCE]):
                child = msgspec.json.decode(row.header, type=Header)
                self._children[row.parent].append(
                    ((child.noun, child.entity), Stated(child.id, child.fields, child.parents))
                )
