"""Proves the rows that came in lots: each is what the newest lot says, overlaid by its operations.

Lots are read from the newest to the oldest; what a newer one has said, an older one cannot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import select

from gemba.domain.intakes import ComplaintLot
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.store import births, erasing, head_rows, lots, projection
from gemba.store import journal_tables as tables
from gemba.store.among import ask
from gemba.store.complaint_tables import complaint, complaint_lot
from gemba.store.evidence_files import UNTOLD, EvidenceFiles
from gemba.store.heads import Heads
from gemba.store.lot_order import OLDEST, orders
from gemba.store.lot_rows import Lot
from gemba.store.operations import values_in
from gemba.store.problem import Problem
from gemba.store.projection import Said
from gemba.store.reading import Reader

_NOUN = lots.NOUN
_AT_ONCE = 1000
_ROWS = select(complaint)
_SAYING = select(*(tables.operation.c[name] for name in ("uid", "hlc", "payload", "personal", "device")))

Some = list[tuple[Uid, tuple[Any, ...]]]


def rows(reader: Reader, evidence: EvidenceFiles) -> Iterator[Problem]:
    """Rows of complaints that are not what lots and operations say."""
    if reader.connection.scalar(select(complaint_lot.c.id).limit(1)) is None:
        return
    newest = orders(reader.connection)
    seen, unread = set[bytes](), set[Uid]()
    for lot, is_laid in _lots(reader, newest):
        if not is_laid:
            unread.add(lot.uid)
        if not evidence.has(lot.rows):
            unread.add(lot.uid)
            continue  # `gemba.store.check_files` tells of it, unless it is on its way
        try:
            said = lots.read(evidence, lot)
        except Trouble as trouble:
            if trouble.code in UNTOLD:
                raise
            unread.add(lot.uid)
            yield Problem("store.lot_unreadable", {"why": str(trouble.facts.get("why", trouble.code))})
            continue
        if is_laid:
            yield from _compare(reader, lot.uid, said, seen, unread)
    yield from _unfounded(reader, seen, unread)


def _lots(reader: Reader, newest: Mapping[Uid, Any]) -> Iterator[tuple[ComplaintLot, bool]]:
    """All lots, the newest first, and whether all of their rows stand in the table."""
    asked = select(complaint_lot.c.uid, complaint_lot.c.laid)
    laid: dict[Uid, str] = {row.uid: row.laid for row in reader.connection.execute(asked)}
    order = sorted(laid, key=lambda uid: newest.get(uid, OLDEST), reverse=True)
    for lot in reader.many(ComplaintLot, order):
        yield lot, laid[lot.uid] == lot.rows


def _compare(reader: Reader, lot: Uid, said: Lot, seen: set[bytes], unread: Collection[Uid]) -> Iterator[Problem]:
    remaining = iter(zip(said.uids, said.rows, strict=True))
    while some := list(islice(remaining, _AT_ONCE)):
        mine = [(uid, row) for uid, row in some if _short(uid) not in seen]
        seen.update(_short(uid) for uid, _ in mine)
        yield from _compare_some(reader, lot, said, mine, unread)


def _compare_some(reader: Reader, lot: Uid, said: Lot, some: Some, unread: Collection[Uid]) -> Iterator[Problem]:
    uids = [uid for uid, _ in some]
    stored = {row["uid"]: row for row in ask(reader.connection, _ROWS, complaint.c.uid, uids).mappings()}
    erased = erasing.fetch(reader.connection, [(_NOUN, uid) for uid in uids])
    heads = head_rows.fetch(reader.connection, [(_NOUN, uid) for uid in uids]).heads
    telling = _said(reader, {one for of in heads.values() for some_heads in of.values() for one in some_heads})
    for uid, row in some:
        facts = {"noun": _NOUN, "uid": uid}
        there = stored.get(uid)
        if there is None:
            yield Problem("store.row_missing", facts)
        elif there["lot"] not in unread:
            base = projection.based_on(_NOUN, said.values(row), erased=erased[_NOUN, uid])
            made = _overlaid(reader, uid, heads[_NOUN, uid], telling, base) if heads[_NOUN, uid] else base
            fields = [name for name, value in {**made, "lot": lot}.items() if there[name] != value]
            if fields:
                yield Problem("store.row_differs", {**facts, "fields": ", ".join(fields)})


def _overlaid(
    reader: Reader, uid: Uid, heads: Heads, telling: Mapping[Uid, Said], base: dict[str, Any]
) -> dict[str, Any]:
    """What lot and operations together say."""
    subject = (_NOUN, uid)
    projected = projection.project(subject, heads, telling, lambda: births.giver(reader.connection, subject), base)
    return base if projected.record is None else projection.columns_of(projected.record)


def _said(reader: Reader, operations: Collection[Uid]) -> dict[Uid, Said]:
    found = ask(reader.connection, _SAYING, tables.operation.c.uid, sorted(operations)) if operations else ()
    return {row.uid: Said(row.hlc, values_in(row.payload, row.personal), row.device) for row in found}


def _unfounded(reader: Reader, seen: Collection[bytes], unread: Collection[Uid]) -> Iterator[Problem]:
    """Rows that say they came in a lot, and did not."""
    every = select(complaint.c.uid, complaint.c.lot).where(complaint.c.lot.is_not(None))
    for uid, lot in reader.connection.execute(every.execution_options(yield_per=_AT_ONCE)):
        if lot not in unread and _short(uid) not in seen:
            yield Problem("store.row_unfounded", {"noun": _NOUN, "uid": uid})


def _short(uid: Uid) -> bytes:
    return bytes.fromhex(uid.replace("-", ""))
