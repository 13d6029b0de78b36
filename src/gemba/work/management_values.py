"""The figures of a management review: what customers feel, what operations deliver, what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from gemba.domain.follow_through import Instrument
from gemba.domain.goals import ServiceLevel
from gemba.domain.measures import Measure
from gemba.domain.quarters import days_of
from gemba.domain.record import Uid
from gemba.domain.service_gaps import meets
from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.store.follow_cohorts import how_many
from gemba.store.quarter_counts import Clocks
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alignment_facts import rate_of
from gemba.work.alignment_report import AlignmentReport
from gemba.work.desk import Desk
from gemba.work.drift_trend import by_quarter
from gemba.work.follow_words import instrument_title
from gemba.work.measure_series import Numbers, series_of
from gemba.work.survey_scores import SurveyQuestion, scores


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of the quarter beside that of the quarter before."""

    title: str
    unit: str = ""
    now: float | None = None
    before: float | None = None
    low: float | None = None
    """Of the 95 % interval of the quarter, where there is one."""
    high: float | None = None
    percent: bool = False
    n: int | None = None
    """What it is based on."""


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A service level: promised, expected by the customer, achieved."""

    title: str
    unit: str
    promised: float
    expected: float | None
    achieved: float | None
    kept: bool | None
    """`None` while nobody knows what is achieved."""


def aligned(made: AlignmentReport) -> Iterator[Value]:
    """Alignment of the quarter and of the one before."""
    now, before = made.changes.whole.now, made.changes.whole.before
    rate = rate_of("", "", now.tally)
    title = text("Decisions that keep what was promised")
    yield Value(
        title=title, now=rate.rate, before=before.rate, low=rate.low, high=rate.high, percent=True, n=rate.judged
    )


def counted(reader: Reader, asked: tuple[str, str, Uid | None], now: Clocks, earlier: Clocks) -> Iterator[Value]:
    """Complaints, and how many of their customers were told in time."""
    quarter, before, place = asked
    received = [
        how_many(reader, {}, place=place, begins=days_of(one)[0], ends=days_of(one)[1]) for one in (quarter, before)
    ]
    yield Value(title=text("Complaints received"), now=float(received[0]), before=float(received[1]))
    n = now.kept + now.late + now.waiting
    n_before = earlier.kept + earlier.late + earlier.waiting
    interval = wilson(now.kept, n) if n else None
    yield Value(
        title=text("Told within the clock (72 hours or as set)"),
        now=now.kept / n if n else None,
        before=earlier.kept / n_before if n_before else None,
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        percent=True,
        n=n,
    )


def surveyed(desk: Desk, quarter: str, before: str, place: Uid | None) -> Iterator[Value]:
    """What surveys say, question by question."""
    for instrument in Instrument:
        now, earlier = (
            scores(desk, SurveyQuestion(instrument, "period", place, None, *days_of(one))).whole
            for one in (quarter, before)
        )
        if now is not None or earlier is not None:
            yield Value(
                title=instrument_title(instrument),
                now=None if now is None else now.value,
                before=None if earlier is None else earlier.value,
                low=None if now is None else now.low,
                high=None if now is None else now.high,
                n=0 if now is None else now.n,
            )


def measured(
    reader: Reader, quarter: str, before: str, below: set[Uid] | None, *, is_customer: bool
) -> Iterator[Value]:
    """Measures of customers or of operations."""
    for measure in reader.find(Measure, is_customer=is_customer, retired=False):
        if below is not None and measure.place not in below:
            continue
        try:
            series = series_of(reader, measure, days_of(before)[0], days_of(quarter)[1])
        except Refusal:  # one that cannot be read just now is shown without a figure
            yield Value(title=measure.title, unit=measure.unit)
            continue
        values, percent = by_quarter(series), series.numbers is Numbers.SHARES
        unit = "" if percent and measure.unit == "%" else measure.unit
        yield Value(title=measure.title, unit=unit, now=values.get(quarter), before=values.get(before), percent=percent)


def promises(reader: Reader, below: set[Uid] | None, ends: date) -> Iterator[Promise]:
    """Service levels that held on the quarter's last day."""
    for level in reader.find(ServiceLevel, retired=False):
        held = level.valid_from <= ends and (level.valid_to is None or level.valid_to >= ends)
        if not held or (below is not None and level.place is not None and level.place not in below):
            continue
        achieved = _achieved(reader, level, ends)
        yield Promise(
            title=level.title,
            unit=level.unit,
            promised=level.promised,
            expected=level.expected,
            achieved=achieved,
            kept=None if achieved is None else meets(achieved, level.promised, level.bound),
        )


def _achieved(reader: Reader, level: ServiceLevel, ends: date) -> float | None:
    measure = reader.get(Measure, level.measure) if level.measure else None
    if measure is None:
        return level.achieved
    try:
        values = series_of(reader, measure, None, ends).values
    except Refusal:
        return None
    return values[-1] if values else None
