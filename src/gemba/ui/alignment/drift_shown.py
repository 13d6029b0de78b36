"""What the view of drift reads, on a job's thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.places import Level
from gemba.domain.quarters import quarter_of
from gemba.domain.templates import Template
from gemba.reports.chart_facts import ChartFacts
from gemba.store import alignment_counts
from gemba.work.alignment_facts import Question, Rates, rates
from gemba.work.alignment_scene import Scene
from gemba.work.alignment_weights import WeightedRate, weighted_rates
from gemba.work.benchmark import Benchmark, benchmark
from gemba.work.benchmark_lines import Comparison
from gemba.work.benchmark_scores import benchmark_scores
from gemba.work.drift_agreement import agreement_of, agreement_words
from gemba.work.drift_auditors import AuditorRates, auditor_rates
from gemba.work.drift_causes import Causes, causes
from gemba.work.drift_cells import HeatMap, heat_map
from gemba.work.drift_changes import Shifts, shifts
from gemba.work.drift_files import heat_file
from gemba.work.drift_funnel import drift_funnel
from gemba.work.drift_trend import Outcome, Trend, outcomes, trends

MANY_SITES = 60
"""Sites beyond which regions are shown first."""
LATEST = "latest"


class Asked(msgspec.Struct, frozen=True):
    """What a person chose above the view."""

    quarter: str = LATEST
    """A quarter, empty for all, or the latest in which something counts."""
    place: str = ""
    level: str = ""
    """`site` or `region`; empty for what fits."""

    def question(self) -> Question:
        """The same as work takes it."""
        return Question(quarters=(self.quarter,) if self.quarter else (), place=self.place or None)


class DriftShown(msgspec.Struct, frozen=True):
    """Everything that the view shows."""

    asked: Asked
    """With the quarter and the level that were found to fit."""
    quarters: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    """Uid and words of regions and sites."""
    goals: Rates
    heat: HeatMap
    changes: Shifts | None
    """`None` when all quarters are shown."""
    trends: tuple[Trend, ...]
    outcomes: tuple[Outcome, ...]
    funnel: ChartFacts
    auditors: AuditorRates
    agreement: str
    """Whether two auditors of the same decisions agree, in words."""
    causes: Causes
    weighted: tuple[WeightedRate, ...]
    checklists: tuple[tuple[str, str], ...]
    """Form id and title of core templates, which places may be compared by."""


def read_drift(desk: Any, asked: Asked) -> DriftShown:
    """All of the view."""
    with desk.reader() as reader:
        quarters = tuple(alignment_counts.quarters(reader))
        scene = Scene(reader)
        places = _places(scene)
        cores = {one.form_id: one.title for one in reader.find(Template) if one.core is None}
    last = quarters[-1] if quarters else quarter_of(desk.clock().date())
    quarter = (last if quarters else "") if asked.quarter == LATEST else asked.quarter
    sites = sum(place.level is Level.SITE for place in scene.places.values())
    level = asked.level or ("region" if sites > MANY_SITES and not asked.place else "site")
    found = Asked(quarter, asked.place, level)
    question = found.question()
    with desk.reader() as reader:
        agreement = agreement_words(agreement_of(reader, question))
    return DriftShown(
        found,
        quarters,
        places,
        rates(desk, question, "goal"),
        heat_map(desk, question, level),
        shifts(desk, quarter, "goal", question) if quarter else None,
        trends(desk, question, quarter or last),
        outcomes(desk, question, quarter or last),
        drift_funnel(desk, question),
        auditor_rates(desk, question),
        agreement,
        causes(desk, question),
        weighted_rates(desk, question),
        tuple(sorted(cores.items(), key=lambda each: each[1].casefold())),
    )


def read_comparison(desk: Any, places: tuple[str, ...], asked: Asked) -> Benchmark:
    """Places side by side.

    Raises:
        Refusal: they may not stand side by side.
    """
    return benchmark(desk, places, asked.question())


def read_scores(desk: Any, places: tuple[str, ...], asked: Asked, form_id: str) -> Comparison:
    """Places side by side by the core scores of a checklist.

    Raises:
        Refusal: they may not stand side by side.
    """
    return benchmark_scores(desk, places, form_id, asked.question().quarters)


def save_heat(desk: Any, made: HeatMap, asked: Asked, out: Path) -> Path:
    """Write the heat map as a file.

    Raises:
        Refusal: the ending is another.
        Trouble: it cannot be written.
    """
    heat_file(desk, made, asked.question(), out)
    return out


def _places(scene: Scene) -> tuple[tuple[str, str], ...]:
    shown = [uid for uid, place in scene.places.items() if place.level in (Level.REGION, Level.SITE)]
    found = []
    for uid in scene.order("site", set(shown)):
        place, region = scene.places[uid], scene.region_of.get(uid, uid)
        within = "" if region == uid or place.level is Level.REGION else f" · {scene.title('region', region)}"
        found.append((uid, f"{place.name}{within}"))
    return tuple(found)
