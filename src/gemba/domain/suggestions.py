"""What the program would have said, beside what a person decided."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record, Uid
from gemba.domain.vocabularies import Facet


class Suggestion(Record, frozen=True, kw_only=True):
    """A code that the program suggested for a complaint, and the one that the person chose."""

    complaint: Uid
    facet: Facet
    suggested: str
    """Empty for "not sure"."""
    confidence: float
    """Calibrated, 0 to 1."""
    model: str
    """What made it: name, version and number of labels learned from."""
    final: str
    decided_at: datetime
    person: Uid
