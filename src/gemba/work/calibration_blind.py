"""Raters of a calibration session judge apart: who sees whose ratings, and when."""

from __future__ import annotations

from gemba.domain.calibration import CalibrationRating, CalibrationSession, CalibrationState
from gemba.domain.record import Uid
from gemba.store.heads import Subject
from gemba.store.reading import Reader

ROUNDS = {CalibrationState.FIRST: 1, CalibrationState.SECOND: 2}
"""The round that is open in a state."""


def open_round(session: CalibrationSession) -> int | None:
    """The round in which ratings are given; `None` between and after the rounds."""
    return ROUNDS.get(session.state)


def visible_ratings(reader: Reader, session: CalibrationSession, viewer: Uid) -> list[CalibrationRating]:
    """The ratings that a person may see: of the open round only their own."""
    found = reader.find(CalibrationRating, session=session.uid)
    still = open_round(session)
    return [one for one in found if one.round != still or one.rater == viewer]


def ratings_withheld(reader: Reader, sharer: Uid) -> frozenset[Subject]:
    """The ratings that a person passes to no other laptop yet: those of others in rounds that are open."""
    rounds = [(one.uid, still) for one in reader.find(CalibrationSession) if (still := open_round(one)) is not None]
    found = [one for uid, still in rounds for one in reader.find(CalibrationRating, session=uid, round=still)]
    return frozenset(("calibration_rating", one.uid) for one in found if one.rater != sharer)
