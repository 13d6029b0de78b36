"""A decision log of 200,000 rows: looked at, tried, imported, and imported again.

Run: uv run python -m tests.bench.bench_import_decisions [ROWS]
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.conftest import new_uid, ticking_clock

from gemba.work.boundaries import BoundaryDraft, set_boundary
from gemba.work.import_decisions import dry_run, import_
from gemba.work.inspect_decisions import inspect
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place

SITES, ROLES, SCENARIOS = (
    400,
    ("Branch lead", "Cashier", "Area lead"),
    ("refund", "goodwill", "waiver", "late_delivery"),
)


def write(file: Path, count: int) -> None:
    """A log of two quarters."""
    random, first = Random(7), date(2025, 1, 1)
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(
            ["Decision no", "Decided on", "Site", "Role", "Decision", "Why", "Scenario", "Amount", "Unit", "Escalated"]
        )
        for n in range(count):
            day = first + timedelta(days=random.randrange(360))
            table.writerow(
                [f"T-{n}", day.isoformat() if n % 500 else "", f"Site {random.randrange(SITES)}", random.choice(ROLES),
                 f"Refund without the receipt, case {n}", "The customer had come twice", random.choice(SCENARIOS),
                 f"{random.randrange(1, 200)}.50", "EUR", random.choice(("yes", "no", "no", "no"))]
            )  # fmt: skip


def main() -> None:
    """Measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "log.csv")
        write(file, count)
        desk = make_desk(
            Path(folder, "store"), clock=ticking_clock(), ids=new_uid, passphrase="for a bench", person_name="P"
        )
        for n in range(SITES):
            add_place(desk, f"Site {n}")
        for role in ROLES[:2]:
            for scenario in SCENARIOS[:3]:
                draft = BoundaryDraft(role=role, scenario=scenario, limit=100, unit="EUR", valid_from=date(2020, 1, 1))
                set_boundary(desk, draft)
        begun = time.perf_counter()
        seen = inspect(desk, file, source="till")
        _say("looked at", begun, count)
        for name, job in (("tried", dry_run), ("imported", import_), ("imported again", import_)):
            begun, busy = time.perf_counter(), time.process_time()
            job(desk, file, seen.reading, seen.plan)
            _say(name, begun, count, time.process_time() - busy)
        desk.store.close()


def _say(what: str, begun: float, count: int, busy: float = 0.0) -> None:
    took, most = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    by_processor = f", processor {busy:.1f} s, {count / busy:,.0f} rows/s" if busy else ""
    print(f"{what}: {took:.1f} s, {count / took:,.0f} rows/s{by_processor}, {most:,.0f} MB at most")


if __name__ == "__main__":
    main()
