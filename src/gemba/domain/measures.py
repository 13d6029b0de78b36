"""Numbers over time: what is charted, by which limits it is judged, and what stood out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class MeasureSort(StrEnum):
    """Where the values of a measure come from."""

    COMPLAINTS = "complaints"
    """Counted from the complaints here, by `filters`."""
    VALUES = "values"
    """Entered or imported, one for each period (`MeasureValue`)."""


class Period(StrEnum):
    """How long a point of a chart is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Measure(Record, frozen=True, kw_only=True):
    """A series that is charted."""

    code: str
    """Short name for the command line."""
    title: str
    sort: MeasureSort = MeasureSort.COMPLAINTS
    place: Uid | None = None
    filters: dict[str, str] = msgspec.field(default_factory=dict)
    """Which complaints are counted, by field."""
    of: dict[str, str] = msgspec.field(default_factory=dict)
    """Of which complaints they are a share, by field; empty for a plain count."""
    exposure: Uid | None = None
    """The measure that says how much there was to complain of (customers, deliveries); then a rate is charted."""
    period: Period = Period.WEEK
    unit: str = ""
    direction: str = "down"
    """`down` when less is better, `up` when more is."""
    is_customer: bool = True
    """True for what customers report, false for what operations measure."""
    chart: str = "auto"
    """A chart's code, or `auto`: the one that fits is proposed with its reason."""
    rules: tuple[str, ...] = ()
    """Rules that signal; the default set when empty."""
    false_alarms: float | None = None
    """Share of stable series that these rules would raise an alarm on, measured when they were set up."""
    false_alarm_points: int = 0
    """Over so many points."""
    triggers_review: bool = False
    """True when a signal asks for a formal review."""
    retired: bool = False
    made_at: datetime
    person: Uid


class MeasureValue(Record, frozen=True, kw_only=True):
    """One value of a measure that is not counted from records."""

    measure: Uid
    begins: date
    """First day of its period."""
    value: float
    size: float | None = None
    """Number that the value is based on."""
    person: Uid


class FrozenBaseline(Record, frozen=True, kw_only=True):
    """The limits that later points are judged by, frozen on purpose and with a reason."""

    measure: Uid
    chart: str
    begins: date
    """First period that they rest on."""
    ends: date
    """Last period that they rest on."""
    holds_from: date
    """First period that is judged by them."""
    points: int
    figures: dict[str, float]
    """The baseline itself, as the chart's method keeps it."""
    provisional: bool
    """True from 12 to 19 points."""
    reason: str
    frozen_at: datetime
    person: Uid


class SignalState(StrEnum):
    """One open alert for each signal; a snoozed one comes back by itself."""

    OPEN = "open"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Signal(Record, frozen=True, kw_only=True):
    """An alert: something on a chart is not chance."""

    measure: Uid
    rule: str
    begins: date
    """First period of what signals."""
    seen: date
    """Last period of it so far."""
    value: float
    limit: float | None = None
    state: SignalState = SignalState.OPEN
    snoozed_until: date | None = None
    reason: str = ""
    """Why it was snoozed or closed."""
    review: Uid | None = None
    """The review that it led to."""
    raised_at: datetime
    person: Uid
