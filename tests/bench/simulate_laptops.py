"""A quarter of many laptops in small: what taking in costs as the journal grows, and how many laptops that carries.

By hand: python -m tests.bench.simulate_laptops [LAPTOPS] [SAMPLED]; 5,000 of whom 40 are played are the default.
Each laptop walks twice a working day and sends one pack a week. The sample sends what it would in 13 weeks; how the
cost of an operation grows with the journal is read off it (a line through the weeks, over the doublings of the
journal) and carried on to the size that all laptops would reach. The first week is left out of the line: then the
program and the server begin. What is counted is reading, checking and merging changes; unsealing packs and keeping
photos come on top.
"""

from __future__ import annotations

import math
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench.bench_headquarters import KEY, SETTINGS, Spent, take_in
from tests.bench.laptops_at_work import NOW, Laptop, Region
from tests.postgres_server import running

from gemba.store import elsewhere, opening
from gemba.store.opening import Store

WEEKS, DAYS, WALKS_A_DAY = 13, 5, 2
NIGHT = 8 * 3600
"""Seconds in which a day's packs shall be taken in."""


def week(store: Store, region: Region, laptops: list[Laptop], trusted: dict[str, bytes]) -> tuple[int, Spent]:
    """One week's packs of the sample."""
    added, spent = 0, Spent()
    for laptop in laptops:
        lines = [line for _ in range(DAYS * WALKS_A_DAY) for line in laptop.walk()]
        added += take_in(store, region.person, [lines], trusted, spent)
    return added, spent


def play(store: Store, sampled: int) -> list[tuple[int, float]]:
    """Play the sample; gives size of the journal and microseconds an operation, week by week."""
    region = Region()
    laptops = [Laptop(region, number) for number in range(sampled)]
    trusted = {laptop.device.id: laptop.device.public_key for laptop in laptops}
    size, found = take_in(store, region.person, [laptops[0].shared()], trusted, Spent()), []
    print("week  operations  taken in a second by the clock (by processor time)      ms of processor time a pack")
    for number in range(1, WEEKS + 1):
        added, spent = week(store, region, laptops, trusted)
        size += added
        found.append((size, spent.processor / added * 1e6))
        for_each = spent.processor / sampled * 1000
        print(f"{number:4}  {size:10,}  {spent.rates(added):>40}  {for_each:6.0f}", flush=True)
    return found


def project(found: list[tuple[int, float]], laptops: int, sampled: int) -> None:
    """Carry the cost on to the whole fleet, and say how many laptops one machine carries."""
    steady = found[1:]
    doublings, costs = [math.log2(size) for size, _ in steady], [cost for _, cost in steady]
    slope, start = statistics.linear_regression(doublings, costs)
    each = found[-1][0] / sampled / WEEKS / DAYS
    whole = found[-1][0] / sampled * laptops
    at_end = start + slope * math.log2(whole) if slope > 0 else statistics.mean(costs)
    seen = doublings[-1] - doublings[0]
    print(f"an operation costs {statistics.mean(costs):.0f} µs of processor time from the second week on,")
    if slope > 0:
        print(f"  and {slope:.1f} µs more each time the journal doubles (it doubled {seen:.1f} times)")
    else:
        print(f"  and no growth shows while the journal doubled {seen:.1f} times ({slope:+.1f} µs each time)")
    print(f"{laptops:,} laptops: some {rounded(whole):,} operations in the quarter; at its end {at_end:.0f} µs each,")
    print(f"  {laptops * each * at_end / 1e6 / 60:,.1f} minutes of one processor for the packs of a day")
    limit = NIGHT * 1e6 / at_end / each
    print(
        f"projected limit: some {rounded(limit):,} laptops, if the packs of a day may take eight hours of one processor"
    )
    further = whole / found[-1][0]
    print(f"  measured up to {found[-1][0]:,} operations of {sampled} laptops, all else is carried on from there:")
    print(f"  {further:,.0f} times as far for these laptops; unsealing, photos and the disk's own limits are not in it")


def rounded(number: float) -> int:
    """To two figures: a projection knows no more."""
    size = 10 ** max(0, math.floor(math.log10(number)) - 1)
    return round(number / size) * size


def main(laptops: int, sampled: int) -> None:
    with tempfile.TemporaryDirectory(prefix="gemba-simulation-") as folder, running(*SETTINGS) as server:
        at = elsewhere.of(KEY, server.url(server.make_database()))
        store = opening.create(
            Path(folder) / "office", KEY, clock=lambda: NOW, device_name="Office", role="headquarters", reserve=0, at=at
        )
        project(play(store, sampled), laptops, sampled)
        store.close()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    main(*(numbers + [5_000, 40][len(numbers) :]))  # type: ignore[misc]
