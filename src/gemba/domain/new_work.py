"""Which records ask for new work at a place, and which stand where the record stands that they are a part of.

A place that goes on in another gets nothing new: whatever names a place asks for work there, unless it is said here
that it belongs to something that stands there already. A new noun with a place therefore needs no word here.
"""

from __future__ import annotations

from gemba.domain.record import Record

BELONGS = {
    "finding": "assessment",
    "observation": "assessment",
    "judgement": "audit",
    "effect_check": "action",
    "cluster_decision": "review",
    "cause_analysis": "finding",
}
"""Nouns whose place is that of another record, and the field that names it (for an analysis one of several)."""

_CONTINUES = ("corrects", "replaces")
"""Fields that name the record which a new one puts right or follows: it stays where that is."""


def asks_for_work(noun: str, record: Record) -> bool:
    """Whether a new record is done where its place goes on, instead of standing where it says."""
    return noun not in BELONGS and not any(getattr(record, field, None) for field in _CONTINUES)
