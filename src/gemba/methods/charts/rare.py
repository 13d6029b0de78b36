"""g and t charts: what lies between rare events.

Sources: Benneyan 2001 (g, geometric law: sigma = sqrt(mean (mean + 1)), centre line the median); Nelson 1994 (t: the
3.6th root of the time between events is charted as individuals and drawn back). High points are good news.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from gemba.methods.charts.attributes import ALL
from gemba.methods.charts.limits import ROOT, draw
from gemba.methods.charts.model import Baseline, Chart, ChartSort
from gemba.methods.charts.moving_range import WORDS, Spread, short_term_sigma
from gemba.methods.checking import above, enough, within


def g_chart(between: Sequence[float], baseline: slice = ALL) -> Chart:
    """Cases (or whole days) between events.

    Raises:
        Refusal: `methods.outside` for a negative number, `methods.too_few` without any.
    """
    for each in between:
        within("cases between events", each, 0)
    used = between[baseline]
    enough(used, 1)
    mean = math.fsum(used) / len(used)
    made = Baseline(ChartSort.G, mean, 1.0, median(used), len(used), "geometric law, centre line the median")
    return draw(made, list(between))


def t_chart(between: Sequence[float], spread: Spread = Spread.MEAN, baseline: slice = ALL) -> Chart:
    """Times between events, in any one unit; none may be zero (use hours instead of days, or a g chart).

    Raises:
        Refusal: `methods.outside` for a time that is not positive, `methods.too_few` below two.
    """
    for each in between:
        above("time between events", each, 0)
    roots = [each ** (1 / ROOT) for each in between[baseline]]
    enough(roots, 2)
    mean = math.fsum(roots) / len(roots)
    words = f"3.6th root, {WORDS[spread]}"
    return draw(Baseline(ChartSort.T, mean, short_term_sigma(roots, spread), mean, len(roots), words), list(between))
