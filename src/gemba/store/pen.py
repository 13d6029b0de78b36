"""Appends to the own journal within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from gemba.domain.nouns import BLOB_FIELDS, IN_LOTS, PERSONAL_FIELDS, blobs_of
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import assessments_touched, erasing, hlc, operations
from gemba.store import journal_tables as tables
from gemba.store.device import Device
from gemba.store.heads import Subject
from gemba.store.operations import Place
from gemba.store.rows import references
from gemba.store.settling import Settling

_OWN = select(tables.device.c.seq, tables.device.c.hlc)


class Pen:
    """The one hand that writes this store's journal.

    Args:
        connection: in a transaction that writes.
        device: who signs.
        person: in whose name.
        now: the wall clock, aware.
    """

    def __init__(self, connection: Connection, device: Device, person: Uid, now: datetime) -> None:
        self._connection = connection
        self._device = device
        self._person = person
        self._now = now
        own = connection.execute(_OWN).one()
        self._seq: int = own.seq
        self._hlc: str = own.hlc
        self._begun = (self._seq, self._hlc)
        self._own: set[Subject] = set()
        self.settling = Settling(connection)

    def append(self, noun: str, entity: Uid, values: Mapping[str, Any]) -> None:
        """Append one signed operation that sets these fields, having seen all their heads.

        Raises:
            Refusal: `store.unknown_record` when a value names a record that is not here, `store.erased` when it says
                something that an erasure has taken out for good.
        """
        self._refuse_erased(noun, entity, values)
        seq, now = self._seq + 1, self._tick()
        place = Place(self._device.id, self._device.epoch, seq, now, self._person)
        heads = self.settling.heads((noun, entity))
        parents = {uid for field in values for uid in heads.get(field, ())}
        operation = operations.make(place, noun, entity, values, parents, self._device.sign)
        if not self.settling.take_new(operation):
            raise Refusal("store.unknown_record", noun=noun, uid=entity)
        self._seq, self._hlc = seq, now
        self._own.add((noun, entity))

    def append_new(self, noun: str, records: Sequence[tuple[Uid, Mapping[str, Any]]]) -> None:
        """Append one signed operation for each of these new records, and write what they amount to together.

        There may be very many: which of them were touched is not remembered one by one.

        Args:
            noun: of all of them; none that comes in lots.
            records: uid and every field of each.

        Raises:
            Refusal: `store.exists`, `store.unknown_record`; then nothing is appended.
        """
        if noun in IN_LOTS:
            raise TypeError(f"records of {noun} are appended one by one")
        self._demand_new(noun, records)
        made = []
        for entity, values in records:
            self._seq, self._hlc = self._seq + 1, self._tick()
            place = Place(self._device.id, self._device.epoch, self._seq, self._hlc, self._person)
            made.append(operations.make(place, noun, entity, values, set(), self._device.sign))
        self.settling.take_all(made)
        if assessments_touched.may_concern(noun):
            self._own.update(one.subject for one in made)
        self.settling.let_go({one.subject for one in made})

    def _tick(self) -> str:
        """The next reading of the clock; the first of a transaction has a millisecond of its own."""
        is_first = self._seq == self._begun[0]
        return hlc.tick(hlc.closed(self._hlc) if is_first else self._hlc, self._now)

    def _demand_new(self, noun: str, records: Sequence[tuple[Uid, Mapping[str, Any]]]) -> None:
        uids = {uid for uid, _ in records}
        known = self.settling.known_among({(noun, uid) for uid in uids})
        if known or len(uids) < len(records):
            raise Refusal("store.exists", noun=noun, uid=min(uid for _, uid in known) if known else "")
        lacking = self.settling.lacking_of(references(noun, values) for _, values in records)
        if lacking:
            raise Refusal("store.unknown_record", noun=lacking[0], uid=lacking[1])

    def _refuse_erased(self, noun: str, entity: Uid, values: Mapping[str, Any]) -> None:
        """Demand that nothing is said again that was erased."""
        apart = PERSONAL_FIELDS.get(noun, frozenset())
        if not apart.isdisjoint(values) and self.settling.is_erased((noun, entity)):
            raise Refusal("store.erased", noun=noun, uid=entity)
        if noun in BLOB_FIELDS:
            gone = erasing.gone_among(self._connection, blobs_of(noun, values))
            if gone:
                raise Refusal("store.erased_file", sha256=gone)

    def adopt(self, foreign: Iterable[str]) -> None:
        """Let the own clock go on from what others have recorded, unless theirs runs wild."""
        for one in foreign:
            if one > self._hlc:
                self._hlc = hlc.adopt(self._hlc, one, self._now)

    def lift(self) -> None:
        """Write down how far journal and clock have come, and what the own operations concern."""
        if self._own:
            assessments_touched.mark(self._connection, self._own, position(self._device.epoch, self._seq))
        if self._begun != (self._seq, self._hlc):
            self._connection.execute(update(tables.device).values(seq=self._seq, hlc=self._hlc))


def position(epoch: str, seq: int) -> int:
    """A place in the own journal as one integer, so that places can be compared over all epochs."""
    return (int(epoch[:4]) << 40) + seq
