"""Systemic or isolated: the clauses that a cluster of cases meets, with the numbers that decide each.

Gemba's own rule, made testable. A cluster is *systemic* when a written cause lies in process, policy, system, training
or capacity and at least one clause holds: (a) spread: 3 cases or more from 2 sites, or 2 people or shifts at one;
(b) its chart signals; (c) concentration: exact binomial upper tail against a baseline share with a false-discovery rate
of 10 % over all clusters, or an exact conditional Poisson rise on the period before; (d) it came back within 90 days of
a closed action on the same cause. *Isolated*: no clause holds and the analysis found a one-off. Else *not enough
evidence*, and never isolated by default. A person decides; this proposes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gemba.methods.checking import enough, within
from gemba.methods.false_discovery import q_values
from gemba.methods.proportions import concentration
from gemba.methods.rates import chance_of_rise

SPREAD_CASES = 3
SPREAD_PLACES = 2
FALSE_DISCOVERY = 0.10
RISE_P = 0.05
RETURN_DAYS = 90


class Clause(StrEnum):
    """The four clauses."""

    SPREAD = "a"
    SIGNAL = "b"
    CONCENTRATION = "c"
    RETURN = "d"


class Verdict(StrEnum):
    """What is proposed."""

    SYSTEMIC = "systemic"
    ISOLATED = "isolated"
    NOT_ENOUGH = "not_enough_evidence"


class Cause(StrEnum):
    """What the analysis of the cause has found so far."""

    NONE = "none"
    """No analysis yet, or without a result."""
    SYSTEM = "system"
    """In process, policy, system, training or capacity, written down."""
    ONE_OFF = "one_off"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The cases of one step and cause, as plain figures."""

    sites: Sequence[str]
    """Site of each case in the window; empty where it is not known, which is never a site of its own."""
    people: Sequence[str] = ()
    """Person or shift of each case, as a code without a name; empty where it is not known, or none at all."""
    dates: Sequence[date] = ()
    """Day of each case."""
    baseline: float | None = None
    """Share of all cases that the cluster had before; None when there is no before."""
    before: tuple[int, float] | None = None
    """Cases in the period before, and that period's exposure (days, customers)."""
    exposure: float = 1
    """Of the window, in the same unit."""
    signals: bool | None = None
    """Whether its chart signals; None when there is no chart."""
    closed: Sequence[date] = ()
    """Days on which actions on the same cause were closed."""
    cause: Cause = Cause.NONE


@dataclass(frozen=True, slots=True)
class Finding:
    """One clause, whether it fired, and its numbers by name (None: it could not be worked out)."""

    clause: Clause
    fired: bool
    figures: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the figures propose for a cluster."""

    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def fired(self) -> tuple[Clause, ...]:
        """The clauses that hold."""
        return tuple(each.clause for each in self.findings if each.fired)


def propose(clusters: Sequence[Cluster], total: int, rate: float = FALSE_DISCOVERY) -> tuple[Proposal, ...]:
    """Judge clusters together, because the false-discovery control looks at all of them.

    Args:
        clusters: all clusters of one review.
        total: all cases of the window, in clusters or not.
        rate: highest false-discovery rate of clause (c).

    Raises:
        Refusal: `methods.too_few` without cases, `methods.outside` for a cluster larger than the whole or a bad share.
    """
    within("total", total, 1)
    tails = [
        None if each.baseline is None else concentration(len(each.sites), total, each.baseline) for each in clusters
    ]
    known = [at for at, tail in enumerate(tails) if tail is not None]
    qs = dict(zip(known, q_values([tail for tail in tails if tail is not None]), strict=True))
    return tuple(
        _proposal(
            each, (_spread(each), _signal(each), _concentrated(each, tails[at], qs.get(at), rate), _returned(each))
        )
        for at, each in enumerate(clusters)
    )


def baseline_share(cases: int, total: int) -> float | None:
    """The share of all cases that a cluster had before, for clause (c).

    A cluster that never came before counts as half a case: with a share of 0 its very first case would be a proof.

    Args:
        cases: of the cluster, before.
        total: all cases before; without any there is no share.
    """
    return max(cases, 0.5) / total if total > 0 else None


def _proposal(cluster: Cluster, findings: tuple[Finding, ...]) -> Proposal:
    fired = any(each.fired for each in findings)
    if fired and cluster.cause is Cause.SYSTEM:
        return Proposal(Verdict.SYSTEMIC, findings)
    if not fired and cluster.cause is Cause.ONE_OFF:
        return Proposal(Verdict.ISOLATED, findings)
    return Proposal(Verdict.NOT_ENOUGH, findings)


def _spread(cluster: Cluster) -> Finding:
    enough(cluster.sites, 1)
    cases, sites = len(cluster.sites), len({site for site in cluster.sites if site})
    told: dict[str, set[str]] = {}
    for site, person in zip(cluster.sites, cluster.people, strict=False):
        if person:
            told.setdefault(site, set()).add(person)
    people = max((len(each) for each in told.values()), default=0)
    fired = cases >= SPREAD_CASES and (sites >= SPREAD_PLACES or people >= SPREAD_PLACES)
    return Finding(Clause.SPREAD, fired, (("cases", cases), ("sites", sites), ("people_at_one_site", people)))


def _signal(cluster: Cluster) -> Finding:
    shown = None if cluster.signals is None else float(cluster.signals)
    return Finding(Clause.SIGNAL, bool(cluster.signals), (("signal", shown),))


def _concentrated(cluster: Cluster, tail: float | None, q: float | None, rate: float) -> Finding:
    ratio = rise = None
    if cluster.before is not None:
        cases, (before, exposure) = len(cluster.sites), cluster.before
        rise = chance_of_rise(cases, cluster.exposure, before, exposure)
        ratio = cases / cluster.exposure / (before / exposure) if before else math.inf
    fired = (q is not None and q <= rate) or (rise is not None and rise <= RISE_P)
    figures = (("baseline", cluster.baseline), ("p", tail), ("q", q), ("rate_ratio", ratio), ("rise_p", rise))
    return Finding(Clause.CONCENTRATION, fired, figures)


def _returned(cluster: Cluster) -> Finding:
    limit = timedelta(days=RETURN_DAYS)
    waits = [
        (day - closed).days
        for closed in cluster.closed
        for day in cluster.dates
        if timedelta(0) < day - closed <= limit
    ]
    return Finding(Clause.RETURN, bool(waits), (("days_after_closing", min(waits, default=None)),))
