"""Agreement of raters: R's irr and psych, Krippendorff's own example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.conformance.method_cases.checks import Check, Source, reader

from gemba.methods.agreement.cohen import Weights, cohen, cohen_table
from gemba.methods.agreement.concordance import kendall_w
from gemba.methods.agreement.fleiss import fleiss
from gemba.methods.agreement.intraclass import intraclass
from gemba.methods.agreement.krippendorff import Level, krippendorff
from gemba.methods.agreement.percent import percent_agreement

_WEIGHTS = {"unw": Weights.NONE, "equal": Weights.LINEAR, "squared": Weights.QUADRATIC}


@reader("agreement", "ratings_by_observer", "ratings_by_observer")
def by_observer(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    units = list(zip(*case["ratings_by_observer"], strict=True))
    for key, within in (("alpha", 0.0), ("published", 0.00051)):
        for level, wanted in case.get(key, {}).items():
            yield Check(key, (level, wanted), (level, krippendorff(units, Level(level)).alpha), within)


@reader("agreement", "ratings", "ratings categories")
def by_unit(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    units = case["ratings"]
    for key, wanted in case.items():
        if found := re.fullmatch(r"kripp_(\w+)", key):
            yield Check(key, wanted, krippendorff(units, Level(found[1])).alpha)
        elif found := re.fullmatch(r"kappa_(\d)(\d)_(\w+)", key):
            first, second = ([unit[int(rater) - 1] for unit in units] for rater in (found[1], found[2]))
            levels = sorted({rating for unit in units for rating in unit})
            yield Check(key, wanted, cohen(first, second, _WEIGHTS[found[3]], levels).kappa)
        elif found := re.fullmatch(r"agree_(?:pct|tol(\d+))", key):
            yield Check(key, wanted, 100 * percent_agreement(units, int(found[1] or 0)).whole, 1e-9)
    if any(None in unit for unit in units):
        return
    for key, ours in (("fleiss", fleiss(units).kappa), ("fleiss_kappa", fleiss(units).kappa), ("z", fleiss(units).z)):
        if key in case:
            yield Check(key, case[key], ours)
    if "exact_conger" in case:
        yield Check("exact_conger", case["exact_conger"], fleiss(units).exact)
    if "kendall_W" in case:
        yield Check("kendall_W", case["kendall_W"], kendall_w(units).w)
    yield from _categories(case)
    yield from _intraclass(case)


def _categories(case: dict[str, Any]) -> Iterator[Check]:
    """R prints them with three decimals."""
    if "per_category" not in case:
        return
    found = fleiss(case["ratings"]).categories
    names = case.get("categories") or [str(each.category) for each in found]
    ours = dict(zip(names, found, strict=True))
    for row in case["per_category"]:
        each = ours[row["Var1"]]
        figure = {"Kappa": each.kappa, "z": each.z, "p.value": each.p}[row["Var2"]]
        yield Check(
            "per_category", (row["Var1"], row["Var2"], row["Freq"]), (row["Var1"], row["Var2"], figure), 0.00051
        )


def _intraclass(case: dict[str, Any]) -> Iterator[Check]:
    if "icc" not in case:
        return
    ours = intraclass(case["ratings"])
    names = ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
    for row in case["icc"]:
        bounds = ours.intervals[names.index(row["type"])]
        figures = {"ICC": getattr(ours, row["type"].lower()), "lower bound": bounds.low, "upper bound": bounds.high}
        for key, figure in figures.items():
            if key in row:
                yield Check("icc", (row["type"], key, row[key]), (row["type"], key, figure))


@reader("agreement", "table kappa", "table")
def by_table(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    plain = cohen_table(case["table"])
    figures = {
        "kappa": plain.kappa,
        "z": plain.z,
        "lower": plain.interval.low,
        "upper": plain.interval.high,
        "kappa_equal": cohen_table(case["table"], Weights.LINEAR).kappa,
        "kappa_squared": cohen_table(case["table"], Weights.QUADRATIC).kappa,
    }
    for key, figure in figures.items():
        if key in case:
            yield Check(key, case[key], figure)


READERS = [by_observer, by_unit, by_table]
