"""A draft that was moved from one version of its template to another."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid


class Fate(StrEnum):
    """What became of an answer when its draft changed to another version."""

    KEPT = "kept"
    CHANGED = "changed"
    PARKED = "parked"


class MovedAnswer(msgspec.Struct, frozen=True):
    """One answer, before and after."""

    before: str
    """Its path in the old version."""
    after: str
    """Its path in the new version; empty when it is parked."""
    value: str
    """What it was, as it was given."""
    new_value: str
    """What it became; empty when it is parked."""
    fate: Fate
    note: str = ""
    """The note beside it, as it was."""
    label: str = ""
    """The question as it was asked."""


class MovedPointer(msgspec.Struct, frozen=True):
    """A piece of evidence or a finding whose question has another place now."""

    noun: str
    uid: Uid
    before: str
    after: str
    """Empty when the question is gone: it belongs to the assessment as a whole then."""


class DraftMigration(Record, frozen=True, kw_only=True):
    """The record of one move: whatever did not fit the new version stays readable here."""

    assessment: Uid
    before: Uid
    """The template that it was begun with."""
    after: Uid
    """The template that it went on with."""
    moved: tuple[MovedAnswer, ...] = ()
    pointers: tuple[MovedPointer, ...] = ()
    moved_at: datetime
    person: Uid
    undone_at: datetime | None = None
    """When it was taken back."""
