"""Conclusions over 200,000 judged decisions of 400 sites. Run by hand: python tests/bench/bench_alignment.py [N]

Prints seconds, and seconds of the processor, which others at work on the machine hardly change (medians of three); heat
map and funnel may take one second each.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import alignment_population as population

from gemba.domain.people import Person, Role
from gemba.reports.charts import chart_drawing
from gemba.reports.heat_map import heat_drawing
from gemba.store import opening
from gemba.work.alignment_facts import Question, rates
from gemba.work.benchmark import benchmark
from gemba.work.desk import Desk
from gemba.work.drift_auditors import auditor_rates
from gemba.work.drift_causes import causes
from gemba.work.drift_cells import heat_map
from gemba.work.drift_changes import shifts
from gemba.work.drift_funnel import drift_funnel
from gemba.work.drift_pictures import heat_facts
from gemba.work.drift_records import cases_behind
from gemba.work.drift_trend import trends
from gemba.work.issue_quarter_report import alignment_quarter, management_review
from gemba.work.shelf import Shelf

KEY = bytes(32)
LAST = population.QUARTERS[-1]
LIMIT_S = 1.0
_ROUNDS = 3


def questions(desk: Desk, folder: Path) -> dict[str, Callable[[], Any]]:
    every, one = Question(), Question(quarters=(LAST,))
    cell = Question(quarters=(LAST,), goals=("goal04",), place=population.site(0))
    sites = [population.site(0), population.site(74)]
    return {
        "heat map, 8 quarters": lambda: heat_drawing(heat_facts(heat_map(desk, every))),
        "heat map, a quarter": lambda: heat_drawing(heat_facts(heat_map(desk, one))),
        "heat map by region": lambda: heat_drawing(heat_facts(heat_map(desk, every, "region"))),
        "funnel, 8 quarters": lambda: chart_drawing(drift_funnel(desk, every), 174, 90),
        "funnel, a quarter": lambda: chart_drawing(drift_funnel(desk, one), 174, 90),
        "rates by goal": lambda: rates(desk, every, "goal"),
        "rates by site": lambda: rates(desk, every, "site"),
        "trend": lambda: trends(desk, every, LAST),
        "changes by site": lambda: shifts(desk, LAST, "site"),
        "auditors": lambda: auditor_rates(desk, every),
        "causes, a quarter": lambda: causes(desk, one),
        "behind a cell": lambda: cases_behind(desk, cell),
        "two sites compared": lambda: benchmark(desk, sites, one),
        "alignment report": lambda: alignment_quarter(desk, LAST, out=folder / "alignment.pdf"),
        "management review": lambda: management_review(desk, LAST, out=folder / "review.pdf"),
    }


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = opening.create(folder / "store", KEY, clock=lambda: population.NOW, device_name="bench", reserve=0)
        try:
            begun = time.perf_counter()
            population.fill(store, count)
            told = {"fill": time.perf_counter() - begun}
            busy: dict[str, float] = {}
            own = Person(uid=population.uid(2, 0), name="Person", role=Role.STEWARD)
            ids = lambda: str(uuid.uuid4())  # noqa: E731 - the desk's ids
            desk = Desk(store=store, person=own, clock=lambda: population.NOW, ids=ids, shelf=Shelf())
            for title, question in questions(desk, folder).items():
                took = [_timed(question) for _ in range(_ROUNDS)]
                told[title], busy[title] = (statistics.median(each[at] for each in took) for at in (0, 1))
        finally:
            store.close()
    for title, seconds in told.items():
        print(f"{title:22} {seconds:6.3f} s  {busy.get(title, 0.0):6.3f} s of the processor", file=sys.stderr)
    print(json.dumps({"decisions": count, **{title: round(seconds, 3) for title, seconds in told.items()}}))
    return 0 if max(told["heat map, 8 quarters"], told["funnel, 8 quarters"]) <= LIMIT_S else 1


def _timed(question: Callable[[], Any]) -> tuple[float, float]:
    begun, at = time.perf_counter(), time.process_time()
    question()
    return time.perf_counter() - begun, time.process_time() - at


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else population.DECISIONS))
