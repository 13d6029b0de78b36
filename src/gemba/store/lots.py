"""Complaints that came many at once: laid into their table from kept files, whatever arrives first.

A record's row is what the newest lot says that holds it, overlaid field by field by the heads of its own operations.
A row waits until the records that it names are here; what waits for a complaint wakes when it is laid. So the rows are
a function of lots, operations and erasures, whatever the order in which they come (docs/decisions/033).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import exists, select, text, update

from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.store import journal_tables as tables
from gemba.store import lot_loading, lot_rows
from gemba.store.among import ask
from gemba.store.complaint_tables import complaint, complaint_lot
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.lot_order import OLDEST, Order, orders
from gemba.store.lot_rows import Lot, tells
from gemba.store.reading import Reader
from gemba.store.rows import references
from gemba.store.tables import TABLES
from gemba.store.unit import Unit

NOUN = "complaint"
PARTLY = "partly:"
"""Before the hash in `complaint_lot.laid`: rows of it wait for records that they name."""

_HERE = select(complaint.c.uid, complaint.c.lot)
_EDITED = select(tables.operation.c.entity).where(text(tables.ON_COMPLAINTS))
_AWAITED = select(tables.waiting.c.needs)
_ERASED = select(tables.erased.c.entity).where(tables.erased.c.noun == NOUN)

Some = dict[Uid, tuple[Any, ...]]
"""Rows by the uid of their complaint."""


class Laid(msgspec.Struct, frozen=True):
    """What became of a lot."""

    rows: int
    """That stand by this lot now and did not before."""
    waiting: int
    """That name a record which is not here yet."""
    unclean: bool
    """True when its file holds words of erased complaints."""


def pending(reader: Reader) -> list[ComplaintLot]:
    """The lots whose rows do not all stand in the table yet."""
    asked = select(complaint_lot.c.uid).where(complaint_lot.c.laid != complaint_lot.c.rows)
    return list(reader.many(ComplaintLot, list(reader.connection.scalars(asked.order_by(complaint_lot.c.id)))))


def is_pending(reader: Reader) -> bool:
    """True when some lot is not wholly laid."""
    return bool(reader.connection.scalar(select(exists().where(complaint_lot.c.laid != complaint_lot.c.rows))))


def read(evidence: EvidenceFiles, lot: ComplaintLot) -> Lot:
    """The rows of a lot from its kept file.

    Raises:
        Trouble: `store.lot_unreadable`, `store.evidence_missing`, `store.evidence_damaged`.
    """
    found = lot_rows.read(lot_rows.unpack(evidence.read(lot.rows)))
    if len(found.rows) != lot.count:
        raise Trouble("store.lot_unreadable", why="another number of rows")
    return found


class Laying:
    """Lays lots within one transaction.

    Args:
        unit: the transaction.
        apart: no two of the lots hold the same complaint, so that those it has laid need not be looked for.
    """

    def __init__(self, unit: Unit, *, apart: bool = False) -> None:
        self._unit, self._apart = unit, apart
        self._orders: dict[Uid, Order] = {}
        self._any = {
            name: bool(unit.connection.scalar(select(asked.exists())))
            for name, asked in (("rows", _HERE), ("edited", _EDITED), ("awaited", _AWAITED), ("erased", _ERASED))
        }
        self._places: set[Uid] = set()

    def lay(self, lot: ComplaintLot, said: Lot) -> Laid:
        """Lay a lot; again does no harm.

        Args:
            lot: the record.
            said: what its file says.

        Raises:
            Trouble: `store.lot_unreadable` when it is of another source than its import.
        """
        intake = self._unit.get(Intake, lot.intake)
        if intake is None or intake.source != said.same["source"]:
            raise Trouble("store.lot_unreadable", why="another source")
        every: Some = dict(zip(said.uids, said.rows, strict=True))
        waiting = self._unready(said, every)
        here = dict(iter(self._ask("rows", _HERE, complaint.c.uid, every)))
        settled = {uid for uid, there in here.items() if there == lot.uid} if self._is_partly_laid(lot) else set()
        rows = {uid: row for uid, row in every.items() if uid not in waiting and uid not in settled}
        older = {uid: row for uid, row in rows.items() if not self._has_newer(lot.uid, here.get(uid))} if here else rows
        erased = {uid for (uid,) in self._ask("erased", _ERASED, tables.erased.c.entity, every)}
        apart = here.keys() | erased | self._touched(older)
        slow = {uid: said.values(row) for uid, row in older.items() if uid in apart}
        self._insert(lot.uid, said, [(uid, row) for uid, row in older.items() if uid not in apart])
        if slow:
            self._unit.lay(NOUN, lot.uid, slow)
            self._any = dict.fromkeys(self._any, True)  # what waited may have woken
        unclean = any(tells(said, every[uid]) for uid in erased)
        self._note(lot, waiting=bool(waiting))
        return Laid(rows=len(older), waiting=len(waiting), unclean=unclean)

    def _is_partly_laid(self, lot: ComplaintLot) -> bool:
        laid = self._unit.connection.scalar(select(complaint_lot.c.laid).where(complaint_lot.c.uid == lot.uid))
        return laid == PARTLY + lot.rows

    def _insert(self, lot: Uid, said: Lot, new: Sequence[tuple[Uid, tuple[Any, ...]]]) -> None:
        if not new:
            return
        lot_loading.insert(self._unit.connection, lot, said, new)
        self._any["rows"] = self._any["rows"] or not self._apart

    def _touched(self, rows: Iterable[Uid]) -> set[Uid]:
        """Complaints with operations of their own, that something waits for, or that this unit has asked for."""
        found = {uid for (uid,) in self._ask("edited", _EDITED, tables.operation.c.entity, rows)}
        found |= {uid for (uid,) in self._ask("awaited", _AWAITED, tables.waiting.c.needs, rows)}
        return found | {uid for noun, uid in self._unit.rows_known() if noun == NOUN}

    def _unready(self, said: Lot, rows: Some) -> set[Uid]:
        """The rows that name a record which is not here."""
        names = said.head.fields
        shared = {name: said.head.all[name] for name in said.head.all}
        if any(not self._is_here(noun, uid) for noun, uid in references(NOUN, shared)):
            return set(rows)
        if "place" not in names:
            return set()
        at = names.index("place")
        away = {place for place in {row[at] for row in rows.values()} if place and not self._is_here("place", place)}
        return {uid for uid, row in rows.items() if row[at] in away} if away else set()

    def _is_here(self, noun: str, uid: Uid) -> bool:
        if uid not in self._places and self._unit.connection.scalar(
            select(TABLES[noun].c.id).where(TABLES[noun].c.uid == uid)
        ):
            self._places.add(uid)
        return uid in self._places

    def _has_newer(self, lot: Uid, there: Uid | None) -> bool:
        """True when a complaint stands by another lot that is newer."""
        if there is None or there == lot:
            return False
        if lot not in self._orders or there not in self._orders:
            self._orders = orders(self._unit.connection)
        return self._orders.get(there, OLDEST) > self._orders.get(lot, OLDEST)

    def _ask(self, what: str, asked: Any, column: Any, uids: Iterable[Uid]) -> Iterable[Any]:
        """The rows of a question about these complaints; nothing is asked of what is empty."""
        return ask(self._unit.connection, asked, column, list(uids)) if self._any[what] else ()

    def _note(self, lot: ComplaintLot, *, waiting: bool) -> None:
        laid = (PARTLY if waiting else "") + lot.rows
        table = complaint_lot
        self._unit.connection.execute(update(table).where(table.c.uid == lot.uid).values(laid=laid))


def lay_pending(unit: Unit, evidence: EvidenceFiles) -> list[ComplaintLot]:
    """Lay what can be laid of all that is pending: a file has arrived, or a record that rows name.

    Returns:
        Lots whose files hold words of erased complaints; `gemba.store.lot_erasing` takes them out.
    """
    unclean: list[ComplaintLot] = []
    if not is_pending(unit):
        return unclean
    laying = Laying(unit)
    for lot in pending(unit):
        if not evidence.has(lot.rows):
            continue
        with suppress(Trouble):  # one that cannot be read stays pending; `gemba check` tells of it
            said = read(evidence, lot)
            if laying.lay(lot, said).unclean:
                unclean.append(lot)
    return unclean
