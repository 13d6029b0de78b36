"""The facts of the report of a complaint review, read off the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gemba.domain.actions import Action, ActionState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview, ReviewState, SystemicVerdict
from gemba.domain.complaints import Complaint
from gemba.domain.people import Person
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.reports.chart_facts import ChartFacts
from gemba.reports.complaint_review import CauseFacts, ClauseFacts, ClusterFacts, ReviewFacts
from gemba.reports.facts import Tone
from gemba.store import review_sets
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.cause_words import domain_title, head_title, sort_title, step_title
from gemba.work.check_file import agreement as agreement_of
from gemba.work.cluster_chart import cluster_chart
from gemba.work.cluster_figures import ClusterFigures, Key, ReviewClusters
from gemba.work.cluster_numbers import clauses_told, kept_numbers, share, verdict_title, why_proposed
from gemba.work.decide_cluster import decisions_of
from gemba.work.desk import Desk
from gemba.work.draw_review import ALL, drawn_uids
from gemba.work.proof_facts import shown_done
from gemba.work.quoting import Quoting
from gemba.work.records import known
from gemba.work.untold import method_lines, untold_lines

Decisions = Mapping[Key, Sequence[ClusterDecision]]

_DETAILED = 40
"""Clusters that get a chapter of their own; the others stand in the table only by what they are."""
_QUOTED, _LOOKED_AT = 2, 30
"""Quotes of a cluster, and complaints that are asked for one."""
_LONGEST = 400
"""Letters of a quote."""
TONES: dict[SystemicVerdict, Tone] = {
    SystemicVerdict.SYSTEMIC: "poor",
    SystemicVerdict.ISOLATED: "good",
    SystemicVerdict.NOT_ENOUGH: "plain",
}


def review_facts(desk: Desk, reader: Reader, found: ReviewClusters) -> ReviewFacts:
    """Everything that the report of a review prints, in the chosen language.

    Args:
        desk: where the records are.
        reader: one view of the store.
        found: the review's clusters (`gemba.work.review_clusters.clusters`).
    """
    review = known(reader, ComplaintReview, found.review)
    decisions = decisions_of(reader, review.uid)
    shown = [each for each in found.clusters if each.matters or each.key in decisions][:_DETAILED]
    uids = drawn_uids(desk, review)
    analyses = _analyses(reader, review, shown)
    place = reader.get(Place, review.place) if review.place else None
    telling = _Telling(desk, reader, review, found, decisions, uids)
    tops = [each for each in reader.find(Place, parent=None) if each.level is Level.ENTERPRISE]
    return ReviewFacts(
        number=review.number,
        title=review.title,
        organisation=tops[0].name if len(tops) == 1 else "",
        place=place.name if place else text("All places"),
        person=known(reader, Person, review.person).name,
        when=review.concluded_at or review.drawn_at,
        zone=place.zone if place else desk.zone,
        draft=review.state is ReviewState.OPEN,
        summary=review.summary,
        figures=_figures(found, decisions),
        drawn=_drawn(review),
        clusters=tuple(telling.cluster(each) for each in shown),
        others=_others(found, shown),
        causes=tuple(_cause(each) for each in analyses),
        actions=tuple(_actions(reader, analyses)),
        proofs=shown_done(desk, reader, (act for each in analyses for act in reader.find(Action, analysis=each.uid))),
        agreement=tuple(_agreement(desk, reader, uids)),
        untold=tuple(untold_lines(review, found, decisions)),
        method=tuple(method_lines(found)),
    )


class _Telling:
    """Tells one cluster after the other."""

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        review: ComplaintReview,
        found: ReviewClusters,
        decisions: Decisions,
        uids: list[Uid],
    ) -> None:
        self._desk, self._reader, self._review, self._found = desk, reader, review, found
        self._decisions, self._uids = decisions, uids
        self._quoting = Quoting(reader)

    def cluster(self, each: ClusterFigures) -> ClusterFacts:
        """The facts of a cluster."""
        decided = list(self._decisions.get(each.key, ()))
        newest = decided[0] if decided else None
        is_systemic = (newest.decided if newest else each.proposed) is SystemicVerdict.SYSTEMIC
        proposed = newest.proposed if newest else each.proposed
        return ClusterFacts(
            title=title_of(each),
            cases=each.cases,
            severe=each.severe,
            sites=each.sites,
            signs=", ".join(each.clauses) or "–",
            proposed=(verdict_title(proposed), TONES[proposed]),
            decided=(verdict_title(newest.decided), TONES[newest.decided]) if newest else ("", "plain"),
            why=why_proposed(each),
            clauses=tuple(
                ClauseFacts(f"{one.clause}  {one.title}", one.holds, one.said, " ".join(one.sentences))
                for one in clauses_told(each, self._found.total, self._found.span)
            ),
            reason=newest.reason if newest else "",
            who=self._who(newest) if newest else "",
            since=_since(newest, each) if newest else "",
            earlier=tuple(self._earlier(one) for one in decided[1:]),
            quotes=tuple(self._quotes(each)) if is_systemic else (),
            chart=self._chart(each) if is_systemic else None,
        )

    def _chart(self, each: ClusterFigures) -> ChartFacts | None:
        return cluster_chart(self._desk, self._reader, self._review, self._found.span, each)

    def _who(self, decision: ClusterDecision) -> str:
        person = known(self._reader, Person, decision.person)
        return f"{person.name}, {decision.decided_at.date().isoformat()}"

    def _earlier(self, decision: ClusterDecision) -> str:
        words = f"{verdict_title(decision.decided)} · {self._who(decision)}"
        return f"{words}: {decision.reason}" if decision.reason else words

    def _quotes(self, each: ClusterFigures) -> Iterator[tuple[str, str]]:
        """The first words that may be quoted, the worst complaints first."""
        found = review_sets.clusters_uids(self._reader, self._uids, each.step, each.cause, each.place)
        complaints = list(self._reader.many(Complaint, found[:_LOOKED_AT]))
        left = _QUOTED
        for complaint in complaints:
            quote = self._quoting.quote(complaint)
            if quote.why_not is None and left:
                left -= 1
                words = quote.words if len(quote.words) <= _LONGEST else quote.words[:_LONGEST].rstrip() + " …"
                whose = f"{complaint.number} · {complaint.received_at.date().isoformat()}"
                redacted = text("redaction checked") if quote.is_checked else text("redacted by the program")
                yield words, f"{whose} · {redacted}"


def title_of(each: ClusterFigures) -> str:
    """What a cluster is called."""
    parts = (each.step_title or text("No step"), each.cause_title or text("No cause"), each.place_name)
    return " · ".join(part for part in parts if part)


def _figures(found: ReviewClusters, decisions: Decisions) -> tuple[tuple[str, str], ...]:
    decided = [each[0].decided for each in decisions.values()]
    return (
        (str(found.total), text("complaints")),
        (str(len(found.clusters)), text("clusters")),
        (str(sum(each.matters for each in found.clusters)), text("with a sign that matters")),
        (str(decided.count(SystemicVerdict.SYSTEMIC)), text("decided systemic")),
        (str(decided.count(SystemicVerdict.ISOLATED)), text("decided isolated")),
    )


def _drawn(review: ComplaintReview) -> tuple[tuple[str, str], ...]:
    filters = ", ".join(f"{field} = {value}" for field, value in review.filters.items())
    is_all = review.drawing == ALL
    return (
        (text("Received"), f"{review.begins.isoformat()} – {review.ends.isoformat()} (UTC)"),
        (text("Conditions"), filters or text("none")),
        (text("Duplicates"), text("Complaints linked to another that says the same are left out.")),
        (text("Frame"), plural("{n} complaint", "{n} complaints", review.frame_count)),
        (text("SHA-256 of the frame"), review.frame_sha256),
        (
            text("Drawn"),
            text("all of them")
            if is_all
            else text(
                "{n} by chance ({share}), algorithm {algorithm}",
                n=review.count,
                share=share(review.count / review.frame_count),
                algorithm=review.drawing,
            ),
        ),
        *(() if is_all else ((text("Seed"), review.seed),)),
        (text("SHA-256 of the list drawn"), review.drawn),
        (text("Drawn at"), f"{review.drawn_at:%Y-%m-%d %H:%M} (UTC)"),
        (
            text("To draw it again"),
            text(
                "The frame's ids are sorted and written one a line; gemba review redraw {number}.", number=review.number
            ),
        ),
    )


def _others(found: ReviewClusters, shown: Sequence[ClusterFigures]) -> str:
    keys = {each.key for each in shown}
    rest = [each for each in found.clusters if each.key not in keys]
    if not rest:
        return ""
    return plural(
        "{n} further cluster ({complaints}) is not shown: no sign, or fewer than three cases.",
        "{n} further clusters ({complaints}) are not shown: no sign, or fewer than three cases.",
        len(rest),
        complaints=plural("{n} complaint", "{n} complaints", sum(each.cases for each in rest)),
    )


def _since(decision: ClusterDecision, each: ClusterFigures) -> str:
    """Numbers that are no longer those of the decision: codes or records have changed."""
    now = kept_numbers(each)
    changed = [name for name in ("cases", "sites", "severe") if decision.figures.get(name) != now.get(name)]
    if set(decision.clauses) != set(each.clauses):
        changed.append("signs")
    then = {**decision.figures, "signs": ", ".join(decision.clauses) or "–"}
    titles: dict[str, Callable[[], str]] = {
        "cases": lambda: text("cases"),
        "sites": lambda: text("sites"),
        "severe": lambda: text("severe"),
        "signs": lambda: text("signs"),
    }
    told = ", ".join(f"{titles[name]()} {then.get(name, '–')}" for name in changed)
    return text("The numbers were then: {told}.", told=told) if told else ""


def _analyses(reader: Reader, review: ComplaintReview, shown: Sequence[ClusterFigures]) -> list[CauseAnalysis]:
    named = [each.analysis for each in shown if each.analysis is not None]
    found = {each.uid: each for each in reader.many(CauseAnalysis, named)}
    found |= {each.uid: each for each in reader.find(CauseAnalysis, review=review.uid)}
    return list(found.values())


def _cause(each: CauseAnalysis) -> CauseFacts:
    rows = [(text("Contained"), each.contained)]
    rows += [(text("Why {n}", n=n), why) for n, why in enumerate(each.whys, 1)]
    rows += [(head_title(head), words) for head, words in each.heads.items()]
    rows += [(text("Not caught because"), each.escape)]
    rows += [(step_title(step), words) for step, words in each.steps.items()]
    state = text("finished") if each.finished_at else text("not finished")
    return CauseFacts(
        number=each.number,
        problem=each.problem,
        sort=f"{sort_title(each.sort)} · {domain_title(each.domain)} · {state}",
        rows=tuple((label, words) for label, words in rows if words),
    )


def _actions(reader: Reader, analyses: Sequence[CauseAnalysis]) -> Iterator[tuple[str, str, str, str, str, str]]:
    for analysis in analyses:
        for each in reader.find(Action, analysis=analysis.uid):
            state = text("Done") if each.state is ActionState.DONE else text("Open")
            yield each.number, analysis.number, each.text, each.owner, each.due.isoformat(), state


def _agreement(desk: Desk, reader: Reader, uids: Sequence[Uid]) -> Iterator[tuple[str, str, str]]:
    checked = review_sets.with_file_checks(reader, uids)
    found = agreement_of(desk, reader, checked) if checked else None
    if found is None:
        return
    for each in found.items:
        yield each.item, share(each.percent), "–" if each.alpha is None else f"{each.alpha:.2f}"
    yield text("All items"), share(found.percent), "–" if found.alpha is None else f"{found.alpha:.2f}"
