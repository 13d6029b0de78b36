"""A review of 100,000 complaints into clusters with all tests. Run by hand: python tests/bench/bench_review.py [N]"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from gemba.domain.people import Person
from gemba.store import opening
from gemba.store.complaint_tables import complaint, vocabulary
from gemba.store.opening import Store
from gemba.store.tables import person, place
from gemba.work.desk import Desk
from gemba.work.draw_review import Wanted, draw
from gemba.work.review_clusters import clusters
from gemba.work.shelf import Shelf

KEY = bytes(32)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
BEGINS, ENDS = date(2026, 4, 1), date(2026, 6, 30)
BEFORE = 182
"""Days before the period."""
STEPS, CAUSES, SITES = 60, 80, 300
LIMIT_S = 10.0


def uid(group: int, number: int) -> str:
    return f"{group:08d}-0000-7000-8000-{number:012d}"


def fill(store: Store, count: int) -> None:
    """`count` complaints in the period and as many a day in the half year before it."""
    chance = random.Random(11)
    with store._writing.begin() as connection:
        connection.execute(insert(person), [{"uid": uid(2, 0), "name": "Person", "role": "steward"}])
        sites = [
            {"uid": uid(1, n), "name": f"Site {n}", "level": "site", "parent": None, "zone": "UTC"}
            for n in range(SITES)
        ]
        connection.execute(insert(place), sites)
        for at, (facet, many) in enumerate((("step", STEPS), ("cause", CAUSES))):
            words = {f"{facet}{n}": f"{facet} {n}" for n in range(many)}
            row = {"uid": uid(3, at), "facet": facet, "version": 1, "terms": words, "parents": {}, "domains": {}}
            row |= {"crosswalk": {}, "reason": "", "released_at": NOW, "person": uid(2, 0)}
            connection.execute(insert(vocabulary), [row])
        days = (ENDS - BEGINS).days + 1
        whole = count + count * BEFORE // days
        for start in range(0, whole, 20_000):
            rows = [_row(chance, n, count, days) for n in range(start, min(start + 20_000, whole))]
            connection.execute(insert(complaint), rows)


def _row(chance: random.Random, n: int, count: int, days: int) -> dict[str, Any]:
    """Codes by a steep law, so that there are a few large clusters and thousands of small ones."""
    day = chance.randrange(days) if n < count else -1 - chance.randrange(BEFORE)
    moment = datetime.combine(BEGINS + timedelta(day), datetime.min.time(), UTC) + timedelta(
        seconds=chance.randrange(86400)
    )
    words = ("source", "key", "product", "channel", "segment", "customer", "contact", "words", "language", "summary")
    words += ("remedy_sought", "redacted_words", "purpose", "owner", "decision", "answer", "told_back", "similar")
    blank = dict.fromkeys((*words, "similar_note"), "")
    return {
        **blank,
        "uid": uid(4, n),
        "number": f"K-{n}",
        "received_at": moment,
        "recorded_at": moment,
        "place": uid(1, int(SITES * chance.random() ** 2)),
        "step": f"step{int(STEPS * chance.random() ** 2)}",
        "cause": f"cause{int(CAUSES * chance.random() ** 2)}",
        "severity": chance.choice(("low", "medium", "medium", "high")),
        "consent": "unknown",
        "redaction": "raw",
        "state": "received",
        "reopened": 0,
        "paused": False,
        "more": {"Shift": chance.choice(("early", "late", "night"))},
        "person": uid(2, 0),
    }


def main(count: int) -> int:
    ids = iter(range(10**9))
    with tempfile.TemporaryDirectory() as folder:
        store = opening.create(Path(folder) / "store", KEY, clock=lambda: NOW, device_name="bench", reserve=0)
        begun = time.perf_counter()
        fill(store, count)
        filled = time.perf_counter() - begun
        own = Person(uid=uid(2, 0), name="Person", role="steward")
        desk = Desk(
            store=store,
            person=own,
            clock=lambda: NOW,
            ids=lambda: uid(9, next(ids)),
            shelf=Shelf(),
        )
        begun = time.perf_counter()
        review = draw(desk, Wanted(begins=BEGINS, ends=ENDS)).uid
        drawn = time.perf_counter() - begun
        told: dict[str, Any] = {"complaints": count, "fill_s": round(filled, 1), "draw_s": round(drawn, 2)}
        for by_place in (False, True):
            begun = time.perf_counter()
            found = clusters(desk, review, by_place=by_place)
            name = "by_place" if by_place else "all_places"
            told[f"{name}_s"] = round(time.perf_counter() - begun, 2)
            told[f"{name}_clusters"] = len(found.clusters)
            told[f"{name}_charted"] = sum(each.series.signals is not None for each in found.clusters)
        store.close()
    told["limit_s"] = LIMIT_S
    print(json.dumps(told))
    return 0 if told["draw_s"] + told["all_places_s"] <= LIMIT_S else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
