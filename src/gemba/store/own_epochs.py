"""The stretches of the own journal, and what belongs to the store's own beginning."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from gemba.store import journal_tables as tables
from gemba.store.reading import Reader
from gemba.store.unit import Unit


def made_at(reader: Reader) -> datetime:
    """When this store was made."""
    made: datetime = reader.connection.execute(select(tables.device.c.created_at)).scalar_one()
    return made


def reach(unit: Unit) -> None:
    """Let past epochs reach as far as the journal does, after own operations have come back that a restore lacked."""
    past, operation = tables.past_epoch, tables.operation
    last = (
        select(func.max(operation.c.seq))
        .where(operation.c.device == unit.device.id, operation.c.epoch == past.c.epoch)
        .scalar_subquery()
    )
    unit.connection.execute(update(past).where(past.c.last_seq < last).values(last_seq=last))
