"""Garbage is collected on the GUI thread only: on any other it may end a Qt object there, and crash."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 500


class LitterPicker(QObject):
    """Switches automatic collection off for as long as it works, and collects by a timer instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.pick)
        self._timer.start()

    @Slot()
    def pick(self) -> None:
        """Collect the generations that are due, as the interpreter would have."""
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if all(due) else 1 if due[1] else 0)

    def stop(self) -> None:
        """Give collection back to the interpreter, once no other thread runs."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
