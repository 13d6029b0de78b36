"""Control charts of R's qcc and qicharts2, and the NIST handbook's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tests.conformance.method_cases.checks import Check, NotThereError, Source, listed, reader, rounded

from gemba.methods.charts.attributes import c_chart, np_chart, p_chart, u_chart
from gemba.methods.charts.individuals import individuals, moving_range
from gemba.methods.charts.laney import individuals_prime, laney_p, laney_u
from gemba.methods.charts.limits import sigma_at
from gemba.methods.charts.model import Chart, ChartSort
from gemba.methods.charts.moving_range import Spread
from gemba.methods.charts.phases import joined
from gemba.methods.charts.rare import g_chart, t_chart
from gemba.methods.charts.run import run_chart
from gemba.methods.charts.subgroups import range_chart, sd_chart, xbar_chart
from gemba.methods.rules.anhoej import runs
from gemba.methods.rules.zones import one_side


@reader("charts (qcc)", "chart x center lcl ucl", "chart x n newdata newsizes")
def qcc(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    x, n = case["x"], listed(case.get("n"))
    sizes = n * len(x) if len(n) == 1 else n
    new = listed(case.get("newdata"))
    later = listed(case.get("newsizes")) or sizes[:1]
    sizes = [*sizes, *(later * len(new) if len(later) == 1 else later)] if sizes else []
    chart = _qcc_chart(case["chart"], [*x, *new], sizes, slice(0, len(x)))
    yield Check("center", listed(case["center"])[0], chart.centre[0])
    baseline = chart.baselines[0]
    by_group = baseline.sort in {ChartSort.XBAR, ChartSort.RANGE, ChartSort.SD}
    # qcc tells the spread of one item, except for numbers of n.
    by_item = baseline.sort in {ChartSort.P, ChartSort.U, ChartSort.LANEY_P, ChartSort.LANEY_U}
    if "std_dev" in case:
        item = _item_sigma(case) if by_group else sigma_at(baseline, 1 if by_item or not sizes else sizes[0])
        yield Check("std_dev", case["std_dev"], item)
    for key, ours in (("lcl", chart.lower), ("ucl", chart.upper)):
        wanted = listed(case[key])
        yield Check(key, wanted, list(ours)[: len(wanted)])
    if "stat" in case:  # with or without the points that were judged by the limits of others
        wanted = listed(case["stat"])
        yield Check("stat", wanted, list(chart.values)[: len(x) if len(wanted) == len(x) else None])
    if "beyond" in case:
        yield Check("beyond", sorted(listed(case["beyond"])), [at + 1 for at in chart.beyond()])
    if "runs7" in case:
        sides = [0.0 if value is None else value - line for value, line in zip(chart.values, chart.centre, strict=True)]
        yield Check("runs7", sorted(listed(case["runs7"])), [at + 1 for at in one_side(sides, 7)])


def _item_sigma(case: dict[str, Any]) -> float:
    """Of one value of a subgroup."""
    by_range = case["chart"] != "S"
    return xbar_chart(case["x"], by_range=by_range).baselines[0].spread * len(case["x"][0]) ** 0.5


def _qcc_chart(sort: str, x: list[Any], sizes: list[float], base: slice) -> Chart:
    grouped = {"xbar": xbar_chart, "R": range_chart, "S": sd_chart}
    if sort in grouped:
        return grouped[sort](x, base)
    if sort in {"i", "xbar.one", "I"}:
        return individuals([value[0] if isinstance(value, list) else value for value in x], baseline=base)
    made = {"p": p_chart, "np": np_chart, "u": u_chart}
    if sort in made:
        return made[sort](x, sizes, base)
    if sort == "c":
        return c_chart(x, base)
    if sort == "g":
        return g_chart(x, base)
    raise NotThereError(f"Gemba has no {sort} chart")


@reader(
    "charts (qicharts2)",
    "y cl lcl ucl",
    "x y_sum n chart screened_mr multiply freeze part baseline",
)
def qicharts2(case: dict[str, Any], source: Source) -> Iterator[Check]:
    chart = _parts(case, source)
    for key, ours in (("y", chart.values), ("cl", chart.centre), ("lcl", chart.lower), ("ucl", chart.upper)):
        yield Check(key, case[key], [_none(value) for value in ours])
    if "sigma_signal" in case:
        yield Check("sigma_signal", listed(case["sigma_signal"]), [at + 1 for at in chart.beyond()])
    told = runs(chart.values, chart.centre)
    for key, figure in (
        ("runs_signal", told.signal),
        ("longest_run", told.longest),
        ("longest_run_max", told.longest_allowed),
        ("n_crossings", told.crossings),
        ("n_crossings_min", told.crossings_needed),
    ):
        if key in case:
            yield Check(key, case[key], figure)


def _none(value: float | None) -> float | None:
    """R's missing limits (run charts have none)."""
    return None if value is not None and abs(value) == float("inf") else value


def _parts(case: dict[str, Any], source: Source) -> Chart:
    """One chart, or one for each phase: the recorded centre line steps where a phase begins."""
    sort, line = _sort(case, source), case["cl"]
    length = len(line)
    frozen = case.get("freeze") or _number(r"(?:freeze|frozen|baseline)\D{0,40}?(\d+)", case)
    if frozen and len(set(line)) == 1:
        return _qic(sort, case, slice(0, length), slice(0, int(frozen)))
    starts = [0, *(at for at, (a, b) in enumerate(pairwise(line), 1) if a != b), length]
    if sort is ChartSort.NP:
        starts = [0, length]
    return joined([_qic(sort, case, slice(a, b), slice(None)) for a, b in pairwise(starts)])


