"""The quarter's conclusion over all audits as one document: what holds, what drifts, why, and what cannot be said."""

from __future__ import annotations

import msgspec

from gemba.domain.programmes import Audit, AuditState
from gemba.domain.quarters import quarter_written
from gemba.domain.record import Uid
from gemba.reports.chart_facts import ChartFacts
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.work.alignment_facts import Question, Rates, rates
from gemba.work.alignment_weights import WeightedRate, weighted_rates
from gemba.work.desk import Desk
from gemba.work.drift_agreement import agreement_of, agreement_words
from gemba.work.drift_auditors import AuditorRates, auditor_rates
from gemba.work.drift_causes import Causes, causes
from gemba.work.drift_cells import HeatMap, heat_map
from gemba.work.drift_changes import Shifts, shifts
from gemba.work.drift_funnel import drift_funnel
from gemba.work.drift_trend import Outcome, Trend, outcomes, trends


class AlignmentReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the document tells."""

    quarter: str
    place: Uid | None
    audits: int
    """Concluded in or for the quarter."""
    goals: Rates
    regions: HeatMap
    sites: HeatMap
    changes: Shifts
    by_region: Shifts
    trends: tuple[Trend, ...]
    outcomes: tuple[Outcome, ...]
    funnel: ChartFacts
    auditors: AuditorRates
    causes: Causes
    weighted: tuple[WeightedRate, ...]
    agreement: str
    """Whether two auditors of the same decisions agree, in words."""


def alignment_report(desk: Desk, quarter: str, place: Uid | None = None) -> AlignmentReport:
    """The conclusion of a quarter.

    Args:
        desk: where the records are.
        quarter: of the decisions.
        place: with all below it; everywhere when left out.

    Raises:
        Refusal: the quarter is none.
    """
    quarter = quarter_written(quarter)
    asked = Question(quarters=(quarter,), place=place)
    with desk.reader() as reader:
        audits = _audits(reader, quarter, place)
        agreement = agreement_words(agreement_of(reader, asked))
    return AlignmentReport(
        quarter=quarter,
        place=place,
        audits=audits,
        goals=rates(desk, asked, "goal"),
        regions=heat_map(desk, asked, "region"),
        sites=heat_map(desk, asked, "site"),
        changes=shifts(desk, quarter, "goal", asked),
        by_region=shifts(desk, quarter, "region", asked),
        trends=trends(desk, asked, quarter),
        outcomes=outcomes(desk, asked, quarter),
        funnel=drift_funnel(desk, asked),
        auditors=auditor_rates(desk, asked),
        causes=causes(desk, asked),
        weighted=weighted_rates(desk, asked),
        agreement=agreement,
    )


def _audits(reader: Reader, quarter: str, place: Uid | None) -> int:
    below = set(places_below(reader, (place,))) if place else None
    found = reader.find(Audit, quarter=quarter, state=AuditState.CONCLUDED)
    return sum(below is None or one.place in below for one in found)
