"""Which of several lots that hold the same record is the newest: the one whose first operation has the latest clock.

What became of a lot later (words taken out of its file) does not make it newer.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from gemba.domain.record import Uid
from gemba.store import journal_tables as tables
from gemba.store.complaint_tables import complaint_lot
from gemba.store.operations import Header

Order = tuple[str, Uid]
"""Clock and id of the operation that a lot came with; greater is newer."""

OLDEST: Order = ("", "")

_ABOUT_LOTS = (
    select(tables.operation.c.entity, tables.operation.c.hlc, tables.operation.c.uid, tables.operation.c.header)
    .where(tables.operation.c.entity.in_(select(complaint_lot.c.uid)), tables.operation.c.noun == "complaint_lot")
    .execution_options(yield_per=1000)
)


def orders(connection: Connection) -> dict[Uid, Order]:
    """Of each lot how new it is; the operations that are here decide, however they came."""
    found: dict[Uid, Order] = {}
    for entity, hlc, uid, header in connection.execute(_ABOUT_LOTS):
        if not msgspec.json.decode(header, type=Header).parents:
            found[entity] = min(found.get(entity, (hlc, uid)), (hlc, uid))
    return found
