"""The unit of work: records and journal operations in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, select

from gemba.domain.change import Change
from gemba.domain.nouns import NAMES
from gemba.domain.record import Record, Uid
from gemba.errors import Refusal
from gemba.store import assessments_touched, journal_tables
from gemba.store.device import Device, begin_epoch
from gemba.store.heads import Heads, Subject
from gemba.store.operations import Operation
from gemba.store.pen import Pen
from gemba.store.reading import Clock, Reader
from gemba.store.standing_places import at_standing_places, moved_to_standing_places
from gemba.store.upserting import upsert

R = TypeVar("R", bound=Record)

_LETTERS = {
    "assessment": "A",
    "finding": "F",
    "action": "C",
    "complaint": "K",
    "complaint_review": "R",
    "cause_analysis": "W",
    "register_entry": "E",
    "decision": "D",
    "escalation": "S",
    "programme": "P",
    "audit": "Q",
    "calibration_session": "B",
    "rotation": "L",
    "commitment": "V",
    "time_study": "T",
    "meeting": "M",
    "pattern": "Y",
    "transfer": "Z",
}
"""First letters of human numbers: an action is a correction or corrective action, an analysis asks why, an escalation
steps up, an audit comes each quarter, a session finds bearings."""


class Unit(Reader):
    """One transaction that writes: every change is a record and a signed operation, or nothing.

    Args:
        connection: in a transaction that writes.
        device: whose store it is.
        clock: gives the time of the operations.
        person: in whose name.
    """

    def __init__(self, connection: Connection, device: Device, clock: Clock, person: Uid) -> None:
        super().__init__(connection, device, clock)
        self._pen = Pen(connection, device, person, clock())
        self._is_cloned = False  # true once somebody else is seen to use this store's identity

    def get(self, noun: type[R], uid: Uid) -> R | None:
        """The record with this uid as this unit has left it, read at most once; `None` when it is not here."""
        row = self._pen.settling.row((NAMES[noun], uid))
        return None if row is None else msgspec.convert({name: row[name] for name in noun.__struct_fields__}, noun)

    def put(self, record: R) -> R:
        """Keep a new record, at the place in which the one that it names goes on (`gemba.store.standing_places`).

        Returns:
            The record as it is kept.

        Raises:
            Refusal: `store.exists` when its uid is known, `store.unknown_record` when it names a record that is not.
        """
        noun = NAMES[type(record)]
        if self.get(type(record), record.uid) is not None:
            raise Refusal("store.exists", noun=noun, uid=record.uid)
        return self._bear(record)

    def put_many(self, records: Sequence[Record]) -> None:
        """Keep many new records of one noun: as `put` of each, in a fraction of the time.

        `change_made` does not name them: whoever asks for it adds the noun.

        Raises:
            Refusal: `store.exists` when one of them is known, `store.unknown_record` when one names a record that is
                not; then nothing of them is kept.
        """
        if records:
            name = NAMES[type(records[0])]
            values = [msgspec.to_builtins(at_standing_places(self._place_row, name, record)) for record in records]
            self._pen.append_new(NAMES[type(records[0])], [(one.pop("uid"), one) for one in values])

    def keep(self, record: R, *fields: str) -> R:
        """Keep a record whether it is new or not: a new one as it is, of a known one these fields (all if none named).

        Returns:
            The record as it stands now.

        Raises:
            Refusal: `store.unknown_record` when it names a record that is not here.
        """
        before = self.get(type(record), record.uid)
        if before is None:
            return self._bear(record)
        return self._change(before, {name: getattr(record, name) for name in fields or record.__struct_fields__})

    def change(self, noun: type[R], uid: Uid, **fields: Any) -> R:
        """Set fields of a record; nothing is written when all of them say so already and none is in conflict.

        Returns:
            The record as it stands now.

        Raises:
            Refusal: `store.unknown_record`.
        """
        name = NAMES[noun]
        before = self.get(noun, uid)
        if before is None:
            raise Refusal("store.unknown_record", noun=name, uid=uid)
        return self._change(before, moved_to_standing_places(self._place_row, name, before, fields))

    def say_again(self, noun: type[R], uid: Uid, **fields: Any) -> R:
        """Set fields to what somebody said before: as `change`, but a place that went on meanwhile is said, too.

        Returns:
            The record as it stands now.

        Raises:
            Refusal: `store.unknown_record`.
        """
        before = self.get(noun, uid)
        if before is None:
            raise Refusal("store.unknown_record", noun=NAMES[noun], uid=uid)
        return self._change(before, fields)

    def number(self, noun: type[Record]) -> str:
        """The next human number, made here and without gaps: `A-K7QD2M-0012`."""
        prefix = f"{_LETTERS[NAMES[noun]]}-{self.device.code}"
        table = journal_tables.counter
        last = self.connection.scalar(select(table.c.last).where(table.c.prefix == prefix)) or 0
        self._upsert(table, {"prefix": prefix, "last": last + 1})
        return f"{prefix}-{last + 1:04d}"

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a local choice; it is no part of the journal."""
        self._upsert(journal_tables.setting, {"key": key, "value": value})

    def change_made(self, uid: Uid = "") -> Change:
        """What was touched so far, so that screens know what to draw again."""
        touched = self._pen.settling.touched
        return Change(topics=frozenset(noun for noun, _ in touched), uids=frozenset(one for _, one in touched), uid=uid)

    def came_from_another(self) -> None:
        """Note that another laptop brought what was taken in so far, and takes it to headquarters itself."""
        assessments_touched.mark_anothers(self.connection, self._pen.settling.touched.keys())

    def touched(self) -> Collection[Subject]:
        """The records that were touched so far."""
        return self._pen.settling.touched

    def born(self) -> Collection[Subject]:
        """Records of which nothing stood in the journal before this unit, as far as that is sure."""
        return self._pen.settling.born()

    def in_dispute(self) -> Collection[Subject]:
        """Of the records that were touched those of which a field was set by several."""
        return self._pen.settling.disputes

    def rows_known(self) -> Mapping[Subject, Mapping[str, Any] | None]:
        """Rows of records as this unit has left them, as far as it remembers them."""
        return self._pen.settling.rows_known()

    def senseless(self) -> dict[Subject, tuple[tuple[str, Uid], ...]]:
        """Of records that were touched: fields, and operations that set them to what no such field can hold."""
        return self._pen.settling.senseless

    def take(self, operations: Collection[Operation]) -> None:
        """Take in operations of other devices (`gemba.store.journal.merge`)."""
        self._pen.settling.take_all(operations)
        headers = [one.header for one in operations]
        self._pen.adopt(one.hlc for one in reversed(headers))  # the latest first: there is little to adopt after it
        own, epoch = self.device.id, self.device.epoch
        self._is_cloned = self._is_cloned or any(one.device == own and one.epoch == epoch for one in headers)

    def lay(self, noun: str, lot: Uid, bases: Mapping[Uid, Mapping[str, Any]]) -> None:
        """Let records stand that came in a lot (`gemba.store.lots`)."""
        self._pen.settling.lay(noun, lot, bases)

    def heads_of(self, subject: Subject) -> Heads:
        """The heads of a record's fields as this unit has left them."""
        return self._pen.settling.heads(subject)

    def heal(self, operations: Collection[Operation]) -> None:
        """Put missing parts into operations that are here without them (`gemba.store.journal.merge`)."""
        self._pen.settling.heal(operations)

    @property
    def has_erased(self) -> bool:
        """True once an erasure was written or taken in: then files are to go, too."""
        return self._pen.settling.has_erased

    def finish(self) -> None:
        """Close the books; the store calls it before it commits."""
        self._pen.lift()
        if self._is_cloned:
            begin_epoch(self.connection)

    def _bear(self, record: R) -> R:
        noun = NAMES[type(record)]
        kept = at_standing_places(self._place_row, noun, record)
        values = msgspec.to_builtins(kept)
        del values["uid"]
        self._pen.append(noun, record.uid, values)
        return kept

    def _place_row(self, uid: Uid) -> Mapping[str, Any] | None:
        return self._pen.settling.row(("place", uid))

    def _change(self, before: R, fields: Mapping[str, Any]) -> R:
        """One operation with the fields that differ, or that several have set without knowing of each other."""
        subject = (NAMES[type(before)], before.uid)
        after = msgspec.structs.replace(before, **fields)
        old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
        disputed = self._pen.settling.disputed(subject)
        values = {field: new[field] for field in fields if new[field] != old[field] or field in disputed}
        if values:
            self._pen.append(*subject, values)
        return after

    def _upsert(self, table: Any, values: dict[str, Any]) -> None:
        keys = [column.name for column in table.primary_key]
        rest = {name: value for name, value in values.items() if name not in keys}
        known = upsert(self.connection, table).values(values)
        self.connection.execute(known.on_conflict_do_update(index_elements=keys, set_=rest))
