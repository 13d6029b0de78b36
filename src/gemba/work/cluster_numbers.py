"""The numbers of a cluster in words that a steward understands, and as they are kept with a decision."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from gemba.domain.causes import CauseSort
from gemba.domain.complaint_reviews import SystemicVerdict
from gemba.methods.systemic import FALSE_DISCOVERY, RETURN_DAYS, RISE_P, SPREAD_CASES, Clause
from gemba.wording import plural, text
from gemba.work.cluster_figures import ClusterFigures
from gemba.work.cluster_series import DAY, FOUR_WEEKS, SeriesSignal, Span

_TINY = 0.0001


class ClauseWords(msgspec.Struct, frozen=True):
    """One clause, as it is told."""

    clause: str
    """a, b, c, d."""
    title: str
    holds: bool
    sentences: tuple[str, ...]
    """The numbers that decided."""
    is_told: bool = True
    """False when nothing is known that could tell: no chart, nothing before, no place."""

    @property
    def said(self) -> str:
        """Whether it holds, in words."""
        if not self.is_told:
            return text("cannot be told")
        return text("holds") if self.holds else text("does not hold")


def verdict_title(verdict: SystemicVerdict) -> str:
    """What a cluster is called."""
    titles = {
        SystemicVerdict.SYSTEMIC: text("Systemic"),
        SystemicVerdict.ISOLATED: text("Isolated"),
        SystemicVerdict.NOT_ENOUGH: text("Not enough evidence"),
    }
    return titles[verdict]


def clause_title(clause: str) -> str:
    """What a clause is about, in a word or two."""
    titles = {
        Clause.SPREAD: text("Spread"),
        Clause.SIGNAL: text("Chart"),
        Clause.CONCENTRATION: text("Concentration"),
        Clause.RETURN: text("Return"),
    }
    return titles[Clause(clause)]


def clauses_told(cluster: ClusterFigures, total: int, span: Span) -> tuple[ClauseWords, ...]:
    """All four clauses of a cluster with their numbers.

    Args:
        cluster: of a review.
        total: complaints of the set.
        span: of the review.
    """
    told: Sequence[tuple[Clause, Sequence[str]]] = (
        (Clause.SPREAD, _spread(cluster)),
        (Clause.SIGNAL, _signal(cluster.series, span)),
        (Clause.CONCENTRATION, (*_share(cluster, total), *_rise(cluster, span))),
        (Clause.RETURN, _returned(cluster)),
    )
    return tuple(
        ClauseWords(
            clause.value,
            clause_title(clause),
            clause.value in cluster.clauses,
            tuple(sentences),
            clause.value in cluster.clauses or _is_told(clause, cluster),
        )
        for clause, sentences in told
    )


def _is_told(clause: Clause, cluster: ClusterFigures) -> bool:
    known = {
        Clause.SPREAD: cluster.cases < SPREAD_CASES or cluster.sites > 0 or cluster.people > 0,
        Clause.SIGNAL: cluster.series.signals is not None,
        Clause.CONCENTRATION: cluster.baseline is not None,
    }
    return known.get(clause, True)


def why_proposed(cluster: ClusterFigures) -> str:
    """The proposal in a sentence, with what is missing for another one."""
    number = cluster.analysis_number
    if cluster.proposed is SystemicVerdict.SYSTEMIC:
        return text(
            "Systemic: analysis {number} found a gap in the system, and at least one sign holds.", number=number
        )
    if cluster.proposed is SystemicVerdict.ISOLATED:
        return text("Isolated: analysis {number} found a one-off, and no sign holds.", number=number)
    return _not_enough_with_sign(cluster) if cluster.clauses else _not_enough(cluster)


def _not_enough_with_sign(cluster: ClusterFigures) -> str:
    if cluster.found is CauseSort.ONE_OFF:
        return text(
            "Not enough evidence: analysis {number} found a one-off, but a sign holds; look again.",
            number=cluster.analysis_number,
        )
    return text("Not enough evidence yet: a sign holds, but no finished cause analysis says what lets it happen.")


def _not_enough(cluster: ClusterFigures) -> str:
    if cluster.found is CauseSort.SYSTEM:
        return text(
            "Not enough evidence yet: analysis {number} found a gap in the system, but no sign holds.",
            number=cluster.analysis_number,
        )
    if cluster.cases < SPREAD_CASES:
        return text("Not enough evidence: fewer than three cases and no cause analysis.")
    return text("Not enough evidence: no sign holds, and no cause analysis says that it was a one-off.")


def kept_numbers(cluster: ClusterFigures) -> dict[str, str]:
    """The numbers by name, as they stay with a decision."""
    series = cluster.series
    numbers: dict[str, object] = {
        "cases": cluster.cases,
        "severe": cluster.severe,
        "sites": cluster.sites,
        "people_at_one_site": cluster.people,
        "before": cluster.before,
        "baseline": cluster.baseline,
        "p": cluster.p,
        "q": cluster.q,
        "previous": cluster.previous,
        "rate_ratio": cluster.rate_ratio,
        "rise_p": cluster.rise_p,
        "chart": series.chart or series.why_not,
        "chart_signals": series.signals,
        "chart_points_before": series.points_before,
        "chart_usual": series.usual,
        "chart_upper": series.upper,
        "chart_highest": series.highest,
        "chart_beyond": series.beyond,
        "chart_run": series.run,
        "days_after_closing": cluster.returned_after,
        "actions_closed": ", ".join(cluster.actions_closed),
        "analysis": cluster.analysis_number,
    }
    return {name: _plain(value) for name, value in numbers.items() if value is not None and value != ""}


def share(part: float) -> str:
    """A share as percent, with as many digits as tell something."""
    percent = part * 100
    return f"{percent:.0f} %" if percent >= 10 else f"{percent:.1f} %" if percent >= 1 else f"{percent:.2g} %"


def chance(p: float) -> str:
    """A probability, as it is read: 0.03, or below 0.0001."""
    return f"< {_TINY:g}" if p < _TINY else f"{p:.2g}"


def ratio(value: float) -> str:
    """How many times as often."""
    return text("none before") if math.isinf(value) else f"{value:.2g}" if value < 10 else f"{value:.0f}"


def block_title(span: Span) -> str:
    """What a point of the chart is."""
    if span.length == DAY:
        return text("day")
    return text("four weeks") if span.length == FOUR_WEEKS else text("week")


def _spread(cluster: ClusterFigures) -> list[str]:
    cases = plural("{n} case", "{n} cases", cluster.cases)
    found = [
        text("{cases} at {sites}.", cases=cases, sites=plural("{n} site", "{n} sites", cluster.sites))
        if cluster.sites
        else text("{cases}; the place is not known.", cases=cases)
    ]
    if cluster.people:
        found.append(
            plural("{n} shift, team or person at one site.", "{n} shifts, teams or people at one site.", cluster.people)
        )
    found.append(text("It takes three cases from two sites, or from two shifts or people at one."))
    return found


def _signal(series: SeriesSignal, span: Span) -> list[str]:
    block = block_title(span)
    if series.why_not == "few_periods":
        return [
            text(
                "No chart: {n} whole periods ({block}) before this one are known, and limits need twelve.",
                n=series.points_before,
                block=block,
            )
        ]
    if series.why_not == "sample":
        return [text("No chart: the cases are rare, and a sample does not tell the days between them.")]
    if series.why_not:
        return [text("No chart: the cases are rare, and too few came before.")]
    found = [_usual(series, block)]
    if series.beyond:
        found.append(plural("{n} point lies above the limit.", "{n} points lie above the limit.", series.beyond))
    if series.run:
        found.append(
            text(
                "{run} points in a row are worse than usual; chance makes up to {allowed}.",
                run=series.run,
                allowed=series.run_allowed,
            )
        )
    if not series.signals:
        found.append(text("What is seen is what chance makes."))
    if series.points_before < 20:
        found.append(text("The limits are provisional: they rest on {n:point|points}.", n=series.points_before))
    return found


def _usual(series: SeriesSignal, block: str) -> str:
    usual, highest = f"{series.usual or 0:.3g}", f"{series.highest or 0:.3g}"
    if series.upper is None:
        return text(
            "Usually {usual} days lie between two cases; in this period at the least {highest}. (g chart)",
            usual=usual,
            highest=highest,
        )
    return text(
        "Usually {usual} a {block}, up to {upper} by chance; the highest in this period is {highest}. ({chart} chart)",
        usual=usual,
        block=block,
        upper=f"{series.upper:.3g}",
        highest=highest,
        chart=series.chart,
    )


def _share(cluster: ClusterFigures, total: int) -> list[str]:
    if cluster.baseline is None or cluster.p is None or cluster.q is None:
        return [text("Nothing is known of what came before, so the share cannot be compared.")]
    before = text(
        "{share} of all ({cases} of {total}), {baseline} before.",
        share=share(cluster.cases / total),
        cases=cluster.cases,
        total=total,
        baseline=share(cluster.baseline),
    )
    if cluster.before == 0:
        before += " " + text("It never came before, which counts as half a case.")
    return [
        before,
        text(
            "The chance of so many or more when nothing has changed: {p}; among all clusters the share of false "
            "alarms at this one is at most {q} (limit {limit}).",
            p=chance(cluster.p),
            q=chance(cluster.q),
            limit=f"{FALSE_DISCOVERY:g}",
        ),
    ]


def _rise(cluster: ClusterFigures, span: Span) -> list[str]:
    if cluster.previous is None or cluster.rate_ratio is None or cluster.rise_p is None or span.previous is None:
        return []
    return [
        text(
            "{previous} in the {days} days before: {ratio} times as often now (by chance alone: {p}, limit {limit}).",
            previous=cluster.previous,
            days=span.previous[1],
            ratio=ratio(cluster.rate_ratio),
            p=chance(cluster.rise_p),
            limit=f"{RISE_P:g}",
        )
        if cluster.previous
        else text(
            "None in the {days} days before (so many by chance alone: {p}, limit {limit}).",
            days=span.previous[1],
            p=chance(cluster.rise_p),
            limit=f"{RISE_P:g}",
        )
    ]


def _returned(cluster: ClusterFigures) -> list[str]:
    if cluster.returned_after is not None:
        return [
            text(
                "It came back {days:day|days} after an action on the same cause was closed ({actions}).",
                days=cluster.returned_after,
                actions=", ".join(cluster.actions_closed),
            )
        ]
    if cluster.actions_closed:
        return [
            text(
                "No case within {days:day|days} after the closed actions on this cause ({actions}).",
                days=RETURN_DAYS,
                actions=", ".join(cluster.actions_closed),
            )
        ]
    return [text("No action on this cause was closed before the period ended.")]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
