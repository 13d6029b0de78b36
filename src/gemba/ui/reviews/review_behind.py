"""The complaints behind the numbers of a review and of its clusters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from gemba import wording
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.complaints import Complaint
from gemba.store import review_sets
from gemba.ui import terms
from gemba.ui.lineage.behind import Behind, Part
from gemba.ui.reviews.cluster_source import ClusterLine
from gemba.work.draw_review import drawn_uids


def drawn(review: ComplaintReview) -> Behind:
    """The complaints that a review looks at, as its kept list names them."""
    title = wording.plural("complaint drawn", "complaints drawn", review.count)
    read = partial(_read_drawn, review)
    return Behind(number=terms.number(review.count), title=title, count=review.count, read=read)


def uncoded(review: ComplaintReview, count: int) -> Behind:
    """Those of them that are in no cluster."""
    read = partial(_read_uncoded, review)
    title = wording.text("without step and cause")
    return Behind(number=terms.number(count), title=title, count=count, read=read)


def of_cluster(review: ComplaintReview, line: ClusterLine) -> list[Behind]:
    """The complaints of a cluster, and the severe ones among them."""
    figures = line.figures
    told = (
        (figures.cases, wording.plural("case", "cases", figures.cases), False),
        (figures.severe, wording.plural("severe", "severe", figures.severe), True),
    )
    return [
        Behind(number=str(count), title=title, count=count, read=partial(_read_cluster, review, line, severe))
        for count, title, severe in told
    ]


def _read_drawn(review: ComplaintReview, desk: Any) -> Sequence[Part]:
    return [_part(drawn_uids(desk, review))]


def _read_uncoded(review: ComplaintReview, desk: Any) -> Sequence[Part]:
    with desk.reader() as reader:
        found = reader.many(Complaint, drawn_uids(desk, review))
        return [_part([one.uid for one in found if not (one.step or one.cause)])]


def _read_cluster(review: ComplaintReview, line: ClusterLine, severe: bool, desk: Any) -> Sequence[Part]:  # noqa: FBT001
    figures = line.figures
    with desk.reader() as reader:
        uids = review_sets.clusters_uids(reader, drawn_uids(desk, review), figures.step, figures.cause, figures.place)
        if severe:
            uids = [one.uid for one in reader.many(Complaint, uids) if one.severity in review_sets.SEVERE]
    return [_part(uids)]


def _part(uids: Sequence[str]) -> Part:
    return Part(wording.text("Complaints"), tuple(("complaint", uid) for uid in uids))
