"""What was judged in an audit, asked of the database without reading the judgements themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from gemba.domain.record import Uid
from gemba.store.among import among
from gemba.store.audit_tables import judgement, sample_item
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.store.tables import evidence, finding


def handed_in_at(reader: Reader, audit: Uid, auditor: Uid) -> datetime | None:
    """When an auditor let go of the judgements of an audit; `None` while they may still change."""
    asked = select(func.max(judgement.c.handed_in_at)).where(
        judgement.c.audit == audit, judgement.c.auditor == auditor, judgement.c.taken_back.is_(False)
    )
    found: datetime | None = reader.connection.scalar(asked)
    return found


def place_in_sample(reader: Reader, sample: Uid, decision: Uid) -> tuple[int, bool] | None:
    """Position of a decision in a sample and whether both auditors judge it; `None` when it was not drawn."""
    asked = select(sample_item.c.position, sample_item.c.is_double).where(
        sample_item.c.sample == sample, sample_item.c.decision == decision
    )
    row = reader.connection.execute(asked).first()
    return None if row is None else (row[0], row[1])


def told_about(reader: Reader, subjects: Collection[str]) -> set[Subject]:
    """Findings and evidence that name one of these subjects (`judgement:uid`, `decision:uid`)."""
    found: set[Subject] = set()
    for noun, table in (("finding", finding), ("evidence", evidence)):
        asked = select(table.c.uid).where(among(reader.connection, table.c.subject, subjects))
        found |= {(noun, uid) for uid in reader.connection.scalars(asked)}
    return found
