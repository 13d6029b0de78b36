"""The lines of the lists: frozen, by columns, with just what a person sees in a row."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gemba.domain.assessments import Custody
from gemba.domain.record import Uid


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What every line has: the local key for paging, and the uid of its record."""

    id: int
    uid: Uid


class AssessmentLine(Line, frozen=True, kw_only=True):
    """One assessment in a list."""

    number: str
    title: str
    kind: str
    place: str
    place_uid: Uid
    person: str
    state: str
    due: date | None
    started_at: datetime
    concluded_at: datetime | None
    score: float | None
    grade: str | None
    findings: int
    custody: Custody
    corrects: Uid | None


class FindingLine(Line, frozen=True, kw_only=True):
    """One finding in a list."""

    number: str
    assessment: Uid
    assessment_title: str
    place: str
    place_uid: Uid
    grade: str
    criterion: str
    text: str
    state: str
    raised_at: datetime
    person: str
    actions_open: int
    photos: int
    contained: str
    """What was done at once; empty while nobody has said."""
    contained_at: datetime | None


class ActionLine(Line, frozen=True, kw_only=True):
    """One action in a list."""

    number: str
    finding: Uid | None
    finding_text: str
    """What it answers: a finding's words, or the problem whose cause was looked for."""
    assessment: Uid | None
    analysis: Uid | None
    place: str
    place_uid: Uid
    sort: str
    text: str
    owner: str
    due: date
    state: str
    done_at: datetime | None
    snoozed_until: date | None = None
    """It is, or was, let rest until then."""


class TemplateLine(Line, frozen=True, kw_only=True):
    """One checklist in a list."""

    form_id: str
    version: str
    title: str
    kind: str
    questions: int
    languages: tuple[str, ...]
    imported_at: datetime
    source_name: str
    retired: bool
    used: int
    """Assessments made from it."""


class PackLine(Line, frozen=True, kw_only=True):
    """One own pack in a list."""

    sha256: str
    state: Custody
    sealed_at: datetime
    sent_at: datetime | None
    held_at: datetime | None
    first_seq: int
    last_seq: int
    operations: int
    blobs: int
    size: int
    to: str
    file: str
