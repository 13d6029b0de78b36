"""Packs of others that this store sends on: sealed for headquarters by somebody who handed work over."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from gemba.domain.assessments import Custody
from gemba.store import assessments_touched
from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.transit import Pack
from gemba.store.unit import Unit

SORT = "passed"


def add(unit: Unit, pack: Pack) -> bool:
    """Note a pack to be sent on; false when it is noted already."""
    table = tables.pack
    if unit.connection.scalar(select(table.c.id).where(table.c.sha256 == pack.sha256)) is not None:
        return False
    row = {name: getattr(pack, name) for name in Pack.__struct_fields__}
    unit.connection.execute(insert(table).values(**row, sort=SORT))
    return True


def waiting(reader: Reader) -> list[str]:
    """SHA-256 of the packs of others that headquarters has not signed for yet."""
    table = tables.pack
    asked = select(table.c.sha256).where(table.c.sort == SORT, table.c.state != Custody.HELD).order_by(table.c.id)
    return list(reader.connection.scalars(asked))


def arrived(unit: Unit, pack: str, device: str) -> list[str]:
    """Let go of a pack of somebody else that headquarters has signed for.

    Once no pack of that device waits any more, headquarters holds the walks that came with them.

    Args:
        unit: the transaction.
        pack: its SHA-256.
        device: that made it.

    Returns:
        The name of its file, where it was waiting.
    """
    table, operation = tables.pack, tables.operation
    which = (table.c.sha256 == pack, table.c.sort == SORT)
    files = list(unit.connection.scalars(select(table.c.file).where(*which)))
    if files:
        unit.connection.execute(delete(tables.delivery).where(tables.delivery.c.pack == pack))
    unit.connection.execute(delete(table).where(*which))
    epochs = select(operation.c.epoch).where(operation.c.device == device)
    others = select(table.c.id).where(table.c.sort == SORT, table.c.state != Custody.HELD, table.c.epoch.in_(epochs))
    if unit.connection.scalar(others.limit(1)) is None:
        assessments_touched.mark_anothers_held(unit.connection, device)
    return files
