"""Headquarters on PostgreSQL: packs of many laptops taken in over one connection, then asked about.

By hand: python -m tests.bench.bench_headquarters [OPERATIONS] [LAPTOPS] [WALKS] [--each | --read-before] [--prove]; the
promise is for 3,000,000. WALKS are those in one pack: 120 (the first one of a laptop, about 10,000 operations, as packs
are measured elsewhere) or 12 (of a week or two, about 1,000).
A server of its own is started and stopped. Packs are parsed, checked and merged as headquarters does it: their sender
has signed each as a whole, and the signatures of the operations are checked afterwards (`gemba.store.proofs`), which is
timed at the end. One pack is one durable commit, with synchronous_commit on. While one is merged the next is read
already, as it is where several are taken in at once. What it takes to make the packs is left out: each lot of packs is
made before the clock goes on. Beside the times stands what the server did, counted: it is the same on a busy machine.

With --each the signatures of the operations are checked first, as those of selections are and those of all were.
With --read-before it is left out, too, what it takes to read packs. Any number of processors can do that side by side;
what is left is what one connection carries.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select, text
from tests.bench.laptops_at_work import NOW, Laptop, Region
from tests.postgres_server import running

from gemba.store import elsewhere, journal, opening, proofs, transit
from gemba.store import journal_tables as tables
from gemba.store.checking import check
from gemba.store.conflicts import open_conflicts
from gemba.store.lists import FINDINGS, Query
from gemba.store.opening import Store
from gemba.store.proofs import ToProve
from gemba.store.reading_ahead import ReadAhead
from gemba.store.second_process import second_process

KEY = bytes(32)
MANY = 10_000
"""Operations in sight, so that the other process is begun at once."""
LOT = 500_000
"""Operations that are made, then taken in. The first pack of a lot is read while nothing else is done."""
SETTINGS = (
    "shared_buffers=4GB",
    "effective_cache_size=8GB",
    "max_wal_size=16GB",
    "checkpoint_timeout=15min",
    "wal_compression=lz4",
    "bgwriter_delay=10ms",
    "bgwriter_lru_maxpages=1000",
    "bgwriter_lru_multiplier=4",
)
"""What docs/beyond-one-machine.md recommends, for 16 GB of memory; fsync and synchronous_commit stay on."""


def packs(region: Region, laptops: list[Laptop], operations: int, walks: int) -> Iterator[tuple[Laptop, list[bytes]]]:
    """Packs of one laptop after the other, each of so many walks, until there are as many operations."""
    shared = laptops[0].shared()
    yield laptops[0], shared
    made = len(shared)
    while True:
        for laptop in laptops:
            lines = [line for _ in range(walks) for line in laptop.walk()]
            made += len(lines)
            yield laptop, lines
            if made >= operations:
                return


def lots(all_packs: Iterator[tuple[Laptop, list[bytes]]]) -> Iterator[list[tuple[Laptop, list[bytes]]]]:
    """Packs that are made together."""
    some, size = list[tuple[Laptop, list[bytes]]](), 0
    for one in all_packs:
        some, size = [*some, one], size + len(one[1])
        if size >= LOT:
            yield some
            some, size = [], 0
    if some:
        yield some


class Spent(msgspec.Struct):
    """Seconds that taking in took."""

    clock: float = 0.0
    """On the wall; on a busy machine mostly waiting for a processor."""
    program: float = 0.0
    """Of a processor, in this program and in its process that checks signatures."""
    server: float = 0.0
    """Of a processor, in the server's process for it."""
    stolen: float = 0.0
    """Of all processors, that a virtual machine's host gave to others while this one wanted them."""

    @property
    def processor(self) -> float:
        """Of all processors."""
        return self.program + self.server

    def rates(self, operations: int) -> str:
        each = f"program {self.program / operations * 1e6:.0f} µs, server {self.server / operations * 1e6:.0f} µs each"
        rate = f"{operations / self.processor:,.0f} for each processor: {each}"
        rate += f"; {self.stolen / self.clock / (os.cpu_count() or 1):.0%} of the machine were not given to it"
        return f"{operations / self.clock:,.0f} a second ({rate})"

    def add(self, other: Spent, times: int = 1) -> None:
        self.clock += times * other.clock
        self.program += times * other.program
        self.server += times * other.server
        self.stolen += times * other.stolen

    def since(self, before: Spent) -> Spent:
        gone = Spent(self.clock, self.program, self.server, self.stolen)
        gone.add(before, -1)
        return gone


