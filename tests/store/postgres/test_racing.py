"""Several programs take packs in at once, and some are killed: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time as clock
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.store.conftest import KEY

from gemba.domain.assessments import Answer, Assessment
from gemba.errors import Trouble
from gemba.store import elsewhere, journal, opening
from gemba.store.checking import check
from gemba.store.conflicts import open_conflicts

WORKERS = 4
DEADLINE = 300

WORKER = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from gemba.store import journal, opening

folder, packs, trusted, person = Path(sys.argv[1]), sys.argv[4:], json.loads(sys.argv[2]), sys.argv[3]
keys = {device: bytes.fromhex(key) for device, key in trusted.items()}
store = opening.open_store(folder, bytes(range(32)), clock=lambda: datetime(2026, 3, 2, tzinfo=UTC), reserve=0)
print("open", flush=True)
for pack in packs:
    lines = [json.loads(line) for line in Path(pack).read_text().splitlines()]
    with store.unit(person) as unit:
        journal.merge(unit, lines, trusted=keys)
        unit.set_setting("taken " + Path(pack).name, True)
    print("taken", Path(pack).name, flush=True)
store.close()
"""


def _packs(stores, tmp_path: Path) -> list[Path]:
    """The journals of laptops that contradict one another, cut into many overlapping stretches."""
    made: list[Path] = []
    for store in stores:
        with store.reader() as reader:
            lines = list(journal.since(reader, store.device.epoch, 1, 10**9))
        for start in range(0, len(lines), 12):
            made.append(tmp_path / f"{store.device.id[:6]}-{start}")
            made[-1].write_bytes(b"\n".join(lines[max(0, start - 4) : start + 12]))
    return made


@pytest.fixture
def laptops(tmp_path, records, time):
    """Three laptops that have worked on the same records without knowing of each other."""
    stores = [
        opening.create(tmp_path / name, KEY, clock=time, device_name=name, reserve=0)
        for name in ("one", "two", "three")
    ]
    draft = records.begin(stores[0])
    trusted = {store.device.id: store.device.public_key for store in stores}
    with stores[0].reader() as reader:
        first = [json.loads(line) for line in journal.since(reader, stores[0].device.epoch, 1, 10**9)]
    for store in stores[1:]:
        with store.unit(records.person.uid) as unit:
            journal.merge(unit, first, trusted=trusted)
    chance = random.Random(5)
    for step in range(40):
        time.move(seconds=1)
        for store in stores:
            records.answer(store, draft, f"/data/q{chance.randrange(8)}", f"{store.device.name} {step}")
            if step % 10 == 0:
                records.finding(store, draft, f"{store.device.name} {step}")
            with store.unit(records.person.uid) as unit:
                unit.change(Assessment, draft.uid, title=f"{store.device.name} {step}")
    yield stores
    for store in stores:
        store.close()


def _start(folder: Path, laptops, person: str, packs: list[Path]) -> subprocess.Popen[str]:
    trusted = json.dumps({store.device.id: store.device.public_key.hex() for store in laptops})
    command = [sys.executable, "-c", WORKER, str(folder), trusted, person, *map(str, packs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_four_programs_take_in_and_are_killed_at_random_and_nothing_is_lost(
    store, laptops, records, tmp_path, another, time
) -> None:
    packs, chance = _packs(laptops, tmp_path), random.Random(11)
    finished: set[str] = set()
    deadline = clock.monotonic() + DEADLINE
    killed = 0
    while len(finished) < len(packs):
        assert clock.monotonic() < deadline
        rest = [pack for pack in packs if pack.name not in finished]
        workers = []
        for _ in range(WORKERS):
            chance.shuffle(rest)
            workers.append(_start(store.folder, laptops, records.person.uid, list(rest)))
        for number, worker in enumerate(workers):
            said = worker.stdout.readline()  # it is at work from here on
            assert said == "open\n"
            if number < 2 and killed < 6:
                for _ in range(chance.randrange(3)):
                    worker.stdout.readline()
                os.kill(worker.pid, signal.SIGKILL)
                killed += 1
        for worker in workers:
            worker.communicate(timeout=DEADLINE)
            assert worker.returncode in {0, -signal.SIGKILL}
        with store.reader() as reader:
            finished = {pack.name for pack in packs if reader.setting(f"taken {pack.name}")}
    assert killed >= 2
    alone = another("alone")  # what one program makes of it that is not disturbed
    trusted = {laptop.device.id: laptop.device.public_key for laptop in laptops}
    lines = [json.loads(line) for pack in packs for line in pack.read_text().splitlines()]
    with alone.unit(records.person.uid) as unit:
        journal.merge(unit, lines, trusted=trusted)
    assert check(store, files=False) == []
    with store.reader() as raced, alone.reader() as quiet:
        assert _told(raced) == _told(quiet)
        assert open_conflicts(raced)


def _told(reader):
    """Answers, titles and conflicts."""
    answers = sorted((one.uid, one.value) for one in reader.find(Answer))
    titles = sorted((one.uid, one.title) for one in reader.find(Assessment))
    conflicts = sorted((one.noun, one.entity, one.field, one.operations) for one in journal.conflicts(reader))
    return answers, titles, conflicts


OWN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from gemba.domain.places import Place
from gemba.store import opening
from uuid_utils import uuid7

now = datetime(2026, 3, 2, tzinfo=UTC)
store = opening.open_store(Path(sys.argv[1]), bytes(range(32)), clock=lambda: now, reserve=0)
for count in range(20):
    with store.unit(sys.argv[2]) as unit:
        unit.put(Place(uid=str(uuid7()), name=f"{count}"))
store.close()
"""


def test_programs_that_write_the_own_journal_use_no_number_twice(store, records) -> None:
    workers = [
        subprocess.Popen([sys.executable, "-c", OWN, str(store.folder), records.person.uid]) for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.wait(DEADLINE) == 0
    assert check(store, files=False) == []
    with store.reader() as reader:
        assert len(list(journal.since(reader, store.device.epoch, 1, 10**9))) == 20 * WORKERS
        assert journal.forks(reader) == []


def test_a_reader_sees_one_moment_while_others_write(store, records) -> None:
    draft = records.begin(store)
    with store.reader() as reader:
        before = reader.get(Assessment, draft.uid)
        with store.unit(records.person.uid) as unit:
            unit.change(Assessment, draft.uid, title="changed meanwhile")
        assert reader.get(Assessment, draft.uid) == before
    with store.reader() as reader:
        assert reader.get(Assessment, draft.uid).title == "changed meanwhile"


def test_a_reader_cannot_write(store) -> None:
    with pytest.raises(Trouble, match=r"store\.database_read_only"), store.reader() as reader:
        reader.connection.execute(text("DELETE FROM setting"))


def test_a_server_that_is_started_anew_is_connected_to_again(store, records, server) -> None:
    draft = records.begin(store)
    name = elsewhere.read(store.folder).database.rpartition("/")[2]
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    records.answer(store, draft, "/data/a", "1")
    with store.reader() as reader:
        assert len(reader.find(Answer)) == 1
