"""What sites decide by themselves, and how far they may."""

from __future__ import annotations

import base64
import uuid
from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid

LARGEST_AMOUNT = 1e12
"""Of a decision or a limit; what is more was mistyped."""

_DECISIONS = uuid.UUID("5e0c7c0a-3a55-4f0e-9d53-0b1f6f8f2a61")


class Standing(StrEnum):
    """How a decision stands to the boundary that applied on its day."""

    WITHIN = "within"
    AT_LIMIT = "at_limit"
    BEYOND = "beyond"
    """More than the role may decide alone, and not escalated."""
    ESCALATED = "escalated"
    """More than the role may decide alone, and rightly escalated."""
    NEEDLESS = "escalated_needlessly"
    """Escalated though the role might have decided."""
    UNBOUNDED = "no_boundary"
    """No boundary says anything about this role and scenario: a gap."""
    UNTOLD = "not_told"
    """A boundary applies, and the entry does not say how much was decided."""


class Boundary(Record, frozen=True, kw_only=True):
    """What a role may decide or waive by itself, in which scenario, to what limit (hoshin kanri)."""

    scenario: str
    """Code for what kind of case: `refund`, `late_delivery`."""
    title: str
    role: str
    limit: float | None = None
    """The most that the role may decide alone, in `unit`; `None` when any amount is allowed."""
    unit: str = ""
    condition: str = ""
    """What else must hold, in words."""
    escalate_to: str = ""
    """Role that decides beyond the limit."""
    place: Uid | None = None
    """Where it holds, with all below; the nearest place counts."""
    goal: Uid | None = None
    """The commitment that it serves."""
    valid_from: date
    valid_to: date | None = None
    retired: bool = False
    reason: str = ""
    made_at: datetime
    person: Uid


class Decision(Record, frozen=True, kw_only=True):
    """A local operational decision: the population that alignment audits draw from."""

    number: str
    title: str
    """What was decided."""
    why: str = ""
    scenario: str = ""
    role: str
    """Who decided, by role."""
    decider: Uid | None = None
    """Who decided, where known as a person: nobody audits a decision of their own."""
    place: Uid
    decided_on: date
    customers: int | None = None
    """How many customers it touched."""
    segment: str = ""
    """Code of the vocabulary of segments."""
    goal: Uid | None = None
    """The commitment that it concerns, as far as who recorded it can tell."""
    contradicts: bool = False
    """True when it goes against what is promised, by the recorder's own word."""
    boundary: Uid | None = None
    """The boundary that it was held against."""
    amount: float | None = None
    """How much was decided, in the unit of the boundary."""
    unit: str = ""
    effect: str = ""
    """Cost and effect, in words."""
    escalated: bool = False
    standing: Standing = Standing.UNBOUNDED
    """As it stood when it was recorded or last changed."""
    exception: str = ""
    """Code of the standard exception that it follows; empty for none."""
    expires: date | None = None
    """Until when it holds; afterwards it is to be decided anew."""
    source: str = ""
    """System or file that it was imported from; empty when entered here."""
    key: str = ""
    """What tells it apart there."""
    recorded_at: datetime
    person: Uid


def decision_uid(source: str, key: str) -> Uid:
    """The uid of an imported decision: the same wherever and however often its file is imported."""
    return str(uuid.uuid5(_DECISIONS, f"{source}\0{key}"))


def imported_number(decision: Uid) -> str:
    """The human number of an imported decision: as its uid, the same wherever its file is imported."""
    letters = base64.b32encode(uuid.UUID(decision).bytes).decode().lower().translate(_PLAIN).upper()
    return f"D-{letters[:6]}-{letters[6:10]}"


_PLAIN = str.maketrans("ilou", "0189")
"""Letters that are easily misread give way to the digits that base 32 leaves out."""
