"""Sessions in which several people judge the same cases, see where they differ, and write the anchors anew."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

import msgspec

from gemba.domain.record import Record, Uid

_RATINGS = uuid.UUID("4b8a9c5d-0e6f-4a0b-8f6f-5d2c1d0a7e93")


class CalibrationState(StrEnum):
    """First round, anchors rewritten, second round, closed."""

    FIRST = "first_round"
    ANCHORS = "anchors"
    SECOND = "second_round"
    CLOSED = "closed"


class CalibrationSession(Record, frozen=True, kw_only=True):
    """A calibration session: the same cases for all raters, before and after the anchors were written anew."""

    number: str
    title: str
    goal: Uid | None = None
    levels: tuple[str, ...]
    """The verdicts or marks that may be given, the lowest first."""
    is_ordered: bool = True
    """True when the levels stand in an order, so that neighbours disagree less."""
    cases: dict[str, str]
    """What is judged, by code: words, or a decision as `decision:uid`."""
    standards: dict[str, str] = msgspec.field(default_factory=dict)
    """The right level by case, where it is known."""
    anchors: dict[str, str] = msgspec.field(default_factory=dict)
    """What each level means, as it was before."""
    anchors_after: dict[str, str] = msgspec.field(default_factory=dict)
    """As it was rewritten."""
    learned: str = ""
    state: CalibrationState = CalibrationState.FIRST
    begun_at: datetime
    closed_at: datetime | None = None
    person: Uid


class CalibrationRating(Record, frozen=True, kw_only=True):
    """What one rater gave one case in one round."""

    session: Uid
    case: str
    rater: Uid
    round: int
    """1 before, 2 after the anchors were rewritten."""
    level: str
    note: str = ""
    rated_at: datetime
    person: Uid


def rating_uid(session: Uid, case: str, rater: Uid, round_: int) -> Uid:
    """The uid of a rating, wherever it is given."""
    return str(uuid.uuid5(_RATINGS, "\0".join((session, case, rater, str(round_)))))
