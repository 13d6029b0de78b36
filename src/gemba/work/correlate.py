"""Does one measure still move with another: what customers report beside what operations report, on one time axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import msgspec

from gemba.domain.measures import Measure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.correlation import Correlation, spearman
from gemba.work.desk import Desk
from gemba.work.measure_series import Series, series_of
from gemba.work.records import known

FEWEST = 5
MOST_LAG = 12


class AtLag(msgspec.Struct, frozen=True):
    """How alike both rank their periods when the second follows so many periods later."""

    lag: int
    r: float | None
    """Spearman's; `None` when one of them never changes."""
    low: float | None
    high: float | None
    p: float | None
    n: int


class Pair(msgspec.Struct, frozen=True):
    """Both values of one period."""

    begins: date
    first: float
    second: float


class Pairing(msgspec.Struct, frozen=True):
    """Two measures on one time axis."""

    first: Measure
    second: Measure
    pairs: tuple[Pair, ...]
    lags: tuple[AtLag, ...]
    verdict: str
    """`together` when the interval without lag says that both get better together, `trade_off` when it says that one
    gets better as the other gets worse, else `unclear`."""


def correlate(desk: Desk, first: Uid, second: Uid, lags: int = 3) -> Pairing:
    """Compare two measures period by period.

    Args:
        desk: who asks, where.
        first: uid of the measure that may lead.
        second: uid of the outcome.
        lags: also with the outcome up to so many periods later.

    Raises:
        Refusal: `work.correlate_periods` when their periods differ, `work.correlate_few` with fewer than five in
            common, `work.correlate_lag`.
    """
    if not 0 <= lags <= MOST_LAG:
        raise Refusal("work.correlate_lag", given=lags, most=MOST_LAG)
    with desk.reader() as reader:
        one, other = known(reader, Measure, first), known(reader, Measure, second)
        if one.period is not other.period:
            raise Refusal("work.correlate_periods", first=one.title, second=other.title)
        pairs = in_common(series_of(reader, one), series_of(reader, other))
    if len(pairs) < FEWEST:
        raise Refusal("work.correlate_few", count=len(pairs), fewest=FEWEST)
    found = at_lags(pairs, lags)
    return Pairing(one, other, pairs, found, _verdict(found[0], alike=one.direction == other.direction))


def in_common(one: Series, other: Series) -> tuple[Pair, ...]:
    """Both values of every period that both series have, in time order."""
    first, second = (dict(zip(found.begins, found.values, strict=True)) for found in (one, other))
    return tuple(Pair(day, first[day], second[day]) for day in sorted(first.keys() & second.keys()))


def at_lags(pairs: Sequence[Pair], lags: int) -> tuple[AtLag, ...]:
    """The correlation without lag and with each lag that still leaves five pairs; none below five pairs."""
    return tuple(_at(pairs, lag) for lag in range(min(lags, len(pairs) - FEWEST) + 1))


def _at(pairs: Sequence[Pair], lag: int) -> AtLag:
    found: Correlation = spearman([pair.first for pair in pairs], [pair.second for pair in pairs], lag)
    if math.isnan(found.r):
        return AtLag(lag, None, None, None, None, found.n)
    return AtLag(lag, found.r, found.interval.low, found.interval.high, found.p, found.n)


def _verdict(at: AtLag, *, alike: bool) -> str:
    """What the interval allows to be said; `alike` when better is the same direction for both."""
    if at.low is None or at.high is None or at.low <= 0 <= at.high:
        return "unclear"
    return "together" if (at.low > 0) == alike else "trade_off"
