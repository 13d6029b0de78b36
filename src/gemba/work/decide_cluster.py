"""A person decides what a cluster is; the program's proposal, its numbers, the decision and the reason are all kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from gemba.domain.causes import CauseAnalysis
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview, ReviewState, SystemicVerdict, decision_uid
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.cluster_figures import ClusterFigures, Key, ReviewClusters
from gemba.work.cluster_numbers import kept_numbers
from gemba.work.desk import Desk
from gemba.work.draw_review import drawn_uids, open_review
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known


def decide(
    desk: Desk,
    review: Uid,
    cluster: ClusterFigures,
    decided: SystemicVerdict,
    reason: str = "",
    *,
    are_no_names: bool = False,
) -> Change:
    """Decide one cluster; a later decision stands before an earlier one, and both stay.

    Args:
        desk: who decides, where.
        review: uid of a review that is open.
        cluster: as it was shown; its proposal and numbers are kept with the decision.
        decided: what the person says it is.
        reason: why; needed against the proposal.
        are_no_names: somebody has looked at what may be names in the reason.

    Raises:
        Refusal: the review is concluded, a reason is missing, or what is systemic is put down to somebody by name.
    """
    return decide_all(desk, review, [cluster], decided, reason, are_no_names=are_no_names)


def decide_all(
    desk: Desk,
    review: Uid,
    clusters: Sequence[ClusterFigures],
    decided: SystemicVerdict,
    reason: str = "",
    *,
    are_no_names: bool = False,
) -> Change:
    """Decide several clusters alike, with one reason."""
    if not reason.strip() and any(cluster.proposed is not decided for cluster in clusters):
        raise Refusal("work.decision_without_reason")
    with desk.unit() as unit:
        kept = open_review(unit, review)
        if decided is SystemicVerdict.SYSTEMIC:
            demand_nameless(unit, [reason], drawn_uids(desk, kept), are_no_names=are_no_names, beginnings=True)
        uid, moment = "", _moment(desk, unit, review)
        standing = decisions_of(unit, review)
        for cluster in clusters:
            before = standing[cluster.key][0].uid if cluster.key in standing else None
            said = (decided, reason.strip(), moment)
            uid = _keep(desk, unit, decision_uid(review, *_parts(cluster), before), review, cluster, said)
        return unit.change_made(uid)


def decisions_of(reader: Reader, review: Uid) -> dict[Key, list[ClusterDecision]]:
    """All decisions of a review by cluster, the one that stands first."""
    found: dict[Key, list[ClusterDecision]] = defaultdict(list)
    kept = reader.find(ClusterDecision, review=review)
    for each in sorted(kept, key=lambda one: (one.decided_at, one.uid), reverse=True):
        found[each.step, each.cause, each.place or ""].append(each)
    return dict(found)


def undecided(found: ReviewClusters, decisions: Mapping[Key, object]) -> list[ClusterFigures]:
    """The clusters that matter and that nobody has decided."""
    return [each for each in found.clusters if each.matters and each.key not in decisions]


def conclude(desk: Desk, review: Uid, found: ReviewClusters, summary: str, *, are_no_names: bool = False) -> Change:
    """Conclude a review; from here on it is frozen.

    Args:
        desk: who does it, where.
        review: its uid.
        found: its clusters as they are now.
        summary: to the reader.
        are_no_names: somebody has looked at what may be names in the summary.

    Raises:
        Refusal: it is concluded already, a cluster that matters is undecided, or the summary is empty or names people.
    """
    words = summary.strip()
    if not words:
        raise Refusal("work.review_without_summary")
    with desk.unit() as unit:
        kept = open_review(unit, review)
        left = undecided(found, decisions_of(unit, review))
        if left:
            raise Refusal("work.clusters_undecided", count=len(left), first=_called(left[0]))
        demand_nameless(unit, [words], drawn_uids(desk, kept), are_no_names=are_no_names, beginnings=True)
        unit.change(ComplaintReview, review, state=ReviewState.CONCLUDED, summary=words, concluded_at=desk.clock())
        return unit.change_made(review)


def _moment(desk: Desk, reader: Reader, review: Uid) -> datetime:
    """Now; after the last decision all the same when the clock was set back, so that the newest one stands."""
    last = max((each.decided_at for each in reader.find(ClusterDecision, review=review)), default=None)
    now = desk.clock()
    return now if last is None or now > last else last + timedelta(milliseconds=1)


def _parts(cluster: ClusterFigures) -> tuple[str, str, Uid | None]:
    return cluster.step, cluster.cause, cluster.place


def _keep(
    desk: Desk, unit: Unit, uid: Uid, review: Uid, cluster: ClusterFigures, said: tuple[SystemicVerdict, str, datetime]
) -> Uid:
    if cluster.analysis is not None:
        known(unit, CauseAnalysis, cluster.analysis)
    decided, reason, moment = said
    step, cause, place = _parts(cluster)
    decision = ClusterDecision(
        uid=uid,
        review=review,
        step=step,
        cause=cause,
        place=place,
        proposed=cluster.proposed,
        clauses=cluster.clauses,
        figures=kept_numbers(cluster),
        decided=decided,
        reason=reason,
        analysis=cluster.analysis,
        decided_at=moment,
        person=desk.person.uid,
    )
    unit.put(decision)
    return decision.uid


def _called(cluster: ClusterFigures) -> str:
    return " · ".join(part for part in (cluster.step_title, cluster.cause_title, cluster.place_name) if part)
