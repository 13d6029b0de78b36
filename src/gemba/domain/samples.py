"""What an audit looks at: drawn so that anybody can draw it again."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid

_ITEMS = uuid.UUID("c1f7a6e2-8b1d-4f39-9c7e-2f64be0b5a27")


class SamplingMethod(StrEnum):
    """How many are drawn, and from which strata."""

    ALL = "all"
    SIMPLE = "simple"
    PROPORTIONAL = "proportional"
    """Strata by their size, with a minimum each."""
    NEYMAN = "neyman"
    """Strata by size and spread."""
    DISCOVERY = "discovery"
    """As many as it takes to see at least one, were a share bad."""
    ACCEPTANCE = "acceptance"
    """MIL-STD-105E, single, normal."""


class Sample(Record, frozen=True, kw_only=True):
    """The frozen frame of an audit and what was drawn from it."""

    audit: Uid
    frame: str
    """SHA-256 of the kept frame: one decision a line, uid and stratum, sorted."""
    frame_count: int
    frame_sha256: str
    """Of the uids alone, sorted, one a line: what a draw is proved against."""
    begins: date
    ends: date
    """First and last day of the decisions in the frame."""
    filters: dict[str, str] = msgspec.field(default_factory=dict)
    undated: int = 0
    """Decisions that could not be in the frame because nothing says when they were made."""
    method: SamplingMethod
    strata: str = ""
    """What the strata are made of: `place`, `scenario`, `role`, `goal`; empty for none."""
    sizes: dict[str, str] = msgspec.field(default_factory=dict)
    """How many of how many were drawn, `n/N` by stratum."""
    settings: dict[str, str] = msgspec.field(default_factory=dict)
    """What the method was told: margin, share, miss, minimum, spread by stratum, AQL, level."""
    seed: str
    algorithm: str
    """Name and version of the algorithm."""
    count: int
    double_count: int = 0
    """How many of them two auditors judge."""
    replaces: Uid | None = None
    """The draw that it takes the place of."""
    reason: str = ""
    """Why it was drawn again."""
    drawn_at: datetime
    person: Uid


class SampleItem(Record, frozen=True, kw_only=True):
    """One decision that was drawn."""

    sample: Uid
    decision: Uid
    stratum: str = ""
    position: int
    """From 1, in the order in which it is judged."""
    weight: float = 1.0
    """Decisions of the frame that it stands for."""
    is_double: bool = False
    """True when both auditors judge it."""


def item_uid(sample: Uid, decision: Uid) -> Uid:
    """The uid of a decision in a sample."""
    return str(uuid.uuid5(_ITEMS, f"{sample}\0{decision}"))
