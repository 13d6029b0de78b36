"""What is measured beside complaints: surveys, differences between told and logged, and risks."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class Instrument(StrEnum):
    """The question that a survey asks."""

    NPS = "nps"
    CES = "ces"
    CSAT = "csat"


_SURVEYS = uuid.UUID("7a4d1c52-1f7e-4c53-8f0a-5d7a0c2c9b11")


class Survey(Record, frozen=True, kw_only=True):
    """The answers of one period at one place to one question, as counts: nobody's answer is kept by name."""

    instrument: Instrument
    place: Uid | None = None
    segment: str = ""
    begins: date
    ends: date
    counts: dict[str, int]
    """Number of answers by score."""
    asked: int | None = None
    asked_often: int = 0
    """Customers who were asked more often than the guard allows."""
    source: str = ""
    imported_at: datetime
    person: Uid


def survey_uid(source: str, instrument: Instrument, place: Uid | None, segment: str, begins: date, ends: date) -> Uid:
    """The uid of a survey's counts: the same wherever and however often they are imported."""
    parts = (source, instrument.value, place or "", segment, begins.isoformat(), ends.isoformat())
    return str(uuid.uuid5(_SURVEYS, "\0".join(parts)))


class Discrepancy(Record, frozen=True, kw_only=True):
    """What the customer reports against what a system has logged; both are kept, the difference is looked into."""

    complaint: Uid | None = None
    place: Uid | None = None
    step: str = ""
    what: str
    """What is compared: waiting time, amount, day."""
    told: float
    logged: float
    unit: str
    explanation: str = ""
    settled_at: datetime | None = None
    noted_at: datetime
    person: Uid


class Risk(Record, frozen=True, kw_only=True):
    """One line of an FMEA, with the severity that engineers see and the one that customers feel."""

    process_map: Uid | None = None
    step: str = ""
    mode: str
    """How it fails."""
    effect: str
    cause: str = ""
    technical: int
    """Severity, 1 to 10."""
    customer: int
    occurrence: int
    detection: int
    control: str = ""
    owner: str = ""
    action: str = ""
    review_by: date | None = None
    retired: bool = False
    judged_at: datetime
    person: Uid


class RegisterEntry(Record, frozen=True, kw_only=True):
    """One entry of a register (`gemba.kinds.registers`): a register is declared, its entries all have this shape."""

    register: str
    """Code of the register."""
    number: str
    title: str
    place: Uid | None = None
    step: str = ""
    owner: str = ""
    state: str = "open"
    """One of the register's states."""
    review_by: date | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    """What the register asks for, by field."""
    links: tuple[str, ...] = ()
    """Records that it names, as `noun:uid`."""
    made_at: datetime
    changed_at: datetime
    person: Uid
