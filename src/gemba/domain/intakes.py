"""Complaints that came from elsewhere, many at once."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.domain.record import Record, Uid


class Intake(Record, frozen=True, kw_only=True):
    """One import: what was taken from which file, and how it was read; the next file of its shape is read alike."""

    source: str
    """The name of the system or post that the file comes from."""
    file_name: str
    file_sha256: str
    """Of the file as it came; the file itself is not kept."""
    reading: dict[str, str] = msgspec.field(default_factory=dict)
    """How it was read: encoding, separator, date order, decimal mark, sheet, zone, key."""
    mapping: dict[str, str] = msgspec.field(default_factory=dict)
    """Column of the file to field of the complaint."""
    columns: tuple[str, ...] = ()
    """Titles of all columns, in order."""
    added: int
    changed: int
    unchanged: int
    refused: int
    imported_at: datetime
    person: Uid


class ComplaintLot(Record, frozen=True, kw_only=True):
    """Imported complaints, a few thousand in one file: one operation of the journal stands for all of them.

    What `rows` holds says `gemba.store.lot_rows`. Of several lots that hold the same complaint the newest counts.
    """

    intake: Uid
    rows: str
    """SHA-256 of the kept bytes with the rows."""
    count: int
    person: Uid