def _number(pattern: str, case: dict[str, Any]) -> str | None:
    found = re.search(pattern, f"{case.get('source', '')} {case.get('note', '')}", re.IGNORECASE)
    return found[1] if found else None


def _qic(sort: ChartSort, case: dict[str, Any], part: slice, base: slice) -> Chart:
    y, sums = case["y"][part], case.get("y_sum", case["y"])[part]
    sizes = [1.0 if each is None else each for each in (listed(case.get("n")) or [None] * len(case["y"]))[part]]
    spread = Spread.SCREENED if case.get("screened_mr", True) else Spread.MEAN
    per = next((value * n / s for value, s, n in zip(y, sums, sizes, strict=True) if value and s), 1.0)
    if abs(per - round(per)) < 1e-6 * per:
        per = round(per)
    if sort is ChartSort.MOVING_RANGE:
        return moving_range(sums, base)
    if sort is ChartSort.LANEY_U:
        return laney_u(sums, sizes, spread, base, floor=0, per=per)
    if sort in {ChartSort.P, ChartSort.LANEY_P}:
        shares = p_chart(sums, sizes, base) if sort is ChartSort.P else laney_p(sums, sizes, spread, base, floor=0)
        return _times(shares, per)
    made = {
        ChartSort.RUN: lambda: run_chart(y, base),
        ChartSort.INDIVIDUALS: lambda: individuals(y, spread, base),
        ChartSort.INDIVIDUALS_PRIME: lambda: individuals_prime(sums, sizes, spread, base),
        ChartSort.NP: lambda: np_chart(sums, sizes, base),
        ChartSort.C: lambda: c_chart(sums, base),
        ChartSort.U: lambda: u_chart(sums, sizes, base, per),
        ChartSort.G: lambda: g_chart(y, base),
        ChartSort.T: lambda: t_chart(y, spread, base),
    }
    return made[sort]()


def _times(chart: Chart, factor: float) -> Chart:
    """Shares told in percent."""
    if factor == 1:
        return chart
    lines = {
        name: tuple(factor * each for each in getattr(chart, name)) for name in ("values", "centre", "lower", "upper")
    }
    return replace(chart, **lines)


_NAMES = {
    "run": ChartSort.RUN,
    "i": ChartSort.INDIVIDUALS,
    "mr": ChartSort.MOVING_RANGE,
    "ip": ChartSort.INDIVIDUALS_PRIME,
    "p": ChartSort.P,
    "pp": ChartSort.LANEY_P,
    "np": ChartSort.NP,
    "c": ChartSort.C,
    "u": ChartSort.U,
    "up": ChartSort.LANEY_U,
    "g": ChartSort.G,
    "t": ChartSort.T,
}


_PRIMED = {
    ChartSort.P: ChartSort.LANEY_P,
    ChartSort.U: ChartSort.LANEY_U,
    ChartSort.INDIVIDUALS: ChartSort.INDIVIDUALS_PRIME,
}


def _sort(case: dict[str, Any], source: Source) -> ChartSort:
    """From a key, else from the words of the case's name, the last first."""
    words = [str(case.get("chart", "")), *reversed(re.split(r"[^a-z]+", f"{source.name}".lower()))]
    told = f"{source.name} {case.get('source', '')}".lower()
    primed = any(word in told for word in ("laney", "prime", "′"))
    for word in words:
        if word in _NAMES:
            return _PRIMED.get(_NAMES[word], _NAMES[word]) if primed else _NAMES[word]
    raise NotThereError("its name does not tell the sort of chart")


@reader("charts (NIST)", "published", "x c p n data", fits=lambda case: bool({"x", "c", "n"} & case.keys()))
def nist(case: dict[str, Any], source: Source) -> Iterator[Check]:
    if "x" in case and "n" not in case:
        chart = individuals(case["x"])
        ours = {"mean": chart.centre[0], "mrbar": moving_range(case["x"]).centre[0]}
    elif "c" in case:
        chart = c_chart(case["c"])
        ours = {"cbar": chart.centre[0]}
    else:
        numbers = case.get("x") or case.get("data") or _orange_juice(source)
        chart = p_chart(numbers, [case["n"]] * len(numbers))
        ours = {"pbar": chart.centre[0]}
    ours |= {"ucl": chart.upper[0], "lcl": chart.lower[0]}
    for key, wanted in case["published"].items():
        yield Check("published", (key, wanted), (key, ours.get(key)), rounded(wanted))
    for key in ("beyond", "beyond_strict"):
        if key in case:
            yield Check(key, listed(case[key]), [at + 1 for at in chart.beyond()])


def _orange_juice(source: Source) -> list[float]:
    """The handbook's proportions are Montgomery's orange juice, recorded with qcc's charts."""
    import json

    beside = source.file.with_name("qcc_charts.json")
    if not beside.is_file():
        raise NotThereError("its data (Montgomery's orange juice, trial) are not recorded beside it")
    return next(each["x"] for name, each in json.loads(beside.read_text()).items() if "orangejuice_p_trial" in name)


READERS = [qcc, qicharts2, nist]
