"""Begin a walk on a route: what waits at its place is ticked to be carried in."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.carried_in import Carried, carried_title
from gemba.work.go_and_see import AT_MOST
from gemba.work.route_walks import start_walk


class CarriedRow(QFrame):
    """Something that waits, with the box that takes it along; a click anywhere on it marks the box.

    Args:
        one: that waits.
        chosen: whether the box is marked at first.
        parent: the owner.
    """

    def __init__(self, one: Carried, *, chosen: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = one.key
        self.box = QCheckBox(self)
        self.box.setObjectName(f"walk.carry:{one.key}")
        until = wording.text("until {day}", day=terms.day(one.due)) if one.due else ""
        under = " · ".join(part for part in (one.number, one.owner, until) if part)
        self.box.setAccessibleName(f"{carried_title(one.sort)}: {one.question}. {under}")
        self.box.setChecked(chosen)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Words(one.question, wrap=True, parent=self))
        tone = "poor" if one.is_late else "plain"
        words.addWidget(Badge(carried_title(one.sort), tone, self), 0, Qt.AlignmentFlag.AlignLeading)
        if under:
            words.addWidget(Words(under, tone="muted", scale="small", wrap=True, parent=self))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click beside the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()


class StartCard(Card):
    """What is carried in, and the button that begins.

    Args:
        services: of the window.
        route: uid of the route.
        waiting: what waits at its place.
        parent: the owner.
    """

    def __init__(
        self, services: Services, route: str, waiting: tuple[Carried, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("Walk it now"), look="inset", parent=parent)
        self.setObjectName("walk.start.card")
        self._services, self._route = services, route
        if waiting:
            ask = wording.text("What shall be looked at on the way? A short list is gone to, a long one is not.")
            self.body.addWidget(Words(ask, tone="muted", wrap=True, parent=self))
        self.rows = [CarriedRow(one, chosen=at < AT_MOST, parent=self) for at, one in enumerate(waiting)]
        for row in self.rows:
            self.body.addWidget(row)
        self.problem = Words(tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("walk.start.problem")
        self.problem.hide()
        self.body.addWidget(self.problem)
        start = Button(wording.text("Start the walk"), name="walk.start", icon="play", run=self.begin, parent=self)
        self.body.addWidget(start, 0, Qt.AlignmentFlag.AlignLeading)

    def begin(self) -> None:
        """Begin, and open the walk."""
        chosen = tuple(row.key for row in self.rows if row.box.isChecked())
        self._services.jobs.write(partial(_start, self._route, chosen), done=self._begun, failed=self._refused)

    def _begun(self, change: Change) -> None:
        self._services.go("conduct", change.uid)

    def _refused(self, error: GembaError) -> None:
        self.problem.setText(wording.sentence(error))
        self.problem.show()


def _start(route: str, carried: tuple[str, ...], desk: Any) -> Change:
    return start_walk(desk, route, carried)
