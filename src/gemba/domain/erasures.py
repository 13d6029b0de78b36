"""Erasure: taking what tells of a person out of the journal for good, everywhere it went."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record, Uid


class Erasure(Record, frozen=True, kw_only=True):
    """What is to be forgotten of one record, by whose order, and why.

    It travels like any other record, and wherever it arrives it holds for what is here and for what comes later. It
    is never itself erased, and nothing undoes it.
    """

    noun: str
    """Noun of the record."""
    entity: Uid
    """Its uid; the record need not be here yet."""
    blobs: tuple[str, ...] = ()
    """SHA-256 of kept bytes (photos, reports) that are to go, too."""
    reason: str
    """Why, in words that tell nothing of the person."""
    ordered_at: datetime
    person: Uid
    """Who ordered it."""
