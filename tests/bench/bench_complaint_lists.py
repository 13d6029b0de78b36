"""Lists, searches and counts of a million complaints in an encrypted store.

Run by hand: python tests/bench/bench_complaint_lists.py [N]
"""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from many_complaints import NOW, fill, uid
from PySide6.QtCore import Qt

from gemba.domain.measures import Period
from gemba.store import opening, series
from gemba.store.complaint_clocks import running_out
from gemba.store.complaint_lists import COMPLAINTS
from gemba.store.lists import Query
from gemba.store.opening import Store
from gemba.store.reading import Reader
from gemba.ui.application import application
from gemba.ui.complaints.list import shape
from gemba.ui.complaints.names import Codes
from gemba.ui.lists.model import LineModel
from gemba.ui.pages.places import PlaceNames

INDEXED = {
    "newest first": Query(sort="received_at", descending=True),
    "oldest first": Query(sort="received_at"),
    "sort due_at": Query(sort="due_at"),
    "sort number": Query(sort="number"),
    "sort severity": Query(sort="severity"),
    "sort state": Query(sort="state"),
    "sort place": Query(sort="place"),
    "state reopened (0.1 %)": Query(where={"state": ("reopened",)}),
    "state closed (93 %)": Query(where={"state": ("closed",)}, sort="number"),
    "severity critical (2 %)": Query(where={"severity": ("critical",)}, sort="received_at", descending=True),
    "one place (0.5 %)": Query(where={"place": (uid(1, 150),)}, sort="received_at", descending=True),
    "a region (10 %)": Query(where={"place": (uid(1, 3),)}, sort="received_at", descending=True),
    "clock overdue": Query(where={"clock": ("overdue",)}, sort="due_at"),
    "clock due soon": Query(where={"clock": ("due_soon",)}, sort="due_at"),
    "place and severity": Query(where={"place": (uid(1, 150),), "severity": ("high",)}, sort="received_at"),
    "cause (5 %)": Query(where={"cause": ("cause1",)}, sort="received_at", descending=True),
    "step and cause (0.5 %)": Query(where={"step": ("step1",), "cause": ("cause1",)}, sort="received_at"),
}
SCANNED = {
    "cause of 200": Query(where={"cause": ("cause_rare",)}, sort="received_at", descending=True),
    "source": Query(where={"source": ("CRM",)}, sort="received_at"),
    "sort product": Query(sort="product"),
    "sort cause": Query(sort="cause", descending=True),
}
SEARCHES = ("needle", "loan", "lo", "loan waited", "CRM-0123456")


Figures = tuple[float, float, float]


def timed(work: Callable[[], object], times: int = 5) -> Figures:
    """Milliseconds the first time, and in the middle of those after; and of the processor's time, the least."""
    took, worked = [], []
    for _ in range(times + 1):
        start, busy = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return took[0], statistics.median(took[1:]), min(worked)


def say(name: str, figures: Figures, most: float) -> None:
    first, then, worked = figures
    over = "" if then <= most else "  OVER" + (" (the machine is busy)" if worked <= most else "")
    print(
        f"{name:32} first {first:7.1f} ms, then {then:7.1f}, processor {worked:7.1f} (at most {most:.0f}){over}",
        flush=True,
    )


def lists(reader: Reader) -> None:
    for queries, most in ((INDEXED, 20.0), (SCANNED, 2000.0)):
        for name, query in queries.items():
            say(name, timed(partial(COMPLAINTS.first, reader, query)), most)
    page = COMPLAINTS.first(reader, INDEXED["newest first"])
    say("next page", timed(partial(COMPLAINTS.after, reader, INDEXED["newest first"], page[-1])), 20)
    say("Today: what runs out", timed(partial(running_out, reader, NOW)), 20)
    for words in SEARCHES:
        query = Query(search=words, sort="received_at", descending=True)
        say(f"search {words!r}, first 50", timed(partial(COMPLAINTS.first, reader, query, 50)), 100)
    say("keys of all, newest first", timed(partial(COMPLAINTS.keys, reader, INDEXED["newest first"]), 1), 2000)


def counts(reader: Reader) -> None:
    for by in ("", "severity", "step", "cause", "product", "channel"):
        work = partial(series.counts, reader, {}, Period.MONTH, by=by)
        say(f"counts by month x {by or 'nothing'}", timed(work, 2), 1000)


def wheel(store: Store, reader: Reader) -> None:
    """A step of the wheel: three rows further, read through the model that the window's list has."""

    class Kept:
        def lines(self, keys: list[int]) -> list[object]:
            with store.reader() as each:
                return list(COMPLAINTS.lines(each, keys))

    model = LineModel(Kept(), shape(PlaceNames(None), Codes()).columns)  # type: ignore[arg-type]
    model.show_keys(COMPLAINTS.keys(reader, INDEXED["newest first"]))
    took, worked, chance = [], [], random.Random(3)
    for _ in range(10):
        row = chance.randrange(model.rowCount() - 2000)
        for step in range(60):
            start, busy = time.perf_counter(), time.process_time()
            for down in range(14):
                for column in range(model.columnCount()):
                    model.data(model.index(row + 3 * step + down, column), Qt.ItemDataRole.DisplayRole)
            took.append((time.perf_counter() - start) * 1000)
            worked.append((time.process_time() - busy) * 1000)
    middle, slow, cpu = (
        sorted(figures)[int(len(figures) * share)] for figures, share in ((took, 0.5), (took, 0.95), (worked, 0.95))
    )
    print(f"wheel step: middle {middle:.2f} ms, p95 {slow:.2f}, processor p95 {cpu:.2f} (at most 16)")


def main(count: int, kept: Path | None) -> None:
    application()
    folder = kept or Path(tempfile.mkdtemp(prefix="gemba-bench-"))
    if kept is None:
        store = opening.create(folder, bytes(32), clock=lambda: NOW, device_name="bench", reserve=0)
        start = time.perf_counter()
        fill(store, count)
        print(f"wrote {count} complaints in {time.perf_counter() - start:.0f} s")
        store.close()
    store = opening.open_store(folder, bytes(32), clock=lambda: NOW, reserve=0)
    print(f"file {(folder / 'gemba.db').stat().st_size / 2**20:.0f} MiB")
    with store.reader() as reader:
        lists(reader)
        counts(reader)
        wheel(store, reader)
    store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
