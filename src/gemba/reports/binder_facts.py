"""What a binder is made of besides its reports: plain values, texts already in the binder's language."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from gemba.reports.facts import Tone


class ContentsFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is to stand in the binder, as the contents list it."""

    number: str
    title: str
    place: str
    day: date | None = None
    grade: str = ""
    tone: Tone = "plain"


class BinderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the cover and the contents tell. All of it is known before the first report is drawn."""

    title: str
    subject: str = ""
    """What was chosen, in a line: a quarter and places."""
    organisation: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    """Label and value."""
    figures: tuple[tuple[int, str], ...] = ()
    """Count and what is counted; at most four."""
    notices: tuple[str, ...] = ()
    """Sentences."""
    contents: tuple[ContentsFacts, ...] = ()
    when: datetime
    """What the document's own date says: the moment of its newest record."""


class RegisterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence in the register."""

    file: str
    """What it is called in the pack."""
    concerns: str
    """Number of its finding, or the question that it answers."""
    size: str = ""
    sha256: str = ""
    """Of the copy in the pack; empty when it is not there."""
    missing: str = ""
    """Why it is not in the pack; empty when it is."""
    heading: tuple[str, ...] = ()
    """Number, place and title of the assessment, before the first of its pieces."""


class StatementFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the statement of what is in a pack and what is not."""

    heading: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    """What, and why it is not there."""
