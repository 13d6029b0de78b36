"""Bringing into sight what has just appeared further down."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND = 24
"""Pixels that are seen around it, too."""


def bring_into_sight(part: QWidget) -> None:
    """Scroll as far as needed to see a part of a page, once it has its place and its height."""
    QTimer.singleShot(0, part, partial(_scroll_to, part))


def _scroll_to(part: QWidget) -> None:
    area, inner = _around(part)
    if area is None or inner is None or not part.isVisible():
        return
    layout = inner.layout()
    if layout is not None:
        layout.activate()
    if part.height() + 2 * _AROUND > area.viewport().height():  # from its beginning; Qt would show its middle
        area.verticalScrollBar().setValue(part.mapTo(inner, QPoint()).y() - _AROUND)
    else:
        area.ensureWidgetVisible(part, 0, _AROUND)


def _around(part: QWidget) -> tuple[QScrollArea | None, QWidget | None]:
    """The area in which it scrolls, and all that scrolls there."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return above, above.widget()
        above = above.parentWidget()
    return None, None
