"""What the views of follow-through read, on a job's thread."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from gemba.domain.follow_through import Instrument
from gemba.domain.places import Place
from gemba.store.follow_times import Stage
from gemba.ui.progress import Progress
from gemba.work.discrepancies import DiscrepancyLine, Summary, discrepancies, summaries
from gemba.work.elsewhere import Issue, elsewhere
from gemba.work.lags import LagQuestion, Lags, lags
from gemba.work.recurrence import Recurrence, recurrence
from gemba.work.survey_scores import Scores, SurveyQuestion, scores
from gemba.work.which_complaints import Which

ALL_STAGES = tuple(Stage)


class Asked(msgspec.Struct, frozen=True):
    """What a person chose above the view."""

    by: str = ""
    place: str = ""
    days: int = 365
    """Of receipt, back from today; 0 for all."""


class FollowShown(msgspec.Struct, frozen=True):
    """Everything that the view of follow-through shows."""

    asked: Asked
    lags: Lags
    recurrence: Recurrence
    issues: tuple[Issue, ...]
    discrepancies: tuple[DiscrepancyLine, ...]
    summaries: tuple[Summary, ...]
    places: tuple[tuple[str, str], ...]


class SurveysShown(msgspec.Struct, frozen=True):
    """Scores of every question that was asked."""

    by: str
    scores: tuple[Scores, ...]


def read_follow(desk: Any, asked: Asked, progress: Progress) -> FollowShown:
    """Lags, returns, the same elsewhere, and what is told against what is logged."""
    today: date = desk.clock().date()
    begins = today - timedelta(days=asked.days) if asked.days else None
    which = Which(place=asked.place or None, begins=begins)
    found = lags(desk, LagQuestion(which, asked.by, ALL_STAGES), progress.step)
    back = recurrence(desk, Which(place=asked.place or None), after_complaints_too=False)
    progress.step()
    issues = elsewhere(desk, which, most=12)
    lines = discrepancies(desk, place=asked.place or None)
    with desk.reader() as reader:
        places = tuple(sorted(((one.uid, one.name) for one in reader.find(Place)), key=lambda one: one[1].casefold()))
    return FollowShown(asked, found, back, issues, lines, summaries(lines), places)


def read_surveys(desk: Any, by: str) -> SurveysShown:
    """Scores by period, place, segment or source."""
    found = (scores(desk, SurveyQuestion(instrument, by)) for instrument in Instrument)
    return SurveysShown(by, tuple(one for one in found if one.whole is not None))
