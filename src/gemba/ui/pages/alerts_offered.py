"""What the next walk is asked to go and see, offered while it begins."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.process_maps import GoAndSee
from gemba.ui.parts.cards import clear
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.go_and_see import AT_MOST, offered


class Question(QFrame):
    """A question with the box that takes it along; a click anywhere on it marks the box.

    Args:
        alert: that is offered.
        parent: the owner.
    """

    def __init__(self, alert: GoAndSee, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.box.setObjectName(f"begin.alert.{alert.uid}")
        self.box.setAccessibleName(alert.question)
        self.box.setChecked(True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Words(alert.question, wrap=True, parent=self), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click beside the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()


class AlertsOffered(QWidget):
    """The questions that wait at a place; all that are shown are taken along unless one is taken out.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("begin.alerts")
        self._services = services
        self._place = ""
        self._boxes: dict[str, QCheckBox] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.hide()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Uids of what is taken along."""
        return tuple(uid for uid, box in self._boxes.items() if box.isChecked())

    @Slot(str)
    def look_at(self, place: str) -> None:
        """Offer what waits at a place, above and below it."""
        self._place = place
        self._boxes = {}
        if place:
            self._services.jobs.ask(read_offered, self._services.desk, place, done=self._came)
        else:
            self._show(())

    def _came(self, found: tuple[str, tuple[GoAndSee, ...]]) -> None:
        place, alerts = found
        if place == self._place:
            self._show(alerts)

    def _show(self, alerts: tuple[GoAndSee, ...]) -> None:
        clear(self._rows)
        self._boxes = {}
        self.setVisible(bool(alerts))
        if not alerts:
            return
        self._rows.addWidget(Words(wording.text("Go and see on this walk"), strong=True, parent=self))
        for alert in alerts[:AT_MOST]:
            question = Question(alert, self)
            self._boxes[alert.uid] = question.box
            self._rows.addWidget(question)
        if len(alerts) > AT_MOST:
            more = wording.text("and {n} more that wait for other walks", n=len(alerts) - AT_MOST)
            self._rows.addWidget(Words(more, tone="muted", scale="small", wrap=True, parent=self))


def read_offered(desk: Any, place: str) -> tuple[str, tuple[GoAndSee, ...]]:
    """What waits; on a job's thread."""
    with desk.reader() as reader:
        return place, tuple(offered(reader, place))
