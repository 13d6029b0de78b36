"""Exact tails and quantiles of the distributions that counts follow, without any library.

Binomial through the incomplete beta function, Poisson and chi-square through the incomplete gamma function (Abramowitz
and Stegun 26.5.24, 26.4.21), hypergeometric by whole numbers.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

from gemba.methods.special import beta_quantile, beta_share, gamma_rest, gamma_share, solve
from gemba.methods.stirling import deviance, stirling_rest

_NORMAL = NormalDist()


def normal_quantile(p: float) -> float:
    """The z below which a share p of a standard normal lies; 0.975 gives 1.96."""
    return _NORMAL.inv_cdf(p)


def normal_tail(z: float) -> float:
    """P(Z > z) of a standard normal."""
    return math.erfc(z / math.sqrt(2)) / 2


def two_sided(z: float) -> float:
    """P(|Z| > |z|) of a standard normal."""
    return math.erfc(abs(z) / math.sqrt(2))


def wanted_z(confidence: float) -> float:
    """The z of a two-sided interval: 0.95 gives 1.96."""
    return normal_quantile((1 + confidence) / 2)


def binomial_chance(k: int, n: int, p: float) -> float:
    """P(X = k) of n tries with chance p."""
    if not 0 <= k <= n:
        return 0.0
    if p in (0, 1):
        return float(k == n * p)
    if k == 0:
        return math.exp(n * math.log1p(-p))
    if k == n:
        return math.exp(n * math.log(p))
    rest = stirling_rest(n) - stirling_rest(k) - stirling_rest(n - k)
    far = deviance(k, n * p) + deviance(n - k, n * (1 - p))
    return math.sqrt(n / (2 * math.pi * k * (n - k))) * math.exp(rest - far)


@lru_cache(maxsize=16384)
def binomial_tail(k: int, n: int, p: float) -> float:
    """P(X >= k) of n tries with chance p."""
    if k <= 0:
        return 1.0
    return 0.0 if k > n else beta_share(p, k, n - k + 1)


def binomial_share(k: int, n: int, p: float) -> float:
    """P(X <= k) of n tries with chance p."""
    if k < 0:
        return 0.0
    return 1.0 if k >= n else beta_share(1 - p, n - k, k + 1)


@lru_cache(maxsize=4096)
def binomial_quantile(share: float, n: int, p: float) -> int:
    """The smallest k with P(X <= k) >= share (R's qbinom)."""
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if binomial_share(middle, n, p) >= share * (1 - 64 * 2.2e-16):
            high = middle
        else:
            low = middle + 1
    return low


def poisson_tail(k: int, mean: float) -> float:
    """P(X >= k) of a count with that mean."""
    return 1.0 if k <= 0 else gamma_share(k, mean)


def poisson_share(k: int, mean: float) -> float:
    """P(X <= k) of a count with that mean."""
    return 0.0 if k < 0 else gamma_rest(k + 1, mean)


def hypergeometric_chance(k: int, bad: int, good: int, drawn: int) -> float:
    """P(k of the bad ones are among the drawn), drawing without putting back."""
    if not max(0, drawn - good) <= k <= min(bad, drawn):
        return 0.0
    return math.comb(bad, k) * math.comb(good, drawn - k) / math.comb(bad + good, drawn)


def chi_square_tail(x: float, freedom: float) -> float:
    """P(X² > x) with so many degrees of freedom."""
    return gamma_rest(freedom / 2, x / 2)


def student_quantile(p: float, freedom: float) -> float:
    """The t below which a share p lies."""
    if p < 0.5:
        return -student_quantile(1 - p, freedom)
    x = beta_quantile(2 * (1 - p), freedom / 2, 0.5)
    return math.sqrt(freedom * (1 - x) / x)


def student_two_sided(t: float, freedom: float) -> float:
    """P(|T| > |t|)."""
    return beta_share(freedom / (freedom + t * t), freedom / 2, 0.5)


def f_share(x: float, first: float, second: float) -> float:
    """P(F <= x) of an F ratio."""
    rest = second / (first * x + second)
    if rest < 0.5:  # keeps the digits of what is left far out
        return 1 - beta_share(rest, second / 2, first / 2)
    return beta_share(first * x / (first * x + second), first / 2, second / 2)


def f_quantile(p: float, first: float, second: float) -> float:
    """The F below which a share p lies."""
    high = 1.0
    while f_share(high, first, second) < p:
        high *= 2
    return solve(lambda x: f_share(x, first, second) - p, 0.0, high)
