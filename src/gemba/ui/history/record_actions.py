"""What can be done with the record that a page shows, the same on every page: its history, its last change back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.ui.actions import ActionSpec
from gemba.ui.pages.detail import Detail

WITHOUT = frozenset({"conduct", "editor", "settings", "headquarters"})
"""Pages that show no record beside a list, or have an undo of their own."""


def record_actions(code: str, page: QWidget) -> list[ActionSpec]:
    """History and taking back, for the page with this code."""
    if code in WITHOUT:
        return []
    ready = partial(_is_ready, page)
    return [
        ActionSpec(
            f"{code}.history",
            wording.text("History of the record that is shown"),
            "Ctrl+H",
            code,
            "history",
            partial(_with_detail, page, Detail.toggle_history),
            "",
            ready,
        ),
        ActionSpec(
            f"{code}.take_back",
            wording.text("Take the last change of the record back"),
            "Ctrl+Z",
            code,
            "undo-2",
            partial(_with_detail, page, Detail.take_last_back),
            "",
            ready,
        ),
    ]


def shown_detail(page: QWidget) -> Detail | None:
    """The detail that is seen and shows a record."""
    found = (one for one in page.findChildren(Detail) if one.isVisible() and one.uid and one.has_history)
    return next(found, None)


def _is_ready(page: QWidget) -> bool:
    return shown_detail(page) is not None


def _with_detail(page: QWidget, run: Callable[[Detail], None]) -> None:
    found = shown_detail(page)
    if found is not None:
        run(found)
