"""The incomplete beta and gamma functions and their inverses, from which every exact tail here is made.

Source: Numerical Recipes 3rd ed., 6.2 and 6.4 (series and Lentz's continued fractions). About 13 digits for the sizes
that counts in the field have, 11 at a million.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from gemba.methods.stirling import deviance, stirling_rest

_TINY = 1e-300
_CLOSE = 1e-16
_STEPS = 100_000


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and a, b > 0."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = _beta_front(x, a, b)
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_front(x: float, a: float, b: float) -> float:
    """x^a (1 - x)^b / B(a, b)."""
    both = a + b
    rest = stirling_rest(both) - stirling_rest(a) - stirling_rest(b)
    far = deviance(a, both * x) + deviance(b, both * (1 - x))
    return math.sqrt(a * b / (2 * math.pi * both)) * math.exp(rest - far)


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, _away(1 - (a + b) * x / (a + 1))
    d = 1 / d
    whole = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        whole *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        whole *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return whole


def gamma_share(a: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(a, x), for a > 0 and x >= 0."""
    if x <= 0:
        return 0.0
    return _gamma_series(a, x) if x < a + 1 else 1 - _gamma_fraction(a, x)


def gamma_rest(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), exact where it is small."""
    if x <= 0:
        return 1.0
    return 1 - _gamma_series(a, x) if x < a + 1 else _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    term = whole = 1 / a
    for n in range(1, _STEPS):
        term *= x / (a + n)
        whole += term
        if term < whole * _CLOSE:
            break
    return whole * _gamma_front(a, x)


def _gamma_fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / _away(b)
    whole = d
    for n in range(1, _STEPS):
        step = -n * (n - a)
        b += 2
        d, c = 1 / _away(step * d + b), _away(b + step / c)
        whole *= d * c
        if abs(d * c - 1) < _CLOSE:
            break
    return _gamma_front(a, x) * whole


def _gamma_front(a: float, x: float) -> float:
    """x^a e^-x / Γ(a)."""
    return math.sqrt(a / (2 * math.pi)) * math.exp(-deviance(a, x) - stirling_rest(a))


def _away(value: float) -> float:
    """A divisor kept away from zero (Lentz)."""
    return value if abs(value) > _TINY else _TINY


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x at which I_x(a, b) reaches p."""
    return solve(lambda x: beta_share(x, a, b) - p, 0.0, 1.0)


def gamma_quantile(p: float, a: float) -> float:
    """The x at which P(a, x) reaches p."""
    high = a + 1
    while gamma_share(a, high) < p:
        high *= 2
    return solve(lambda x: gamma_share(a, x) - p, 0.0, high)


def solve(rising: Callable[[float], float], low: float, high: float) -> float:
    """The root of a rising function between two bounds, by halving down to neighbouring floats."""
    while low < (middle := (low + high) / 2) < high:
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
