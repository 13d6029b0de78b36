"""The first pages of the calendar and of what is overdue, with 100,000 actions in an encrypted store.

Run by hand: python tests/bench/bench_calendar.py [N]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import uuid_utils
from sqlalchemy import insert

from gemba.domain.due import DueSort
from gemba.domain.people import Person
from gemba.store.tables import action, place
from gemba.work import bodies
from gemba.work.bodies import BodyDraft, Cadence
from gemba.work.calendar import Calendar, Wanted
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
SITES, BODIES, ROUNDS = 400, 40, 9
LIMIT = 100.0
"""At most so many milliseconds for a first page."""
_DONE = 0.5
"""Share of the actions that are done."""


def uid() -> str:
    return str(uuid_utils.uuid7())


def fill(desk: Desk, count: int) -> None:
    """So many actions over three years, half of them done; bodies that meet each week."""
    rng = random.Random(7)
    sites = [f"site-{number:05}".ljust(36, "0") for number in range(SITES)]
    with desk.reader() as reader:
        person = reader.find(Person)[0].uid
    with desk.store.unit(person) as unit:
        rows = [{"uid": one, "name": f"Site {one[5:10]}", "level": "site", "zone": "Europe/Berlin"} for one in sites]
        unit.connection.execute(insert(place), rows)
        unit.connection.execute(insert(action), [_action(rng, sites, person, at) for at in range(count)])
    for at in range(BODIES):
        seats, cadence = ("Head of service", "Site lead"), Cadence(rule="FREQ=WEEKLY;BYDAY=MO", at="09:00")
        draft = BodyDraft(title=f"Council {at}", purpose="Decides.", place=sites[at], cadence=cadence, seats=seats)
        bodies.add(desk, draft)


def _action(rng: random.Random, sites: list[str], person: str, at: int) -> dict[str, Any]:
    due = TODAY + timedelta(days=rng.randrange(-700, 400))
    is_done = rng.random() < _DONE
    return {
        "uid": uid(),
        "number": f"C-BENCH0-{at:06}",
        "place": rng.choice(sites),
        "sort": "correction",
        "text": f"Mend the counter {at}",
        "owner": "Site lead",
        "due": due,
        "state": "done" if is_done else "open",
        "proof": "Seen." if is_done else "",
        "added_at": NOW - timedelta(days=800),
        "person": person,
    }


def measured(run: Callable[[], object]) -> list[tuple[float, float]]:
    """Milliseconds by the clock on the wall and of the processor, the first of them cold."""
    found = []
    for _ in range(ROUNDS):
        begun, busy = time.perf_counter(), time.process_time()
        run()
        found.append((1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - busy)))
    return found


def main(count: int) -> None:
    """Fill, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder) / "store", clock=lambda: NOW, ids=uid, demo=True)
        begun = time.perf_counter()
        fill(desk, count)
        print(f"{count} actions, {SITES} sites, {BODIES} bodies: {time.perf_counter() - begun:.0f} s to fill")
        month = {"first": date(2026, 5, 25), "last": date(2026, 7, 5)}

        def asked(what: Callable[[Calendar], object], **wanted: Any) -> Callable[[], object]:
            def run() -> object:
                with desk.reader() as reader:
                    return what(Calendar(reader, desk, Wanted(**wanted)))

            return run

        for name, run in {
            "first page from today on": asked(lambda one: one.page()),
            "first page of what is overdue": asked(lambda one: one.page(), overdue=True),
            "first page of one place": asked(lambda one: one.page(), overdue=True, place="site-00007".ljust(36, "0")),
            "first page of own": asked(lambda one: one.page(), own=True),
            "actions only": asked(lambda one: one.page(), sorts=(DueSort.ACTION,)),
            "month grid": asked(lambda one: one.days(6), **month),
            "counts of what is overdue": asked(lambda one: one.counts(), overdue=True),
            "keys of what is overdue": asked(lambda one: one.places(), overdue=True),
        }.items():
            found = measured(run)
            wall, busy = (statistics.median(one[at] for one in found[1:]) for at in (0, 1))
            first = f"first {found[0][0]:6.1f} ms, processor {found[0][1]:6.1f}"
            print(f"{name:34} {first}   then {wall:6.1f} ms, processor {busy:6.1f}   (at most {LIMIT:.0f})")
        desk.store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
