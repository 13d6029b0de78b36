"""The run chart: values around their median, without limits; read with the run rules of Anhøj.

Source: Perla, Provost and Murray 2011; Anhøj and Olesen 2014.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from gemba.methods.charts.attributes import ALL
from gemba.methods.charts.limits import draw
from gemba.methods.charts.model import Baseline, Chart, ChartSort
from gemba.methods.checking import enough


def run_chart(values: Sequence[float | None], baseline: slice = ALL) -> Chart:
    """Values in time order around the median of the baseline points; limits are infinite.

    Raises:
        Refusal: `methods.too_few` without any value.
    """
    used = [value for value in values[baseline] if value is not None]
    enough(used, 1)
    centre = median(used)
    return draw(Baseline(ChartSort.RUN, centre, math.nan, centre, len(used), "median"), values)
