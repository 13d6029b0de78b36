"""Rail and score follow the answers, a moment behind, so that an answer's own echo comes first."""

from __future__ import annotations

import time

import msgspec
from PySide6.QtCore import QObject, QTimer, Slot

from gemba import wording
from gemba.ui.conduct.cards import label_of, name_of, parted
from gemba.ui.conduct.contents import Contents
from gemba.ui.conduct.parts import Part, Standing, part_of, parts_of, seen
from gemba.ui.conduct.rail import Rail
from gemba.ui.conduct.ribbon import Ribbon
from gemba.ui.conduct.score_card import ScoreCard
from gemba.ui.conduct.sheet import OpenSheet
from gemba.ui.conduct.side.conclusion import ConclusionPanel
from gemba.ui.conduct.side.panel import SidePanel
from gemba.work.conclude import Outlook

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
        self.parts: list[Part] = []
        self._names: dict[str, str] = {}
        self._scored = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON)
        self._timer.timeout.connect(self._look_ahead)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._draw)
        self._outlook: Outlook | None = None
        self._spent = 0.0

    def soon(self) -> None:
        """Something changed; draw once things pause."""
        self._timer.start()

    @Slot()
    def now(self) -> None:
        """Draw now."""
        self._look_ahead()
        self._draw()

    @Slot()
    def _look_ahead(self) -> None:
        """The first half: what it would come to. The event loop takes its turn before the second one."""
        if self.sheet is None:
            return
        begun = time.perf_counter()
        self._outlook = self.sheet.outlook()
        self._spent = time.perf_counter() - begun
        self._rest.start()

    @Slot()
    def _draw(self) -> None:
        """The second half: the parts, and everything that shows them."""
        self._rest.stop()
        outlook, self._outlook = self._outlook, None
        if self.sheet is None or outlook is None:
            return
        begun = time.perf_counter()
        self._names.clear()
        self.parts = self._parts(self.sheet, outlook)
        self.sheet.counted = {part.path: (part.answered, part.questions) for part in self.parts}
        self._scored = outlook.kind.scored
        self.mark()
        self._ribbon.redraw([key for key in self._ribbon.live() if key in self._contents.folded])
        self._score.show_outlook(outlook, [part for part in self.parts if part.depth == 0])
        conclusion: ConclusionPanel = self._side.conclusion
        if self._side.concluding:
            conclusion.show_sheet(self.sheet, outlook)
        spent = 1000 * (self._spent + time.perf_counter() - begun)
        self._timer.setInterval(min(_LATEST, max(_SOON, round(8 * spent))))

    def forget_names(self) -> None:
        """Repeats have other numbers."""
        self._names.clear()

    def mark(self) -> None:
        """Show in the rail where one is; what lies within that part is listed below it."""
        if self.sheet is None:
            return
        self.parts = [part for part in self.parts if part.path in self._contents.kinds]
        here = part_of(self.parts, self._ribbon.current.lstrip("+#?"), self._contents.rows)
        shown = seen(self.parts, here)
        self._rail.show_parts([self._named(self.sheet, part) for part in shown], scored=self._scored)
        self._rail.mark(shown.index(here) if here in shown else -1)

    def _named(self, sheet: OpenSheet, part: Part) -> Part:
        """One of a repeat with its number and name; only for what is shown, because naming looks at answers."""
        if not part.path.endswith("]"):
            return part
        title = self._names.get(part.path)
        if title is None:
            label, (_, number), name = label_of(sheet, part.path), parted(part.path), name_of(sheet, part.path)
            title = wording.text("{label} {number}", label=label, number=number)
            title = self._names[part.path] = f"{title} · {name}" if name else title
        return msgspec.structs.replace(part, title=title)

    def _parts(self, sheet: OpenSheet, outlook: Outlook) -> list[Part]:
        fill, items = sheet.fill, self._contents.items
        standing = Standing(
            answered=fill.answers().keys(),
            wrong={need.path for need in outlook.missing},
            failed=set(outlook.critical),
            points=outlook.points,
            percents={section.path: section.percent for section in outlook.sections},
        )
        titles = {item.path: sheet.view(item.path).label or item.name for item in items if item.kind == "section"}
        asked = set(self._contents.questions)
        counted = [item for item in items if item.kind != "question" or item.path in asked]
        return parts_of(counted, titles, standing, loose=wording.text("Questions"))
