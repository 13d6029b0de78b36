"""Audit packs of many reports: what one costs, and how much memory its making takes at its highest.

By hand: python -m tests.bench.bench_audit_pack [REPORTS ...]; 500, 1,000 and 2,000 are the default.
The demonstration store's concluded assessments are repeated until there are as many as asked for, each with records
of its own. Each pack is made in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import msgspec
import uuid_utils
from tests.bench.bench_report import _peak

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment, AssessmentState, answer_uid
from gemba.domain.conclusions import Conclusion
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.record import Record
from gemba.work.audit_pack import make
from gemba.work.audit_pack_choice import Choice
from gemba.work.demonstrate import make_demo_store
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
ALL = Choice(first=date(2020, 1, 1), last=date(2026, 12, 31))


def uid() -> str:
    return str(uuid_utils.uuid7())


def grow(desk: Desk, reports: int) -> None:
    """Repeat the concluded assessments of a store until it has so many."""
    with desk.reader() as reader:
        patterns = [
            (
                one,
                reader.find(Conclusion, assessment=one.uid),
                reader.find(Answer, assessment=one.uid),
                reader.find(Finding, assessment=one.uid),
                reader.find(Action, assessment=one.uid),
                reader.find(Evidence, assessment=one.uid),
            )
            for one in reader.find(Assessment)
            if one.state is AssessmentState.CONCLUDED and "~" not in one.number
        ]
        there = sum(1 for one in reader.find(Assessment) if one.state is AssessmentState.CONCLUDED)
    for batch in _batches(reports - there, 50):
        with desk.unit() as unit:
            for number in batch:
                for records in _copied(*patterns[number % len(patterns)], number + there):
                    unit.put_many(records)


def _batches(many: int, each: int) -> Iterator[range]:
    yield from (range(first, min(many, first + each)) for first in range(0, many, each))


def _copied(
    assessment: Assessment,
    conclusions: list[Conclusion],
    answers: list[Answer],
    findings: list[Finding],
    actions: list[Action],
    evidence: list[Evidence],
    number: int,
) -> Iterator[list[Record]]:
    """The records of one assessment again, under other uids and numbers."""
    again, told = msgspec.structs.replace, {"": "", None: None}
    told |= {one.uid: uid() for one in (assessment, *findings, *actions, *evidence)}
    own = told[assessment.uid]
    yield [again(assessment, uid=own, number=f"{assessment.number}~{number}")]
    yield [again(one, uid=uid(), assessment=own) for one in conclusions]
    yield [again(one, uid=answer_uid(own, one.path), assessment=own) for one in answers]
    yield [again(one, uid=told[one.uid], assessment=own, number=f"{one.number}~{number}") for one in findings]
    yield [
        again(one, uid=told[one.uid], assessment=own, finding=told[one.finding], number=f"{one.number}~{number}")
        for one in actions
    ]
    yield [
        again(one, uid=told[one.uid], assessment=own, finding=told[one.finding], subject="", stance="", beside=None)
        for one in evidence
    ]


def measure(store: Path, out: Path) -> None:
    """Make one pack of all that there is; says what it took."""
    desk = open_desk(store, clock=lambda: NOW, ids=uid)
    before, begun = _peak(), time.process_time()
    made = make(desk, ALL, out)
    said = {"start": before, "peak": _peak(), "seconds": time.process_time() - begun, "sha256": made.sha256}
    print(json.dumps(said | {one: getattr(made, one) for one in ("reports", "pages", "evidence", "size", "estimated")}))
    desk.store.close()


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="gemba-audit-packs-") as name:
        folder = Path(name)
        ticks = count(int(NOW.timestamp()))
        desk = make_demo_store(folder / "store", clock=lambda: datetime.fromtimestamp(next(ticks), UTC), ids=uid)
        desk.store.close()
        for size in sizes:
            print(told_of(folder, size), flush=True)


def told_of(folder: Path, size: int) -> str:
    """A line on the pack of so many reports."""
    desk = open_desk(folder / "store", clock=lambda: NOW, ids=uid)
    grow(desk, size)
    desk.store.close()
    command = [sys.executable, "-m", "tests.bench.bench_audit_pack", "--one", str(folder / "store"), str(folder)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return (
        f"{said['reports']:6,} reports {said['pages']:7,} pages {said['evidence']:5,} photos"
        f" {said['size'] / 1e6:7.1f} MB"
        f" ({said['estimated'] / said['size']:.3f} thought)  {said['seconds']:6.1f} s of a processor"
        f"  memory {said['peak']:5.0f} MB at its highest, {said['start']:4.0f} before"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(one) for one in sys.argv[1:]] or [500, 1_000, 2_000])
