"""What customers complained of, and how far each complaint has come (ISO 10002)."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid

COMPLAINTS = uuid.UUID("3d0f5e0a-8f1b-4f0e-9a0c-2c6a5b1d7e42")
"""The space in which uids of complaints from elsewhere are made (RFC 4122, version 5)."""


class ComplaintState(StrEnum):
    """The steps of ISO 10002, clause 7, in order."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    INVESTIGATING = "investigating"
    DECIDED = "decided"
    TOLD = "told"
    CLOSED = "closed"
    REOPENED = "reopened"


class Severity(StrEnum):
    """How bad it is for the customer, as the customer perceives it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class ComplaintDecision(StrEnum):
    """What was decided on a complaint."""

    NONE = ""
    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ToldBack(StrEnum):
    """Whether the customer was told what came of it."""

    UNANSWERED = ""
    YES = "yes"
    NOT_WANTED = "not_wanted"
    NOT_REACHED = "not_reached"


class SimilarElsewhere(StrEnum):
    """Whether the same exists or could occur elsewhere (ISO 9001, 10.2)."""

    UNANSWERED = ""
    NO = "no"
    YES = "yes"
    COULD_OCCUR = "could_occur"


class Consent(StrEnum):
    """What the customer allows to be done with the words."""

    UNKNOWN = "unknown"
    NONE = "none"
    INTERNAL = "internal"
    QUOTABLE = "quotable"


class Redaction(StrEnum):
    """Whether somebody has taken out of the words what tells of a person."""

    RAW = "raw"
    PROPOSED = "proposed"
    """By the program; nobody has looked."""
    CHECKED = "checked"


class Complaint(Record, frozen=True, kw_only=True):
    """One complaint.

    It was entered by hand, or it came with a lot of imported ones (`gemba.domain.intakes.ComplaintLot`): then it has no
    operation of its own until somebody changes it, and what nobody has changed is what the newest lot says.
    """

    number: str
    """Short number for people; of an imported one its key in the source."""
    source: str
    """Where it comes from: the name of the system or post that it was imported from; empty when entered by hand."""
    key: str = ""
    """Its identity in the source; empty when entered by hand."""
    received_at: datetime
    occurred_on: date | None = None
    place: Uid | None = None
    product: str = ""
    """Codes of the vocabularies of these names, as they were when the complaint was coded; empty when not coded."""
    step: str = ""
    channel: str = ""
    segment: str = ""
    cause: str = ""
    severity: Severity = Severity.MEDIUM
    customer: str = ""
    """Name or number of the customer."""
    contact: str = ""
    """How to reach the customer."""
    words: str = ""
    """What the customer said, verbatim."""
    language: str = ""
    """ISO 639-1 code; empty when not known."""
    summary: str = ""
    remedy_sought: str = ""
    consent: Consent = Consent.UNKNOWN
    redaction: Redaction = Redaction.RAW
    redacted_words: str = ""
    """The words without what tells of a person."""
    purpose: str = ""
    """Lawful purpose for which it is kept."""
    delete_by: date | None = None
    owner: str = ""
    """The process owner who answers for it, by name or role; never customer service."""
    state: ComplaintState = ComplaintState.RECEIVED
    acknowledged_at: datetime | None = None
    assessed_at: datetime | None = None
    investigating_at: datetime | None = None
    decided_at: datetime | None = None
    told_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    """Of the last time."""
    reopened: int = 0
    """How many times."""
    due_at: datetime | None = None
    """When the customer is to be told, by the target that applies and the pauses so far; `None` without a target."""
    paused: bool = False
    """True while the clock stands for a dated reason (`ClockPause`)."""
    decision: ComplaintDecision = ComplaintDecision.NONE
    answer: str = ""
    """What the customer was told."""
    told_back: ToldBack = ToldBack.UNANSWERED
    similar: SimilarElsewhere = SimilarElsewhere.UNANSWERED
    similar_note: str = ""
    """Where else, or why nowhere."""
    duplicate_of: Uid | None = None
    """The complaint that says the same thing; a link, both are kept and counts say how they count."""
    more: dict[str, str] = msgspec.field(default_factory=dict)
    """Columns of the source that nothing here stands for, by title."""
    recorded_at: datetime
    person: Uid
    """Who recorded it."""


def complaint_uid(source: str, key: str) -> Uid:
    """The uid of a complaint that comes from elsewhere: the same wherever and however often it is imported."""
    return str(uuid.uuid5(COMPLAINTS, f"{source}\0{key}"))


class ClockPause(Record, frozen=True, kw_only=True):
    """A stretch in which the clock of a complaint stands: we wait for the customer."""

    complaint: Uid
    begun_at: datetime
    ended_at: datetime | None = None
    reason: str
    person: Uid


class ClockTarget(Record, frozen=True, kw_only=True):
    """Within how many hours a complaint of a severity is to be answered in a region."""

    severity: Severity
    place: Uid | None = None
    """The region, or any place; complaints below it go by the nearest. `None` for everywhere."""
    acknowledge_hours: int | None = None
    tell_hours: int | None = None
    """Calendar hours from receipt until the customer is told; `None` for no target."""
    valid_from: date
    reason: str = ""
    retired: bool = False
    person: Uid
