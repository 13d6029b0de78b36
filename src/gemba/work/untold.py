"""What a review cannot tell, and why; and how its signs are judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gemba.domain.complaint_reviews import ComplaintReview
from gemba.methods.charts.phases import PROVISIONAL
from gemba.methods.systemic import FALSE_DISCOVERY, RETURN_DAYS, RISE_P, SPREAD_CASES
from gemba.wording import plural, text
from gemba.work.cluster_figures import Key, ReviewClusters
from gemba.work.cluster_numbers import block_title
from gemba.work.draw_review import ALL


def untold_lines(review: ComplaintReview, found: ReviewClusters, decided: Collection[Key]) -> Iterator[str]:
    """What cannot be told, in a sentence each."""
    few = [each for each in found.clusters if each.cases < SPREAD_CASES and each.key not in decided]
    if few:
        yield plural(
            "{n} cluster has fewer than three cases and was not decided: too few to tell.",
            "{n} clusters have fewer than three cases and were not decided: too few to tell.",
            len(few),
        )
    if found.uncoded:
        yield plural(
            "{n} complaint has neither process step nor cause and is in no cluster.",
            "{n} complaints have neither process step nor cause and are in no cluster.",
            found.uncoded,
        )
    if found.missing:
        yield plural(
            "{n} complaint of the set is not here any more (erased) or not yet.",
            "{n} complaints of the set are not here any more (erased) or not yet.",
            found.missing,
        )
    if found.span.first is None:
        yield text("Nothing is known from before the period: neither charts nor shares can be compared.")
    elif found.span.blocks_before < PROVISIONAL:
        yield text("Charts need twelve whole periods before this one; {n} are known.", n=found.span.blocks_before)
    uncharted = sum(each.series.signals is None for each in found.clusters)
    if uncharted and found.span.first is not None:
        yield plural(
            "{n} cluster has no chart, because its cases are too rare.",
            "{n} clusters have no chart, because their cases are too rare.",
            uncharted,
        )
    if not found.people_column:
        yield text("Shifts and people are not known, so spread is told by sites alone.")
    if review.drawing != ALL:
        yield text("The set is a sample: what is rare may not be in it.")


def method_lines(found: ReviewClusters) -> Iterator[str]:
    """How the signs are judged, in a sentence each."""
    yield text(
        "A cluster is proposed as systemic when a finished cause analysis found a gap in process, policy, system, "
        "training or capacity and at least one sign holds; as isolated when none holds and the analysis found a "
        "one-off; else the evidence is not enough. A person decides."
    )
    yield text("a Spread: {n} cases or more from two sites, or from two shifts or people at one.", n=SPREAD_CASES)
    yield text(
        "b Chart: cases a {block}, limits frozen on {n} before the period (three sigmas and Anhøj's run rules; the "
        "chart that fits the counts; below five expected a {block} three sigmas alone). Only a rise counts.",
        block=block_title(found.span),
        n=found.span.blocks_before,
    )
    yield text(
        "c Concentration: exact binomial upper tail against the share before, Benjamini-Hochberg over all {n} clusters "
        "(q up to {q}); or an exact conditional Poisson rise on the period before (p up to {p}).",
        n=len(found.clusters),
        q=f"{FALSE_DISCOVERY:g}",
        p=f"{RISE_P:g}",
    )
    yield text("d Return: a case within {n} days after an action on the same cause was closed.", n=RETURN_DAYS)
