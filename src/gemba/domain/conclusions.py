"""The outcome of an assessment, and the documents issued from it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.domain.record import Record, Uid


class SectionScore(msgspec.Struct, frozen=True):
    """Points of one section as they stood at the conclusion."""

    path: str
    title: str
    points: float
    possible: float
    percent: float | None
    """0 to 100; `None` when nothing in it could be scored."""
    answered: int
    questions: int


class Conclusion(Record, frozen=True, kw_only=True):
    """What an assessment came to. From here on the assessment is frozen; a correction is a new assessment."""

    assessment: Uid
    score: float | None
    grade: str
    sections: tuple[SectionScore, ...] = ()
    critical: tuple[str, ...] = ()
    """Paths of the critical questions that failed."""
    unanswered: int = 0
    summary: str = ""
    """The auditor's own words to the reader; may be empty."""
    concluded_at: datetime
    person: Uid
    scales: dict[str, float] = msgspec.field(default_factory=dict)
    """Further scores by the name of their scale, such as compliance, 0 to 100."""
    core_score: float | None = None
    """The score by the core template's questions alone, when a region laid an overlay over it."""
    seconds: int | None = None
    """Time that was spent filling, without the pauses."""
    said: dict[str, str] = msgspec.field(default_factory=dict)
    """What was said to each warning that stood before the report, by the code of the warning."""


class IssuedReport(Record, frozen=True, kw_only=True):
    """A document that was made from an assessment or another record, with the hash of its bytes."""

    assessment: Uid | None = None
    """`None` for a report on something else."""
    report: str
    """Code of the report."""
    sha256: str
    name: str
    issued_at: datetime
    person: Uid
    subject: str = ""
    """What it is on, as `noun:uid`, when that is no assessment."""
