"""The quarterly deep dive: recurring failure modes, how long change takes, what came back, what surveys say, risks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.follow_through import Instrument
from gemba.domain.measures import Measure
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.charts.pareto import Pareto, pareto
from gemba.store import vocabularies
from gemba.store.follow_cells import CellCount, cells
from gemba.store.follow_cohorts import how_many
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.work.correlate import Pairing, correlate
from gemba.work.desk import Desk
from gemba.work.discrepancies import Summary, discrepancies, summaries
from gemba.work.elsewhere import Issue, elsewhere
from gemba.work.lags import LagQuestion, Lags, lags
from gemba.work.records import known
from gemba.work.recurrence import Recurrence, recurrence
from gemba.work.risks import RiskLine, risks
from gemba.work.survey_scores import Scores, SurveyQuestion, scores
from gemba.work.which_complaints import Which

MODES = 10
_PAIRS = 3
OTHER = "\0"
"""Name of the bar of all smaller modes."""


class Mode(msgspec.Struct, frozen=True):
    """One failure mode: a step and a cause."""

    step: str
    cause: str
    count: int
    weight: int
    """Sum of severity weights."""
    before: int
    """Count in the quarter before."""
    sites: int


class DeepDive(msgspec.Struct, frozen=True):
    """What the pack tells."""

    place: str
    begins: date
    ends: date
    when: datetime
    complaints: int
    complaints_before: int
    """In the quarter before."""
    uncoded: int
    """Without step or cause or place: they are in no mode."""
    mode_count: int
    """How many different ones there are."""
    modes: tuple[Mode, ...]
    """By count, the most frequent first."""
    by_count: Pareto
    by_weight: Pareto
    lags: Lags
    recurrence: Recurrence
    surveys: tuple[Scores, ...]
    discrepancies: tuple[Summary, ...]
    risks: tuple[RiskLine, ...]
    elsewhere: tuple[Issue, ...]
    pairs: tuple[Pairing, ...]


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter that a day lies in."""
    begins = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(begins.year + (begins.month == 10), (begins.month + 2) % 12 + 1, 1)
    return begins, after - timedelta(days=1)


def deep_dive(
    desk: Desk, begins: date, ends: date, *, place: Uid | None = None, pairs: tuple[tuple[Uid, Uid], ...] = ()
) -> DeepDive:
    """What happened between two days, and what became of it.

    Args:
        desk: who asks, where.
        begins: first day.
        ends: last day, included.
        place: that place and all below; everywhere when left out.
        pairs: measures that are shown side by side; those of customers against those of operations when left out.

    Raises:
        Refusal: `work.period_backwards`, or the place is unknown.
    """
    if ends < begins:
        raise Refusal("work.period_backwards", first=begins.isoformat(), last=ends.isoformat())
    which = Which(place=place, begins=begins, ends=ends)
    before = Which(place=place, begins=begins - (ends - begins) - timedelta(days=1), ends=begins - timedelta(days=1))
    with desk.reader() as reader:
        where = known(reader, Place, place).name if place else ""
        counted = cells(reader, {}, **which.range())
        modes = _modes(reader, counted, cells(reader, {}, **before.range()))
        total, earlier = how_many(reader, {}, **which.range()), how_many(reader, {}, **before.range())
        chosen = pairs or _pairs(reader, place)
    return DeepDive(
        place=where,
        begins=begins,
        ends=ends,
        when=desk.clock(),
        complaints=total,
        complaints_before=earlier,
        uncoded=total - sum(cell.count for cell in counted),
        mode_count=len(modes),
        modes=tuple(modes[:MODES]),
        by_count=_pareto({_name(mode): float(mode.count) for mode in modes}),
        by_weight=_pareto({_name(mode): float(mode.weight) for mode in modes}),
        lags=lags(desk, LagQuestion(which)),
        recurrence=recurrence(desk, Which(place=place, ends=ends), after_complaints_too=False),
        surveys=_surveys(desk, which),
        discrepancies=summaries(discrepancies(desk, place=place, only_open=True)),
        risks=risks(desk)[:MODES],
        elsewhere=elsewhere(desk, which, most=MODES),
        pairs=tuple(_paired(desk, chosen)),
    )


def _modes(reader: Reader, now: list[CellCount], before: list[CellCount]) -> list[Mode]:
    steps, causes = (vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    earlier: dict[tuple[str, str], int] = {}
    for cell in before:
        earlier[(cell.step, cell.cause)] = earlier.get((cell.step, cell.cause), 0) + cell.count
    found: dict[tuple[str, str], list[CellCount]] = {}
    for cell in now:
        found.setdefault((cell.step, cell.cause), []).append(cell)
    modes = [
        Mode(
            steps.get(step, step),
            causes.get(cause, cause),
            sum(cell.count for cell in some),
            sum(cell.weight for cell in some),
            earlier.get((step, cause), 0),
            len({cell.site for cell in some}),
        )
        for (step, cause), some in found.items()
    ]
    return sorted(modes, key=lambda mode: (-mode.count, mode.step, mode.cause))


def _pareto(amounts: dict[str, float]) -> Pareto:
    """The ten largest, and all others together."""
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    kept = dict(ordered[:MODES])
    rest = sum(amount for _, amount in ordered[MODES:])
    return pareto({**kept, **({OTHER: rest} if rest else {})}, other=OTHER) if kept else Pareto((), 0)


def _name(mode: Mode) -> str:
    return f"{mode.step} · {mode.cause}"


def _surveys(desk: Desk, which: Which) -> tuple[Scores, ...]:
    """Each question that was asked, over the last year, so that a trend is seen."""
    begins = None if which.begins is None else which.begins - timedelta(days=275)
    found = (
        scores(desk, SurveyQuestion(instrument, "period", which.place, None, begins, which.ends))
        for instrument in Instrument
    )
    return tuple(one for one in found if one.whole is not None)


def _pairs(reader: Reader, place: Uid | None) -> tuple[tuple[Uid, Uid], ...]:
    """Operations' measures beside customers' of the same period, the first few."""
    below = set(places_below(reader, (place,))) if place else None
    all_of = [one for one in reader.find(Measure) if not one.retired and (below is None or one.place in below)]
    sides = [[one for one in all_of if one.is_customer is side] for side in (False, True)]
    found = [(one.uid, other.uid) for one in sides[0] for other in sides[1] if one.period is other.period]
    return tuple(found[:_PAIRS])


def _paired(desk: Desk, pairs: tuple[tuple[Uid, Uid], ...]) -> list[Pairing]:
    """Those that have enough periods in common."""
    found = []
    for first, second in pairs:
        try:
            found.append(correlate(desk, first, second))
        except Refusal:
            continue
    return found
