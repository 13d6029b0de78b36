"""One thing to go and see: the question, how far it has come, and the field for what was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.maps.words import alert_state, alert_tone
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import go_and_see


class AlertCard(Card):
    """An alert with the ways on.

    Args:
        services: of the window.
        alert: as it stands.
        under: place, step and walk, in words.
        in_walk: shown while walking: only what was seen is asked.
        parent: the owner.
    """

    def __init__(
        self, services: Services, alert: GoAndSee, under: str, *, in_walk: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(look="inset", parent=parent)
        self._services, self.alert = services, alert
        self.setObjectName(f"alert.{alert.uid}")
        self.setAccessibleName(alert.question)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(alert.question, strong=True, wrap=True), 1)
        head.addWidget(Badge(alert_state(alert.state), alert_tone(alert.state)), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        if under:
            self.body.addWidget(Words(under, tone="muted", scale="small", wrap=True))
        if alert.seen:
            title = wording.text("Seen") if alert.state is AlertState.SEEN else wording.text("Why not")
            when = f" ({terms.day(alert.seen_at)})" if alert.seen_at else ""
            self.body.addWidget(Words(f"{title}{when}: {alert.seen}", wrap=True))
        self.words = QPlainTextEdit(self)
        self.words.setObjectName(f"alert.words.{alert.uid}")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(64)
        self.field = Field(wording.text("What was &seen"), self.words, parent=self)
        self.body.addWidget(self.field)
        self.body.addLayout(self._doings(in_walk=in_walk))
        self.field.setVisible(alert.state in go_and_see.OPEN)

    def _doings(self, *, in_walk: bool) -> Flow:
        flow = Flow()
        for name, words, icon, run, shown in self._offers(in_walk=in_walk):
            if shown:
                button = Button(words, name=f"alert.{name}.{self.alert.uid}", icon=icon, run=run, parent=self)
                flow.addWidget(button)
        return flow

    def _offers(self, *, in_walk: bool) -> list[tuple[str, str, str, Callable[[], object], bool]]:
        state = self.alert.state
        open_one = state in go_and_see.OPEN
        return [
            ("seen", wording.text("Keep what was seen"), "check", self.keep_seen, open_one),
            ("drop", wording.text("Nobody goes"), "x", self.drop, open_one and not in_walk),
            ("back", wording.text("Let it wait"), "rotate-ccw", self.put_back, state is AlertState.CARRIED),
            ("again", wording.text("Raise it again"), "rotate-ccw", self.raise_again, not open_one and not in_walk),
        ]

    @Slot()
    def keep_seen(self) -> None:
        """Keep what was written as what was seen."""
        self._services.jobs.write(
            go_and_see.see, self.alert.uid, self.words.toPlainText(), done=self._done, failed=self._failed
        )

    @Slot()
    def drop(self) -> None:
        """Take it off the list; what was written is the reason."""
        self._services.jobs.write(
            go_and_see.drop, self.alert.uid, self.words.toPlainText(), done=self._done, failed=self._failed
        )

    @Slot()
    def put_back(self) -> None:
        """Let it wait for another walk."""
        self._services.jobs.write(go_and_see.put_back, self.alert.uid, done=self._done)

    @Slot()
    def raise_again(self) -> None:
        """Put it on the list again."""
        self._services.jobs.write(go_and_see.raise_again, self.alert.uid, done=self._done)

    def _done(self, _change: Any) -> None:
        """The list is drawn again when it hears of the change."""

    def _failed(self, error: GembaError) -> None:
        self.field.say_problem(wording.sentence(error))
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)


def under_words(alert: GoAndSee, *facts: str) -> str:
    """Where, at which step, since when."""
    return " · ".join(part for part in (*facts, terms.day(alert.raised_at)) if part)
