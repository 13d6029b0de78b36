"""What a place cannot settle by itself: raised tier by tier, with what was tried, until somebody decides."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid

_CONFLICTS = uuid.UUID("0f5a2f3e-6b9d-4b70-a0c6-7a3f0cc1b0d4")
_DIVERGENCES = uuid.UUID("b6f6f0de-5a0e-4f6b-8a8e-0d3e7a0f5c21")
_STEPS = uuid.UUID("4d1c7a52-0b7e-4a4f-9d0c-6f5f3b1a9e77")


class EscalationSort(StrEnum):
    """Why it is raised; each sort has its own tiers, clock and forum."""

    OPERATIONAL = "operational"
    """A problem that this tier cannot solve."""
    CONFLICT = "conflict"
    """A decision contradicts a stated commitment."""
    COMPLIANCE = "compliance"
    """What the customer needs stands against a rule or a limit of risk."""
    DIVERGENCE = "divergence"
    """Customers are less satisfied though operations' figures stand still."""


class EscalationState(StrEnum):
    """Open until decided; a decision may be reopened, which is a step of its own."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Escalation(Record, frozen=True, kw_only=True):
    """A question that a higher tier has to decide."""

    number: str
    sort: EscalationSort = EscalationSort.OPERATIONAL
    title: str
    place: Uid
    severity: str = "medium"
    """`low`, `medium`, `high`, as the customer feels it."""
    subject: str = ""
    """What it is about first of all, as `noun:uid`."""
    links: tuple[str, ...] = ()
    """Further records that it names, as `noun:uid`."""
    goal: Uid | None = None
    """The commitment that is at stake."""
    tried: str
    """What was tried before; never empty."""
    asked: str
    """The decision that is asked for."""
    customer_side: str = ""
    """What speaks for the customer."""
    other_side: str = ""
    """What speaks for the rule, the risk or the cost."""
    tier: int = 1
    owner: str
    """Role that has to answer now."""
    forum: str = ""
    """Body that decides on escalations of this sort."""
    raised_at: datetime
    due_at: datetime | None = None
    """When the present tier has to have answered."""
    next_step: str = ""
    next_by: date | None = None
    state: EscalationState = EscalationState.OPEN
    outcome: str = ""
    """What was decided, in words."""
    decided_by: str = ""
    """Role or body."""
    decided_at: datetime | None = None
    """When it was decided or withdrawn; `None` while it is open."""
    expires: date | None = None
    """Until when the decision holds."""
    person: Uid


class EscalationStepSort(StrEnum):
    """What happened to an escalation."""

    RAISED = "raised"
    STEPPED = "stepped"
    """To the next tier."""
    SKIPPED = "skipped"
    """Past a tier, with the reason."""
    TRIED = "tried"
    ANSWERED = "answered"
    DECIDED = "decided"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    LOOKED_AT = "looked_at"
    """A review of leaders looked at it and it rolled over."""


class EscalationStep(Record, frozen=True, kw_only=True):
    """One thing that happened to an escalation; together they are its history."""

    escalation: Uid
    sort: EscalationStepSort
    tier: int
    owner: str
    text: str = ""
    """What was tried, answered or decided."""
    due_at: datetime | None = None
    happened_at: datetime
    person: Uid


class EscalationTier(Record, frozen=True, kw_only=True):
    """Who has to answer on a tier and within how long, by sort, severity and place; the nearest place counts."""

    sort: EscalationSort
    severity: str = ""
    """Empty for all severities."""
    place: Uid | None = None
    tier: int
    """From 1."""
    owner: str
    """Role."""
    hours: int
    """Calendar hours to answer in."""
    forum: str = ""
    valid_from: date
    retired: bool = False
    reason: str = ""
    made_at: datetime
    person: Uid


def conflict_uid(decision: Uid, goal: Uid) -> Uid:
    """The uid of the conflict escalation of a decision and the goal that it contradicts: one, whoever opens it."""
    return str(uuid.uuid5(_CONFLICTS, f"{decision}\0{goal}"))


def divergence_uid(signal: Uid) -> Uid:
    """The uid of the escalation that a signal of customers' measures leads to: one, whoever raises it."""
    return str(uuid.uuid5(_DIVERGENCES, signal))


def step_uid(escalation: Uid, what: str) -> Uid:
    """The uid of a step that there is only once, whoever writes it down: `raised`, `looked_at 2026-05-12`."""
    return str(uuid.uuid5(_STEPS, f"{escalation}\0{what}"))
