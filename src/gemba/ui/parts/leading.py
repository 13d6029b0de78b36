"""A surface that leads to the records behind what it shows: all of it is the target, by click, Enter or space."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from gemba import wording
from gemba.ui.lineage.behind import Behind
from gemba.ui.lineage.showing import show_behind
from gemba.ui.parts.words import repolish


class Leading(QFrame):
    """Leads nowhere until it is told to."""

    led = Signal()
    _leads = False
    behind: Behind | None = None

    def lead(self, *, leads: bool = True) -> None:
        """Lead somewhere from now on, or no more (a number that is nothing has no records)."""
        self._leads = leads
        self.setProperty("look", "link" if leads else "inset")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self.setToolTip(wording.text("Show what is behind it") if leads else "")
        repolish(self)

    def lead_to(self, behind: Behind | None) -> None:
        """Lead to what is behind the number that it shows; `None`: nothing is."""
        self.behind = behind
        self.lead(leads=behind is not None)
        if behind is not None:
            self.setAccessibleName(behind.spoken)
            self.setToolTip(behind.tip)

    def numbers(self) -> list[Behind]:
        """What it leads to."""
        return [] if self.behind is None else [self.behind]

    def follow(self) -> None:
        """Go where it leads."""
        if self.behind is not None:
            show_behind(self, self.behind)
        self.led.emit()

    @property
    def leads(self) -> bool:
        """Whether it leads somewhere."""
        return self._leads

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click anywhere on it."""
        is_on_it = self.rect().contains(event.position().toPoint())
        if self._leads and is_on_it and event.button() == Qt.MouseButton.LeftButton:
            self.follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter or space on it."""
        if self._leads and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.follow()
            return
        super().keyPressEvent(event)
