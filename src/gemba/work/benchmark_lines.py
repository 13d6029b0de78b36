"""What stands in a comparison of places, and the ranks that intervals allow."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.methods.proportions import Interval
from gemba.wording import text


class BenchLine(msgspec.Struct, frozen=True, kw_only=True):
    """One place."""

    key: str
    title: str
    n: int
    value: float | None
    """`None` where there are too few."""
    low: float | None
    high: float | None
    best_rank: int | None = None
    """One more than the number of places whose interval lies wholly above; `None` without a ranking."""
    worst_rank: int | None = None
    """So low it may stand by the same rule."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Places by one definition, or why they are not compared."""

    code: str
    title: str
    refused: str = ""
    """The reason; empty where they are compared."""
    lines: tuple[BenchLine, ...] = ()
    ranking: str = ""
    """What can be said of an order, in words."""
    notes: tuple[str, ...] = ()


def refused(code: str, title: str, reason: str) -> Comparison:
    """Places that are not compared."""
    return Comparison(code=code, title=title, refused=f"{title}: {reason}")


def ranked(
    code: str, title: str, lines: Sequence[BenchLine], notes: Sequence[str], *, fewest: int, because: str = ""
) -> Comparison:
    """Places side by side, ranked only where an interval lies wholly above another.

    Args:
        code: of what they are compared by.
        title: the same for people.
        lines: the places.
        notes: what else to know.
        fewest: cases below which a place has no value.
        because: why nothing may be ranked whatever the intervals; empty when there is no reason.
    """
    told = [one for one in lines if one.value is not None]
    few = [one.title for one in lines if one.value is None]
    said = list(notes)
    if few:
        said.append(text("Too few to say (below {n}): {places}.", n=fewest, places=", ".join(few)))
    apart = any(_interval(one).separate(_interval(other)) for one in told for other in told)
    if because or not apart:
        ranking = text("No ranking: {reason}.", reason=because or text("the intervals of all places overlap"))
        ordered = sorted(lines, key=lambda one: (one.value is None, one.title))
        return Comparison(code=code, title=title, lines=tuple(ordered), ranking=ranking, notes=tuple(said))
    with_ranks = [_ranks(one, told) if one.value is not None else one for one in lines]
    with_ranks.sort(key=lambda one: (one.best_rank or len(lines) + 1, one.worst_rank or 0, one.title))
    ranking = text("Ranked only as far as intervals separate; places that share ranks cannot be told apart.")
    return Comparison(code=code, title=title, lines=tuple(with_ranks), ranking=ranking, notes=tuple(said))


def _interval(one: BenchLine) -> Interval:
    return Interval(one.low or 0.0, one.high or 0.0)


def _ranks(one: BenchLine, told: Sequence[BenchLine]) -> BenchLine:
    own = _interval(one)
    above = sum(_interval(other).low > own.high for other in told)
    below = sum(_interval(other).high < own.low for other in told)
    return msgspec.structs.replace(one, best_rank=above + 1, worst_rank=len(told) - below)
