"""What worked, told so that others can use it, and where it was carried to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class Pattern(Record, frozen=True, kw_only=True):
    """A playbook pattern: what was done where, on what it rests, and what proves that it worked."""

    number: str
    title: str
    problem: str
    """What it answers, in the customer's words where there are any."""
    context: str
    """Conditions that must hold."""
    capability: str = ""
    """What people must be able to do."""
    data: str = ""
    """What must be known or measured."""
    how: str
    """What is done, step by step."""
    proof: str
    """Outcome, and how it was seen."""
    place: Uid | None = None
    """Where it worked."""
    step: str = ""
    cause: str = ""
    action: Uid | None = None
    """The action that it comes from."""
    links: tuple[str, ...] = ()
    """Charts, reviews and files that prove it, as `noun:uid`."""
    owner: str = ""
    retired: bool = False
    made_at: datetime
    person: Uid


class TransferState(StrEnum):
    """How far a pattern has come at another place."""

    PROPOSED = "proposed"
    ADAPTING = "adapting"
    LIVE = "live"
    HOLDS = "holds"
    """Seen to hold 90 days after it went live."""
    STOPPED = "stopped"


class Transfer(Record, frozen=True, kw_only=True):
    """A pattern carried to another place, with checks of its own after 30, 60 and 90 days."""

    number: str
    pattern: Uid
    place: Uid
    state: TransferState = TransferState.PROPOSED
    adapted: str = ""
    """What is done otherwise here, and why."""
    owner: str = ""
    due: date | None = None
    live_on: date | None = None
    reason: str = ""
    """Why it was stopped."""
    made_at: datetime
    person: Uid
