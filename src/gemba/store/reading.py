"""Reading records: one consistent view of the store, as frozen values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, select

from gemba.domain.nouns import NAMES
from gemba.domain.record import Record, Uid
from gemba.store import journal_tables
from gemba.store.among import ask
from gemba.store.device import Device
from gemba.store.tables import TABLES

R = TypeVar("R", bound=Record)

_AT_ONCE = 500
"""Uids in one question to the database."""

_LAST = "\U0010ffff"
"""Sorts behind every letter."""

Clock = Callable[[], datetime]
"""Tells the time, aware and in UTC."""


class Reader:
    """One consistent view of the store; it is what lists take.

    Args:
        connection: in a transaction.
        device: whose store it is.
        clock: says what is overdue.
    """

    def __init__(self, connection: Connection, device: Device, clock: Clock) -> None:
        self.connection = connection
        self.device = device
        self.clock = clock

    def get(self, noun: type[R], uid: Uid) -> R | None:
        """The record with this uid; `None` when it is not here."""
        row = self.connection.execute(_ONE[noun], {"uid": uid}).one_or_none()
        return None if row is None else _value(noun, row)

    def find(self, noun: type[R], **equal: Any) -> list[R]:
        """The records whose fields equal these values, in the order in which they came here."""
        table = TABLES[NAMES[noun]]
        asked = _fields(noun).where(*(table.c[field] == _plain(value) for field, value in equal.items()))
        return [_value(noun, row) for row in self.connection.execute(asked.order_by(table.c.id))]

    def among(self, noun: type[R], field: str, texts: Collection[str]) -> Iterator[R]:
        """The records of which a field of text holds one of these, in no order; asked in one go."""
        if texts:
            rows = ask(self.connection, _EVERY[noun], TABLES[NAMES[noun]].c[field], texts)
            yield from (_value(noun, row) for row in rows)

    def beginning(self, noun: type[R], field: str, letters: str, most: int = 2) -> list[R]:
        """The records of which a field begins with these letters: no more than `most`, found by an index."""
        column = TABLES[NAMES[noun]].c[field]
        asked = _fields(noun).where(column >= letters, column < letters + _LAST).order_by(column).limit(most)
        return [_value(noun, row) for row in self.connection.execute(asked)]

    def many(self, noun: type[R], uids: Sequence[Uid]) -> Iterator[R]:
        """Those records with these uids that are here, in this order."""
        for start in range(0, len(uids), _AT_ONCE):
            some = uids[start : start + _AT_ONCE]
            rows = self.connection.execute(_SOME[noun], {"uids": some})
            found = {record.uid: record for record in (_value(noun, row) for row in rows)}
            yield from (found[uid] for uid in some if uid in found)

    def setting(self, key: str) -> Any:
        """A local choice; `None` when none was made."""
        table = journal_tables.setting
        return self.connection.scalar(select(table.c.value).where(table.c.key == key))

    def settings(self, prefix: str) -> dict[str, Any]:
        """The local choices whose keys begin so, by what follows."""
        key, value = journal_tables.setting.c.key, journal_tables.setting.c.value
        # A range, so that the key's index is used whatever the collation of the database thinks of LIKE.
        asked = select(key, value).where(key >= prefix, key < prefix[:-1] + chr(ord(prefix[-1]) + 1))
        rows = self.connection.execute(asked)
        return {row.key.removeprefix(prefix): row.value for row in rows if row.key.startswith(prefix)}


def _fields(noun: type[Record]) -> Select[Any]:
    table = TABLES[NAMES[noun]]
    return select(*(table.c[field] for field in noun.__struct_fields__))


_EVERY = {noun: _fields(noun) for noun in NAMES}
_ONE = {noun: _fields(noun).where(TABLES[name].c.uid == bindparam("uid")) for noun, name in NAMES.items()}


_SOME = {
    noun: _fields(noun).where(TABLES[name].c.uid.in_(bindparam("uids", expanding=True))) for noun, name in NAMES.items()
}


def _value(noun: type[R], row: Row[Any]) -> R:
    return msgspec.convert(dict(zip(noun.__struct_fields__, row, strict=True)), noun)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, builtin_types=(datetime, date))
