"""Matched cohorts, difference in differences, Kaplan-Meier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.conformance.method_cases.checks import Check, NotThereError, Source, reader

from gemba.methods.comparing.differences import difference_in_differences
from gemba.methods.comparing.strata import match_exactly
from gemba.methods.survival import Scale, Survival, kaplan_meier


@reader("cohorts", "n_treat n_ctrl att", "")
def exact(case: dict[str, Any], source: Source) -> Iterator[Check]:
    """The source names data, traits and outcome: "MatchIt DATA exact on A,B; ATT weighted diff in OUTCOME"."""
    found = re.search(r"MatchIt ([\w.-]+?)(?:\.csv)? exact on ([^;:()]+).* in (\w+)", case.get("source", ""))
    if not found:
        raise NotThereError("its source does not tell data, traits and outcome")
    rows = source.rows(f"{found[1]}.csv")
    traits = [each.strip() for each in re.split(r",|\+|\band\b", found[2]) if each.strip()]
    keys = [tuple(row[trait] for trait in traits) for row in rows]
    ours = match_exactly(keys, [row["treat"] == "1" for row in rows], [float(row[found[3]]) for row in rows])
    figures = {"n_treat": ours.treated, "n_ctrl": ours.untreated, "n_strata": ours.strata, "att": ours.effect}
    for key, figure in figures.items():
        if key in case:
            yield Check(key, case[key], figure)


@reader("cohorts", "did se_cluster", "")
def did(case: dict[str, Any], source: Source) -> Iterator[Check]:
    rows = source.rows(_csv(case))
    ours = difference_in_differences(
        [float(row["y"]) for row in rows],
        [row["tr"] == "1" for row in rows],
        [row["post"] == "1" for row in rows],
        [row["id"] for row in rows],
    )
    figures = {"did": ours.effect, "se_ols": ours.plain_error, "se_cluster": ours.error}
    for key, figure in figures.items():
        if key in case:
            yield Check(key, case[key], figure)


@reader("survival", "n events quantiles", "conf_type times")
def curve(case: dict[str, Any], source: Source) -> Iterator[Check]:
    rows = source.rows(_csv(case))
    ours = _survival([float(row["t"]) for row in rows], [row["e"] == "1" for row in rows], case)
    yield Check("n", case["n"], ours.n)
    yield Check("events", case["events"], ours.ended)
    for name, wanted in case["quantiles"].items():
        yield Check("quantiles", (name, wanted), (name, ours.quantile(int(name[1:]) / 100).time))
    times = case.get("times", [])
    for key, figures in (
        ("surv", [ours.still_open(time) for time in times]),
        ("lower", [ours.interval_at(time).low for time in times]),
        ("upper", [ours.interval_at(time).high for time in times]),
    ):
        if key in case:
            yield Check(key, case[key], figures)


@reader("survival", "median lo hi", "time status event conf_type")
def middle(case: dict[str, Any], source: Source) -> Iterator[Check]:
    if "time" in case:
        states = case.get("status") or case["event"]
        times, ended = case["time"], _ended(states)
    else:
        found = re.search(r"survival::(\w+)", case.get("source", ""))
        rows = source.rows(f"{found[1]}.csv" if found else _csv(case))
        states = [row.get("status") or row["e"] for row in rows]
        times = [float(row.get("time") or row["t"]) for row in rows]
        ended = _ended([float(state) for state in states])
    ours = _survival(times, ended, case).quantile(0.5)
    for key, figure in (("median", ours.time), ("lo", ours.low), ("hi", ours.high)):
        yield Check(key, case[key], figure)


def _ended(states: list[Any]) -> list[bool]:
    """As R codes them: 1 and 0, or 2 and 1 where a 2 occurs."""
    end = 2 if 2 in states else 1
    return [state == end for state in states]


def _survival(times: list[float], ended: list[bool], case: dict[str, Any]) -> Survival:
    return kaplan_meier(times, ended, Scale(case.get("conf_type", "log")))


def _csv(case: dict[str, Any]) -> str:
    found = re.search(r"[\w.-]+\.csv", case.get("source", ""))
    if not found:
        raise NotThereError("its source names no data")
    return found[0]


READERS = [exact, did, curve, middle]
