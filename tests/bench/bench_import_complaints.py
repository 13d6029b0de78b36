"""Importing complaints, beside the `sqlite3` shell's `.import` into the same tables. By hand:

python tests/bench/bench_import_complaints.py [N]

Gemba reads a CSV file of 12 columns with 300 letters of words, and writes lots, journal, rows, indexes and search index
into the real encrypted store. The shell imports a file with all columns of the same table into a plain database, then
builds the same indexes and the same search index. Both in one run, each in a process of its own, so that their memory
is their own.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from uuid_utils import uuid7

from gemba.domain.vocabularies import Facet
from gemba.store import search_index
from gemba.store.complaint_tables import complaint
from gemba.work.desk import Desk

NOW = datetime(2026, 6, 1, tzinfo=UTC)
COLUMNS = (
    *("Case number", "Received", "Branch", "Product", "Step", "Channel", "Segment", "Cause", "Severity"),
    *("Customer", "Closed", "Narrative"),
)
WORDS = [
    "queue",
    "counter",
    "refund",
    "invoice",
    "waited",
    "called",
    "letter",
    "answer",
    "parcel",
    "broken",
    "screen",
    "account",
    "password",
    "branch",
    "clerk",
    "promise",
    "Tuesday",
    "nobody",
    "twice",
    "manager",
    "again",
    "charged",
    "card",
    "meter",
    "engineer",
    "window",
    "rain",
    "delivery",
    "address",
    "wrong",
]
WORDS += [f"word{n}" for n in range(5000)]
FACETS = {facet: tuple(f"{facet.value}{n}" for n in range(12)) for facet in Facet}
PLACES = tuple(f"Branch {n}" for n in range(200))


def row(chance: random.Random, number: int) -> list[str]:
    """One complaint as an export would have it."""
    at = NOW - timedelta(minutes=chance.randrange(3_000_000))
    words = ""
    while len(words) < 300:
        words += chance.choice(WORDS if chance.random() < 0.5 else WORDS[:30]) + " "
    closed = at + timedelta(hours=chance.randrange(2000))
    return [
        *(f"K{number:08d}", f"{at:%Y-%m-%d %H:%M:%S}", chance.choice(PLACES)),
        *(chance.choice(codes) for codes in FACETS.values()),
        *(chance.choice(("low", "medium", "high")), f"Customer {chance.randrange(400_000)}"),
        *(f"{closed:%Y-%m-%d %H:%M:%S}" if closed < NOW else "", words[:300]),
    ]


def make_file(file: Path, count: int) -> None:
    chance = random.Random(11)
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        rows.writerows(row(chance, number) for number in range(count))


def ours(folder: Path, file: Path) -> dict[str, Any]:
    """Import the file as a person would, the mapping as it is guessed."""
    from gemba.work.import_complaints import import_
    from gemba.work.inspect_complaints import inspect
    from gemba.work.open_desk import make_desk
    from gemba.work.places import add_place
    from gemba.work.vocabularies import Words, release

    desk = make_desk(folder / "store", clock=lambda: NOW, ids=lambda: str(uuid7()), demo=True)
    for name in PLACES:
        add_place(desk, name)
    for facet, codes in FACETS.items():
        release(desk, facet, Words(terms={code: code for code in codes}))
    begun, cpu, own = time.perf_counter(), _cpu(), time.thread_time()
    seen = inspect(desk, file)
    done = import_(desk, file, seen.reading, seen.plan)
    took = time.perf_counter() - begun
    told = {"seconds": took, "cpu": _cpu() - cpu, "writer_cpu": time.thread_time() - own, "added": done.counted.added}
    told["refused"] = done.counted.refused
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["peak_mb_of_reader"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told["store_mb"] = sum(one.stat().st_size for one in (folder / "store").rglob("*") if one.is_file()) / 1e6
    _write_whole(desk, folder / "whole.csv")
    desk.store.close()
    return told


def _cpu() -> float:
    """Seconds of both processes."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _write_whole(desk: Desk, file: Path) -> None:
    """All columns of the table, as the database keeps them, for the shell."""
    names = ", ".join(column.name for column in complaint.c)
    with desk.store.reader() as reader, file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            ["" if cell is None else cell for cell in found]
            for found in reader.connection.exec_driver_sql(f"SELECT {names} FROM complaint")
        )


def theirs(folder: Path) -> dict[str, Any]:
    """The shell's import, the indexes, the search index."""
    shell = shutil.which("sqlite3")
    if shell is None:
        raise SystemExit("apt install sqlite3")
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call]
    table = str(CreateTable(complaint, include_foreign_key_constraints=[]).compile(dialect=dialect))
    indexes = [str(CreateIndex(index).compile(dialect=dialect)) for index in sorted(complaint.indexes, key=str)]
    search = next(one for one in search_index.statements() if "complaint_search" in one)
    script = [f"{table.strip()};", f".import --csv {folder / 'whole.csv'} complaint", *(f"{one};" for one in indexes)]
    script += [f"{search};", "INSERT INTO complaint_search(complaint_search) VALUES('rebuild');"]
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([shell, str(folder / "plain.db")], input="\n".join(script).encode(), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.perf_counter() - begun, "cpu": cpu, "db_mb": (folder / "plain.db").stat().st_size / 1e6}


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gemba-bench-import-"))
    try:
        make_file(folder / "complaints.csv", count)
        asked = [sys.executable, __file__, "--ours", str(folder)]
        one = json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE).stdout)
        other = theirs(folder)
        print(f"{count:,} complaints, {(folder / 'complaints.csv').stat().st_size / 1e6:.0f} MB of CSV")
        print("gemba  ", {name: round(value, 1) for name, value in one.items()})
        print("sqlite3", {name: round(value, 1) for name, value in other.items()})
        print(
            f"{one['seconds'] / other['seconds']:.2f} x the time, {one['cpu'] / other['cpu']:.2f} x the CPU, of which"
        )
        print(f"{one['writer_cpu'] / other['cpu']:.2f} x by the thread that writes: the time if a second core is free")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        print(json.dumps(ours(Path(sys.argv[2]), Path(sys.argv[2]) / "complaints.csv")))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
