"""The window under test: no screen, and no thread, timer or failure left behind."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.conftest import new_uid, reopen, ticking_clock
from tests.ui.pages.window import WindowObject

from gemba import wording
from gemba.errors import GembaError
from gemba.store import keys
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.languages import speak
from gemba.ui.preferences import Preferences
from gemba.ui.theme import current, fonts
from gemba.ui.window import Window
from gemba.work.demonstrate import make_demo_store
from gemba.work.desk import Desk


@pytest.fixture(autouse=True)
def own_cache_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another looked through, nor what whoever runs them has."""
    monkeypatch.setattr("gemba.ui.workbooks.own_cache", lambda: tmp_path / "cache")


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light look, in English, from left to right."""
    fonts.load()
    current.show(qapp, "light", "petrol")
    yield
    speak(qapp, "en")
    wording.use("en")


@pytest.fixture(autouse=True)
def _clean(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread or timer running, or an exception that nobody could raise."""
    before = set(threading.enumerate())
    unraisable: list[object] = []
    hook = sys.unraisablehook
    sys.unraisablehook = lambda args: unraisable.append(args.exc_value)
    yield
    sys.unraisablehook = hook
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = {thread for thread in threading.enumerate() if thread.name.startswith("gemba")} - before
    assert not left, f"threads left running: {left}"
    timers = [timer.objectName() for timer in qapp.findChildren(QTimer) if timer.isActive() and timer.objectName()]
    assert not timers, f"timers left running: {timers}"
    assert not unraisable, f"failures that Qt only printed: {unraisable}"
    if not gc.isenabled():
        gc.enable()
        pytest.fail("automatic garbage collection was left switched off")


class Heard:
    """What a window was told by its jobs."""

    def __init__(self) -> None:
        self.troubles: list[GembaError] = []
        self.bugs: list[BaseException] = []


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def hub(qapp: QApplication) -> ChangeHub:
    return ChangeHub()


@pytest.fixture
def jobs(qtbot: QtBot, hub: ChangeHub, heard: Heard) -> Iterator[Jobs]:
    made = Jobs(hub, trouble=heard.troubles.append, bug=heard.bugs.append)
    made.desk = "desk"
    yield made
    made.close()


@pytest.fixture(scope="session")
def prepared_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The demonstration store, made once; its folder and key."""
    folder = tmp_path_factory.mktemp("demo") / "store"
    make_demo_store(folder, clock=ticking_clock(), ids=new_uid).store.close()
    (folder / "reserve").unlink(missing_ok=True)
    return folder, keys.find_key(folder, passphrase=None)


@pytest.fixture
def demo_desk(prepared_demo: tuple[Path, bytes], tmp_path: Path) -> Iterator[Desk]:
    """The desk at a fresh copy of the demonstration store."""
    source, key = prepared_demo
    folder = tmp_path / "demo"
    shutil.copytree(source, folder)
    desk = reopen(folder, key, ticking_clock())
    yield desk
    desk.store.close()


Opener = Callable[[Desk], WindowObject]


@pytest.fixture
def open_window(qtbot: QtBot, heard: Heard) -> Iterator[Opener]:
    """Opens windows on desks, and closes them after the test."""
    opened: list[Window] = []

    def open_it(desk: Desk) -> WindowObject:
        window = Window(Preferences(), bug=heard.bugs.append)
        opened.append(window)
        window.resize(1280, 820)
        window.show()
        window.furnish(desk, dress_anew=_nothing, open_demo=_nothing)
        shown = WindowObject(window, qtbot)
        shown.settle()
        return shown

    yield open_it
    for window in opened:
        window.close()
        window.deleteLater()
    assert not heard.bugs, f"bugs: {heard.bugs}"


@pytest.fixture
def demo(open_window: Opener, demo_desk: Desk) -> WindowObject:
    """The window on the demonstration store."""
    return open_window(demo_desk)


@pytest.fixture
def empty(open_window: Opener, desk: Desk) -> WindowObject:
    """The window on a store in which nothing was ever recorded."""
    return open_window(desk)


def _nothing(**_: bool) -> None:
    pass
