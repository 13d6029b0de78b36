"""Headquarters on PostgreSQL: packs of many laptops taken in over one connection, then asked about.

By hand: python -m tests.bench.bench_headquarters [OPERATIONS] [LAPTOPS]; the promise is for 3,000,000 of 5,000.
A server of its own is started and stopped. Packs are parsed, checked (signatures included) and merged; one pack is one
durable commit, with synchronous_commit on. What it takes to make the packs is left out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from tests.bench.laptops_at_work import NOW, Laptop, Region
from tests.postgres_server import running

from gemba.store import elsewhere, journal, opening
from gemba.store.checking import check
from gemba.store.conflicts import open_conflicts
from gemba.store.lists import FINDINGS, Query
from gemba.store.opening import Store

KEY = bytes(32)
WALKS = 12
"""Walks in one pack: about a thousand operations."""


def packs(region: Region, laptops: list[Laptop], operations: int) -> Iterator[tuple[Laptop, list[bytes]]]:
    """Packs of one laptop after the other, until there are as many operations."""
    shared = laptops[0].shared()
    yield laptops[0], shared
    made = len(shared)
    while True:
        for laptop in laptops:
            lines = [line for _ in range(WALKS) for line in laptop.walk()]
            made += len(lines)
            yield laptop, lines
            if made >= operations:
                return


def take_in(store: Store, person: str, lines: list[bytes], trusted: dict[str, bytes]) -> tuple[int, float]:
    start = time.perf_counter()
    with store.unit(person) as unit:
        merged = journal.merge(unit, map(msgspec.json.decode, lines), trusted=trusted)
    return merged.added, time.perf_counter() - start


def timed(what: str, do: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    found = do()
    print(f"{what}: {(time.perf_counter() - start) * 1000:.0f} ms")
    return found


def ingest(store: Store, operations: int, count: int) -> list[tuple[Laptop, list[bytes]]]:
    """Take everything in, tell how quick each third was; gives every hundredth pack back."""
    region = Region()
    laptops = [Laptop(region, number) for number in range(count)]
    trusted = {laptop.device.id: laptop.device.public_key for laptop in laptops}
    kept, added, spent, third, mark = [], 0, 0.0, 1, (0, 0.0)
    for number, (laptop, lines) in enumerate(packs(region, laptops, operations)):
        new, took = take_in(store, region.person, lines, trusted)
        added, spent = added + new, spent + took
        if number % 100 == 1:
            kept.append((laptop, lines))
        if added >= operations * third // 3:
            rate = (added - mark[0]) / (spent - mark[1])
            print(f"{third}/3: {added:,} operations, {rate:,.0f} a second in this third", flush=True)
            mark, third = (added, spent), third + 1
    print(f"all: {added:,} operations of {count} laptops, {added / spent:,.0f} a second")
    again = [take_in(store, region.person, lines, trusted) for _, lines in kept]
    rate = sum(len(lines) for _, lines in kept) / sum(took for _, took in again)
    print(f"taken in again: {sum(new for new, _ in again)} new, {rate:,.0f} a second")
    return kept


def ask(store: Store) -> None:
    with store.reader() as reader:
        found = timed("conflicts, the first 500", lambda: open_conflicts(reader, limit=500))
        print(f"  {len(found)} records")
        every = timed("conflicts, all", lambda: list(journal.conflicts(reader)))
        print(f"  {len(every)} fields")
        timed("findings by place", lambda: FINDINGS.choices(reader, "place"))
        timed("findings by grade", lambda: FINDINGS.choices(reader, "grade"))
        timed("first page of findings", lambda: FINDINGS.first(reader, Query()))
        timed("search for two words", lambda: FINDINGS.first(reader, Query(search="pallet aisle")))
        timed("count of one place", lambda: FINDINGS.count(reader, Query(where={"grade": ("minor",)})))


def main(operations: int, laptops: int, *, prove: bool) -> None:
    # What an office would set; fsync and synchronous_commit stay on.
    settings = ("shared_buffers=512MB", "max_wal_size=4GB", "maintenance_work_mem=256MB", "effective_cache_size=2GB")
    with tempfile.TemporaryDirectory(prefix="gemba-bench-") as folder, running(*settings) as server:
        at = elsewhere.of(KEY, server.url(server.make_database()))
        store = opening.create(
            Path(folder) / "office", KEY, clock=lambda: NOW, device_name="Office", role="headquarters", reserve=0, at=at
        )
        ingest(store, operations, laptops)
        ask(store)
        if prove:
            problems = timed("the store proven (without files)", lambda: check(store, files=False))
            print(f"  {len(problems)} problems")
        store.close()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    main(*(numbers + [100_000, 300][len(numbers) :]), prove="--prove" in sys.argv)  # type: ignore[misc]
