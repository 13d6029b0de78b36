"""Answers, taking in and checking, beside one bare durable commit. By hand: python tests/bench/bench_journal.py [N]"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from uuid_utils import uuid7

from gemba.domain.assessments import Answer, Assessment, answer_uid
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.store import journal, opening
from gemba.store.checking import check
from gemba.store.opening import Store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
KEY = bytes(32)


def uid() -> str:
    return str(uuid7())


def begin(store: Store) -> tuple[str, str]:
    person, place = Person(uid=uid(), name="Ana"), Place(uid=uid(), name="Site")
    template = Template(
        uid=uid(),
        form_id="f",
        version="1",
        title="T",
        kind="walk",
        source="a" * 64,
        source_name="f.xlsx",
        xform="b" * 64,
        imported_at=NOW,
    )
    with store.unit(person.uid) as unit:
        for record in (person, place, template):
            unit.put(record)
        walk = Assessment(
            uid=uid(),
            number=unit.number(Assessment),
            template=template.uid,
            kind="walk",
            title="W",
            place=place.uid,
            person=person.uid,
            started_at=NOW,
        )
        unit.put(walk)
    return person.uid, walk.uid


def answer(store: Store, person: str, walk: str, count: int) -> None:
    path = f"/data/q{count % 500}"
    with store.unit(person) as unit:
        key = answer_uid(walk, path)
        if unit.get(Answer, key) is None:
            unit.put(Answer(uid=key, assessment=walk, path=path, value=str(count)))
        else:
            unit.change(Answer, key, value=str(count))


def bare_commit(store: Store) -> float:
    took = []
    for count in range(200):
        start = time.perf_counter()
        with store._writing.begin() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO setting VALUES('bench', ?)", (str(count),))
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1000


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gemba-bench-journal-"))
    start = time.perf_counter()
    laptop = opening.create(folder / "laptop", KEY, clock=lambda: NOW, device_name="laptop", reserve=0)
    print(f"a new store: {(time.perf_counter() - start) * 1000:.0f} ms")
    floor = bare_commit(laptop)
    person, walk = begin(laptop)
    took = []
    for n in range(count):
        start = time.perf_counter()
        answer(laptop, person, walk, n)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    p50, p95 = took[count // 2], took[count * 95 // 100]
    print(f"bare durable commit {floor:.2f} ms; an answer p50 {p50:.2f} ({p50 / floor:.1f} x), p95 {p95:.2f} ms")
    with laptop.reader() as reader:
        start = time.perf_counter()
        lines = list(journal.since(reader, laptop.device.epoch, 1, 10**9))
        print(f"{len(lines)} lines read out: {len(lines) / (time.perf_counter() - start):.0f} a second")
    office = opening.create(folder / "office", KEY, clock=lambda: NOW, device_name="office", reserve=0)
    for what in ("taken in", "taken in again"):
        start = time.perf_counter()
        with office.unit(person) as unit:
            journal.merge(unit, map(json.loads, lines), trusted={laptop.device.id: laptop.device.public_key})
        print(f"{what}: {len(lines) / (time.perf_counter() - start):.0f} operations a second")
    start = time.perf_counter()
    problems = check(office, files=False)
    print(f"checked: {len(lines) / (time.perf_counter() - start):.0f} operations a second, {len(problems)} problems")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
