"""The list of escalations, what runs out, and the leaders' log of a year, of 50,000 escalations in an encrypted store.

Run by hand: python tests/bench/bench_escalations.py [N]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import uuid_utils
from sqlalchemy import insert

from gemba.domain.complaint_clock import SOON
from gemba.domain.escalations import EscalationSort
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.store import search_index
from gemba.store.escalation_lists import ESCALATIONS, decisions_run_out, how_many_run_out, running_out
from gemba.store.goal_tables import escalation, escalation_step
from gemba.store.lists import Query
from gemba.store.tables import place
from gemba.work.desk import Desk
from gemba.work.escalation_log import log_facts
from gemba.work.escalation_log_sheet import log_pdf
from gemba.work.open_desk import make_desk

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
YEARS, SITES = 4, 400
WORDS = [
    "counter",
    "queue",
    "parcel",
    "refund",
    "label",
    "shift",
    "call",
    "back",
    "promise",
    "delivery",
    "scanner",
    "opening",
    "weekend",
    "branch",
    "region",
]
QUERIES = {
    "first page, what runs out first": Query(sort="due_at"),
    "open ones": Query(where={"state": ("open",)}, sort="due_at"),
    "overdue": Query(where={"clock": ("overdue",)}, sort="due_at"),
    "conflicts, newest first": Query(where={"sort": ("conflict",)}, sort="raised_at", descending=True),
    "one place": Query(where={"place": ("site-00007".ljust(36, "0"),)}, sort="raised_at", descending=True),
    "search": Query(search="needle", sort="due_at"),
}


def uid() -> str:
    return str(uuid_utils.uuid7())


def fill(desk: Desk, count: int) -> None:
    """So many escalations over four years; one in twenty is open, and each was looked at some times."""
    rng = random.Random(7)
    sites = [f"site-{number:05}".ljust(36, "0") for number in range(SITES)]
    with desk.reader() as reader:
        zone = {"level": "site", "parent": reader.find(Place)[0].uid if reader.find(Place) else None, "zone": "UTC"}
        person = reader.find(Person)[0].uid
    with desk.store.unit(person) as unit:
        unit.connection.execute(insert(place), [{"uid": one, "name": f"Site {one[5:10]}", **zone} for one in sites])
        rows = list(_rows(rng, sites, person, count))
        unit.connection.execute(insert(escalation), [row for row, _ in rows])
        unit.connection.execute(insert(escalation_step), [step for _, steps in rows for step in steps])
        search_index.rebuild(unit.connection, ["escalation"])


def _rows(rng: random.Random, sites: list[str], person: str, count: int) -> Iterator[tuple[dict[str, Any], Any]]:
    for number in range(count):
        raised = NOW - timedelta(hours=rng.random() * YEARS * 365 * 24)
        is_open = rng.random() < 0.05
        decided = None if is_open else min(NOW, raised + timedelta(days=rng.random() * 60))
        one = {
            "uid": uid(),
            "number": f"S-BENCH0-{number:05}",
            "sort": rng.choice(list(EscalationSort)).value,
            "title": _said(rng, 7) + (" needle" if number % 5_000 == 0 else ""),
            "place": rng.choice(sites),
            "severity": rng.choice(["low", "medium", "high"]),
            "subject": "",
            "links": [],
            "tried": _said(rng, 20),
            "asked": _said(rng, 15),
            "customer_side": _said(rng, 10),
            "other_side": _said(rng, 10),
            "tier": rng.randint(1, 3),
            "owner": rng.choice(["Site lead", "Regional lead", "Executive sponsor"]),
            "forum": "Operations review",
            "raised_at": raised,
            "due_at": raised + timedelta(days=rng.random() * 200) if is_open else None,
            "next_step": "",
            "next_by": None,
            "state": "open" if is_open else "decided",
            "outcome": "" if is_open else _said(rng, 12),
            "decided_by": "" if is_open else "Regional lead",
            "decided_at": decided,
            "expires": decided.date() + timedelta(days=rng.randint(30, 900)) if decided and number % 3 == 0 else None,
            "person": person,
        }
        step = {"escalation": one["uid"], "tier": 1, "owner": "Site lead", "due_at": None, "person": person}
        steps = [step | {"uid": uid(), "sort": "raised", "text": one["tried"], "happened_at": raised}]
        steps += [
            step | {"uid": uid(), "sort": "looked_at", "text": "", "happened_at": raised + timedelta(days=30 * at)}
            for at in range(rng.randint(0, 3))
        ]
        yield one, steps


def _said(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))


def say(name: str, work: Callable[[], object], most: float) -> None:
    """Milliseconds in the middle of five times after the first, and the least of the processor's."""
    took, worked = [], []
    for _ in range(6):
        start, busy = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    then = statistics.median(took[1:])
    over = "" if then <= most else "  OVER" + (" (the machine is busy)" if min(worked) <= most else "")
    print(
        f"{name:34} first {took[0]:7.1f} ms, then {then:7.1f}, processor {min(worked):7.1f} (at most {most:.0f}){over}"
    )


def main(count: int) -> None:
    """Fill a store, and ask."""
    with tempfile.TemporaryDirectory() as scratch:
        desk = make_desk(Path(scratch) / "store", clock=lambda: NOW, ids=uid, demo=True)
        fill(desk, count)
        with desk.reader() as reader:
            for name, query in QUERIES.items():
                say(name, lambda query=query: ESCALATIONS.first(reader, query), 100)  # type: ignore[misc]
            say("Today's card", lambda: (running_out(reader, NOW + SOON, 4), how_many_run_out(reader, NOW + SOON)), 50)
            say("decisions that have run out", lambda: decisions_run_out(reader, NOW.date(), 4), 50)
        year = (date(2025, 6, 2), NOW.date())
        facts = log_facts(desk, begins=year[0], ends=year[1])
        print(f"the year's log: {len(facts.open)} open, {len(facts.closed)} closed")
        say("log of a year", lambda: log_facts(desk, begins=year[0], ends=year[1]), 1000)
        start = time.perf_counter()
        month = log_facts(desk, begins=NOW.date() - timedelta(days=31))
        made = log_pdf(desk, month, Path(scratch) / "log.pdf", are_no_names=True)
        print(f"log of a month as PDF: {made.pages} pages in {time.perf_counter() - start:.1f} s")
        desk.store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
