"""Waits for what a window shows, however busy the machine is that runs the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

_LONGEST = 120_000
"""Milliseconds: how long something takes says how busy the machine is, not whether the code is right."""


class PatientBot(QtBot):
    """As pytest-qt's, but that it gives up late; what is there sooner is not waited for."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _LONGEST) -> None:  # noqa: N802 - Qt's
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _LONGEST, **others: Any) -> Any:  # noqa: N802 - Qt's
        return super().waitSignal(signal, timeout=timeout, **others)

    def waitExposed(self, widget: Any, *, timeout: int = _LONGEST) -> Any:  # noqa: N802 - Qt's
        return super().waitExposed(widget, timeout=timeout)
