"""Many tests at once: how many of the alarms would be false.

Source: Benjamini and Hochberg 1995. The q value of a test is the smallest share of false alarms at which it is called.
"""

from __future__ import annotations

from collections.abc import Sequence

from gemba.methods.checking import within


def q_values(ps: Sequence[float]) -> tuple[float, ...]:
    """The q value of each p value, in the order given (R's p.adjust(method = "BH")).

    Raises:
        Refusal: `methods.outside` for a p value that is not 0 to 1.
    """
    for p in ps:
        within("p", p, 0, 1)
    found = [0.0] * len(ps)
    lowest = 1.0
    for rank, at in reversed(list(enumerate(sorted(range(len(ps)), key=ps.__getitem__), 1))):
        lowest = min(lowest, ps[at] * (len(ps) / rank))
        found[at] = lowest
    return tuple(found)
