"""What worked, told so that others can use it, and where it was carried to."""

from __future__ import annotations

from datetime import datetime

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
    """What is done, a step a line."""
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
    """Role that answers questions about it."""
    retired: bool = False
    made_at: datetime
    person: Uid


class Transfer(Record, frozen=True, kw_only=True):
    """A pattern carried to another place.

    What is done there is an action of that place: its owner and due date, the day it goes live and its own checks after
    30, 60 and 90 days are the action's.
    """

    number: str
    pattern: Uid
    place: Uid
    action: Uid
    adapted: str = ""
    """What is done otherwise here, and why."""
    stopped_because: str = ""
    """Why it is not carried on; empty while it is."""
    made_at: datetime
    person: Uid
