"""How reviews of complaints are told on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gemba.cli.saying import table
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview
from gemba.domain.vocabularies import Facet
from gemba.store.reading import Reader
from gemba.store.vocabularies import titles
from gemba.wording import plural, text
from gemba.work.check_file import Agreement
from gemba.work.cluster_figures import Key, ReviewClusters
from gemba.work.cluster_numbers import chance, clauses_told, ratio, share, verdict_title, why_proposed
from gemba.work.decide_cluster import decisions_of
from gemba.work.draw_review import ALL, Redrawn

Decisions = Mapping[Key, Sequence[ClusterDecision]]


class ReviewShown(msgspec.Struct, frozen=True):
    """A review with what was decided and which causes were looked for."""

    review: ComplaintReview
    decisions: tuple[ClusterDecision, ...]
    """Those that stand."""
    earlier: tuple[ClusterDecision, ...]
    analyses: tuple[CauseAnalysis, ...]
    titles: dict[Facet, dict[str, str]]
    """What people call the codes of steps and causes."""


def drawn(review: ComplaintReview) -> str:
    """What was drawn, and how."""
    return "\n".join(
        (
            plural(
                "Drew {number}: {n} complaint.", "Drew {number}: {n} complaints.", review.count, number=review.number
            ),
            *_how(review),
            review.uid,
        )
    )


def redrawn(found: Redrawn) -> str:
    """Whether it is the same set, and what has changed."""
    if found.is_same and found.is_same_frame:
        return text("The same set: frame and sample are as they were.")
    if found.is_same:
        return plural(
            "The same set: {n} complaint was recorded since; without it frame and sample are as they were.",
            "The same set: {n} complaints were recorded since; without them frame and sample are as they were.",
            found.recorded_since,
        )
    return "\n".join(
        (
            text("Not the same set: the frame has changed since ({n:complaint|complaints} now).", n=found.frame_count),
            text("Recorded since: {n}.", n=found.recorded_since),
            text("Drawn then, and not in the frame now: {n}.", n=len(found.gone)),
            *found.gone[:20],
        )
    )


def cluster_facts(found: ReviewClusters, decisions: Decisions) -> dict[str, Any]:
    """The clusters for a machine: numbers, the same in words, and the decision that stands."""
    return {
        **{name: getattr(found, name) for name in found.__struct_fields__ if name != "clusters"},
        "clusters": [
            {
                **msgspec.structs.asdict(each),
                "matters": each.matters,
                "why": why_proposed(each),
                "told": clauses_told(each, found.total, found.span),
                "decision": next(iter(decisions.get(each.key, ())), None),
            }
            for each in found.clusters
        ],
    }


def cluster_table(shown: ReviewClusters, found: ReviewClusters, decisions: Decisions) -> str:
    """The clusters as a table, and below it what each number is."""
    rows = [
        (
            each.step_title or "-",
            each.cause_title or "-",
            *((each.place_name,) if found.by_place else ()),
            each.cases,
            each.severe,
            each.sites,
            "".join(each.clauses) or "-",
            "" if each.baseline is None else share(each.baseline),
            "" if each.q is None else chance(each.q),
            "" if each.rate_ratio is None else ratio(each.rate_ratio),
            verdict_title(each.proposed),
            verdict_title(decisions[each.key][0].decided) if each.key in decisions else "",
        )
        for each in shown.clusters
    ]
    heads = ["Step", "Cause", "Cases", "Severe", "Sites", "Signs", "Before", "q", "Times", "Proposed", "Decided"]
    if found.by_place:
        heads.insert(2, "Place")
    below = [
        text(
            "{total:complaint|complaints}, {uncoded} without step and cause.", total=found.total, uncoded=found.uncoded
        ),
        text("Signs: a spread, b chart, c concentration or rise, d return after a closed action."),
    ]
    if len(found.clusters) > len(shown.clusters):
        below.append(
            text(
                "{n:further cluster is|further clusters are} not shown (--limit).",
                n=len(found.clusters) - len(shown.clusters),
            )
        )
    return "\n".join((table(rows, [text(head) for head in heads]), "", *below))


def shown(reader: Reader, review: ComplaintReview) -> ReviewShown:
    """Everything that `gemba review show` tells."""
    decisions = decisions_of(reader, review.uid)
    return ReviewShown(
        review=review,
        decisions=tuple(each[0] for each in decisions.values()),
        earlier=tuple(one for each in decisions.values() for one in each[1:]),
        analyses=tuple(reader.find(CauseAnalysis, review=review.uid)),
        titles={facet: titles(reader, facet) for facet in (Facet.STEP, Facet.CAUSE)},
    )


def words_of(facts: ReviewShown) -> str:
    """The same for a person."""
    review = facts.review
    steps, causes = facts.titles[Facet.STEP], facts.titles[Facet.CAUSE]
    rows = [
        (
            steps.get(one.step, one.step) or "-",
            causes.get(one.cause, one.cause) or "-",
            verdict_title(one.proposed),
            verdict_title(one.decided),
            one.reason,
        )
        for one in facts.decisions
    ]
    heads = [text(name) for name in ("Step", "Cause", "Proposed", "Decided", "Reason")]
    analyses = [f"{each.number}  {each.problem}" for each in facts.analyses]
    parts = [f"{review.number}  {review.title}", *_how(review)]
    parts += ["", table(rows, heads)] if rows else [text("Nothing is decided yet.")]
    parts += ["", text("Cause analyses:"), *analyses] if analyses else []
    return "\n".join([*parts, *(["", review.summary] if review.summary else [])])


def agreement(found: Agreement | None) -> str:
    """How far those who checked the same files agree."""
    if found is None:
        return text("Nobody can be compared yet: two reviewers must have concluded a check of the same file.")
    rows = [(each.item, share(each.percent), _alpha(each.alpha)) for each in found.items]
    rows.append((text("All items"), share(found.percent), _alpha(found.alpha)))
    return table(rows, [text("Item"), text("Agreement"), text("Alpha")])


def _alpha(alpha: float | None) -> str:
    return "–" if alpha is None else f"{alpha:.2f}"


def _how(review: ComplaintReview) -> list[str]:
    return [
        text(
            "Received from {begins} to {ends}; frame of {n}, SHA-256 {hash}.",
            begins=review.begins.isoformat(),
            ends=review.ends.isoformat(),
            n=review.frame_count,
            hash=review.frame_sha256,
        ),
        text("All of them were drawn.")
        if review.drawing == ALL
        else text(
            "{n} drawn by {algorithm} with seed {seed}.", n=review.count, algorithm=review.drawing, seed=review.seed
        ),
    ]
