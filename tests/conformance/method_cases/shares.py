"""Proportions, rates and counts (R's prop.test family, fisher.test, poisson.test)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.method_cases.checks import Check, Source, reader

from gemba.methods.fisher import fisher
from gemba.methods.proportions import clopper_pearson, compare_shares, wilson
from gemba.methods.rates import poisson_interval, rate_ratio

_R_ODDS = 1.3e-4
"""R solves the odds ratio (or its inverse) to eps^0.25."""


@reader("proportions", "x n", "x n", fits=lambda case: "wilson" in case or "clopper" in case)
def share(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    for key, method in (("wilson", wilson), ("clopper", clopper_pearson)):
        if key in case:
            ours = method(case["x"], case["n"])
            yield Check(key, case[key], [ours.low, ours.high])


@reader("proportions", "x1 n1 x2 n2", "x1 n1 x2 n2")
def two_shares(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    given = (case["x1"], case["n1"], case["x2"], case["n2"])
    ours, exact = compare_shares(*given), fisher(*given)
    figures = {
        "diff": ours.difference,
        "newcombe": [ours.interval.low, ours.interval.high],
        "chisq": ours.chi_square,
        "chisq_p": ours.p,
        "fisher_p": exact.p,
    }
    for key, figure in figures.items():
        if key in case:
            yield Check(key, case[key], figure)
    if "fisher_or" in case:
        wanted = _infinite(case["fisher_or"])
        small = wanted > 1
        yield Check(
            "fisher_or", 1 / wanted if small else wanted, 1 / exact.odds_ratio if small else exact.odds_ratio, _R_ODDS
        )


@reader("rates", "c1 t1 c2 t2", "c1 t1 c2 t2")
def two_rates(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = rate_ratio(case["c1"], case["t1"], case["c2"], case["t2"])
    figures = {"rate_ratio": ours.ratio, "p": ours.p, "ci": [ours.interval.low, ours.interval.high]}
    for key, figure in figures.items():
        if key in case:
            wanted = case[key]
            yield Check(key, [_infinite(each) for each in wanted] if key == "ci" else _infinite(wanted), figure)


def _infinite(value: Any) -> Any:
    """R's Inf is written as a word or as nothing."""
    return float("inf") if value in {"Inf", None} else value


@reader("rates", "x exact", "x")
def count(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = poisson_interval(case["x"])
    yield Check("exact", case["exact"], [ours.low, ours.high])


READERS = [share, two_shares, two_rates, count]
