"""The stretches of the own journal, and what belongs to the store's own beginning."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from gemba.store import assessments_touched
from gemba.store import journal_tables as tables
from gemba.store.pen import position
from gemba.store.reading import Reader
from gemba.store.unit import Unit


def made_at(reader: Reader) -> datetime:
    """When this store was made."""
    made: datetime = reader.connection.execute(select(tables.device.c.created_at)).scalar_one()
    return made


def reach(unit: Unit) -> None:
    """Let past epochs reach as far as the journal does, after own operations have come back that a restore lacked.

    What they concern is own work again: without that it would pass for what headquarters has sent, and so for held.
    """
    past, operation = tables.past_epoch, tables.operation
    for epoch, known in unit.connection.execute(select(past.c.epoch, past.c.last_seq)).all():
        own = (operation.c.device == unit.device.id, operation.c.epoch == epoch, operation.c.seq > known)
        last = unit.connection.scalar(select(func.max(operation.c.seq)).where(*own))
        if last is None:
            continue
        concerned = unit.connection.execute(select(operation.c.noun, operation.c.entity).where(*own).distinct())
        assessments_touched.mark(unit.connection, {(row.noun, row.entity) for row in concerned}, position(epoch, last))
        unit.connection.execute(update(past).where(past.c.epoch == epoch).values(last_seq=last))
