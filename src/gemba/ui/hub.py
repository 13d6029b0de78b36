"""Tells every screen what a use case changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gemba.domain.change import Change


class ChangeHub(QObject):
    """One per window. Connect to `made`; it carries a `gemba.domain.change.Change`."""

    made = Signal(object)

    def tell(self, change: Change) -> None:
        """Tell all screens of a change; on the GUI thread."""
        if change.topics or change.uids:
            self.made.emit(change)
