"""What changed since the quarter before: differences of rates with their intervals, told only where they can be.

Newcombe's interval of the difference must leave out zero, and of all that is compared at once no more than one in ten
alarms may be false (Benjamini and Hochberg); otherwise no change can be told.
"""

from __future__ import annotations

import math

import msgspec

from gemba.domain.quarters import quarters_until
from gemba.errors import Refusal
from gemba.methods.false_discovery import q_values
from gemba.methods.proportions import Difference, compare_shares
from gemba.store.alignment_counts import Tallies, Tally
from gemba.store.reading import Reader
from gemba.work.alignment_facts import FEWEST, Question, Rate, rate_of, tallied
from gemba.work.alignment_scene import Scene
from gemba.work.desk import Desk

FALSE_DISCOVERY = 0.10


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """One group in a quarter and in the quarter before."""

    key: str
    title: str
    now: Rate
    before: Rate
    difference: float | None
    """Rate now less rate before; `None` when either has too few decisions."""
    low: float | None
    high: float | None
    q: float | None
    """Share of false alarms among all groups told of at this level."""
    verdict: str
    """`up`, `down`, `untold` (no change can be told) or `few`."""


class Shifts(msgspec.Struct, frozen=True, kw_only=True):
    """All groups of a quarter beside the quarter before."""

    quarter: str
    before: str
    by: str
    whole: Shift
    groups: tuple[Shift, ...]


def shifts(desk: Desk, quarter: str, by: str, question: Question | None = None) -> Shifts:
    """What changed from the quarter before to this one.

    Args:
        desk: where the records are.
        quarter: the later one.
        by: `goal`, `site` or `region`.
        question: goals and place; its quarters do not matter.

    Raises:
        Refusal: `work.drift_by`, or the quarter is none.
    """
    if by not in ("goal", "site", "region"):
        raise Refusal("work.drift_by", given=by, known="goal, site, region")
    with desk.reader() as reader:
        return shifts_in(reader, Scene(reader), quarter, by, question)


def shifts_in(reader: Reader, scene: Scene, quarter: str, by: str, question: Question | None = None) -> Shifts:
    """The same, in a view of the store that is open already."""
    earlier, later = quarters_until(quarter, 2)
    asked = msgspec.structs.replace(question or Question(), quarters=(earlier, later))
    counted = tallied(reader, scene, asked, (by, "quarter"))
    groups = scene.order(by, {group for group, _ in counted})
    pairs = [_pair(scene, by, group, counted, (earlier, later)) for group in groups]
    compared = {group: _compared(*pair) for group, pair in zip(groups, pairs, strict=True)}
    known = {group: each.p for group, each in compared.items() if each is not None and not math.isnan(each.p)}
    qs = dict(zip(known, q_values(list(known.values())), strict=True))
    whole = tuple(_together([pair[at] for pair in pairs]) for at in (0, 1))
    return Shifts(
        quarter=later,
        before=earlier,
        by=by,
        whole=_shift(whole[0], whole[1], _compared(whole[0], whole[1]), 0.0),
        groups=tuple(
            _shift(before, now, compared[group], qs.get(group))
            for group, (before, now) in zip(groups, pairs, strict=True)
        ),
    )


def _pair(scene: Scene, by: str, group: str, counted: Tallies, quarters: tuple[str, str]) -> tuple[Rate, Rate]:
    before, now = (
        rate_of(group, scene.title(by, group), counted.get((group, quarter), Tally())) for quarter in quarters
    )
    return before, now


def _together(rates: list[Rate]) -> Rate:
    whole = Tally()
    for one in rates:
        whole += one.tally
    return rate_of("", "", whole)


def _compared(before: Rate, now: Rate) -> Difference | None:
    if min(before.judged, now.judged) < FEWEST:
        return None
    return compare_shares(now.aligned, now.judged, before.aligned, before.judged)


def _shift(before: Rate, now: Rate, made: Difference | None, q: float | None) -> Shift:
    verdict = "few" if made is None else "untold"
    if made is not None and q is not None and q <= FALSE_DISCOVERY:
        verdict = "up" if made.interval.low > 0 else "down" if made.interval.high < 0 else "untold"
    return Shift(
        key=now.key,
        title=now.title,
        now=now,
        before=before,
        difference=None if made is None else made.difference,
        low=None if made is None else made.interval.low,
        high=None if made is None else made.interval.high,
        q=q,
        verdict=verdict,
    )
