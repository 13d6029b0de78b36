"""Figures worked out by hand: scores, time study, flow, action priority."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.conformance.method_cases.checks import Check, Source, reader, rounded

from gemba.methods.action_priority import TABLE, read_table
from gemba.methods.scores import Item, Score, ces, ces_high, checklist_score, csat, nps
from gemba.methods.time_study import efficiency, study, takt


@reader("scores", "promoters passives detractors", "promoters passives detractors")
def net_promoters(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = nps(case["promoters"], case["passives"], case["detractors"])
    figures = {"nps": ours.value, "se_points": ours.error, "ci95": _bounds(ours)}
    yield from _rounded(case, figures)


@reader("scores", "counts_1to5", "counts_1to5")
def satisfaction(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = csat(case["counts_1to5"])
    bounds = [bound / 100 for bound in _bounds(ours) or ()]
    yield from _rounded(case, {"csat_pct": ours.value, "wilson95": bounds})


@reader("scores", "counts pct_5to7", "counts")
def effort(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    yield from _rounded(case, {"mean": ces(case["counts"]).value, "pct_5to7": ces_high(case["counts"]).value})


@reader("scores", "answers score", "answers")
def checklist(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    points = {"Y": 1.0, "N": 0.0, "P": 0.5, "NA": None}
    ours = checklist_score([Item(points[answer], weight) for answer, weight in case["answers"]])
    yield from _rounded(case, {"score": ours.share})


@reader("time study", "cycles_s", "cycles_s")
def cycles(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = study(case["cycles_s"])
    figures = {
        "mean": ours.mean,
        "sd": ours.sd,
        "median": ours.median,
        "n_needed_95_5pct": ours.needed,
        "lowest_repeatable": ours.lowest_repeatable,
    }
    yield from _rounded(case, figures)


@reader("time study", "available_min demand", "available_min demand")
def takt_time(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    yield from _rounded(case, {"takt_s": 60 * takt(case["available_min"], case["demand"])})


@reader("time study", "value_added_min lead_time_min", "value_added_min lead_time_min")
def flow(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    yield from _rounded(case, {"pce": efficiency(case["value_added_min"], case["lead_time_min"])})


@reader("action priority", "bands ap", "wrong_copies_seen")
def priorities(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    ours = read_table(case["ap"], "recorded")
    yield Check("ap", ours.rows, TABLE.rows)
    bands = [[list(band) for band in each] for each in (TABLE.severity, TABLE.occurrence, TABLE.detection)]
    yield Check("bands", [case["bands"][key] for key in "SOD"], bands)
    for each in case.get("checks", []):
        yield from (Check("checks", check.wanted, check.got) for check in priority.work(each, _source))


@reader("action priority", "S O D AP", "S O D")
def priority(case: dict[str, Any], _source: Source) -> Iterator[Check]:
    yield Check("AP", case["AP"], TABLE.priority(case["S"], case["O"], case["D"]))


def _bounds(score: Score) -> list[float] | None:
    return [score.interval.low, score.interval.high] if score.interval else None


def _rounded(case: dict[str, Any], figures: dict[str, Any]) -> Iterator[Check]:
    """By-hand figures are as exact as the digits they were written with."""
    for key, figure in figures.items():
        if key in case:
            wanted = case[key]
            told = [each for each in (wanted if isinstance(wanted, list) else [wanted]) if each is not None]
            within = max((rounded(each, 3) for each in told), default=0.0)
            yield Check(key, wanted, figure, within)


READERS = [net_promoters, satisfaction, effort, checklist, cycles, takt_time, flow, priorities, priority]
