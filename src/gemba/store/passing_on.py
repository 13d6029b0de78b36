"""Packs of others that this store sends on: sealed for headquarters by somebody who handed work over."""

from __future__ import annotations

from collections.abc import Iterable

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


def arrived(unit: Unit, packs: Iterable[str], device: str = "") -> list[str]:
    """Let go of packs of others that headquarters has signed for; gives the names of their files.

    Args:
        unit: the transaction.
        packs: SHA-256 of each.
        device: that made them; once none of them waits, its walks are held.
    """
    table, wanted = tables.pack, list(packs)
    which = (table.c.sha256.in_(wanted), table.c.sort == SORT)
    files = list(unit.connection.scalars(select(table.c.file).where(*which)))
    if files:
        unit.connection.execute(delete(tables.delivery).where(tables.delivery.c.pack.in_(wanted)))
    unit.connection.execute(delete(table).where(*which))
    if device and not waiting(unit):
        assessments_touched.mark_anothers_held(unit.connection, device)
    return files
