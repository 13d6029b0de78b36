"""Counts and charts of a million complaints by period and category. Run by hand: python tests/bench/bench_series.py [N]

Prints seconds, and each as a share of the bare count of all rows by the same index in the same run.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from gemba.domain.measures import Measure, Period
from gemba.store import opening, series
from gemba.store.complaint_tables import complaint
from gemba.store.opening import Store
from gemba.store.reading import Reader
from gemba.store.tables import person, place
from gemba.work.chart_facts import facts_of

NOW = datetime(2026, 7, 3, 12, tzinfo=UTC)
KEY = bytes(32)
WORDS = ("the letter said one thing and the counter another, and nobody called back " * 5)[:300]
PERSON = "00000002-0000-7000-8000-000000000000"
_ROUNDS = 3


def fill(store: Store, count: int) -> None:
    chance = random.Random(7)
    sites = [f"00000001-0000-7000-8000-{n:012d}" for n in range(40)]
    with store._writing.begin() as connection:
        connection.execute(insert(person), [{"uid": PERSON, "name": "Ana", "role": ""}])
        connection.execute(insert(place), [{"uid": uid, "name": uid, "level": "site", "zone": "UTC"} for uid in sites])
        for start in range(0, count, 20_000):
            rows = [_row(chance, number, sites) for number in range(start, min(start + 20_000, count))]
            connection.execute(insert(complaint), rows)


def _row(chance: random.Random, number: int, sites: list[str]) -> dict[str, Any]:
    blank: dict[str, Any] = {column.name: None if column.nullable else "" for column in complaint.columns}
    received = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.random() * 3.5 * 365 * 86_400)
    return blank | {
        "id": number + 1,
        "uid": str(uuid.UUID(int=chance.getrandbits(128))),
        "number": str(number),
        "source": "book",
        "key": str(number),
        "received_at": received,
        "recorded_at": received,
        "place": chance.choice(sites),
        "product": f"product-{int(chance.random() ** 2 * 20)}",
        "step": f"step-{int(chance.random() * 12)}",
        "channel": chance.choice("abcd"),
        "segment": chance.choice("xyz"),
        "cause": f"cause-{int(chance.random() ** 2 * 30)}",
        "severity": chance.choice(("low", "medium", "high", "critical")),
        "words": WORDS,
        "state": "received",
        "reopened": 0,
        "paused": False,
        "more": {},
        "person": PERSON,
    }


def measure(**fields: Any) -> Measure:
    return Measure(uid="m", code="m", title="m", period=Period.MONTH, made_at=NOW, person=PERSON, **fields)


def timed(function: Callable[[], Any]) -> float:
    found = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        function()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def questions(reader: Reader) -> dict[str, Callable[[], Any]]:
    asked: dict[str, Callable[[], Any]] = {"month": lambda: series.counts(reader, {}, Period.MONTH)}
    for by in series.CATEGORIES:
        asked[f"month x {by}"] = lambda by=by: series.counts(reader, {}, Period.MONTH, by=by)  # type: ignore[misc]
    asked["day"] = lambda: series.counts(reader, {}, Period.DAY, zone="Europe/Madrid")
    asked["week, one cause"] = lambda: series.counts(reader, {"cause": "cause-3"}, Period.WEEK)
    asked["chart of all"] = lambda: facts_of(reader, measure())
    asked["chart of a share"] = lambda: facts_of(reader, measure(filters={"cause": "cause-3"}, of={"all": "yes"}))
    asked["pareto by cause"] = lambda: facts_of(reader, measure(), "pareto", by="cause")
    asked["funnel by site"] = lambda: facts_of(reader, measure(filters={"cause": "cause-3"}), "funnel")
    during = (datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC))
    asked["behind a point"] = lambda: series.records_behind(reader, {"cause": "cause-3"}, during)
    return asked


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        store = opening.create(Path(folder) / "store", KEY, clock=lambda: NOW, device_name="bench", reserve=0)
        try:
            fill(store, count)
            with store.reader() as reader:
                bare = timed(
                    lambda: reader.connection.scalar(text("SELECT count(*) FROM complaint WHERE received_at > '2000'"))
                )
                print(f"{count:,} complaints; bare count {bare:.3f} s")
                for name, question in questions(reader).items():
                    took = timed(question)
                    print(f"{name:22} {took:6.3f} s  {took / bare:5.1f} x")
        finally:
            store.close()


if __name__ == "__main__":
    main()
