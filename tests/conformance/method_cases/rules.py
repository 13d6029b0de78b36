"""Rules of charts: R's qcc on standardised points, Anhøj's limits, and how often rules alarm falsely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import sqrt
from typing import Any

from tests.conformance.method_cases.checks import Check, Source, listed, reader

from gemba.methods.rules.anhoej import crossings_needed, longest_run_allowed
from gemba.methods.rules.false_alarms import SERIES, Threshold, above_mean, false_alarms, rise_on_last
from gemba.methods.rules.sets import NELSON, WESTERN_ELECTRIC
from gemba.methods.rules.zones import ZONE_RULES, Rule, signals


@reader("rules (qcc)", "z rules", "z")
def qcc_rules(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    for name, wanted in case["rules"].items():
        ours = [at + 1 for at in signals(Rule(name), case["z"])] if name in ZONE_RULES else ["no such rule"]
        yield Check("rules", [name, *listed(wanted)], [name, *ours])


@reader("rules (Anhøj)", "n longest_run_max n_crossings_min", "n", fits=lambda case: "y" not in case)
def anhoej(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    sizes = listed(case["n"])
    yield Check("longest_run_max", listed(case["longest_run_max"]), [longest_run_allowed(n) for n in sizes])
    yield Check("n_crossings_min", listed(case["n_crossings_min"]), [crossings_needed(n) for n in sizes])


_SETS: dict[str, Any] = {"WE1-4": WESTERN_ELECTRIC, "N1-N8": NELSON, "Anhoej run rules": (Rule.ANHOEJ,)}
_NAIVE = re.compile(r"naive \+(\d+)% vs last period")
_MEAN = re.compile(r"naive >(\d+)% of mean")


def _rules(name: str) -> Any:
    if name in _SETS:
        return _SETS[name]
    threshold: Threshold | None = None
    if found := _NAIVE.fullmatch(name):
        threshold = rise_on_last(int(found[1]) / 100)
    if found := _MEAN.fullmatch(name):
        threshold = above_mean(int(found[1]) / 100)
    if threshold:
        return threshold
    parts = ["Anhøj" if part.strip().lower().startswith("anh") else part.strip() for part in name.split("+")]
    return tuple(Rule(part) for part in parts)


def _is_simulation(case: dict[str, Any]) -> bool:
    return all(isinstance(value, float | int) and 0 <= value <= 1 for value in case.values())


@reader("false alarms", "N1 N1+N2", "", fits=_is_simulation)
def simulated(case: dict[str, Any], source: Source) -> Iterator[Check]:
    """Two simulations of 1,500 series differ by chance: four standard errors of the difference are allowed."""
    mean, periods = re.findall(r"[0-9.]+", source.name)
    for name, wanted in case.items():
        ours = false_alarms(_rules(name), mean=float(mean), periods=int(periods)).share
        middle = (wanted + ours) / 2
        yield Check(name, wanted, ours, 4 * sqrt(2 * middle * (1 - middle) / SERIES) + 0.001)


READERS = [qcc_rules, anhoej, simulated]
