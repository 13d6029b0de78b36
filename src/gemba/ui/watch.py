"""Sees the failures that nobody caught: Qt's slots and virtual methods would let them pass."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Watch(QObject):
    """Sees failures that nobody caught, in slots (`sys.excepthook`) and in Qt's virtual methods (unraisable).

    Args:
        told: called on the GUI thread with the failure.
        parent: the owner.
    """

    _seen = Signal(object)

    def __init__(self, told: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self._hooks = (sys.excepthook, sys.unraisablehook)
        self._seen.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._caught
        sys.unraisablehook = self._unraisable

    def stop(self) -> None:
        """Give the hooks back."""
        sys.excepthook, sys.unraisablehook = self._hooks

    def _caught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._seen.emit(error)

    def _unraisable(self, seen: sys.UnraisableHookArgs) -> None:
        if seen.exc_value is not None:
            self._seen.emit(seen.exc_value)

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        self._told(error)
