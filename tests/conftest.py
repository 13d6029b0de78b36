"""Fixtures that all rooms share: a clock, prepared stores that are copied for each test, photos."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never the keyring of whoever runs the tests
os.environ.pop("GEMBA_STORE", None)

import uuid_utils
from hypothesis import settings
from tests.patient_bot import PatientBot
from tests.postgres_server import server

from gemba.__main__ import LITTER
from gemba.domain.people import Person
from gemba.shipped import resource
from gemba.store import keys
from gemba.store.opening import open_store
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk
from gemba.work.shelf import Shelf

__all__ = ["server"]

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("gemba", deadline=None)
settings.load_profile("gemba")

Clock = Callable[[], datetime]

_MEMORY, _ROOM = Path("/dev/shm"), 8 * 2**30


def pytest_configure() -> None:
    """What tests write need not outlive them: where there is room in memory, no kept answer waits for a disk."""
    _keep_bytecode()
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def _keep_bytecode() -> None:
    """Let nobody compile what another process has: hundreds of programs are started, and an image may forbid to keep.

    It lies apart from the sources, so that none of it comes into a wheel.
    """
    kept = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode, sys.pycache_prefix = False, kept


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is imported and collected stays to the end: the collector walks over it neither meanwhile nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(LITTER)
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test begins first: begun last, one process would wait for the other."""
    items.sort(key=lambda item: not item.nodeid.endswith("test_rules.py::test_tools_find_nothing[types]"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each process keeps to its part, so that a file prepares once; whoever is done takes from the other."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


def ticking_clock() -> Clock:
    """A clock that begins on a Monday morning and goes on a second each time it is asked."""
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def tell() -> datetime:
        nonlocal now
        now += timedelta(seconds=1)
        return now

    return tell


def new_uid() -> str:
    return str(uuid_utils.uuid7())


def reopen(folder: Path, key: bytes, clock: Clock) -> Desk:
    """The desk at an existing store, as another start of the program would have it."""
    store = open_store(folder, key, clock=clock, reserve=0)
    with store.reader() as reader:
        person = reader.find(Person)[0]
    return Desk(store=store, person=person, clock=clock, ids=new_uid, shelf=Shelf())


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """Acts on widgets, and waits for what they show."""
    return PatientBot(request)


@pytest.fixture
def ticking() -> Clock:
    return ticking_clock()


@pytest.fixture(scope="session")
def prepared_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A store with the starter library, made once; its folder and key."""
    folder = tmp_path_factory.mktemp("prepared") / "store"
    desk = make_desk(folder, clock=ticking_clock(), ids=new_uid, demo=True)
    desk.store.close()
    (folder / "reserve").unlink(missing_ok=True)
    return folder, keys.find_key(folder, passphrase=None)


@pytest.fixture
def desk(prepared_store: tuple[Path, bytes], tmp_path: Path, ticking: Clock) -> Iterator[Desk]:
    """The desk at a fresh copy of the prepared store."""
    source, key = prepared_store
    folder = tmp_path / "store"
    shutil.copytree(source, folder)
    desk = reopen(folder, key, ticking)
    yield desk
    desk.store.close()


@pytest.fixture
def queue_photo() -> bytes:
    """A photo of a queue."""
    return resource("demo", "queue-at-one-counter.jpg").read_bytes()


@pytest.fixture
def sideways_photo() -> bytes:
    """A photo that was taken with the camera held sideways (EXIF orientation 6)."""
    return resource("demo", "unlabelled-shelf.jpg").read_bytes()
