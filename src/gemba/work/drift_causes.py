"""Why decisions depart from what was promised: the same goal, constraint and cause at several sites.

Judged by the clauses of `gemba.methods.systemic`: spread over sites, and concentration or rise against the four
quarters before, with the false-discovery rate controlled over all groups. Justified exceptions count too.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.domain.judgements import Constraint
from gemba.domain.quarters import quarters_until
from gemba.domain.vocabularies import Facet
from gemba.methods.systemic import Cause, Clause, Cluster, Proposal, Verdict, baseline_share, propose
from gemba.store import alignment_counts, vocabularies
from gemba.store.alignment_counts import Which
from gemba.store.reading import Reader
from gemba.work.alignment_facts import Question, which_of
from gemba.work.alignment_scene import Scene
from gemba.work.alignment_words import constraint_title
from gemba.work.desk import Desk

BEFORE = 4
"""Quarters that a cause is held against."""
MOST = 40
_MOST_SITES = 12
_DEPARTURES = ("part", "contrary")
_SYSTEM = (
    Constraint.RULE,
    Constraint.BUDGET,
    Constraint.STAFF,
    Constraint.SYSTEM,
    Constraint.AUTHORITY,
    Constraint.TARGET,
)
"""What lies in process, policy, system or capacity, by its own name."""
_Key = tuple[str, str, str]


class SystemicCause(msgspec.Struct, frozen=True, kw_only=True):
    """One goal, what forced decisions against it, and what is behind it."""

    goal: str
    """Code."""
    goal_title: str
    constraint: str
    constraint_title: str
    cause: str
    cause_title: str
    cases: int
    contrary: int
    """Of the cases; the others are aligned in part."""
    before: int
    """Cases in the quarters before."""
    site_count: int
    sites: tuple[tuple[str, int], ...]
    """Names and cases of those with the most."""
    share: float
    """Of all departures now."""
    p: float | None
    """Exact chance of so many cases at the share it had before."""
    q: float | None
    fired: tuple[str, ...]
    """Clauses that hold."""
    verdict: str
    """`systemic`, `not_enough_evidence`."""


class Causes(msgspec.Struct, frozen=True, kw_only=True):
    """All that comes back at two sites or more, the most frequent first."""

    departures: int
    unnamed: int
    """Departures with neither constraint nor cause."""
    at_one_site: int
    """Cases of groups that only one site has."""
    before: tuple[str, ...]
    """The quarters they are held against."""
    left_out: int
    """Smaller groups that are not listed."""
    groups: tuple[SystemicCause, ...]


def causes(desk: Desk, question: Question, most: int = MOST) -> Causes:
    """Group the departures of some quarters by goal, constraint and cause; list the `most` frequent."""
    with desk.reader() as reader:
        scene = Scene(reader)
        now = _counted(reader, scene, which_of(scene, question))
        earlier = earlier_quarters(question.quarters)
        asked = msgspec.structs.replace(question, quarters=earlier)
        before = _counted(reader, scene, which_of(scene, asked)) if earlier else {}
        titles = vocabularies.titles(reader, Facet.CAUSE)
    total, total_before = (sum(map(_cases, one.values())) for one in (now, before))
    named = {key: sites for key, sites in now.items() if key[1] or key[2]}
    spread = {key: sites for key, sites in named.items() if len(sites) > 1}
    proposals = _proposed(spread, before, total, total_before)
    groups = [
        _told(scene, titles, key, sites, before.get(key, {}), total, proposal)
        for (key, sites), proposal in zip(spread.items(), proposals, strict=True)
    ]
    groups.sort(key=lambda one: (one.verdict != "systemic", -one.cases, one.goal, one.constraint))
    return Causes(
        departures=total,
        unnamed=total - sum(map(_cases, named.values())),
        at_one_site=sum(_cases(sites) for key, sites in named.items() if key not in spread),
        before=earlier if total_before else (),
        left_out=max(0, len(groups) - most),
        groups=tuple(groups[:most]),
    )


_Sites = dict[str, tuple[int, int]]
"""By site cases, and how many of them are contrary."""


def earlier_quarters(quarters: tuple[str, ...]) -> tuple[str, ...]:
    """The quarters that these are held against; none where all quarters are meant."""
    return quarters_until(min(quarters), BEFORE + 1)[:BEFORE] if quarters else ()


def _counted(reader: Reader, scene: Scene, which: Which) -> dict[_Key, _Sites]:
    asked = msgspec.structs.replace(which, verdicts=_DEPARTURES)
    today = vocabularies.crosswalk(reader, Facet.CAUSE)
    found: dict[_Key, _Sites] = {}
    counted = alignment_counts.tallies(reader, asked, ("goal", "constraint", "cause", "place"))
    for (goal, constraint, cause, place), tally in counted.items():
        sites = found.setdefault((scene.group("goal", goal), constraint, today.get(cause, cause)), {})
        site = scene.group("site", place)
        cases, contrary = sites.get(site, (0, 0))
        sites[site] = cases + tally.judged, contrary + tally.contrary
    return found


def _cases(sites: _Sites) -> int:
    return sum(cases for cases, _ in sites.values())


def _proposed(
    spread: dict[_Key, _Sites], before: dict[_Key, _Sites], total: int, total_before: int
) -> Sequence[Proposal]:
    if not spread:
        return ()
    clusters = [
        Cluster(
            sites=[site for site, (cases, _) in sites.items() for _ in range(cases)],
            baseline=baseline_share(_cases(before.get(key, {})), total_before),
            before=(_cases(before.get(key, {})), float(total_before)) if total_before else None,
            exposure=float(total),
            cause=Cause.SYSTEM if key[2] or key[1] in _SYSTEM else Cause.NONE,
        )
        for key, sites in spread.items()
    ]
    return propose(clusters, total)


def _told(
    scene: Scene,
    titles: dict[str, str],
    key: _Key,
    sites: _Sites,
    before: _Sites,
    total: int,
    proposal: Proposal,
) -> SystemicCause:
    figures = dict(next(one for one in proposal.findings if one.clause is Clause.CONCENTRATION).figures)
    ordered = sorted(sites.items(), key=lambda item: (-item[1][0], scene.title("site", item[0])))
    goal, constraint, cause = key
    return SystemicCause(
        goal=goal,
        goal_title=scene.title("goal", goal),
        constraint=constraint,
        constraint_title=constraint_title(constraint),
        cause=cause,
        cause_title=titles.get(cause, cause),
        cases=_cases(sites),
        contrary=sum(contrary for _, contrary in sites.values()),
        before=_cases(before),
        site_count=len(sites),
        sites=tuple((scene.title("site", site), cases) for site, (cases, _) in ordered[:_MOST_SITES]),
        share=_cases(sites) / total,
        p=figures["p"],
        q=figures["q"],
        fired=tuple(clause.value for clause in proposal.fired),
        verdict=Verdict(proposal.verdict).value,
    )
