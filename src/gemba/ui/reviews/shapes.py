"""The lists of reviews, clusters and causes: their columns and filters."""

from __future__ import annotations

from gemba import wording
from gemba.domain.complaint_reviews import SystemicVerdict
from gemba.ui import terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.ui.pages.places import PlaceNames
from gemba.work.cause_words import domain_title, sort_title
from gemba.work.cluster_numbers import chance, ratio, share, verdict_title

REVIEW_TOPICS = frozenset({"complaint_review", "cluster_decision"})
CLUSTER_TOPICS = frozenset({"cluster_decision", "complaint_review"})
CAUSE_TOPICS = frozenset({"cause_analysis", "action"})

_TONES = {SystemicVerdict.SYSTEMIC: "poor", SystemicVerdict.ISOLATED: "good", SystemicVerdict.NOT_ENOUGH: "plain"}


def verdict_tone(verdict: SystemicVerdict) -> str:
    """The tone of what a cluster is."""
    return _TONES[verdict]


def verdict(code: str) -> str:
    """A verdict by its code; a dash for none."""
    return verdict_title(SystemicVerdict(code)) if code else "–"


def reviews(names: PlaceNames) -> Shape:
    """The list of reviews."""
    return Shape(
        name="reviews",
        title=wording.text("Reviews"),
        counted=lambda n: wording.plural("{count} review", "{count} reviews", n, count=terms.number(n)),
        topics=REVIEW_TOPICS | {"place", "person"},
        sort="drawn_at",
        descending=True,
        columns=(
            Column(
                name="title",
                title=lambda: wording.text("Review"),
                words=lambda line: line.title,
                under=lambda line: " · ".join(part for part in (line.number, line.place) if part),
                sort="title",
                width=280,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: terms.state(line.state),
                tone=lambda line: terms.state_tone(line.state),
                sort="state",
                width=112,
            ),
            Column(
                name="count",
                title=lambda: wording.text("Complaints"),
                words=lambda line: terms.number(line.count),
                sort="count",
                width=108,
                number=True,
            ),
            Column(
                name="systemic",
                title=lambda: wording.text("Systemic"),
                words=lambda line: str(line.systemic or ""),
                width=92,
                number=True,
            ),
            Column(
                name="drawn_at",
                title=lambda: wording.text("Drawn"),
                words=lambda line: terms.day(line.drawn_at),
                sort="drawn_at",
                width=124,
            ),
            Column(name="person", title=lambda: wording.text("By"), words=lambda line: line.person, hidden=True),
        ),
        filters=(
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(name="state", title=lambda: wording.text("State"), words=terms.state, fixed=("open", "concluded")),
        ),
    )


def clusters() -> Shape:
    """The clusters of one review."""
    return Shape(
        name="clusters",
        title=wording.text("Clusters"),
        counted=lambda n: wording.plural("{count} cluster", "{count} clusters", n, count=terms.number(n)),
        topics=CLUSTER_TOPICS,
        columns=(
            Column(
                name="cluster",
                title=lambda: wording.text("Cluster"),
                words=lambda line: line.title,
                under=lambda line: line.under,
                width=240,
            ),
            Column(
                name="cases",
                title=lambda: wording.text("Cases"),
                words=lambda line: terms.number(line.figures.cases),
                sort="cases",
                width=76,
                number=True,
            ),
            Column(
                name="signs",
                title=lambda: wording.text("Signs"),
                words=lambda line: " ".join(line.figures.clauses) or "–",
                tone=lambda line: "fair" if line.figures.clauses else "",
                sort="signs",
                width=86,
            ),
            Column(
                name="verdict",
                title=lambda: wording.text("Verdict"),
                words=lambda line: verdict(line.decided) if line.decided else f"{verdict(line.figures.proposed)}?",
                tone=lambda line: verdict_tone(SystemicVerdict(line.decided)) if line.decided else "",
                sort="decided",
                width=184,
            ),
            Column(
                name="proposed",
                title=lambda: wording.text("Proposed"),
                words=lambda line: verdict(line.figures.proposed),
                sort="proposed",
                width=168,
                hidden=True,
            ),
            Column(
                name="severe",
                title=lambda: wording.text("Severe"),
                words=lambda line: str(line.figures.severe or ""),
                sort="severe",
                width=82,
                number=True,
                hidden=True,
            ),
            Column(
                name="sites",
                title=lambda: wording.text("Sites"),
                words=lambda line: str(line.figures.sites or ""),
                sort="sites",
                width=76,
                number=True,
                hidden=True,
            ),
            Column(
                name="baseline",
                title=lambda: wording.text("Share before"),
                words=lambda line: "" if line.figures.baseline is None else share(line.figures.baseline),
                width=116,
                number=True,
                hidden=True,
            ),
            Column(
                name="q",
                title=lambda: wording.text("q"),
                words=lambda line: "" if line.figures.q is None else chance(line.figures.q),
                sort="q",
                width=84,
                number=True,
                hidden=True,
            ),
            Column(
                name="rate_ratio",
                title=lambda: wording.text("Times as often"),
                words=lambda line: "" if line.figures.rate_ratio is None else ratio(line.figures.rate_ratio),
                width=124,
                number=True,
                hidden=True,
            ),
        ),
        filters=(
            Filter(
                name="decided",
                title=lambda: wording.text("Decided"),
                words=lambda code: wording.text("Still to decide") if code == "open" else verdict(code),
                fixed=("open", *SystemicVerdict),
            ),
            Filter(
                name="proposed", title=lambda: wording.text("Proposed"), words=verdict, fixed=tuple(SystemicVerdict)
            ),
        ),
    )


def causes(names: PlaceNames) -> Shape:
    """The list of cause analyses."""
    return Shape(
        name="causes",
        title=wording.text("Causes"),
        counted=lambda n: wording.plural("{count} analysis", "{count} analyses", n, count=terms.number(n)),
        topics=CAUSE_TOPICS | {"place", "person"},
        sort="begun_at",
        descending=True,
        columns=(
            Column(
                name="problem",
                title=lambda: wording.text("Problem"),
                words=lambda line: line.problem,
                under=lambda line: " · ".join(part for part in (line.number, line.place) if part),
                sort="problem",
                width=260,
            ),
            Column(
                name="state",
                title=lambda: wording.text("State"),
                words=lambda line: terms.state(line.state),
                tone=lambda line: terms.state_tone(line.state),
                width=100,
            ),
            Column(
                name="sort",
                title=lambda: wording.text("What it is"),
                words=lambda line: sort_title(line.sort) if line.sort else "–",
                width=150,
            ),
            Column(
                name="begun_at",
                title=lambda: wording.text("Begun"),
                words=lambda line: terms.day(line.begun_at),
                sort="begun_at",
                width=120,
            ),
            Column(
                name="actions_open",
                title=lambda: wording.text("Open actions"),
                words=lambda line: str(line.actions_open or ""),
                width=116,
                number=True,
                hidden=True,
            ),
            Column(
                name="domain",
                title=lambda: wording.text("Domain"),
                words=lambda line: domain_title(line.domain) if line.domain else "–",
                width=120,
                hidden=True,
            ),
            Column(name="step", title=lambda: wording.text("Step"), words=lambda line: line.step, hidden=True),
            Column(name="cause", title=lambda: wording.text("Cause"), words=lambda line: line.cause, hidden=True),
        ),
        filters=(
            Filter(name="place", title=lambda: wording.text("Place"), words=names.name),
            Filter(
                name="sort",
                title=lambda: wording.text("What it is"),
                words=sort_title,
                fixed=("system", "one_off"),
            ),
        ),
    )
