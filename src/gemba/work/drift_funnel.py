"""Every site's alignment rate, judged by the spread that its own number of decisions has."""

from __future__ import annotations

from gemba.methods.charts.funnel import funnel_of_shares
from gemba.reports.chart_facts import ChartFacts, PhaseFacts, PointFacts, SignalFacts
from gemba.reports.chart_numbers import figure
from gemba.store.alignment_counts import Tally
from gemba.wording import text
from gemba.work.alignment_facts import Question, tallied
from gemba.work.alignment_scene import Scene
from gemba.work.alignment_words import subject_of
from gemba.work.chart_words import kind_title
from gemba.work.desk import Desk

SMALL = 10
MANY = 10
"""Sites from which on limits are widened where sites differ: of fewer one site that is far off would hide itself."""


def drift_funnel(desk: Desk, question: Question) -> ChartFacts:
    """The funnel plot of sites; without points when fewer than two sites have judged decisions."""
    with desk.reader() as reader:
        scene = Scene(reader)
        counted = {site: tally for (site,), tally in tallied(reader, scene, question, ("site",)).items()}
        subject = subject_of(scene, question)
    judged = {site: tally for site, tally in counted.items() if tally.judged}
    sites = sorted(judged, key=lambda uid: (judged[uid].judged, scene.title("site", uid), uid))
    if len(sites) < 2:
        return _facts(subject, (), (), text("A funnel needs two sites with judged decisions."), (), 1.0, "")
    hits, sizes = ([float(value(judged[uid])) for uid in sites] for value in (_aligned, _judged))
    chart = funnel_of_shares(hits, sizes, overdispersed=len(sites) >= MANY)
    points = tuple(
        PointFacts(
            label=scene.title("site", uid),
            key=uid,
            value=chart.values[at] or 0.0,
            size=sizes[at],
            count=hits[at],
            centre=chart.centre[at],
            lower=chart.lower[at],
            upper=chart.upper[at],
            z=chart.z[at],
            small=sizes[at] < SMALL,
        )
        for at, uid in enumerate(sites)
    )
    widened = chart.baselines[0].spread
    signals = tuple(_signal(points[at], at) for at in chart.beyond())
    reason = text("Sites of different size are compared fairly only within limits that narrow with their size.")
    return _facts(subject, points, signals, reason, _notes(points, widened), widened, chart.baselines[0].convention)


def _facts(
    subject: str,
    points: tuple[PointFacts, ...],
    signals: tuple[SignalFacts, ...],
    reason: str,
    notes: tuple[str, ...],
    widened: float,
    convention: str,
) -> ChartFacts:
    whole = text("All sites together")
    phases = (
        PhaseFacts(start=0, title=whole, frozen=False, provisional=False, points=len(points), convention=convention),
    )
    return ChartFacts(
        title=text("Alignment rate by site"),
        subject=subject,
        kind="funnel",
        kind_title=kind_title("funnel"),
        proposed="funnel",
        reason=reason,
        sigma_z=widened,
        axis=text("Alignment rate"),
        across=text("Judged decisions of the site"),
        percent=True,
        funnel=True,
        points=points,
        phases=phases if points else (),
        rules=("N1",) if points else (),
        rules_text=text("A site beyond a limit differs from the others by more than chance makes.") if points else "",
        signals=signals,
        notes=notes,
    )


def _notes(points: tuple[PointFacts, ...], widened: float) -> tuple[str, ...]:
    notes = [text("Decisions of which nobody can tell are left out.")]
    if widened > 1:
        notes.append(
            text(
                "Sites differ more than chance makes; limits are widened {times} times, so that not all large sites "
                "stand out.",
                times=figure(widened),
            )
        )
    if any(point.small for point in points):
        notes.append(text("Sites with fewer than ten judged decisions say little; they are drawn as rings."))
    return tuple(notes)


def _signal(point: PointFacts, at: int) -> SignalFacts:
    high = point.upper is not None and point.value > point.upper
    return SignalFacts(
        rule="N1",
        first=at,
        last=at,
        points=(at,),
        sentence=text(
            "{site}: {value} of {n} is beyond the limit {limit}.",
            site=point.label,
            value=figure(point.value, percent=True),
            n=figure(point.size),
            limit=figure(point.upper if high else point.lower, percent=True),
        ),
        worse=not high,
    )


def _aligned(tally: Tally) -> int:
    return tally.aligned


def _judged(tally: Tally) -> int:
    return tally.judged
