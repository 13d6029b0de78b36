"""Governed words: the codes that complaints, findings and causes are tagged with."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class Facet(StrEnum):
    """What is tagged: product x process step x channel x segment, and the cause."""

    PRODUCT = "product"
    STEP = "step"
    CHANNEL = "channel"
    SEGMENT = "segment"
    CAUSE = "cause"


class Vocabulary(Record, frozen=True, kw_only=True):
    """One version of the codes of a facet; it never changes, a later version takes its place."""

    facet: Facet
    version: int
    """From 1; two stewards may make the same version apart, which is a conflict that a person settles."""
    terms: dict[str, str]
    """Title by code."""
    parents: dict[str, str] = msgspec.field(default_factory=dict)
    """Code above by code, where there is one."""
    domains: dict[str, str] = msgspec.field(default_factory=dict)
    """Of causes: `process`, `policy`, `people` or `technology` by code."""
    crosswalk: dict[str, str] = msgspec.field(default_factory=dict)
    """From codes of the version before that are no more to codes that take their place."""
    reason: str = ""
    released_at: datetime
    person: Uid
