"""How long what tells of a person is kept, and to whom it was shown."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record, Uid


class RetentionRule(Record, frozen=True, kw_only=True):
    """How many days after closing the personal part of a complaint is kept, in a region, for a purpose."""

    place: Uid | None = None
    """The region; the nearest rule holds. `None` for everywhere."""
    purpose: str = ""
    """The purpose that it holds for; empty for any."""
    days: int
    basis: str = ""
    """The law or contract that asks for it."""
    needs_consent: bool = False
    """True where nothing may be quoted, not even redacted, without consent."""
    retired: bool = False
    made_at: datetime
    person: Uid


class Disclosure(Record, frozen=True, kw_only=True):
    """That somebody was given all that is kept of one person."""

    about: str
    """Whom it was about, as it was asked for."""
    records: int
    sha256: str
    """Of the report."""
    reason: str
    disclosed_at: datetime
    person: Uid
