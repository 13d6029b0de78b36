"""How far decisions keep what was promised: rates with their intervals, by goal, site, region and quarter.

Rate: aligned of those with evidence either way (aligned, in part, contrary); "cannot tell" is counted apart. Fewer than
five judged decisions give no rate, only their counts.
"""

from __future__ import annotations

import msgspec

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.store import alignment_counts
from gemba.store.alignment_counts import Tallies, Tally, UnderWay, Which
from gemba.store.reading import Reader
from gemba.work.alignment_scene import BY, Scene, columns_of
from gemba.work.desk import Desk

FEWEST = 5
"""Judged decisions from which on a rate is told."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which decisions are told of."""

    quarters: tuple[str, ...] = ()
    """All when empty."""
    goals: tuple[str, ...] = ()
    """Codes; all when empty."""
    place: Uid | None = None
    """With all below it."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One group of decisions."""

    key: str
    """Code of the goal, uid of the place, or quarter; empty for all together."""
    title: str
    aligned: int
    part: int
    contrary: int
    cannot_tell: int
    excepted: int
    """In part or contrary with a justified exception; they stay what they are."""
    rate: float | None
    """`None` below five judged."""
    low: float | None
    """Of the 95 % Wilson interval."""
    high: float | None
    with_part: float | None
    """Share that is aligned or aligned in part."""

    @property
    def judged(self) -> int:
        """Those with evidence either way."""
        return self.aligned + self.part + self.contrary

    @property
    def whole(self) -> int:
        """All verdicts."""
        return self.judged + self.cannot_tell

    @property
    def tally(self) -> Tally:
        """The counts alone."""
        return Tally(self.aligned, self.part, self.contrary, self.cannot_tell)


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """A table of rates."""

    by: str
    whole: Rate
    groups: tuple[Rate, ...]
    under_way: UnderWay
    """In audits that are not concluded, which do not count yet."""


def rate_of(key: str, title: str, tally: Tally, excepted: int = 0) -> Rate:
    """A rate from its counts."""
    told = tally.judged >= FEWEST
    interval = wilson(tally.aligned, tally.judged) if told else None
    return Rate(
        key=key,
        title=title,
        aligned=tally.aligned,
        part=tally.part,
        contrary=tally.contrary,
        cannot_tell=tally.cannot_tell,
        excepted=excepted,
        rate=tally.aligned / tally.judged if told else None,
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        with_part=(tally.aligned + tally.part) / tally.judged if told else None,
    )


def rates(desk: Desk, question: Question, by: str) -> Rates:
    """Rates of each group, and of all together.

    Args:
        desk: where the records are.
        question: which decisions.
        by: `goal`, `site`, `region` or `quarter`.

    Raises:
        Refusal: `work.drift_by`.
    """
    with desk.reader() as reader:
        return rates_in(reader, Scene(reader), question, by)


def rates_in(reader: Reader, scene: Scene, question: Question, by: str) -> Rates:
    """The same, in a view of the store that is open already."""
    if by not in BY:
        raise Refusal("work.drift_by", given=by, known=", ".join(BY))
    counted = tallied(reader, scene, question, (by,))
    excepted = _excepted(reader, scene, question, by)
    groups = [
        rate_of(key, scene.title(by, key), counted[(key,)], excepted.get(key, 0))
        for key in scene.order(by, {one for (one,) in counted})
    ]
    whole = rate_of("", "", _sum(counted), sum(excepted.values()))
    which = which_of(scene, question)
    return Rates(
        by=by,
        whole=whole,
        groups=tuple(groups),
        under_way=alignment_counts.under_way(reader, which),
    )


def tallied(reader: Reader, scene: Scene, question: Question, by: tuple[str, ...]) -> Tallies:
    """Verdicts by one or several of goal, site, region and quarter."""
    counted = alignment_counts.tallies(reader, which_of(scene, question), columns_of(by))
    return scene.grouped(counted, by)


def which_of(scene: Scene, question: Question) -> Which:
    """The question as the store takes it."""
    return Which(quarters=question.quarters, goals=scene.goals(question.goals), place=question.place)


def _excepted(reader: Reader, scene: Scene, question: Question, by: str) -> dict[str, int]:
    which = msgspec.structs.replace(which_of(scene, question), verdicts=("part", "contrary"))
    counted = alignment_counts.tallies(reader, which, (*columns_of((by,)), "exception"))
    justified = {key[:1]: tally for key, tally in counted.items() if key[1] == "yes"}
    return {key: tally.judged for (key,), tally in scene.grouped(justified, (by,)).items()}


def _sum(counted: Tallies) -> Tally:
    whole = Tally()
    for tally in counted.values():
        whole += tally
    return whole
