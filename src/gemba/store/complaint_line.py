"""The line of a complaint in a list."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.complaint_clock import ClockState
from gemba.domain.record import Uid
from gemba.store.lines import Line


class ComplaintLine(Line, frozen=True, kw_only=True):
    """One complaint in a list."""

    number: str
    source: str
    received_at: datetime
    text: str
    """The summary, or how the customer's words begin."""
    place: str
    """Empty when it happened at no place that is known."""
    place_uid: Uid | None
    product: str
    step: str
    channel: str
    segment: str
    cause: str
    severity: str
    owner: str
    state: str
    due_at: datetime | None
    waits: bool
    """True while the customer waits and there is a target."""
    clock: ClockState
    duplicate_of: Uid | None
