"""Rail and score follow the answers, a moment behind, so that an answer's own echo comes first."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Slot

from gemba import wording
from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.rail import Rail
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.score_card import ScoreCard
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.conclusion import ConclusionPanel
from gemba.ui.conduct.side.panel import SidePanel

_SOON = 40
"""Milliseconds after an answer."""
_LATEST = 500
"""On a very long sheet it waits for a longer pause, so as not to be in the way; never longer than this."""


class SummingUp(QObject):
    """Draws score, sections and outlook again.

    Args:
        contents: what stands on the sheet.
        ribbon: says where one is.
        rail: the sections.
        score: the running total.
        side: may show the outlook.
        parent: the page.
    """

    def __init__(
        self, contents: Contents, ribbon: Ribbon, rail: Rail, score: ScoreCard, side: SidePanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._contents, self._ribbon, self._rail = contents, ribbon, rail
        self._score, self._side = score, side
        self.sheet: OpenSheet | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON)
        self._timer.timeout.connect(self.now)

    def soon(self) -> None:
        """Something changed; draw once things pause."""
        self._timer.start()

    @Slot()
    def now(self) -> None:
        """Draw now."""
        if self.sheet is None:
            return
        begun = time.perf_counter()
        outlook = self.sheet.outlook()
        parts = self._contents.parts(self.sheet.fill, outlook, loose=wording.text("Questions"))
        self._rail.show_parts(parts, scored=outlook.kind.scored)
        self.mark()
        self._score.show_outlook(outlook, parts)
        conclusion: ConclusionPanel = self._side.conclusion
        if self._side.concluding:
            conclusion.show_sheet(self.sheet, outlook)
        spent = 1000 * (time.perf_counter() - begun)
        self._timer.setInterval(min(_LATEST, max(_SOON, round(8 * spent))))

    def mark(self) -> None:
        """Show in the rail where one is."""
        self._rail.mark(self._contents.part_at(self._rail.parts, self._ribbon.current))
