"""The clusters of a review: step x cause (x place), each with the clauses of "systemic" and the numbers that decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from gemba.domain.complaint_reviews import ComplaintReview, SystemicVerdict
from gemba.domain.record import Uid
from gemba.store import review_sets
from gemba.store.reading import Reader
from gemba.store.review_sets import Cases
from gemba.work.cluster_figures import ClusterFigures, Key, ReviewClusters
from gemba.work.cluster_judging import Gathered, Judging
from gemba.work.cluster_series import Span, span_of
from gemba.work.desk import Desk
from gemba.work.draw_review import drawn_uids
from gemba.work.records import known

Step = Callable[[int, int], None]
"""Told how much is done and how much there is; ends the work by raising."""

NO_PEOPLE = "-"
"""Asks that shifts and teams are not looked at."""
_PEOPLE_WORDS = ("shift", "team", "crew", "agent", "staff", "employee", "operator", "clerk", "teller", "handler")


def clusters(
    desk: Desk,
    review: Uid,
    *,
    by_place: bool = False,
    people: str = "",
    step: Step = lambda done, total: None,  # noqa: ARG005 - nobody listens
) -> ReviewClusters:
    """Form the clusters of a review and judge all of them together.

    Args:
        desk: where the records are.
        review: its uid.
        by_place: one cluster for each place instead of one for all.
        people: title of the source's column that tells shifts, teams or people as a code; found by its name when
            empty, `NO_PEOPLE` for none.
        step: told of progress.

    Raises:
        Refusal: the review is unknown.
        Trouble: the list of its complaints is not here.
    """
    with desk.reader() as reader:
        kept = known(reader, ComplaintReview, review)
        uids = drawn_uids(desk, kept)
        column = _people_column(reader, uids, people)
        now = review_sets.cases_of(reader, uids, column)
        step(1, 4)
        span = span_of(kept.begins, kept.ends, review_sets.first_day(reader, kept.place), kept.count / kept.frame_count)
        before = _before(reader, kept, span, by_place=by_place)
        step(2, 4)
        gathered = _gather(now, before, by_place=by_place)
        total, total_before = sum(each.n for each in now), sum(each.n for each in before)
        told = Judging(reader, kept, gathered, span, total_before, by_place=by_place)
    found = told.judged(max(total, 1))
    step(4, 4)
    return ReviewClusters(
        review=review,
        total=total,
        missing=len(uids) - total,
        uncoded=sum(each.n for each in now if not each.step and not each.cause),
        by_place=by_place,
        span=span,
        total_before=total_before,
        people_column=column,
        clusters=tuple(sorted(found, key=_weight)),
    )


def _people_column(reader: Reader, uids: list[Uid], asked: str) -> str:
    if asked:
        return "" if asked == NO_PEOPLE else asked
    titles = review_sets.columns_told(reader, uids)
    return next((title for word in _PEOPLE_WORDS for title in titles if word in title.lower()), "")


def _before(reader: Reader, review: ComplaintReview, span: Span, *, by_place: bool) -> list[Cases]:
    if span.first is None:
        return []
    last = date.fromordinal(span.begins.toordinal() - 1)
    return review_sets.cases_before(reader, review.filters, review.place, span.first, last, by_place=by_place)


def _gather(now: Iterable[Cases], before: Iterable[Cases], *, by_place: bool) -> dict[Key, Gathered]:
    found: dict[Key, Gathered] = defaultdict(Gathered)
    for each in now:
        if each.step or each.cause:
            cluster = found[each.step, each.cause, each.place if by_place else ""]
            cluster.sites += [each.place] * each.n
            cluster.people += [each.people] * each.n
            cluster.days[each.day] += each.n
            cluster.severe += each.severe
    for each in before:
        cluster_before = found.get((each.step, each.cause, each.place))
        if cluster_before is not None:
            cluster_before.days_before[each.day] += each.n
    return dict(found)


def _weight(each: ClusterFigures) -> tuple[int, int, int, int, float, Key]:
    """What matters most comes first: a proposed gap, many clauses, severe cases, many cases."""
    rank = 0 if each.proposed is SystemicVerdict.SYSTEMIC else 1
    sure = each.q if each.q is not None else 1.0
    return rank, 0 if each.matters else 1, -len(each.clauses), -(each.cases + 2 * each.severe), sure, each.key
