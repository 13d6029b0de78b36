"""Whether a decision keeps a promise: what auditors judge, agree on, and what the auditee answers."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid

_JUDGEMENTS = uuid.UUID("e6a0b7d9-51c8-4c0a-8f57-0a5f3a4b9d38")


class AlignmentVerdict(StrEnum):
    """How a decision stands to a goal."""

    ALIGNED = "aligned"
    PART = "part"
    CONTRARY = "contrary"
    CANNOT_TELL = "cannot_tell"
    """No evidence either way; counted apart, never as aligned."""


class Confidence(StrEnum):
    """How sure an auditor is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Constraint(StrEnum):
    """What forced a decision that is not aligned."""

    NONE = ""
    RULE = "rule"
    BUDGET = "budget"
    STAFF = "staff"
    SYSTEM = "system"
    AUTHORITY = "authority"
    TARGET = "target"
    """Another target that pulled the other way."""
    TIME = "time"
    KNOWLEDGE = "knowledge"
    """The promise was not known."""
    UNKNOWN = "unknown"


class Judgement(Record, frozen=True, kw_only=True):
    """What one auditor says of one decision against one goal; blind until both have handed in."""

    audit: Uid
    decision: Uid
    goal: Uid
    """The version of the goal that held where and when it was decided."""
    place: Uid
    """Of the decision."""
    quarter: str
    """Of the decision, `2026-Q4`."""
    auditor: Uid
    is_lead: bool = True
    """True when it counts by itself; a second judgement counts only through what both agree on."""
    verdict: AlignmentVerdict
    evidence_for: str = ""
    evidence_against: str = ""
    constraint: Constraint = Constraint.NONE
    confidence: Confidence = Confidence.MEDIUM
    exception: str = ""
    """Why going against the goal was justified here; empty when it was not."""
    exception_until: date | None = None
    cause: str = ""
    """Code of the vocabulary of causes: what is behind it, beyond this one decision."""
    note: str = ""
    judged_at: datetime
    handed_in_at: datetime | None = None
    """When its auditor let go of it; from then on the other auditor may see it, and it changes no more."""
    taken_back: bool = False
    """True when its auditor undid it before handing in: it stands for nothing, and `is_lead` is false with it."""
    person: Uid


def judgement_uid(audit: Uid, decision: Uid, goal: Uid, auditor: Uid) -> Uid:
    """The uid of what an auditor says of a decision against a goal, wherever it is said."""
    return str(uuid.uuid5(_JUDGEMENTS, f"{audit}\0{decision}\0{goal}\0{auditor}"))


class AgreedVerdict(Record, frozen=True, kw_only=True):
    """What two auditors agreed on after they had judged apart."""

    audit: Uid
    decision: Uid
    goal: Uid
    verdict: AlignmentVerdict
    constraint: Constraint = Constraint.NONE
    exception: str = ""
    exception_until: date | None = None
    cause: str = ""
    reason: str
    """What settled it; never empty."""
    judgements: tuple[str, ...] = ()
    """The judgements that differed."""
    present: str = ""
    """Who agreed, by role."""
    agreed_at: datetime
    person: Uid


def agreed_uid(audit: Uid, decision: Uid, goal: Uid) -> Uid:
    """The uid of what was agreed: one, so that two agreements apart are a conflict that people settle."""
    return str(uuid.uuid5(_JUDGEMENTS, f"{audit}\0{decision}\0{goal}"))


class ResponseSort(StrEnum):
    """What the auditee says to a finding."""

    ACCEPT = "accept"
    CONTEST = "contest"


class ResponseOutcome(StrEnum):
    """What became of a contested finding."""

    OPEN = "open"
    UPHELD = "upheld"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class AuditeeResponse(Record, frozen=True, kw_only=True):
    """The auditee's word on a finding, before the report is issued; a later one is kept as late."""

    audit: Uid
    finding: Uid
    sort: ResponseSort
    text: str = ""
    """Why it is contested; evidence names it as its subject."""
    role: str
    """Who responds, by role."""
    is_late: bool = False
    """True when the report had been issued."""
    outcome: ResponseOutcome = ResponseOutcome.OPEN
    outcome_reason: str = ""
    settled_at: datetime | None = None
    responded_at: datetime
    person: Uid
