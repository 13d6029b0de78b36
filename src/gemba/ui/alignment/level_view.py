"""Promise, expectation and delivery as bars, as wide as there is room, and the same in words."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.reports.level_shapes import LevelBar, draw_level
from gemba.reports.picture_facts import PictureFacts
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.picture import PictureView
from gemba.work.goal_words import amount, gap_share
from gemba.work.level_facts import LevelLine

_PIXELS = 3.78


class LevelView(PictureView):
    """The three bars, drawn anew for every width.

    Args:
        line: the service level.
        parent: the owner.
    """

    def __init__(self, line: LevelLine, parent: QWidget | None = None) -> None:
        super().__init__("levels.bars", wording.text("Promised, expected, achieved"), parent)
        self._line, self._drawn_for = line, 0
        self.show_picture(drawn_level(line, 100))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay it out for the new width."""
        if event.size().width() != self._drawn_for:
            self._drawn_for = event.size().width()
            self.show_picture(drawn_level(self._line, self._drawn_for / _PIXELS))
        super().resizeEvent(event)


def drawn_level(line: LevelLine, width: float) -> PictureFacts:
    """A service level as a drawing; the line across is what the customer expects."""
    level, told = line.level, line.standing
    good = told.gaps.experience if told.gaps.experience is not None else told.gaps.delivery
    role = "muted" if good is None else "poor" if good > 0 else "good"
    promise = "accent" if told.gaps.promise is None or told.gaps.promise <= 0 else "poor"
    bars = (
        LevelBar(wording.text("Promised"), level.promised, amount(level.promised, level.unit), promise),
        LevelBar(wording.text("Expected by the customer"), level.expected, amount(level.expected, level.unit), "edge"),
        LevelBar(wording.text("Achieved"), told.achieved, amount(told.achieved, level.unit), role),
    )
    spoken = "; ".join(f"{bar.title}: {bar.amount}" for bar in bars)
    return draw_level(bars, max(width, 30.0), level.expected, spoken)


def gap_facts(line: LevelLine) -> Facts:
    """The three gaps in words."""
    gaps = line.standing.gaps
    return Facts(
        (wording.text("Promise against expectation"), gap_share(gaps.promise)),
        (wording.text("Delivery against promise"), gap_share(gaps.delivery)),
        (wording.text("Delivery against expectation"), gap_share(gaps.experience)),
    )
