"""Tells every screen what a use case changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from gemba.domain.change import Change


class ChangeHub(QObject):
    """One per window. Connect to `made`; it carries a `gemba.domain.change.Change`."""

    made = Signal(object)
    elsewhere = Signal(object)
    """Of those changes the ones that another program made."""

    def tell_of(self, result: object) -> None:
        """Tell all screens of what a job gave, if that is a change."""
        from gemba.domain.change import Change  # after the first paint

        if isinstance(result, Change):
            self.tell(result)

    def tell(self, change: Change) -> None:
        """Tell all screens of a change; on the GUI thread."""
        if change.topics or change.uids:
            self.made.emit(change)

    def tell_of_others(self, change: Change) -> None:
        """Tell all screens of what another program changed."""
        self.tell(change)
        if change.topics:
            self.elsewhere.emit(change)
