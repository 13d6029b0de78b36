"""What the ribbon needs of a row, whatever stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget


class RowLike(Protocol):
    """What a row must be able to do."""

    def refresh(self) -> None:
        """Show what the form says now."""

    def settle(self) -> None:
        """Hand over what is being typed."""

    def take_focus(self) -> None:
        """Put the keyboard into the row."""

    def stops(self) -> Sequence[QWidget]:
        """The widgets that Tab stops at, in order."""

    def set_current(self, current: bool) -> None:  # noqa: FBT001 - Qt's way of setters
        """Show that this is the row one is at."""


def like(row: QWidget) -> RowLike:
    """The same row, as the ribbon sees it."""
    return cast("RowLike", row)


def height_of(row: QWidget, width: int) -> int:
    """Pixels that a row needs in this width."""
    layout = row.layout()
    if layout is not None:
        layout.invalidate()
        layout.activate()  # reaches the layouts within, too
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
    return row.sizeHint().height()
