"""p, np, c and u charts: shares and counts.

Source: Montgomery 7.2 and 7.3; NIST/SEMATECH 6.3.3. Centre from the totals, sigma from the binomial (p, np) or Poisson
(c, u) law at each point's own size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from gemba.errors import Refusal
from gemba.methods.charts.limits import draw
from gemba.methods.charts.model import Baseline, Chart, ChartSort
from gemba.methods.checking import above, enough, paired, within

ALL = slice(None)


def p_chart(hits: Sequence[float], sizes: Sequence[float], baseline: slice = ALL) -> Chart:
    """Shares: `hits` of `sizes` in each period.

    Args:
        hits: how many of each period's items have the mark.
        sizes: how many items each period has.
        baseline: the periods that fix the limits.

    Raises:
        Refusal: `methods.lengths`, `methods.too_few`, or `methods.outside` for hits that are not 0 to size.
    """
    check_shares(hits, sizes)
    made = _from_totals(ChartSort.P, hits[baseline], sizes[baseline])
    return draw(made, [hit / n for hit, n in zip(hits, sizes, strict=True)], sizes)


def np_chart(hits: Sequence[float], sizes: Sequence[float], baseline: slice = ALL) -> Chart:
    """Numbers of marked items; centre and limits step with the sizes, which are meant to be equal."""
    check_shares(hits, sizes)
    return draw(_from_totals(ChartSort.NP, hits[baseline], sizes[baseline]), list(hits), sizes)


def c_chart(counts: Sequence[float | None], baseline: slice = ALL) -> Chart:
    """Counts over equal exposures; None where a period is missing.

    Raises:
        Refusal: `methods.too_few`, or `methods.outside` for a negative count.
    """
    for count in counts:
        within("count", 0 if count is None else count, 0)
    there = [count for count in counts[baseline] if count is not None]
    return draw(_from_totals(ChartSort.C, there, [1.0] * len(there)), counts)


def u_chart(counts: Sequence[float], sizes: Sequence[float], baseline: slice = ALL, per: float = 1) -> Chart:
    """Rates: counts over exposures (days, customers, transactions), drawn per `per` of them.

    Args:
        counts: events in each period.
        sizes: exposure of each period, in one unit.
        baseline: the periods that fix the limits.
        per: draw events per so many units, for example 10,000 days.
    """
    check_rates(counts, sizes)
    scaled = [n / per for n in sizes]
    made = _from_totals(ChartSort.U, counts[baseline], scaled[baseline])
    return draw(made, [count / n for count, n in zip(counts, scaled, strict=True)], scaled)


def check_shares(hits: Sequence[float], sizes: Sequence[float]) -> None:
    """Refuse hits that are not between 0 and their size."""
    paired(hits, sizes)
    for hit, n in zip(hits, sizes, strict=True):
        above("n", n, 0)
        within("hits", hit, 0, n)


def check_rates(counts: Sequence[float], sizes: Sequence[float]) -> None:
    """Refuse negative counts and exposures that are not positive."""
    paired(counts, sizes)
    for count, n in zip(counts, sizes, strict=True):
        above("n", n, 0)
        within("count", count, 0)


def total_share(hits: Sequence[float], sizes: Sequence[float]) -> float:
    """All hits over all sizes.

    Raises:
        Refusal: `methods.too_few` when there is no period at all.
    """
    if not hits:
        raise Refusal("methods.too_few", needed=1, given=0)
    return math.fsum(hits) / math.fsum(sizes)


def _from_totals(sort: ChartSort, hits: Sequence[float], sizes: Sequence[float]) -> Baseline:
    enough(hits, 1)
    centre = total_share(hits, sizes)
    law = "binomial" if sort in {ChartSort.P, ChartSort.NP} else "Poisson"
    return Baseline(sort, centre, 1.0, centre, len(hits), f"centre from the totals, {law} sigma")
