"""The frames around rows that belong together: cards of repeats, groups asked together, grids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gemba.ui.conduct.offsets import Offsets
from gemba.ui.conduct.placing import Band
from gemba.ui.theme.current import look
from gemba.ui.theme.tokens import RADIUS

GAP = 12
"""Pixels between two rows."""
_INSETS = {"card": 14, "group": 12, "grid": 1}
"""Pixels that rows are narrower within a frame, on each side."""
_FOOTS = {"card": 14, "group": 12, "grid": 1}
"""Pixels between the last row of a frame and its lower edge."""


def inset(bands: Sequence[Band]) -> int:
    """Pixels at each side of a row within these frames."""
    return sum(_INSETS[band.kind] for band in bands)


def gap_below(key: str, bands: Sequence[Band]) -> int:
    """Pixels below a row, before the next one; those of a grid stand without any."""
    if bands and bands[-1].kind == "grid" and bands[-1].last != key:
        return 0
    return GAP + sum(_FOOTS[band.kind] for band in bands if band.last == key)


def pinned_top(band: Band, offsets: Offsets, scroll: int) -> int:
    """Where the heads of a grid stand while one scrolls within it, from the top of the whole."""
    head = offsets.height(band.first)
    bottom = offsets.top(band.last) + offsets.height(band.last)
    return max(offsets.top(band.first), min(scroll, bottom - head))


def span(band: Band, bands: Mapping[str, tuple[Band, ...]], offsets: Offsets) -> tuple[int, int]:
    """Top and bottom of a frame, from the top of the whole."""
    last = bands[band.last]
    ending = [each for each in last[last.index(band) :] if each.last == band.last]
    bottom = offsets.top(band.last) + offsets.height(band.last) + sum(_FOOTS[each.kind] for each in ending)
    return offsets.top(band.first), bottom


class Window(NamedTuple):
    """What of the rows is in sight."""

    scroll: int
    left: int
    width: int
    current: str
    """Key of the row where one is."""


def draw_bands(
    painter: QPainter,
    keys: Iterable[str],
    bands: Mapping[str, tuple[Band, ...]],
    offsets: Offsets,
    sight: Window,
) -> None:
    """Draw the frames around these rows, outer ones first."""
    drawn: dict[Band, int] = {}
    for key in keys:
        chain = bands.get(key, ())
        for place, band in enumerate(chain):
            drawn.setdefault(band, inset(chain[:place]))
    here = set(bands.get(sight.current, ()))
    for band, aside in sorted(drawn.items(), key=lambda each: each[1]):
        top, bottom = span(band, bands, offsets)
        box = QRectF(sight.left + aside, top - sight.scroll, sight.width - 2 * aside, bottom - top)
        _draw(painter, box, band.kind, here=band in here)


def _draw(painter: QPainter, box: QRectF, kind: str, *, here: bool) -> None:
    tokens = look()
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(QColor(tokens.accent if here and kind == "card" else tokens.line), 1.5 if here else 1))
    painter.setBrush(QColor(tokens.card if kind == "grid" else tokens.raised))
    painter.drawRoundedRect(box, RADIUS + 4, RADIUS + 4)
