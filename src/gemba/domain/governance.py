"""Who meets about what: bodies with members and terms, meetings with agenda, minutes and decisions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class GovernanceBody(Record, frozen=True, kw_only=True):
    """A council, board, huddle or forum that decides."""

    title: str
    purpose: str
    place: Uid | None = None
    schedule: Uid | None = None
    """How often it meets."""
    takes: tuple[str, ...] = ()
    """What its agenda is built from: `escalation`, `action`, `commitment`, `finding`, `signal`, `review`, `audit`."""
    quorum: int | None = None
    retired: bool = False
    made_at: datetime
    person: Uid


class BodyMember(Record, frozen=True, kw_only=True):
    """A seat of a body, and who has it for which term."""

    body: Uid
    role: str
    """The seat."""
    member: Uid | None = None
    """Who has it, where known as a person; vacant when nobody."""
    is_chair: bool = False
    begins: date
    ends: date | None = None
    """Last day of the term."""
    made_at: datetime
    person: Uid


class MeetingState(StrEnum):
    """Planned, held with minutes, or called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Meeting(Record, frozen=True, kw_only=True):
    """One meeting of a body."""

    number: str
    body: Uid
    planned_on: date
    held_on: date | None = None
    agenda: tuple[str, ...] = ()
    """In order: records as `noun:uid`, or words."""
    present: str = ""
    """Roles."""
    minutes: str = ""
    decided: dict[str, str] = msgspec.field(default_factory=dict)
    """Decision by entry of the agenda; what has none rolls over to the next meeting."""
    state: MeetingState = MeetingState.PLANNED
    reason: str = ""
    """Why it was called off or moved."""
    made_at: datetime
    person: Uid
