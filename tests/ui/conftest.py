"""The window under test: no screen, and no thread, timer or failure left behind."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.theme import current, fonts


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light look, in English, from left to right."""
    if not hasattr(qapp, "_dressed"):
        fonts.load()
        current.show(qapp, "light", "petrol")
        qapp._dressed = True
    yield
    wording.use("en")


@pytest.fixture(autouse=True)
def _clean(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread running or an exception that nobody could raise."""
    before = set(threading.enumerate())
    unraisable: list[object] = []
    hook = sys.unraisablehook
    sys.unraisablehook = lambda args: unraisable.append(args.exc_value)
    yield
    sys.unraisablehook = hook
    left = {thread for thread in threading.enumerate() if thread.name.startswith("gemba")} - before
    assert not left, f"threads left running: {left}"
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
