"""Erasures inside lots: the words of an erased complaint go from every kept file in which they stand.

The file is written anew without them, the same wherever that is done; the lot names the new file, and an erasure on the
lot names the old ones, which are deleted here and everywhere. Two stores that erase different complaints of a lot do
not know of each other's file: whoever sees both takes out what either still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from sqlalchemy import select, update

from gemba.domain.erasures import Erasure
from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.store import erasing, lot_rows, lots
from gemba.store import journal_tables as tables
from gemba.store.among import among, ask
from gemba.store.complaint_tables import complaint, complaint_lot
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.lot_rows import Lot
from gemba.store.operations import values_in
from gemba.store.unit import Unit

_LOT = "complaint_lot"
_FEW = 20
REASON = "Rows of complaints that were erased"


class Forgetting:
    """Takes words out of lots within one transaction.

    Args:
        unit: the transaction.
        evidence: the kept files of the store.
        ids: makes uids.
        person: who orders it.
    """

    def __init__(self, unit: Unit, evidence: EvidenceFiles, ids: Callable[[], Uid], person: Uid) -> None:
        self._unit, self._evidence, self._ids, self._person = unit, evidence, ids, person

    def settle(self, erased: Collection[Uid] = ()) -> None:
        """Do all that is to be done once something was taken in or erased: lay what is pending, take words out.

        Args:
            erased: complaints that were erased, besides those whose erasures the transaction names.
        """
        self._repair()
        unclean = {lot.uid: lot for lot in lots.lay_pending(self._unit, self._evidence)}
        if self._unit.has_erased:
            now = {*erased, *(uid for (noun, uid) in _erased_now(self._unit) if noun == lots.NOUN)}
            unclean |= {lot.uid: lot for lot in self._holding(now)}
        for lot in unclean.values():
            self._clean(lot)
        self._unite()

    def _holding(self, complaints: Collection[Uid]) -> Iterator[ComplaintLot]:
        """The lots whose files hold words of one of these complaints, newest lots and older ones alike."""
        wanted = set(complaints)
        asked = select(complaint.c.source, complaint.c.key)
        keys: dict[str, list[bytes]] = {}
        for source, key in ask(self._unit.connection, asked, complaint.c.uid, sorted(wanted)):
            keys.setdefault(source, []).append(lot_rows.encode(key))
        for source in sorted(keys):
            for intake in self._unit.find(Intake, source=source):
                for lot in self._unit.find(ComplaintLot, intake=intake.uid):
                    if self._holds(lot, wanted, keys[source]):
                        yield lot

    def _holds(self, lot: ComplaintLot, wanted: set[Uid], keys: Collection[bytes]) -> bool:
        if len(keys) <= _FEW and not self._mentions(lot, keys):
            return False
        said = self._read(lot)
        return said is not None and any(uid in wanted and lot_rows.tells(said, row) for uid, row in _rows(said))

    def _mentions(self, lot: ComplaintLot, keys: Collection[bytes]) -> bool:
        """True when a key stands anywhere in a lot: told from its bytes, which is quicker than reading its rows."""
        try:
            lines = lot_rows.unpack(self._evidence.read(lot.rows))
        except Trouble:
            return False
        return b"\\u" in lines or any(key in lines for key in keys)  # letters may be spelled in two ways

    def _read(self, lot: ComplaintLot) -> Lot | None:
        if not self._evidence.has(lot.rows):
            return None
        try:
            return lots.read(self._evidence, lot)
        except Trouble:
            return None

    def _clean(self, lot: ComplaintLot) -> None:
        """Write the file of a lot anew without the words of any erased complaint."""
        said = self._read(lot)
        if said is None:
            return
        found = erasing.fetch(self._unit.connection, [(lots.NOUN, uid) for uid in said.uids])
        rows = [lot_rows.without_words(said, row) if found[lots.NOUN, uid] else row for uid, row in _rows(said)]
        kept, _ = self._evidence.keep(lot_rows.write(said, rows))
        if erasing.gone(self._unit.connection, {kept}):  # somebody knows of more that is erased; his file is on its way
            self._evidence.forget(kept)
            return
        self._name(lot, kept)

    def _name(self, lot: ComplaintLot, kept: str) -> None:
        """Let a lot name a file in place of all that it named before, and have those deleted."""
        before = {lot.rows, *self._said_of(lot)} - {kept}
        try:
            self._unit.change(ComplaintLot, lot.uid, rows=kept)
        except Refusal:  # that very file was erased by somebody who knows of more; his is on its way
            return
        table = complaint_lot
        of_it = (table.c.uid == lot.uid) & table.c.laid.in_([*before, *(lots.PARTLY + one for one in before)])
        partly = self._unit.connection.scalar(select(table.c.laid).where(of_it)) or ""
        if partly:  # the rows stand already, and were blanked one by one
            laid = (lots.PARTLY if partly.startswith(lots.PARTLY) else "") + kept
            self._unit.connection.execute(update(table).where(table.c.uid == lot.uid).values(laid=laid))
        gone = sorted(before - erasing.gone(self._unit.connection, before))
        if gone:
            self._unit.put(
                Erasure(
                    uid=self._ids(),
                    noun=_LOT,
                    entity=lot.uid,
                    blobs=tuple(gone),
                    reason=REASON,
                    ordered_at=self._unit.clock(),
                    person=self._person,
                )
            )

    def _repair(self) -> None:
        """Lots that name a file which was erased for good: of the others that were named the newest takes its place."""
        gone = select(tables.erased_blob.c.sha256)
        asked = select(complaint_lot.c.uid).where(complaint_lot.c.rows.in_(gone))
        for lot in self._unit.many(ComplaintLot, list(self._unit.connection.scalars(asked))):
            named = self._said_of(lot)
            lost = erasing.gone(self._unit.connection, named)
            left = [one for one in named if one not in lost and self._evidence.has(one)]
            if left:
                self._name(lot, left[0])

    def _unite(self) -> None:
        """Lots of which several files are named, all without words: the one that is shown stands alone."""
        table = tables.conflict
        asked = select(table.c.entity).where(table.c.noun == _LOT, table.c.field == "rows").distinct()
        for lot in self._unit.many(ComplaintLot, list(self._unit.connection.scalars(asked))):
            if len(set(self._said_of(lot))) > 1 and self._evidence.has(lot.rows):
                self._name(lot, lot.rows)

    def _said_of(self, lot: ComplaintLot) -> list[str]:
        """The files that the heads of a lot name, the newest first, and the one that is laid."""
        heads, table = self._unit.heads_of((_LOT, lot.uid)).get("rows", set()), tables.operation
        asked = select(table.c.hlc, table.c.uid, table.c.payload).where(
            among(self._unit.connection, table.c.uid, sorted(heads))
        )
        rows = sorted(self._unit.connection.execute(asked).all(), key=lambda row: (row.hlc, row.uid), reverse=True)
        named = [values_in(row.payload).get("rows", "") for row in rows]
        laid = self._unit.connection.scalar(select(complaint_lot.c.laid).where(complaint_lot.c.uid == lot.uid)) or ""
        return [one for one in dict.fromkeys([*named, laid.removeprefix(lots.PARTLY)]) if one]


def _erased_now(unit: Unit) -> Iterator[tuple[str, Uid]]:
    """The records that erasures of this transaction are about."""
    erasures = [uid for noun, uid in unit.touched() if noun == erasing.NOUN]
    yield from ((one.noun, one.entity) for one in unit.many(Erasure, erasures))


def _rows(said: Lot) -> Iterable[tuple[Uid, tuple[object, ...]]]:
    return zip(said.uids, said.rows, strict=True)
