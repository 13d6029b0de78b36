"""The result of judging evidence against a criterion."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from gemba.domain.record import Record, Uid


class FindingGrade(StrEnum):
    """ISO 19011 findings, with nonconformity in two weights."""

    MAJOR = "major"
    MINOR = "minor"
    OPPORTUNITY = "opportunity"
    CONFORMITY = "conformity"
    GOOD_PRACTICE = "good_practice"


class FindingState(StrEnum):
    """Open until its actions are done."""

    OPEN = "open"
    CLOSED = "closed"


NEEDS_ACTION = frozenset({FindingGrade.MAJOR, FindingGrade.MINOR})
"""Grades that stay open until an action is done; the others are closed as they are raised."""


class Finding(Record, frozen=True, kw_only=True):
    """What was found, against exactly one criterion, with the evidence that points to it (`Evidence.finding`)."""

    number: str
    assessment: Uid
    place: Uid
    path: str = ""
    """The question that it was raised from; empty when it stands for itself."""
    criterion: str
    """What should have been: the question's words, a goal, a standard's clause."""
    grade: FindingGrade
    text: str
    state: FindingState = FindingState.OPEN
    raised_at: datetime
    person: Uid
    step: str = ""
    """Code of the vocabulary of process steps; empty when not told."""
    cause: str = ""
    """Code of the vocabulary of causes."""
    goal: Uid | None = None
    """The goal that is its criterion, when it is one."""
    contained: str = ""
    """What was done at once so that no further customer meets it."""
    contained_at: datetime | None = None
    similar: str = ""
    """Similar elsewhere? `yes`, `no`; empty while nobody has looked."""
    similar_note: str = ""
    subject: str = ""
    """What it was found on, as `noun:uid`; empty for the place itself."""
