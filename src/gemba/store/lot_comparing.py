"""What is here already of complaints that are to come in a lot: which are new, which say something else.

A field that a person has set is the person's: a lot does not change it, and is not compared with it. What was erased
stays erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import select

from gemba.domain.complaints import Complaint
from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.store import erasing, head_rows, lot_rows
from gemba.store import journal_tables as tables
from gemba.store.among import ask
from gemba.store.complaint_tables import complaint
from gemba.store.reading import Reader

_NOUN = "complaint"
_PERSONAL = PERSONAL_FIELDS[_NOUN]

ALL_FIELDS = tuple(
    name for name in Complaint.__struct_fields__ if name not in ("uid", "number", "source", "person", "duplicate_of")
)
"""What a row of a lot says that changes a record: everything, for the newest lot alone counts."""
_WHOLE = select(complaint.c.uid, *(complaint.c[name] for name in ALL_FIELDS))

Row = Sequence[Any]


class Compared(msgspec.Struct, frozen=True):
    """Rows that are to come, beside what is here."""

    added: list[Row]
    changed: list[Row]
    """With all of `ALL_FIELDS`."""
    unchanged: int
    kept: int
    """Rows of which a person has set a field otherwise; the person's word stays."""
    erased: int
    """Rows of complaints whose words were erased; they stay so."""


class Comparing:
    """Compares rows of one source with what is here.

    Args:
        reader: of the store.
        source: whose complaints they are.
        fields: what each row says, `key` among them.
        derived: of these, those that follow from others and are not compared.
    """

    def __init__(self, reader: Reader, source: str, fields: Sequence[str], derived: Collection[str] = ()) -> None:
        self._reader, self._fields, self._seed = reader, tuple(fields), lot_rows.seed_of(source)
        self._key = self._fields.index("key")
        self._asked = select(complaint.c.uid, *(complaint.c[name] for name in self._fields))
        self._compared = [(at, name) for at, name in enumerate(self._fields) if name not in derived and name != "key"]
        here = select(complaint.c.id).where(complaint.c.source == source).limit(1)
        self.is_new = reader.connection.scalar(here) is None and not self._is_any_erased()
        """True when nothing is here that the rows could be compared with, or that was erased ahead of them."""

    def compare(self, rows: list[Row]) -> Compared:
        """Tell new rows from changed ones."""
        by_uid = {lot_rows.uid_of(self._seed, row[self._key]): row for row in rows}
        uids = list(by_uid)
        here = {found[0]: found[1:] for found in ask(self._reader.connection, self._asked, complaint.c.uid, uids)}
        edited = self._edited(uids)
        erased = erasing.fetch(self._reader.connection, [(_NOUN, uid) for uid in uids])
        added: list[Row] = []
        changed: list[Uid] = []
        kept = 0
        for uid, row in by_uid.items():
            bare = self._blanked(row) if erased[_NOUN, uid] else row
            if uid not in here:
                added.append(bare)
                continue
            differs, keeps = self._differs(bare, here[uid], edited.get(uid, frozenset()))
            kept += keeps
            if differs:
                changed.append(uid)
                by_uid[uid] = bare
        whole = list(self._whole(changed, by_uid))
        count = sum(erased.values())
        return Compared(added, whole, len(rows) - len(added) - len(changed), kept, count)

    def _is_any_erased(self) -> bool:
        """True when words may have been erased ahead of the first import that holds them."""
        table = tables.erased
        asked = select(table.c.entity).where(table.c.noun == _NOUN).limit(1)
        return self._reader.connection.scalar(asked) is not None

    def _edited(self, uids: Sequence[Uid]) -> dict[Uid, frozenset[str]]:
        """The fields that somebody has set, by complaint."""
        found = head_rows.fetch(self._reader.connection, [(_NOUN, uid) for uid in uids])
        return {uid: frozenset(heads) for (_, uid), heads in found.heads.items() if heads}

    def _differs(self, row: Row, here: Sequence[Any], edited: Collection[str]) -> tuple[bool, bool]:
        """Whether a row says something new, and whether a person's word stands against it."""
        differs = keeps = False
        for at, name in self._compared:
            if row[at] != spelled(here[at]):
                if name in edited:
                    keeps = True
                else:
                    differs = True
        return differs, keeps

    def _blanked(self, row: Row) -> Row:
        return [
            ({} if name == "more" else "") if name in _PERSONAL else cell
            for name, cell in zip(self._fields, row, strict=True)
        ]

    def _whole(self, uids: Sequence[Uid], rows: Mapping[Uid, Row]) -> Iterator[Row]:
        """Changed rows with everything that is here besides."""
        for found in ask(self._reader.connection, _WHOLE, complaint.c.uid, uids) if uids else ():
            said = dict(zip(ALL_FIELDS, map(spelled, found[1:]), strict=True))
            said |= dict(zip(self._fields, rows[found[0]], strict=True))
            yield [said[name] for name in ALL_FIELDS]


def spelled(value: Any) -> Any:
    """A value of a column as a row of a lot spells it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()[:-6] + "Z"
    return value.isoformat() if isinstance(value, date) else value
