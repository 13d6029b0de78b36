"""What became of a change, by the numbers that belong to it: the chart before and after, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import fmean

import msgspec

from gemba.domain.actions import Action
from gemba.domain.measures import FrozenBaseline, Measure, MeasureSort
from gemba.domain.patterns import Pattern
from gemba.domain.record import Uid
from gemba.reports.chart_facts import ChartFacts, PhaseFacts, PointFacts
from gemba.reports.chart_numbers import figure
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.chart_facts import facts_of
from gemba.work.desk import Desk
from gemba.work.pattern_from_action import measures_of, origin_of

_FEWEST = 4
"""Points on either side from which on means are told."""
_BARS = ("pareto", "funnel")


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One measure before and after the change."""

    title: str
    measure: Uid
    """Empty for complaints that were counted for this once."""
    chart: ChartFacts
    live_on: date | None
    before: tuple[float, ...]
    after: tuple[float, ...]
    baseline: str
    """By which limits it is judged, in words."""

    @property
    def words(self) -> str:
        """Both means with their numbers of points; where there are too few, that."""
        if self.live_on is None:
            return text("No day of a go-live is known: before and after cannot be told apart.")
        if min(len(self.before), len(self.after)) < _FEWEST:
            return text(
                "{before:point|points} before and {after} after the go-live: too few to compare.",
                before=len(self.before),
                after=len(self.after),
            )
        return text(
            "Before: {before} on average (n = {n}); after: {after} (m = {m}). What else changed then is not ruled out.",
            before=_told(self, self.before),
            n=len(self.before),
            after=_told(self, self.after),
            m=len(self.after),
        )


def outcomes(desk: Desk, reader: Reader, action: Action, links: Sequence[str] = ()) -> tuple[Outcome, ...]:
    """The charts that belong to an action: those of its goal and those that are linked; else the complaints it answers.

    Args:
        desk: whose clock and ids.
        reader: of the store.
        action: done or not.
        links: further records, of which measures count.
    """
    patterns = reader.find(Pattern, action=action.uid)
    linked = [*links, *(link for one in patterns for link in one.links)]
    uids = [*measures_of(reader, action), *_measures(linked)]
    kept = [one for uid in dict.fromkeys(uids) if (one := reader.get(Measure, uid)) is not None]
    if not kept:
        complaints = _complaints(desk, reader, action)
        kept = [complaints] if complaints is not None else []
    return tuple(outcome(reader, one, action.live_on) for one in kept)


def outcome(reader: Reader, measure: Measure, live_on: date | None) -> Outcome:
    """One measure before and after a day."""
    chart = facts_of(reader, measure, "run" if measure.chart in _BARS else "auto")
    judged = [point for point in chart.points if not point.excluded and point.begins is not None]
    before, after = _apart(judged, live_on)
    return Outcome(
        title=measure.title,
        measure=measure.uid,
        chart=_marked(chart, live_on),
        live_on=live_on,
        before=tuple(point.value for point in before),
        after=tuple(point.value for point in after),
        baseline=_baseline(reader, measure, live_on),
    )


def _measures(links: Sequence[str]) -> list[Uid]:
    return [link.partition(":")[2] for link in links if link.startswith("measure:")]


def _complaints(desk: Desk, reader: Reader, action: Action) -> Measure | None:
    """Complaints of the step and cause that an action answers, at its place, by week; looked at and not kept."""
    origin = origin_of(reader, action)
    if not (origin.step and origin.cause):
        return None
    return Measure(
        uid="",
        code="",
        title=text("Complaints of the same step and cause"),
        sort=MeasureSort.COMPLAINTS,
        place=action.place,
        filters={"step": origin.step, "cause": origin.cause},
        made_at=desk.clock(),
        person=desk.person.uid,
    )


def _apart(points: Sequence[PointFacts], live_on: date | None) -> tuple[list[PointFacts], list[PointFacts]]:
    """Points that ended before the day, and those that began on it or later; the one that holds it is in neither."""
    if live_on is None:
        return [], []
    before = [point for point in points if (point.ends or point.begins or live_on) < live_on]
    return before, [point for point in points if point.begins is not None and point.begins >= live_on]


def _marked(chart: ChartFacts, live_on: date | None) -> ChartFacts:
    """The chart with a line where the change went live; limits stay those that they are."""
    begun = [at for at, point in enumerate(chart.points) if live_on and point.begins and point.begins >= live_on]
    if not begun or begun[0] == 0 or any(phase.start == begun[0] for phase in chart.phases):
        return chart
    held = [phase for phase in chart.phases if phase.start < begun[0]]
    if not held:
        return chart
    title = text("Live")
    live: PhaseFacts = msgspec.structs.replace(held[-1], start=begun[0], title=title)
    later = [phase for phase in chart.phases if phase.start > begun[0]]
    return msgspec.structs.replace(chart, phases=(*held, live, *later))


def _baseline(reader: Reader, measure: Measure, live_on: date | None) -> str:
    found = reader.find(FrozenBaseline, measure=measure.uid) if measure.uid else []
    if not found:
        return text("No baseline was frozen: the limits are worked out from the points that they judge.")
    last = max(found, key=lambda one: (one.holds_from, one.frozen_at))
    said = text(
        "Judged by the baseline frozen on {day} from {n:point|points}: {reason}",
        day=last.frozen_at.date().isoformat(),
        n=last.points,
        reason=last.reason,
    )
    if live_on is not None and last.ends >= live_on:
        return text("{said} (it rests on points after the go-live)", said=said)
    return said


def _told(one: Outcome, values: Sequence[float]) -> str:
    return figure(fmean(values), percent=one.chart.percent)
