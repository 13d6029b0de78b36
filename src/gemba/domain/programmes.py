"""Which audits a quarter holds, why these, who does them and when (ISO 19011, clause 5)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class ProgrammeState(StrEnum):
    """Written, carried out, closed with what was learned."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class Programme(Record, frozen=True, kw_only=True):
    """The audit programme of a quarter for a place and all below it."""

    number: str
    title: str
    quarter: str
    """`2026-Q4`."""
    place: Uid | None = None
    goals: tuple[str, ...] = ()
    """Codes of the goals that are judged; empty for all in force."""
    objective: str = ""
    risks: str = ""
    """What may keep the programme from its objective, and what is done about it."""
    resources: str = ""
    state: ProgrammeState = ProgrammeState.DRAFT
    learned: str = ""
    """What to do otherwise next time."""
    made_at: datetime
    closed_at: datetime | None = None
    person: Uid


class WorkingDay(StrEnum):
    """What becomes of a date that is no working day."""

    KEEP = "keep"
    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"


class Schedule(Record, frozen=True, kw_only=True):
    """When something comes again."""

    title: str
    subject: str
    """What comes again: `audit`, `walk`, `review`, or a record as `noun:uid`."""
    place: Uid | None = None
    template: Uid | None = None
    """The checklist that is conducted, where one is."""
    owner: str = ""
    """Role that sees to it."""
    rule: str
    """Recurrence rule (RFC 5545), without DTSTART: `FREQ=MONTHLY;BYDAY=1MO`."""
    starts: date
    ends: date | None = None
    """Last day; a rule without an end is shown year by year."""
    at: str = ""
    """Time of day, `09:30`; empty for the whole day."""
    minutes: int | None = None
    """How long it takes."""
    zone: str = ""
    """IANA name; empty for the place's."""
    working_day: WorkingDay = WorkingDay.KEEP
    week: tuple[str, ...] = ("MO", "TU", "WE", "TH", "FR")
    """Working days of the week."""
    closed_on: tuple[str, ...] = ()
    """Days on which nothing is held, as ISO dates."""
    grace_days: int = 0
    """Days after the date within which it still counts as held."""
    spread_days: int = 0
    """Random days, up to this many, that each date is moved by so that nobody can expect it."""
    seed: str = ""
    """From which the random days follow."""
    retired: bool = False
    made_at: datetime
    person: Uid
    auditors: tuple[Uid, ...] = ()
    """Who leads the audits that it makes, in turns; empty for whoever makes them."""


class AuditState(StrEnum):
    """Planned; open from the opening meeting on; with the auditee; concluded with a frozen report."""

    PLANNED = "planned"
    OPEN = "open"
    RESPONDING = "responding"
    """Findings are with the auditee, who accepts or contests them."""
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class Audit(Record, frozen=True, kw_only=True):
    """One alignment audit: the decisions of a place in a quarter, judged against goals.

    What is written and found on site stands in its assessment; what is judged stands in judgements.
    """

    number: str
    title: str
    programme: Uid | None = None
    schedule: Uid | None = None
    """What it comes from when it recurs."""
    place: Uid
    quarter: str
    """Of the decisions, `2026-Q4`."""
    begins: date
    ends: date
    """First and last day of the decisions that are audited."""
    goals: tuple[str, ...] = ()
    """Codes of the goals; empty for all in force at the place."""
    planned_on: date
    due: date | None = None
    auditor: Uid
    """The lead auditor: whose judgement counts where only one judged."""
    second: Uid | None = None
    """The auditor who judges a share blindly a second time."""
    double_share: float = 0.0
    """Share of the sample that both judge, 0 to 1."""
    lead_handed_in_at: datetime | None = None
    """When the lead auditor let go of all judgements of the double share: told without telling any of them."""
    second_handed_in_at: datetime | None = None
    """When the second auditor did; judgements are shown to the other only when both have."""
    risk: float | None = None
    """Why it was chosen: 0 to 100, of the parts below."""
    risk_parts: dict[str, float] = msgspec.field(default_factory=dict)
    """Complaint signals, drift, time since the last audit, changes: each 0 to 1; with `weight.` before it its weight,
    with `told.` the numbers behind (`gemba.domain.audit_risk`)."""
    independent_because: str = ""
    """What keeps the auditors independent, where the program sees a doubt."""
    state: AuditState = AuditState.PLANNED
    moved_because: str = ""
    """Why the date was moved, the audit cancelled, or the one before it corrected."""
    assessment: Uid | None = None
    """Its conduct, once opened."""
    corrects: Uid | None = None
    """The concluded audit that this one takes the place of, once it is concluded itself."""
    opened_at: datetime | None = None
    concluded_at: datetime | None = None
    made_at: datetime
    person: Uid
