"""Lists of 200,000 findings, as ratios to one bare keyset page. Run by hand: python tests/bench/bench_lists.py [N]"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from gemba.store import opening, search_index
from gemba.store.lists import FINDINGS, Query
from gemba.store.opening import Store
from gemba.store.tables import assessment, finding, person, place, template

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDS = [
    "door",
    "aisle",
    "queue",
    "till",
    "label",
    "spill",
    "light",
    "stock",
    "sign",
    "wait",
    "smile",
    "rack",
    "pallet",
    "scanner",
    "badge",
]
KEY = bytes(32)


def uid(group: int, number: int) -> str:
    return f"{group:08d}-0000-7000-8000-{number:012d}"


def fill(store: Store, count: int) -> None:
    chance = random.Random(7)
    with store._writing.begin() as connection:
        rows: list[dict[str, Any]] = [
            {
                "uid": uid(1, n),
                "name": f"Site {n}",
                "level": "site",
                "parent": uid(1, n // 20) if n else None,
                "zone": "UTC",
            }
            for n in range(200)
        ]
        connection.execute(insert(place), rows)
        connection.execute(
            insert(person), [{"uid": uid(2, n), "name": f"Person {n}", "role": "auditor"} for n in range(30)]
        )
        connection.execute(
            insert(template).values(
                uid=uid(3, 0),
                form_id="f",
                version="1",
                title="Walk",
                kind="walk",
                source="a" * 64,
                source_name="f.xlsx",
                xform="b" * 64,
                languages=["en"],
                questions=10,
                imported_at=NOW,
                retired=False,
            )
        )
        connection.execute(insert(assessment), [_assessment(n) for n in range(10_000)])
        for start in range(0, count, 10_000):
            connection.execute(insert(finding), [_finding(chance, n) for n in range(start, min(count, start + 10_000))])
        search_index.rebuild(connection)


def _assessment(n: int) -> dict[str, Any]:
    return {
        "uid": uid(4, n),
        "number": f"A-K7QD-{n:04d}",
        "template": uid(3, 0),
        "kind": "walk",
        "title": f"Walk {n}",
        "place": uid(1, n % 200),
        "person": uid(2, n % 30),
        "state": "draft",
        "started_at": NOW + timedelta(minutes=n),
    }


def _finding(chance: random.Random, n: int) -> dict[str, Any]:
    words = " ".join(chance.choices(WORDS, k=40))
    return {
        "uid": uid(5, n),
        "number": f"F-K7QD-{n:06d}",
        "assessment": uid(4, n % 10_000),
        "place": uid(1, chance.randrange(200)),
        "path": f"/data/q{n % 50}",
        "criterion": "What should have been " + words[:40],
        "grade": chance.choices(["major", "minor", "opportunity", "conformity", "good_practice"], [1, 10, 20, 60, 9])[
            0
        ],
        "text": words + (" needle" if n % 5000 == 0 else ""),
        "state": "open" if chance.random() < 0.02 else "closed",
        "raised_at": NOW + timedelta(seconds=chance.randrange(10**7)),
        "person": uid(2, n % 30),
    }


def timed(work: Callable[[], object], times: int = 7) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


QUERIES = {
    "default": Query(),
    "default, newest first": Query(descending=True),
    "sort number": Query(sort="number"),
    "sort grade": Query(sort="grade"),
    "sort state": Query(sort="state", descending=True),
    "sort place": Query(sort="place"),
    "state open (2 %)": Query(where={"state": ("open",)}),
    "state closed (98 %)": Query(where={"state": ("closed",)}, sort="number"),
    "one place (0.5 %)": Query(where={"place": (uid(1, 150),)}),
    "a region (10 %)": Query(where={"place": (uid(1, 3),)}),
    "all places": Query(where={"place": (uid(1, 0),)}),
    "place and state": Query(where={"place": (uid(1, 150),), "state": ("open",)}),
    "region and state": Query(where={"place": (uid(1, 3),), "state": ("open",)}, sort="number"),
    "region, state and grade": Query(where={"place": (uid(1, 3),), "state": ("open",), "grade": ("major",)}),
    "state and grade, by place": Query(where={"state": ("open",), "grade": ("major",)}, sort="place"),
    "one person (3 %)": Query(where={"person": (uid(2, 3),)}),
    "one assessment": Query(where={"assessment": (uid(4, 3),)}),
    "search, 40 hits": Query(search="needle"),
    "search, 93 % hit": Query(search="door"),
    "search, phrase of a number": Query(search="F-K7QD-000123"),
    "search and state": Query(search="spi", where={"state": ("open",)}, sort="grade"),
}


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gemba-bench-"))
    store = opening.create(folder, KEY, clock=lambda: NOW, device_name="bench", reserve=0)
    start = time.perf_counter()
    fill(store, count)
    print(f"filled {count} findings in {time.perf_counter() - start:.1f} s, {folder / 'gemba.db'}")
    store.close()
    store = opening.open_store(folder, KEY, clock=lambda: NOW, reserve=0)
    print(f"file {(folder / 'gemba.db').stat().st_size / 2**20:.0f} MiB")
    start = time.perf_counter()
    with store.reader() as reader:
        FINDINGS.first(reader, Query())
        print(f"first page of all after opening, cold: {(time.perf_counter() - start) * 1000:.1f} ms")
        bare = text("SELECT * FROM finding WHERE id > 1000 ORDER BY id LIMIT 100")
        floor = timed(lambda: reader.connection.execute(bare).all(), 51)
        print(f"floor, 100 bare rows by id: {floor:.2f} ms; below: ms (times the floor), first page | next page | keys")
        for name, query in QUERIES.items():
            start = time.perf_counter()
            page = FINDINGS.first(reader, query)
            cold = (time.perf_counter() - start) * 1000
            first = timed(partial(FINDINGS.first, reader, query))
            after = timed(partial(FINDINGS.after, reader, query, page[-1])) if page else 0.0
            keys = timed(partial(FINDINGS.keys, reader, query), 1)
            shown = f"{first:7.1f} ({first / floor:5.1f} x) | {after:7.1f} ({after / floor:5.1f} x) | {keys:7.1f}"
            print(f"{name:28} {shown}   first time {cold:.1f}, {len(page)} lines")
    store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
