"""The programme of 400 sites: risk, coverage, independence, planning. Run: python tests/bench/bench_programme.py"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import uuid_utils
from alignment_population import DECISIONS, NOW, QUARTERS, fill, site

from gemba.domain.people import Person
from gemba.domain.quarters import days_of, quarter_of, quarters_until
from gemba.store import opening
from gemba.work import programmes
from gemba.work.audit_risk import site_risks
from gemba.work.coverage import coverage
from gemba.work.desk import Desk
from gemba.work.independence import doubts_at
from gemba.work.plan_by_risk import Wanted, candidates, plan_sites, proposal
from gemba.work.shelf import Shelf

LIMIT_S = 2.0
"""Seconds of one core, for everything that a person waits for on the screen."""
T = TypeVar("T")


def timed(ask: Callable[[], T]) -> tuple[float, T]:
    """Seconds of this process: what a quiet machine takes, also where others are at work on it."""
    began = time.process_time()
    found = ask()
    return round(time.process_time() - began, 3), found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = opening.create(Path(folder) / "store", bytes(32), clock=lambda: NOW, device_name="bench", reserve=0)
        fill(store, int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS)
        with store.reader() as reader:
            person = reader.find(Person)[0]
        desk = Desk(store=store, person=person, clock=lambda: NOW, ids=_ids, shelf=Shelf())
        found = measure(desk)
        store.close()
    print(json.dumps({**found, "limit_s": LIMIT_S}))
    sys.exit(0 if max(found["risk_s"], found["coverage_s"], found["independence_s"]) <= LIMIT_S else 1)


def measure(desk: Desk) -> dict[str, Any]:
    last = QUARTERS[-1]
    with desk.reader() as reader:
        risk_s, risks = timed(lambda: site_risks(reader, last))
        coverage_s, matrix = timed(lambda: coverage(reader, last, 8))
        days: tuple[date, date] = days_of(last)
        independence_s, _ = timed(lambda: doubts_at(reader, desk.person.uid, site(5), *days))
    following = quarters_until(quarter_of(days_of(last)[1]), 1)[0]
    programme = programmes.make(desk, programmes.Draft(quarter=following)).uid
    with desk.reader() as reader:
        picked = proposal(candidates(reader, programme), 40)
        auditors = tuple(one.uid for one in reader.find(Person)[:12])
    plan_s, _ = timed(
        lambda: plan_sites(
            desk, programme, Wanted(sites=picked, auditors=auditors, independent_because="Of another region.")
        )
    )
    return {
        "sites": len(risks),
        "goals": len(matrix.goals),
        "regions": len(matrix.regions),
        "risk_s": risk_s,
        "coverage_s": coverage_s,
        "independence_s": independence_s,
        "plan_40_s": plan_s,
    }


def _ids() -> str:
    return str(uuid_utils.uuid7())


if __name__ == "__main__":
    main()
