"""Two small terms that keep the digits of tails of large counts, where differences of logarithms would lose them.

Source: Loader 2000, Fast and accurate computation of binomial probabilities (as R's dbinom and dpois).
"""

from __future__ import annotations

import math

HALF_LOG_TAU = 0.5 * math.log(2 * math.pi)
_TERMS = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)


def stirling_rest(n: float) -> float:
    """Log Γ(n) less Stirling's (n - 1/2) log n - n + log(2 pi) / 2, for n > 0."""
    if n < 12:
        return math.lgamma(n) - (n - 0.5) * math.log(n) + n - HALF_LOG_TAU
    square = 1 / (n * n)
    rest = 0.0
    for term in reversed(_TERMS):
        rest = rest * square + term
    return rest / n


def deviance(seen: float, mean: float) -> float:
    """Seen log(seen / mean) + mean - seen, exact also where both are large and near each other."""
    if seen == 0:
        return mean
    if abs(seen - mean) >= 0.1 * (seen + mean):
        return seen * math.log(seen / mean) + mean - seen
    v = (seen - mean) / (seen + mean)
    whole, part = (seen - mean) * v, 2 * seen * v
    for odd in range(3, 2000, 2):
        part *= v * v
        longer = whole + part / odd
        if longer == whole:
            break
        whole = longer
    return whole
