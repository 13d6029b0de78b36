from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Clock, new_uid
from tests.hq.conftest import Packs
from tests.hq.strangers import KEY, enrolled, id_of, packed, spoiled
from tests.packs.stranger import operation

from gemba.domain.evidence import Evidence
from gemba.errors import Trouble
from gemba.hq import intake, set_back
from gemba.packs.receipts import read_receipt
from gemba.store import journal
from gemba.store.checking import check
from gemba.store.lists import PACKS, Query
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.take_in import take_in

DEADLINE = 90.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def start(hq_folder: Path, inbox: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "gemba", "hq", "watch", str(inbox), "--store", str(hq_folder), "--json", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def run_once(hq_folder: Path, inbox: Path, *options: str, code: int = 0) -> list[dict[str, Any]]:
    process = start(hq_folder, inbox, "--once", *options)
    out, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == code, err
    return [json.loads(line) for line in out.splitlines()]


def lay(packs: list[Path], inbox: Path) -> None:
    for pack in packs:
        shutil.copyfile(pack, inbox / (pack.name + ".copying"))
        (inbox / (pack.name + ".copying")).rename(inbox / pack.name)


@pytest.fixture
def whole(hq_folder: Path, ticking: Clock) -> Any:
    """Checks that headquarters holds everything of the laptop once, and nothing is broken."""

    def check_whole(laptop: Desk) -> None:
        desk = open_desk(hq_folder, clock=ticking, ids=new_uid)
        try:
            with desk.reader() as reader, laptop.reader() as mine:
                own = laptop.store.device.id
                there = sorted(bytes(line) for line in journal.since(mine, laptop.store.device.epoch, 1, 10**6))
                here = sorted(
                    bytes(line) for line in journal.since(reader, laptop.store.device.epoch, 1, 10**6, device=own)
                )
                assert here == there
                evidence = reader.find(Evidence)
            assert evidence
            for one in evidence:
                assert hashlib.sha256(desk.store.evidence.read(one.sha256)).hexdigest() == one.sha256
            assert check(desk.store) == []
        finally:
            desk.store.close()

    return check_whole


def test_what_lies_there_is_taken_in_by_several_at_once(
    hq_folder: Path, inbox: Path, packs: Packs, laptop: Desk, whole: Any
) -> None:
    made = packs(4)
    lay(made, inbox)
    events = run_once(hq_folder, inbox, "--workers", "2")
    assert sorted(event["event"] for event in events) == ["taken-in"] * 4
    assert sorted(file.name for file in (inbox / "taken").iterdir()) == sorted(pack.name for pack in made)
    assert len(list((inbox / "down").glob("*.receipt"))) == 4
    assert not list(inbox.glob("*.gemba"))
    whole(laptop)


def test_the_same_pack_again_gives_the_same_receipt(hq_folder: Path, inbox: Path, pack: Path) -> None:
    lay([pack], inbox)
    run_once(hq_folder, inbox)
    receipt = (inbox / "down" / f"{pack.stem}.receipt").read_bytes()
    (inbox / "down" / f"{pack.stem}.receipt").unlink()
    lay([pack], inbox)
    [event] = run_once(hq_folder, inbox)
    assert event["event"] == "known"
    assert (inbox / "down" / f"{pack.stem}.receipt").read_bytes() == receipt


def test_a_half_pack_is_told_once_left_and_taken_in_when_it_is_whole(
    hq_folder: Path, inbox: Path, pack: Path, hq: Desk, ticking: Clock
) -> None:
    from gemba.hq.inbox import FolderInbox
    from gemba.hq.watching import Event, Watch
    from gemba.hq.workers import Crew, Recipe

    told: list[Event] = []
    crew = Crew(Recipe(hq_folder, None), 1)
    watch = Watch([FolderInbox(inbox)], crew, told.append, ticking)
    data = pack.read_bytes()
    target = inbox / pack.name
    target.write_bytes(data[: len(data) // 2])
    try:
        watch.once()
        watch.once()
        assert [event.event for event in told] == ["refused"]
        assert target.exists()
        target.write_bytes(data)
        watch.once()
    finally:
        crew.close()
    assert [event.event for event in told] == ["refused", "taken-in"]
    assert not target.exists()


def test_a_whole_pack_for_somebody_else_is_moved_aside_with_the_reason(
    hq_folder: Path, inbox: Path, pack: Path, tmp_path: Path, ticking: Clock
) -> None:
    from gemba.hq.founding import found

    found(tmp_path / "other", clock=ticking, ids=new_uid, name="Other", demo=True)
    lay([pack], inbox)
    [event] = run_once(tmp_path / "other", inbox, code=2)
    assert event["event"] == "refused"
    assert (inbox / "rejected" / pack.name).read_bytes() == pack.read_bytes()
    assert (inbox / "rejected" / f"{pack.name}.txt").read_text().strip() == event["words"]


def test_packs_that_are_called_alike_do_not_cover_one_another(hq_folder: Path, inbox: Path, packs: Packs) -> None:
    made = packs(2)
    for pack in made:
        shutil.copyfile(pack, inbox / "from the stick.gemba")
        run_once(hq_folder, inbox)
    kept = sorted((inbox / "taken").iterdir())
    assert [file.name for file in kept] == ["from the stick-2.gemba", "from the stick.gemba"]
    assert {file.read_bytes() for file in kept} == {pack.read_bytes() for pack in made}


def test_two_watches_of_one_folder_do_not_disturb_each_other(
    hq_folder: Path, inbox: Path, packs: Packs, laptop: Desk, whole: Any
) -> None:
    lay(packs(3), inbox)
    watches = [start(hq_folder, inbox, "--once") for _ in range(2)]
    said = [watch.communicate(timeout=DEADLINE) for watch in watches]
    assert [watch.returncode for watch in watches] == [0, 0], said
    events = [json.loads(line) for out, _ in said for line in out.splitlines()]
    assert sum(event["event"] == "taken-in" for event in events) == 3
    assert {event["event"] for event in events} <= {"taken-in", "known"}
    assert len(list((inbox / "down").glob("*.receipt"))) == 3
    whole(laptop)


def test_it_ends_cleanly_when_it_is_told_to(hq_folder: Path, inbox: Path, pack: Path) -> None:
    process = start(hq_folder, inbox, "--every", "0.1")
    lay([pack], inbox)
    assert process.stdout is not None
    event = json.loads(process.stdout.readline())
    assert event["event"] == "taken-in"
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, err) == (0, "")


def _kills(hq_folder: Path, inbox: Path, made: list[Path], count: int, check_whole: Callable[[], None]) -> int:
    """Kill the watch again and again, at moments from its start to its end; how often it was not done before.

    Each time that everything is taken in it is looked through, and headquarters begins anew.
    """
    fresh, killed = hq_folder.with_name("fresh"), 0
    shutil.copytree(hq_folder, fresh)
    begun = time.monotonic()
    run_once(hq_folder, inbox, "--workers", "2")
    span = time.monotonic() - begun  # the machine may be busier now than it will be
    for number in range(count):
        if not list(inbox.glob("*.gemba")):
            check_whole()
            shutil.rmtree(hq_folder)
            shutil.copytree(fresh, hq_folder)
            shutil.rmtree(inbox / "down")
            lay(made, inbox)
        process, begun = start(hq_folder, inbox, "--once", "--workers", "2"), time.monotonic()
        try:
            process.wait(timeout=span * (0.2 + 0.8 * (number * 7 % 16) / 16))
            span = min(span, time.monotonic() - begun)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate(timeout=DEADLINE)
    return killed


LONG = pytest.mark.skipif("GEMBA_LONG" not in os.environ, reason="takes ten minutes: set GEMBA_LONG=1")


@pytest.mark.parametrize("count", [6, pytest.param(200, marks=[LONG, pytest.mark.timeout(2400)])])
def test_killed_anywhere_nothing_is_lost_or_doubled(
    hq_folder: Path, inbox: Path, packs: Packs, laptop: Desk, whole: Any, ticking: Clock, count: int
) -> None:
    made = packs(3)
    lay(made, inbox)
    killed = _kills(hq_folder, inbox, made, count, lambda: whole(laptop))
    print(f"{killed} kills in {count} starts")
    assert killed >= count / 4
    run_once(hq_folder, inbox, "--workers", "2")
    whole(laptop)
    hq = open_desk(hq_folder, clock=ticking, ids=new_uid)
    try:
        for pack in made:
            data = (inbox / "down" / f"{pack.stem}.receipt").read_bytes()
            receipt = read_receipt(data, {hq.store.device.id: hq.store.device.public_key})
            assert receipt.pack == pack.stem
            assert intake.take_in(hq, pack, inbox / "again").receipt.read_bytes() == data
    finally:
        hq.store.close()


def test_a_worker_does_not_outlive_a_watch_that_is_killed(hq_folder: Path, inbox: Path, pack: Path) -> None:
    process = start(hq_folder, inbox, "--every", "0.1", "--workers", "1")
    lay([pack], inbox)
    assert process.stdout is not None
    process.stdout.readline()
    group = process.pid
    process.kill()
    process.communicate(timeout=DEADLINE)
    until = time.monotonic() + DEADLINE
    while _alive(group) and time.monotonic() < until:
        time.sleep(0.05)  # asks again; the end of another process gives no signal here
    assert not _alive(group)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_headquarters_has_to_say_is_laid_down_beside_the_receipts(
    hq_folder: Path, inbox: Path, pack: Path, laptop: Desk
) -> None:
    lay([pack], inbox)
    told = run_once(hq_folder, inbox, "--publish")
    assert [event["event"] for event in told] == ["taken-in", "published"]
    (file,) = (inbox / "down").glob("*.publication")
    assert take_in(laptop, file).words
    with laptop.reader() as reader:
        assert {line.state for line in PACKS.first(reader, Query())} == {"held"}
    again = run_once(hq_folder, inbox, "--publish")
    assert [event["event"] for event in again] == ["published"]
    assert list((inbox / "down").glob("*.publication")) == [file]


def test_what_was_taken_in_is_proven_before_it_ends(hq_folder: Path, inbox: Path, hq: Desk, tmp_path: Path) -> None:
    enrolled(hq)
    bad = spoiled(operation(KEY, 1))
    hq.store.close()
    made = packed(hq, tmp_path, "1-1", bad)
    lay([made.rename(made.with_name(f"{hashlib.sha256(made.read_bytes()).hexdigest()}.gemba"))], inbox)
    events = run_once(hq_folder, inbox)
    assert [one["event"] for one in events] == ["taken-in", "unsigned"]
    assert id_of(bad) in events[1]["words"]
    told = subprocess.run(
        [sys.executable, "-m", "gemba", "hq", "prove", "--store", str(hq_folder), "--json"],
        capture_output=True,
        check=True,
        timeout=DEADLINE,
    )
    assert json.loads(told.stdout)["packs"] == 0, "nothing is left to be looked at"


def test_a_watch_that_goes_on_proves_while_nothing_arrives(hq_folder: Path, inbox: Path, hq: Desk, sent: Any) -> None:
    bad = spoiled(operation(KEY, 1))
    sent("1-1", bad)
    hq.store.close()
    process = start(hq_folder, inbox, "--every", "0.2")
    try:
        assert process.stdout is not None
        event = json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.communicate(timeout=DEADLINE)
    assert (event["event"], process.returncode) == ("unsigned", 0)


def test_an_older_copy_of_headquarters_is_told_once(hq_folder: Path, inbox: Path, packs: Packs, hq: Desk) -> None:
    with hq.unit() as unit:
        set_back.note(unit, "ab" * 16, 7)
    lay(packs(1), inbox)
    taken, older = run_once(hq_folder, inbox)
    assert (taken["event"], older["event"]) == ("taken-in", "set-back")
    assert "gemba hq database --restored" in older["words"]


def test_a_store_that_is_away_while_it_is_looked_at_ends_no_watch(hq_folder: Path, inbox: Path, ticking: Clock) -> None:
    from gemba.hq.inbox import FolderInbox
    from gemba.hq.watching import Duties, Event, Watch
    from gemba.hq.workers import Crew, Recipe

    def away() -> None:
        raise Trouble("store.locked", folder=str(hq_folder))

    told: list[Event] = []
    crew = Crew(Recipe(hq_folder, None), 1)
    try:
        assert Watch([FolderInbox(inbox)], crew, told.append, ticking, Duties(set_back=away)).once() == 0
    finally:
        crew.close()
    assert told == []
