"""A tab with a list, the detail of what is chosen, and forms that take their place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget

from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.detail import Detail


class ListTab(QStackedWidget):
    """List and detail come first of what is stacked; a form that is open stands before them.

    Whoever derives from it makes `list` and `detail`, and lays them out.
    """

    list: ListPanel
    detail: Detail

    def take_focus(self) -> None:
        """The keyboard begins in the list."""
        table = self.list.table
        (table if table.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def here(self) -> str:
        """The filters of the list, and the record that is chosen."""
        return self.list.here()

    def show_uid(self, uid: str) -> None:
        """Show one record, or those that filters leave (`gemba.ui.lists.narrowed`)."""
        self.setCurrentIndex(0)
        self.list.start()
        self.list.show_uid(uid)
        self.detail.open(uid)

    @Slot()
    def to_list(self) -> None:
        """Back to list and detail."""
        self.setCurrentIndex(0)
        self.take_focus()
