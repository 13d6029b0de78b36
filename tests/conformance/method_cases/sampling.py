"""Sizes, discovery, allocation, acceptance plans and estimates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.conformance.method_cases.checks import Check, Source, listed, reader

from gemba.methods.sampling.acceptance import LETTERS, SIZES, Inspection, accepted_share, cell, code_letter, plan
from gemba.methods.sampling.allocation import neyman_shares, proportional
from gemba.methods.sampling.estimates import estimate_mean, estimate_total
from gemba.methods.sampling.sizes import size_for_discovery, size_for_precision


def _has_sizes(case: dict[str, Any]) -> bool:
    return any(re.fullmatch(r"n_e\d+|discover_\d+pct", key) for key in case)


@reader("sampling", "N", "N", fits=_has_sizes)
def sizes(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    for key, wanted in case.items():
        if found := re.fullmatch(r"n_e(\d+)", key):
            yield Check(key, wanted, size_for_precision(case["N"], int(found[1]) / 100))
        elif found := re.fullmatch(r"discover_(\d+)pct", key):
            yield Check(key, wanted, size_for_discovery(case["N"], int(found[1]) / 100))


@reader("sampling", "n c p pa", "n c p")
def operating_characteristic(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = [accepted_share(case["n"], case["c"], p) for p in listed(case["p"])]
    yield Check("pa", listed(case["pa"]), ours)


@reader("sampling", "N S alloc", "N S n")
def allocation(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    names = [f"{at:03d}" for at in range(len(case["N"]))]
    populations, spreads = dict(zip(names, case["N"], strict=True)), dict(zip(names, case["S"], strict=True))
    yield Check("alloc", case["alloc"], list(neyman_shares(populations, spreads, case["n"]).values()))
    if "prop" in case:
        whole = sum(case["N"])
        exact = [case["n"] * size / whole for size in case["N"]]
        ours = list(proportional(populations, case["n"], minimum=0).values())
        yield Check("prop", case["prop"], ours if all(float(each).is_integer() for each in case["prop"]) else exact)


@reader("sampling", "mean se", "", fits=lambda case: "survey::" in case.get("source", ""))
def survey(case: dict[str, Any], source: Source) -> Iterator[Check]:
    """Means of api00 and totals of enroll of the schools' stratified sample."""
    name = re.search(r"survey::(\w+)", case["source"])
    rows = source.rows(f"{name[1] if name else ''}.csv")
    strata = [row["stype"] for row in rows] if "strat" in case["source"] else None
    populations, weights = ([float(row[key]) for row in rows] for key in ("fpc", "pw"))
    scores = [float(row["api00"]) for row in rows]
    mean = estimate_mean(scores, strata, populations, weights)
    total = estimate_total([float(row["enroll"]) for row in rows], strata, populations, weights)
    figures = {"mean": mean.value, "se": mean.error, "total": total.value, "total_se": total.error}
    for key, figure in figures.items():
        if key in case:
            yield Check(key, _flat(case[key]), figure)
    for group, wanted in case.get("by", {}).items():
        part = [at for at, row in enumerate(rows) if row["stype"] == group]
        ours = estimate_mean([scores[at] for at in part], weights=[weights[at] for at in part])
        yield Check("by", (group, wanted), (group, ours.value))


def _flat(value: Any) -> Any:
    while isinstance(value, list):
        value = value[0]
    return value


@reader("sampling (105E)", "letters cells", "")
def table(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    yield Check("letters", case["letters"], list(LETTERS))
    yield Check("n", case["n"], list(SIZES))
    yield Check("aql", case["aql"], case["aql"])
    ours = [[cell(letter, float(aql)) for aql in case["aql"]] for letter in case["letters"]]
    for letter, wanted, row in zip(case["letters"], case["cells"], ours, strict=True):
        yield Check("cells", [letter, *wanted], [letter, *row])
    for row in case.get("code_letters", []):
        for lot in (row["lo"], row["hi"] or 10 * row["lo"]):
            found = [code_letter(lot, level) for level in Inspection]
            yield Check("code_letters", [lot, row["I"], row["II"], row["III"]], [lot, *found])
    for example in case.get("examples", []):
        yield from (Check("examples", each.wanted, each.got) for each in single_plan.work(example, _source))


@reader("sampling (105E)", "lot aql letter n", "lot level aql")
def single_plan(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = plan(case["lot"], float(case["aql"]), Inspection(case.get("level", "II")))
    figures = {"letter": ours.letter, "n": ours.n, "ac": ours.accept, "re": ours.reject}
    for key, figure in figures.items():
        if key in case:
            yield Check(key, (case["lot"], case["aql"], case[key]), (case["lot"], case["aql"], figure))


READERS = [sizes, operating_characteristic, allocation, survey, table, single_plan]
