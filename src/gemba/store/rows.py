"""The rows of records as one transaction makes them: read together, changed in memory, written together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from gemba.domain.record import Uid
from gemba.store import search_index
from gemba.store.among import ask
from gemba.store.bulk import change_many, insert_many, new_keys
from gemba.store.heads import Subject
from gemba.store.search_index import Changed
from gemba.store.table_parts import metadata
from gemba.store.tables import REFERENCES, TABLES

Row = dict[str, Any]

_AT_ONCE = 5000
"""Uids in one question to the database."""

_LAST = "answer"
"""The most by far, and no record names one: headquarters' server takes them in while what comes next is read."""
_ORDER = [table.name for table in metadata.sorted_tables if table.name in TABLES and table.name != _LAST]
"""The other nouns, each behind those that it refers to."""
_NAMING = {noun: tuple(fields.items()) for noun, fields in REFERENCES.items()}
_ROWS = {noun: select(table) for noun, table in TABLES.items()}
_UIDS = {noun: select(table.c.uid) for noun, table in TABLES.items()}
_ROW = {noun: select(table).where(table.c.uid == bindparam("of")) for noun, table in TABLES.items()}
_KEY = {noun: select(table.c.id).where(table.c.uid == bindparam("of")) for noun, table in TABLES.items()}


class Rows:
    """The rows that one transaction works on.

    Args:
        connection: in a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[Subject, Row | None] = {}
        self._written: dict[Subject, Row | None] = {}
        self._here: set[Subject] = set()

    def __len__(self) -> int:
        return len(self._known) + len(self._here)

    def expect(self, subjects: Iterable[Subject], named: Iterable[Subject], absent: Iterable[Subject] = ()) -> None:
        """Ask at once for rows that will be changed, and whether those are here that they name.

        Args:
            subjects: whose rows will be changed.
            named: what those name.
            absent: records of which it is known that they have no row.
        """
        self._known |= {one: None for one in absent if one not in self._known}
        for noun, uids in _by_noun(one for one in subjects if one not in self._known):
            self._known |= {(noun, uid): None for uid in uids}
            for row in self._ask(noun, uids, _ROWS[noun]):
                self._known[noun, row["uid"]] = row
        for noun, uids in _by_noun(one for one in named if one not in self._known and one not in self._here):
            self._here |= {(noun, row["uid"]) for row in self._ask(noun, uids, _UIDS[noun])}

    def get(self, subject: Subject) -> Row | None:
        """A record's row as this transaction leaves it; `None` when there is none."""
        if subject not in self._known:
            noun, uid = subject
            found = self._connection.execute(_ROW[noun], {"of": uid}).mappings().one_or_none()
            self._known[subject] = None if found is None else dict(found)
        return self._known[subject]

    def known(self) -> Mapping[Subject, Row | None]:
        """The rows that were read or made."""
        return self._known

    def is_here(self, subject: Subject) -> bool:
        """True when a record has a row."""
        if subject not in self._here and self._known.get(subject) is None:
            noun, uid = subject
            if subject in self._known or self._connection.scalar(_KEY[noun], {"of": uid}) is None:
                return False
            self._here.add(subject)
        return True

    def put(self, subject: Subject, columns: Row) -> bool:
        """Make a row say this.

        Returns:
            True when the record had no row before.
        """
        before = self.get(subject)
        if before is not None and all(before[name] == value for name, value in columns.items()):
            return False
        self._written.setdefault(subject, before)
        self._known[subject] = columns if before is None else {**before, **columns}
        return before is None

    def flush(self, beside: Callable[[], None] = lambda: None) -> None:
        """Write what has changed, and tell the search index.

        Args:
            beside: what else is to be written; a server takes new rows in while that is made ready.
        """
        if not self._written:
            beside()
            return
        written, self._written = self._written, {}
        if len(written) > 1 and self._connection.dialect.name == "sqlite":
            # Rows of one noun may name each other, and are written one after the other; what is amiss at the end of
            # the transaction still undoes it.
            self._connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        by_noun: dict[str, list[tuple[Uid, Row | None]]] = {}
        for (noun, uid), before in written.items():
            by_noun.setdefault(noun, []).append((uid, before))
        for noun in _ORDER:
            self._insert(noun, [uid for uid, before in by_noun.get(noun, ()) if before is None])
        beside()
        for noun, some in by_noun.items():
            self._update(noun, [(uid, before) for uid, before in some if before is not None])
        self._insert(_LAST, [uid for uid, before in by_noun.get(_LAST, ()) if before is None])

    def forget(self) -> None:
        """Let go of what is known, once it is written."""
        self._known.clear()
        self._here.clear()

    def _insert(self, noun: str, uids: list[Uid]) -> None:
        if not uids:
            return
        table, rows = TABLES[noun], [row for uid in uids if (row := self._known[noun, uid]) is not None]
        if noun not in search_index.SEARCHED:
            insert_many(self._connection, table, rows)
            return
        for key, row in zip(new_keys(self._connection, table, len(rows)), rows, strict=True):
            row["id"] = key
        insert_many(self._connection, table, rows)
        search_index.update_many(self._connection, noun, [Changed(row["id"], None, row) for row in rows])

    def _update(self, noun: str, some: Collection[tuple[Uid, Row]]) -> None:
        table, changes = TABLES[noun], dict[tuple[str, ...], list[Row]]()
        told: list[Changed] = []
        for uid, before in some:
            now = self._known[noun, uid]
            assert now is not None  # a row is never taken away
            changed = tuple(name for name, value in now.items() if name != "id" and before.get(name) != value)
            if not changed:  # it was changed, and then changed back
                continue
            changes.setdefault(changed, []).append({"uid": uid, **{name: now[name] for name in changed}})
            if noun in search_index.SEARCHED:
                told.append(Changed(now["id"], before, now))
        for rows in changes.values():
            change_many(self._connection, table, "uid", rows)
        search_index.update_many(self._connection, noun, told)

    def _ask(self, noun: str, uids: list[Uid], asked: Any) -> Iterable[Row]:
        for start in range(0, len(uids), _AT_ONCE):
            found = ask(self._connection, asked, TABLES[noun].c.uid, uids[start : start + _AT_ONCE])
            yield from map(dict, found.mappings())


def references(noun: str, values: Mapping[str, Any]) -> list[Subject]:
    """The records that an operation's values name."""
    return [(target, values[field]) for field, target in _NAMING[noun] if values.get(field) is not None]


def _by_noun(subjects: Iterable[Subject]) -> Iterable[tuple[str, list[Uid]]]:
    found: dict[str, dict[Uid, None]] = {}
    for noun, uid in subjects:
        found.setdefault(noun, {})[uid] = None
    return [(noun, list(uids)) for noun, uids in found.items()]
