"""Settlements: how a person decided between what several had recorded without knowing of each other."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record, Uid


class Settlement(Record, frozen=True, kw_only=True):
    """One decision on one record. The values themselves stand in the operation that settles; this tells who and why."""

    noun: str
    """Noun of the record."""
    entity: Uid
    fields: tuple[str, ...]
    """What was in conflict and is settled."""
    sides: tuple[Uid, ...]
    """All operations that disagreed; they stay in the journal."""
    chosen: tuple[Uid, ...] = ()
    """Those whose values were taken; fewer than the fields where a value of its own was set."""
    reason: str
    settled_at: datetime
    person: Uid
