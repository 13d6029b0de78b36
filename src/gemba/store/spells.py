"""What a record said from which day on, told from the journal: later changes do not rewrite what was expected before.

The read side.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select

from gemba.domain.leader_walks import Spell
from gemba.domain.nouns import NAMES
from gemba.domain.programmes import Schedule
from gemba.domain.record import Uid
from gemba.domain.walks import Route
from gemba.store.hlc import moment_of
from gemba.store.journal_tables import operation
from gemba.store.operations import values_in
from gemba.store.reading import Reader


def spells(reader: Reader, noun: type[Route | Schedule], uid: Uid, zone: str) -> list[Spell]:
    """A record as it stood, one spell after the other.

    Of several changes on one day the last holds for the whole day; what stood when its first day ended holds for all
    days before, too. The last spell is the record as it stands.

    Args:
        reader: of the store.
        noun: class of the record.
        uid: of the record; there are no spells of one that is not here.
        zone: IANA name; the days are those of its clocks.
    """
    now = reader.get(noun, uid)
    if now is None:
        return []
    starts: dict[date, Route | Schedule] = {}
    born: date | None = None
    values = msgspec.to_builtins(now)
    for hlc, change in _said(reader, NAMES[noun], uid):
        day = _day(hlc, zone)
        born = born or day
        values = {**values, **change}
        starts[day if day > born else date.min] = msgspec.convert(values, noun)
    starts[max(starts, default=date.min)] = now
    firsts = sorted(starts)
    return [Spell(starts[first], first, end) for first, end in zip(firsts, [*firsts[1:], date.max], strict=True)]


def _said(reader: Reader, noun: str, uid: Uid) -> list[tuple[str, dict[str, Any]]]:
    """What each operation on a record set, the first first."""
    asked = select(operation.c.hlc, operation.c.payload, operation.c.personal)
    asked = asked.where(operation.c.entity == uid, operation.c.noun == noun)
    rows = reader.connection.execute(asked.order_by(operation.c.hlc, operation.c.uid))
    return [(row.hlc, values_in(row.payload, row.personal)) for row in rows]


def _day(hlc: str, zone: str) -> date:
    return moment_of(hlc).astimezone(ZoneInfo(zone)).date()
