"""The report of a complaint review: facts in, a PDF out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from gemba.reports import sheet
from gemba.reports.chart_facts import ChartFacts
from gemba.reports.charts import chart_drawing
from gemba.reports.facts import ActionFacts, Rendered, Tone
from gemba.reports.sheet_facts import (
    Cell,
    Drawing,
    Facts,
    Figures,
    Heading,
    Notice,
    Part,
    PhotoPairs,
    Quotes,
    SheetFacts,
    Table,
    Words,
)
from gemba.wording import text

_CHART = (174.0, 62.0)


class ClauseFacts(msgspec.Struct, frozen=True):
    """One sign of "systemic" with the numbers that decided."""

    title: str
    holds: bool
    said: str
    """Whether it holds, in words."""
    words: str


class ClusterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One cluster."""

    title: str
    cases: int
    severe: int
    sites: int
    signs: str
    """Letters of the clauses that hold; a dash for none."""
    proposed: tuple[str, Tone]
    decided: tuple[str, Tone]
    """`("", "plain")` while nobody has decided."""
    why: str
    """The proposal in a sentence."""
    clauses: tuple[ClauseFacts, ...]
    reason: str = ""
    who: str = ""
    """Who decided, and when."""
    since: str = ""
    """What has changed since it was decided; empty for nothing."""
    earlier: tuple[str, ...] = ()
    """Earlier decisions, in a sentence each."""
    quotes: tuple[tuple[str, str], ...] = ()
    """Words of customers, redacted, and from where."""
    chart: ChartFacts | None = None


class CauseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One cause analysis."""

    number: str
    problem: str
    sort: str
    rows: tuple[tuple[str, str], ...]
    """What it found, by label."""


class ReviewFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the report prints. Texts are already in its language."""

    number: str
    title: str
    organisation: str = ""
    place: str = ""
    person: str = ""
    when: datetime
    zone: str = "UTC"
    draft: bool
    summary: str = ""
    figures: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[str, str], ...]
    """How the set was drawn, by label."""
    clusters: tuple[ClusterFacts, ...]
    """Those that matter or were decided, what matters most first."""
    others: str = ""
    """What the other clusters are, in a sentence."""
    causes: tuple[CauseFacts, ...] = ()
    actions: tuple[tuple[str, str, str, str, str, str], ...] = ()
    """Number, analysis, what, owner, due, state."""
    proofs: tuple[ActionFacts, ...] = ()
    """Actions that photos or files show as done."""
    agreement: tuple[tuple[str, str, str], ...] = ()
    """Item of the checklist for files, agreement, alpha."""
    untold: tuple[str, ...]
    """What cannot be told, and why."""
    method: tuple[str, ...]
    """How the signs are judged."""


def render(facts: ReviewFacts, out: Path, *, language: str) -> Rendered:
    """Write the report as a PDF; the same facts give the same bytes.

    Args:
        facts: what it tells; texts already in `language`.
        out: the PDF; it appears whole or not at all.
        language: BCP 47 tag.

    Raises:
        Trouble: the file cannot be written, as for any report.
    """
    return sheet.render(
        SheetFacts(
            number=facts.number,
            title=facts.title,
            kind_title=text("Complaint review"),
            organisation=facts.organisation,
            place=facts.place,
            person=facts.person,
            when=facts.when,
            zone=facts.zone,
            parts=tuple(_parts(facts)),
            draft=facts.draft,
        ),
        out,
        language=language,
    )


def _parts(facts: ReviewFacts) -> Iterator[Part]:
    if facts.draft:
        yield Notice((text("This review is open: decisions may still change."),), "fair")
    if facts.summary:
        yield Words(facts.summary)
    yield Figures(facts.figures)
    yield Heading(text("Clusters and decisions"))
    yield from _overview(facts)
    for cluster in facts.clusters:
        yield from _cluster(cluster)
    yield from _causes(facts)
    yield from _actions(facts)
    yield from _agreement(facts)
    yield Heading(text("What cannot be told, and why"))
    for line in facts.untold:
        yield Words(line)
    yield Heading(text("How the set was drawn"))
    yield Facts(facts.drawn)
    yield Heading(text("How the signs are judged"))
    for line in facts.method:
        yield Words(line, "small")


def _overview(facts: ReviewFacts) -> Iterator[Part]:
    if not facts.clusters:
        yield Words(text("No cluster shows a sign, and none was decided."))
    rows = [
        (
            Cell(each.title, strong=True),
            str(each.cases),
            str(each.severe),
            str(each.sites),
            each.signs,
            Cell(each.proposed[0], each.proposed[1]),
            Cell(each.decided[0], each.decided[1]) if each.decided[0] else "–",
        )
        for each in facts.clusters
    ]
    titles = ("Cluster", "Cases", "Severe", "Sites", "Signs", "Proposed", "Decided")
    yield Table(
        tuple(text(title) for title in titles),
        tuple(rows),
        (0.0, 13.0, 14.0, 12.0, 14.0, 36.0, 36.0),
        numbers=(1, 2, 3),
        note=text("Signs: a spread, b chart, c concentration or rise, d return after a closed action."),
    )
    if facts.others:
        yield Words(facts.others, "quiet")


def _cluster(cluster: ClusterFacts) -> Iterator[Part]:
    yield Heading(cluster.title, 1)
    yield Words(cluster.why)
    rows = [
        (
            Cell(each.title, strong=True),
            Cell(each.said, "poor" if each.holds else "plain"),
            each.words,
        )
        for each in cluster.clauses
    ]
    yield Table((text("Sign"), "", text("Numbers")), tuple(rows), (28.0, 30.0, 0.0), together=True)
    if cluster.chart is not None:
        yield Drawing(chart_drawing(cluster.chart, *_CHART))
    if cluster.decided[0]:
        decided = [(text("Decided"), f"{cluster.decided[0]} · {cluster.who}"), (text("Reason"), cluster.reason or "–")]
        decided += [(text("Proposed then"), cluster.proposed[0])]
        decided += [(text("Changed since"), cluster.since)] if cluster.since else []
        decided += [(text("Decided before"), line) for line in cluster.earlier]
        yield Facts(tuple(decided))
    if cluster.quotes:
        yield Quotes(cluster.quotes)


def _causes(facts: ReviewFacts) -> Iterator[Part]:
    if facts.causes:
        yield Heading(text("Causes"))
    for each in facts.causes:
        yield Heading(f"{each.number} · {each.problem}", 1)
        yield Words(each.sort, "strong")
        yield Facts(each.rows)


def _actions(facts: ReviewFacts) -> Iterator[Part]:
    if not facts.actions:
        return
    yield Heading(text("Actions"))
    titles = tuple(text(title) for title in ("Number", "Follows from", "Action", "Owner", "Due", "State"))
    yield Table(titles, facts.actions, (26.0, 26.0, 0.0, 28.0, 19.0, 18.0))
    for each in facts.proofs:
        yield Heading(f"{each.number} · {each.text}", 1)
        if each.pairs:
            yield PhotoPairs(each.pairs)
        if each.files:
            yield Words(text("Files: {names}", names=", ".join(each.files)), "small")


def _agreement(facts: ReviewFacts) -> Iterator[Part]:
    if not facts.agreement:
        return
    yield Heading(text("Complaint files: how far reviewers agree"))
    yield Table(
        (text("Item"), text("Agreement"), text("Alpha")),
        facts.agreement,
        (0.0, 24.0, 20.0),
        numbers=(1, 2),
        note=text("Agreement is the share of pairs of answers that are alike; alpha is Krippendorff's, nominal."),
    )
