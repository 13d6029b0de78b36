"""The lock closes the store, forgets the key, and loses nothing that was typed."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid

from gemba.domain.assessments import Answer
from gemba.domain.templates import Template
from gemba.errors import Refusal, Trouble
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.lock import Lock, minutes_of, set_minutes
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place


class Running:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def running() -> Running:
    return Running()


@pytest.fixture
def own(tmp_path: Path, ticking: Clock) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "own", clock=ticking, ids=new_uid, passphrase="a passphrase")
    yield desk
    desk.store.close()


def test_it_locks_after_a_quarter_of_an_hour_without_a_touch(own: Desk, running: Running) -> None:
    lock = Lock(own, running=running)
    running.now += 14 * 60
    lock.touch()
    running.now += 14 * 60
    assert not lock.look()
    assert lock.seconds_left() == 60
    running.now += 60
    assert lock.look()
    assert lock.is_locked
    assert not lock.look()
    with pytest.raises(Refusal, match=r"work\.locked"):
        _ = lock.desk


def test_locked_nothing_of_the_store_is_left_in_memory_and_the_passphrase_opens_it(
    tmp_path: Path, ticking: Clock, running: Running
) -> None:
    desk = make_desk(tmp_path / "own", clock=ticking, ids=new_uid, passphrase="a passphrase")
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    audit = conduct.start(desk, template.uid, add_place(desk, "Harbour").uid).uid

    def keep(desk: Desk) -> None:
        conduct.note(desk, audit, "/data/x", "typed and not yet kept")

    lock, gone = Lock(desk, running=running, before=keep), weakref.ref(desk.store)
    lock.lock()
    lock.lock()
    assert desk.store.key == b""
    del desk, reader
    gc.collect()
    assert gone() is None  # and with it the engines, their pages and the key
    with pytest.raises(Trouble, match=r"store\.wrong_passphrase"):
        lock.unlock("another one")
    assert lock.is_locked
    again = lock.unlock("a passphrase")
    with again.reader() as reader:
        assert [one.note for one in reader.find(Answer) if one.note] == ["typed and not yet kept"]
    again.store.close()


def test_what_cannot_be_kept_keeps_it_open(own: Desk, running: Running) -> None:
    def full(_desk: Desk) -> None:
        raise Trouble("store.disk_full", folder="x")

    lock = Lock(own, running=running, before=full)
    with pytest.raises(Trouble, match=r"store\.disk_full"):
        lock.lock()
    assert lock.desk is own


def test_the_minutes_are_the_persons_choice_and_0_never_locks(own: Desk, running: Running) -> None:
    assert minutes_of(own) == 15
    with pytest.raises(Refusal, match=r"work\.lock_minutes"):
        set_minutes(own, -1)
    set_minutes(own, 0)
    lock = Lock(own, running=running)
    running.now += 10**6
    assert not lock.look()


def test_a_demonstration_is_never_locked(desk: Desk, running: Running) -> None:
    lock = Lock(desk, running=running)
    running.now += 10**6
    assert not lock.look()
