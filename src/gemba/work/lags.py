"""How long it takes from what customers say to what is changed, by stage.

Complaints that have not got so far are never dropped: they are known to have waited at least until now, and count so
(Kaplan-Meier). One that was closed without any change counts as still unchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.survival import Survival, kaplan_meier_counted
from gemba.store import vocabularies
from gemba.store.follow_times import BY, Stage, Times, times
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.which_complaints import ALL, Which

WAY = (Stage.TRIAGED, Stage.CAUSE, Stage.PLANNED, Stage.LIVE, Stage.CHANGED)
"""The stages of feedback-to-change, the whole way last."""
STAGES = tuple(Stage)
MOST_GROUPS = 30
_POINTS = 160
_DAY = 24

Watch = Callable[[int], None]
"""Told how many complaints were gone through so far; may raise to stop."""


class At(msgspec.Struct, frozen=True):
    """Days by which a share is through, with its interval; `None` where the curve never gets so far."""

    days: float | None
    low: float | None
    high: float | None


class Point(msgspec.Struct, frozen=True):
    """The curve from a day on."""

    days: float
    open: float
    """Share that is not through yet."""
    low: float | None
    high: float | None


class Lag(msgspec.Struct, frozen=True):
    """One stage of one group of complaints."""

    stage: Stage
    group: str
    """Value of the field that they are told apart by; empty for all."""
    title: str
    n: int
    open: int
    """Of these, how many have not got so far."""
    backwards: int
    """Of these, how many have an end dated before the beginning; they count as at once."""
    median: At
    ninetieth: At
    without_open: float | None
    """The median that one would be told if the open ones were dropped, in days: how much that flatters."""
    curve: tuple[Point, ...]


class LagQuestion(msgspec.Struct, frozen=True):
    """Which complaints, told apart by what."""

    which: Which = ALL
    by: str = ""
    stages: tuple[Stage, ...] = WAY


class Lags(msgspec.Struct, frozen=True):
    """The answer: all complaints first, then each group, the largest first."""

    question: LagQuestion
    lags: tuple[Lag, ...]
    groups_left_out: int
    """Smaller groups beyond the thirty largest."""

    def whole(self) -> tuple[Lag, ...]:
        """The stages of all complaints together."""
        return tuple(lag for lag in self.lags if not lag.group)


def lags(desk: Desk, question: LagQuestion, watch: Watch = lambda _: None) -> Lags:
    """Lags of every stage asked for.

    Raises:
        Refusal: `work.lag_by` for a field that complaints cannot be told apart by.
    """
    if question.by and question.by not in BY:
        raise Refusal("work.lag_by", given=question.by, known=", ".join(BY))
    found: list[Lag] = []
    left_out = 0
    with desk.reader() as reader:
        titles = _titles(reader, question.by)
        which = question.which
        counted = times(reader, question.stages, which.filters, by=question.by, watch=watch, **which.range())
        for stage, asked in counted.items():
            groups = _of_today(reader, question.by, asked)
            whole = _together(groups.values())
            if not _count(whole):
                continue
            found.append(lag_of(stage, whole))
            if question.by:
                ordered = sorted(groups.items(), key=lambda item: (-_count(item[1]), item[0]))
                left_out = max(left_out, len(ordered) - MOST_GROUPS)
                found += [lag_of(stage, one, code or "?", titles) for code, one in ordered[:MOST_GROUPS]]
    return Lags(question, tuple(found), max(0, left_out))


def lag_of(stage: Stage, counts: Times, group: str = "", titles: Mapping[str, str] | None = None) -> Lag:
    """The figures of one group from its counts by hour."""
    curve = kaplan_meier_counted(counts.ended, counts.open)
    only_ended = kaplan_meier_counted(counts.ended, {}).quantile(0.5).time if counts.ended else None
    return Lag(
        stage,
        group,
        (titles or {}).get(group, group),
        curve.n,
        curve.n - curve.ended,
        counts.backwards,
        _at(curve, 0.5),
        _at(curve, 0.9),
        _days(only_ended),
        _thinned(curve),
    )


def _of_today(reader: Reader, by: str, groups: Mapping[str, Times]) -> dict[str, Times]:
    """Groups by the codes of today: what older codes stood for is counted with what took their place."""
    if by not in {facet.value for facet in Facet}:
        return dict(groups)
    today = vocabularies.crosswalk(reader, Facet(by))
    gathered: dict[str, list[Times]] = {}
    for code, counts in groups.items():
        gathered.setdefault(today.get(code, code), []).append(counts)
    return {code: _together(some) for code, some in gathered.items()}


def _titles(reader: Reader, by: str) -> dict[str, str]:
    if by == "place":
        return {place.uid: place.name for place in reader.find(Place)}
    return vocabularies.titles(reader, Facet(by)) if by in {facet.value for facet in Facet} else {}


def _together(many: Iterable[Times]) -> Times:
    ended, still = Counter[float](), Counter[float]()
    backwards = 0
    for one in many:
        ended.update(one.ended)
        still.update(one.open)
        backwards += one.backwards
    return Times(dict(ended), dict(still), backwards)


def _count(counts: Times) -> int:
    return sum(counts.ended.values()) + sum(counts.open.values())


def _at(curve: Survival, share: float) -> At:
    found = curve.quantile(share)
    return At(_days(found.time), _days(found.low), _days(found.high))


def _days(hours: float | None) -> float | None:
    return None if hours is None else round(hours / _DAY, 2)


def _thinned(curve: Survival) -> tuple[Point, ...]:
    """Few enough points to draw: the first and last, and one wherever the curve has fallen a little."""
    kept: list[Point] = []
    last = 2.0
    for step in curve.steps:
        if last - step.survival >= 1 / _POINTS or step is curve.steps[-1]:
            gone = step.survival <= 0
            low, high = (None, None) if gone else (step.low, step.high)
            kept.append(Point(round(step.time / _DAY, 3), step.survival, low, high))
            last = step.survival
    return tuple(kept)
