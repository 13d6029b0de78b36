"""What is told of a cluster of complaints: the clauses of "systemic" with the numbers that decide."""

from __future__ import annotations

import msgspec

from gemba.domain.causes import CauseSort
from gemba.domain.complaint_reviews import SystemicVerdict
from gemba.domain.record import Uid
from gemba.methods.systemic import SPREAD_CASES
from gemba.work.cluster_series import SeriesSignal, Span

Key = tuple[str, str, Uid]
"""Step, cause and place of a cluster; the place is empty where clusters are those of all places."""


class ClusterFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One cluster as the numbers tell it."""

    step: str
    cause: str
    place: Uid | None = None
    step_title: str
    cause_title: str
    place_name: str = ""
    cases: int
    severe: int
    """Of these, high or critical for the customer."""
    sites: int
    people: int
    """Most shifts, teams or people at one site."""
    before: int | None = None
    """Cases in the blocks before the period; `None` when nothing is known of them."""
    baseline: float | None = None
    """Share of all cases that it had then."""
    p: float | None = None
    q: float | None = None
    previous: int | None = None
    """Cases in the period before, of the same length where so much is known."""
    rate_ratio: float | None = None
    rise_p: float | None = None
    series: SeriesSignal
    returned_after: int | None = None
    """Days from the closing of an action on the same cause to the first case after it, at most 90."""
    actions_closed: tuple[str, ...] = ()
    """Numbers of actions on the same cause that were closed until the end of the period."""
    clauses: tuple[str, ...] = ()
    """Those that hold: a, b, c, d."""
    proposed: SystemicVerdict
    analysis: Uid | None = None
    """The newest finished analysis of this cause; what it found stands in `found`."""
    analysis_number: str = ""
    found: CauseSort = CauseSort.OPEN

    @property
    def key(self) -> Key:
        """What names it within a review."""
        return self.step, self.cause, self.place or ""

    @property
    def matters(self) -> bool:
        """Whether somebody must decide it: there are at least three cases and a clause holds, or a gap is proposed."""
        return (self.cases >= SPREAD_CASES and bool(self.clauses)) or self.proposed is SystemicVerdict.SYSTEMIC


class ReviewClusters(msgspec.Struct, frozen=True, kw_only=True):
    """All clusters of a review, those that matter most first."""

    review: Uid
    total: int
    """Complaints of the set that are still here."""
    missing: int
    """Complaints of the set that are not: erased, or not here yet."""
    uncoded: int
    """Complaints with neither step nor cause: they are in no cluster."""
    by_place: bool
    span: Span
    total_before: int
    """Complaints in the blocks before the period."""
    people_column: str
    """Title of the source's column that told shifts, teams or people; empty when none did."""
    clusters: tuple[ClusterFigures, ...]
