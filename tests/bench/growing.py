"""Stores of any size, made cheaply: operations, evidence and packs put straight into the tables."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import uuid_utils
from tests.packs.writing import operation, part

from gemba.hq.founding import found
from gemba.packs import canonical
from gemba.packs.identity import DeviceKey
from gemba.store import journal_tables as tables
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

CHECKLIST = b"""\
| survey   |           |         |               |
|          | type      | name    | label         |
|          | text      | remark  | What was seen |
|          | image     | photo   | A photo       |
| settings |           |         |               |
|          | form_id   | form_title              |
|          | queue     | The queue               |
"""


def uid() -> str:
    return str(uuid_utils.uuid7())


def sealed_after(folder: Path, operations: int, rounds: int = 5) -> list[tuple[float, float]]:
    """Seconds by the wall and of the processor to seal one new assessment, in a store with so many operations."""
    folder.mkdir(parents=True)
    ticks = count(1_780_000_000)
    desk = make_desk(folder / "store", clock=lambda: datetime.fromtimestamp(next(ticks), UTC), ids=uid, demo=True)
    take_in(desk, found(folder / "hq", clock=desk.clock, ids=uid, demo=True).file)
    template, place = import_template(desk, CHECKLIST, "queue.md").uid, add_place(desk, "Branch").uid
    fill_up(desk, operations)
    took = []
    for number in range(rounds):
        audit = conduct.start(desk, template, place).uid
        conduct.answer(desk, audit, conduct.open_sheet(desk, audit).fill.resolve("remark"), "Four wait")
        attach(desk, audit, str(number).encode() * 100_000, "note.bin")
        conclude(desk, audit)
        begun, used = time.perf_counter(), time.process_time()
        [pack] = seal(desk)
        took.append((time.perf_counter() - begun, time.process_time() - used))
        hold(desk, pack.operations)
    desk.store.close()
    return took


def fill_up(desk: Desk, operations: int) -> None:
    """Operations of the own journal, evidence and packs, all held by headquarters."""
    device = desk.store.device
    with desk.store._writing.begin() as connection:
        first = connection.exec_driver_sql("SELECT seq FROM device").scalar_one() + 1
        for start in range(first, first + operations, 20_000):
            numbers = range(start, min(first + operations, start + 20_000))
            connection.execute(tables.operation.insert(), list(_rows(numbers, device.id, device.epoch)))
        last = first + operations - 1
        connection.execute(tables.device.update().values(seq=last))
        now = desk.clock()
        blobs = [
            {"sha256": f"{number:064x}", "pack": f"{number // 20:064x}", "held_at": now} for number in range(last // 50)
        ]
        connection.execute(tables.blob.insert(), blobs)
        packs = [_pack(number, device.epoch, now) for number in range(last // 1000)]
        connection.execute(tables.pack.insert(), packs)
        connection.execute(tables.held.insert(), {"epoch": device.epoch, "first_seq": 1, "last_seq": last})


def hold(desk: Desk, _operations: int) -> None:
    """All that was sealed is held now: as after a receipt."""
    from gemba.store import transit

    with desk.unit() as unit:
        [(epoch, last)] = transit.epochs(unit)
        transit.mark_held(unit, {epoch: [[1, last]]}, transit.to_send_blobs(unit))


def _rows(numbers: range, device: str, epoch: str) -> Iterator[dict[str, object]]:
    key = DeviceKey(bytes(range(32)))
    like = operation(key, 1, payload=part(origin="given", path="/data/q"), personal=part(value="4", note=""))
    header, payload = canonical.dumps(like["header"]), canonical.dumps(like["payload"])
    for seq in numbers:
        yield {
            "uid": uid(),
            "device": device,
            "epoch": epoch,
            "seq": seq,
            "hlc": f"{seq:012x}-0000",
            "person": like["header"]["person"],
            "noun": "answer",
            "entity": uid(),
            "header": header,
            "payload": payload,
            "signature": secrets.token_bytes(64),
            "personal": canonical.dumps(like["personal"]),
        }


def _pack(number: int, epoch: str, now: datetime) -> dict[str, object]:
    sha256 = f"{number:064x}"
    return {
        "uid": uid(),
        "sha256": sha256,
        "state": "held",
        "epoch": epoch,
        "first_seq": 1 + number * 1000,
        "last_seq": (number + 1) * 1000,
        "sealed_at": now,
        "to": "h" * 32,
        "file": f"{sha256}.gemba",
        "size": 1,
        "operations": 1000,
        "blobs": 20,
    }