def _used_by(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _now(backend: int) -> Spent:
    own = time.process_time() + sum(map(_used_by, _begun()))
    return Spent(time.perf_counter(), own, _used_by(backend), _stolen())


def _stolen() -> float:
    return int(Path("/proc/stat").read_text().splitlines()[0].split()[8]) / os.sysconf("SC_CLK_TCK")


def _begun() -> list[int]:
    """The processes that this one has begun, the server aside."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(one) for one in found if b"gemba.store" in Path(f"/proc/{one}/cmdline").read_bytes()]


def take_in(
    store: Store,
    person: str,
    some: list[list[bytes]],
    trusted: dict[str, bytes],
    spent: Spent,
    *,
    read_before: bool = False,
    each: bool = False,
) -> int:
    """Take packs in one after the other; while one is merged the next is read, or all of them have been before.

    With `each`, signatures are checked of each operation.
    """
    with store._writing.connect() as connection:  # the pool has one connection, which the unit will use, too
        backend = connection.connection.dbapi_connection.info.backend_pid
    keys = {line[21:53].decode(): trusted[line[21:53].decode()] for line, *_ in some}
    keys = keys if each else {}
    before = [list(ReadAhead(lines, keys)) for lines in some] if read_before else None
    start, added = _now(backend), 0
    for packed, lines in zip(some, _one_ahead(some, keys) if before is None else before, strict=True):
        with store.unit(person) as unit:
            sender = "" if each else packed[0][21:53].decode()
            added += journal.merge(unit, lines, trusted=trusted, vouched=sender).added
    spent.add(_now(backend).since(start))
    return added


def _one_ahead(some: list[list[bytes]], keys: dict[str, bytes]) -> Iterator[ReadAhead]:
    """Packs that are read one ahead."""
    following = ReadAhead(some[0], keys)
    for number in range(len(some)):
        lines, following = following, ReadAhead(some[number + 1] if number + 1 < len(some) else [], keys)
        yield lines


class Work(msgspec.Struct, frozen=True):
    """What the server has done since it was started, counted."""

    pages: int
    """Times that it looked at a page of a table or an index, in memory or not."""
    records: int
    """Records in its log."""
    log: int
    """Bytes of its log."""

    def since(self, before: Work, operations: int) -> str:
        """For each operation."""
        pages, records = (self.pages - before.pages) / operations, (self.records - before.records) / operations
        log = (self.log - before.log) / operations
        return f"the server looked at {pages:.1f} pages and wrote {records:.2f} records, {log:,.0f} bytes, into its log"


def done(store: Store) -> Work:
    """What the server has done; what it did in the last second may not be counted yet."""
    pages = "SELECT sum(blks_hit + blks_read) FROM pg_stat_database"
    with store.reader() as reader:
        looked_at = reader.connection.scalar(text(pages))
        records, log = reader.connection.execute(text("SELECT wal_records, wal_bytes FROM pg_stat_wal")).one()
        return Work(int(looked_at), int(records), int(log))


def timed(what: str, do: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    found = do()
    print(f"{what}: {(time.perf_counter() - start) * 1000:.0f} ms")
    return found


def ingest(store: Store, operations: int, count: int, walks: int, *, read_before: bool, each: bool) -> None:
    """Take everything in, tell how quick each third was; then a few packs again."""
    region = Region()
    laptops = [Laptop(region, number) for number in range(count)]
    trusted = {laptop.device.id: laptop.device.public_key for laptop in laptops}
    kept, added, spent, third, mark = [], 0, Spent(), 1, (0, Spent(), done(store))
    for some in lots(packs(region, laptops, operations, walks)):
        packed = [lines for _, lines in some]
        added += take_in(store, region.person, packed, trusted, spent, read_before=read_before, each=each)
        kept += some[-3:]
        if added >= operations * third // 3 and added > mark[0]:
            rates = spent.since(mark[1]).rates(added - mark[0])
            print(f"{third}/3: {added:,} operations; in this third {rates}", flush=True)
            work = done(store)
            print(f"  for each {work.since(mark[2], added - mark[0])}", flush=True)
            mark, third = (added, spent.since(Spent()), work), third + 1
    print(f"all: {added:,} operations of {count} laptops, {spent.rates(added)}")
    spent = Spent()
    new = take_in(store, region.person, [lines for _, lines in kept], trusted, spent)
    print(f"taken in again: {new} new, {spent.rates(sum(len(lines) for _, lines in kept))}")


def prove(store: Store, laptops: int) -> None:
    """Check the signature of each operation of some laptops."""
    start, looked_at = time.perf_counter(), 0
    with store.reader() as reader:
        keys = reader.connection.execute(select(tables.signer.c.device).limit(laptops)).scalars().all()
        for device in keys:
            for epoch, stretches in transit.ranges_here(reader, device).items():
                for first, last in stretches:
                    found, some = proofs.unsigned_in(reader, ToProve("", device, epoch, first, last))
                    if found is not None:
                        raise AssertionError(found)
                    looked_at += some
    print(f"signatures, checked afterwards: {looked_at / (time.perf_counter() - start):,.0f} a second ({looked_at:,})")


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


def main(operations: int, laptops: int, walks: int, options: set[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="gemba-bench-") as folder, running(*SETTINGS) as server:
        at = elsewhere.of(KEY, server.url(server.make_database()))
        store = opening.create(
            Path(folder) / "office", KEY, clock=lambda: NOW, device_name="Office", role="headquarters", reserve=0, at=at
        )
        second_process(MANY)
        ingest(store, operations, laptops, walks, read_before="--read-before" in options, each="--each" in options)
        prove(store, 100)
        ask(store)
        if "--prove" in options:
            problems = timed("the store proven (without files)", lambda: check(store, files=False))
            print(f"  {len(problems)} problems")
        store.close()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    operations, laptops, walks = (numbers + [100_000, 300, 120][len(numbers) :])[:3]
    main(operations, laptops, walks, set(sys.argv))
