"""Judging the clusters of a review: what each was counted to be, the proposals for all of them together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

import msgspec

from gemba.domain.causes import CauseAnalysis, CauseSort
from gemba.domain.complaint_reviews import ComplaintReview, SystemicVerdict
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.methods.systemic import Cause, Clause, Cluster, Proposal, baseline_share, propose
from gemba.store import review_sets, vocabularies
from gemba.store.reading import Reader
from gemba.store.review_sets import Closed
from gemba.work.cluster_figures import ClusterFigures, Key
from gemba.work.cluster_series import SeriesSignal, Span, signal_of

_CAUSES = {CauseSort.SYSTEM: Cause.SYSTEM, CauseSort.ONE_OFF: Cause.ONE_OFF, CauseSort.OPEN: Cause.NONE}


class Gathered(msgspec.Struct):
    """What is counted of one cluster."""

    sites: list[str] = []
    people: list[str] = []
    days: Counter[date] = msgspec.field(default_factory=Counter)
    severe: int = 0
    days_before: Counter[date] = msgspec.field(default_factory=Counter)


class Judging:
    """Everything that the judgement of all clusters needs.

    Args:
        reader: of the store.
        review: the review.
        gathered: what was counted, by cluster.
        span: of the review.
        total_before: all complaints before the period.
        by_place: whether clusters are those of places.
    """

    def __init__(
        self,
        reader: Reader,
        review: ComplaintReview,
        gathered: Mapping[Key, Gathered],
        span: Span,
        total_before: int,
        *,
        by_place: bool,
    ) -> None:
        self._gathered, self._span, self._total_before = gathered, span, total_before
        self._places = {place.uid: place for place in reader.find(Place)}
        self._titles = [vocabularies.titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE)]
        self._closed = review_sets.closed_actions(reader, review.ends)
        self._analyses = analyses_by_cause(reader, review.uid)
        self._by_place = by_place

    def judged(self, total: int) -> list[ClusterFigures]:
        """Every cluster with its proposal."""
        keys = list(self._gathered)
        closed = [self._closed_on(key) for key in keys]
        series = [self._series(key) for key in keys]
        analyses = [self._analysis(key) for key in keys]
        asked = [
            self._cluster(key, chart, actions, analysis)
            for key, chart, actions, analysis in zip(keys, series, closed, analyses, strict=True)
        ]
        proposals = propose(asked, total)
        told = zip(keys, series, closed, analyses, asked, proposals, strict=True)
        return [self._figures(*each) for each in told]

    def _series(self, key: Key) -> SeriesSignal:
        each = self._gathered[key]
        return signal_of(self._span, each.days_before, each.days)

    def _cluster(self, key: Key, chart: SeriesSignal, closed: list[Closed], analysis: CauseAnalysis | None) -> Cluster:
        each = self._gathered[key]
        previous = self._previous(key)
        return Cluster(
            sites=self._sites(each.sites),
            people=each.people,
            dates=list(each.days) if closed else (),
            baseline=baseline_share(each.days_before.total(), self._total_before),
            before=previous,
            exposure=self._span.days * self._span.weight,
            signals=chart.signals,
            closed=[action.day for action in closed],
            cause=_CAUSES[analysis.sort] if analysis is not None else Cause.NONE,
        )

    def _sites(self, places: list[str]) -> list[str]:
        """The site of each case: areas are those of their site, and a place around others may be any of them."""
        sites = {place: self._site(place) for place in set(places)}
        around = {above for site in set(sites.values()) for above in self._around(site) if above != site}
        return ["" if sites[place] in around else sites[place] for place in places]

    def _site(self, place: str) -> str:
        at = place
        while at in self._places and self._places[at].level is Level.AREA and (above := self._places[at].parent):
            at = above
        return at

    def _previous(self, key: Key) -> tuple[int, float] | None:
        if self._span.previous is None:
            return None
        starts, days = self._span.previous
        return sum(count for day, count in self._gathered[key].days_before.items() if day >= starts), float(days)

    def _closed_on(self, key: Key) -> list[Closed]:
        step, cause, place = key
        around = self._around(place)
        return [
            each
            for each in self._closed
            if (each.cause or cause) == cause and (each.step or step) == step and (not place or each.place in around)
        ]

    def _analysis(self, key: Key) -> CauseAnalysis | None:
        step, cause, place = key
        around = self._around(place)
        fitting = self._analyses.get((step, cause), [])
        return next((each for each in fitting if not place or each.place is None or each.place in around), None)

    def _around(self, place: Uid) -> set[Uid]:
        """A place and all above it."""
        found: set[Uid] = set()
        at: Uid | None = place
        while at and at in self._places and at not in found:
            found.add(at)
            at = self._places[at].parent
        return found

    def _figures(
        self,
        key: Key,
        chart: SeriesSignal,
        closed: list[Closed],
        analysis: CauseAnalysis | None,
        asked: Cluster,
        proposal: Proposal,
    ) -> ClusterFigures:
        step, cause, place = key
        each = self._gathered[key]
        numbers = {finding.clause: dict(finding.figures) for finding in proposal.findings}
        spread, tested = numbers[Clause.SPREAD], numbers[Clause.CONCENTRATION]
        waited = numbers[Clause.RETURN]["days_after_closing"]
        return ClusterFigures(
            step=step,
            cause=cause,
            place=place or None,
            step_title=self._titles[0].get(step, step),
            cause_title=self._titles[1].get(cause, cause),
            place_name=self._places[place].name if place in self._places else "",
            cases=len(each.sites),
            severe=each.severe,
            sites=int(spread["sites"] or 0),
            people=int(spread["people_at_one_site"] or 0),
            before=each.days_before.total() if self._span.first is not None else None,
            baseline=asked.baseline,
            p=tested["p"],
            q=tested["q"],
            previous=asked.before[0] if asked.before is not None else None,
            rate_ratio=tested["rate_ratio"],
            rise_p=tested["rise_p"],
            series=chart,
            returned_after=None if waited is None else int(waited),
            actions_closed=tuple(action.number for action in closed),
            clauses=tuple(clause.value for clause in proposal.fired),
            proposed=SystemicVerdict(proposal.verdict.value),
            analysis=analysis.uid if analysis is not None else None,
            analysis_number=analysis.number if analysis is not None else "",
            found=analysis.sort if analysis is not None else CauseSort.OPEN,
        )


def analyses_by_cause(reader: Reader, review: Uid) -> dict[tuple[str, str], list[CauseAnalysis]]:
    """Finished analyses by step and cause (today's codes): those of the review first, then the newest."""
    steps, causes = (vocabularies.crosswalk(reader, facet) for facet in (Facet.STEP, Facet.CAUSE))
    found: dict[tuple[str, str], list[CauseAnalysis]] = defaultdict(list)
    finished = [each for each in reader.find(CauseAnalysis) if each.finished_at is not None]
    finished.sort(key=lambda each: (each.review == review, each.finished_at or each.begun_at), reverse=True)
    for each in finished:
        found[steps.get(each.step, each.step), causes.get(each.cause, each.cause)].append(each)
    return dict(found)
