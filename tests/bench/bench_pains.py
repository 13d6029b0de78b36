"""Pains on a map and blind spots of a million complaints. Run by hand: python tests/bench/bench_pains.py [N]"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from many_complaints import NOW, STEPS, fill, uid

from gemba.domain.people import Person
from gemba.store import opening
from gemba.work.blind_spots import blind_spots, cell_records
from gemba.work.desk import Desk
from gemba.work.pain_review import behind, value_stream_review
from gemba.work.pins import map_pains, within
from gemba.work.process_maps import add_step, make_map
from gemba.work.shelf import Shelf

KEY = bytes(32)
ROUNDS = 3
BEGINS = NOW.date().replace(year=NOW.year - 3)


def took(deed: Callable[[], object]) -> tuple[float, float]:
    """Median seconds by the wall and of the processor: on a machine that others use, the second tells more."""
    walls, used = [], []
    for _ in range(ROUNDS):
        begun, spent = time.perf_counter(), time.process_time()
        deed()
        walls.append(time.perf_counter() - begun)
        used.append(time.process_time() - spent)
    return round(statistics.median(walls), 3), round(statistics.median(used), 3)


def main(count: int) -> None:
    """Fill a store, ask, and print one line of JSON."""
    with tempfile.TemporaryDirectory() as scratch:
        store = opening.create(Path(scratch) / "store", KEY, clock=lambda: NOW, device_name="Bench", reserve=0)
        fill(store, count)
        numbers = iter(range(1, 10_000))
        with store.reader() as reader:
            person = reader.find(Person)[0]
        desk = Desk(store=store, person=person, clock=lambda: NOW, ids=lambda: uid(9, next(numbers)), shelf=Shelf())
        drawn = make_map(desk, "A map", demand=1.0, available=1.0).uid
        steps = [add_step(desk, drawn, code, code=code).uid for code in STEPS]
        with store.reader() as reader:
            meant = within(reader, drawn, None, BEGINS, None)
        asked: dict[str, Callable[[], object]] = {
            "pains_quarter": lambda: map_pains(desk, drawn),
            "pains_three_years": lambda: map_pains(desk, drawn, begins=BEGINS),
            "pains_region": lambda: map_pains(desk, drawn, begins=BEGINS, place=uid(1, 1)),
            "review": lambda: value_stream_review(desk, drawn),
            "behind_a_step": lambda: behind(desk, steps[0], meant),
            "blind_spots": lambda: blind_spots(desk),
            "blind_spots_three_years": lambda: blind_spots(desk, begins=BEGINS),
            "cell": lambda: cell_records(desk, STEPS[0], uid(1, 3)),
        }
        figures = {name: took(deed) for name, deed in asked.items()}
        store.close()
    sys.stdout.write(json.dumps({"complaints": count, **figures}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
