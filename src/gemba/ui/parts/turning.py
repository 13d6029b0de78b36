"""Whether a person has turned to something else."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def is_turned_from(widget: QWidget) -> bool:
    """True once another page or view stands in the place of a widget.

    It stays false while the window is out of sight as a whole: when it is locked, what was asked for is still wanted.
    """
    here: QWidget | None = widget
    while here is not None and not here.isWindow():
        if here.isHidden():
            return True
        here = here.parentWidget()
    return False
