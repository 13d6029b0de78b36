"""Enrolling a laptop: its card is believed once the eight words that its person reads out agree with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.flow import Flow
from gemba.ui.services import Services
from gemba.work.enrolment import EnrolledDevice, enrol


class CompareWords(Card):
    """Asks for the eight words of a card; the words that the card shows are never told. Hidden until it is asked.

    Args:
        services: of the window.
        name: under which its parts are known.
        done: hears whom is believed from now on.
        parent: the owner.
    """

    def __init__(
        self, services: Services, *, name: str, done: Callable[[EnrolledDevice], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("Compare the eight words"), look="inset", parent=parent)
        self._services, self._done, self._card = services, done, Path()
        self.words = QLineEdit()
        self.words.setObjectName(f"{name}.words")
        self._field = Field(
            wording.text("As its person reads &them to you"),
            self.words,
            hint=wording.text("Ask by telephone; do not copy them from the card or from a message."),
        )
        self.body.addWidget(self._field)
        flow = Flow()
        same = Button(wording.text("They are the same"), name=f"{name}.same", icon="check", run=self.enrol, once=True)
        on_enter(same, self.words)
        flow.addWidget(same)
        flow.addWidget(Button(wording.text("Cancel"), name=f"{name}.cancel", look="quiet", run=self.hide))
        self.body.addLayout(flow)
        self.hide()

    def consider(self, card: Path) -> None:
        """Ask for the eight words before a card is believed."""
        self._card = card
        self.words.clear()
        self._field.say_problem("")
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def enrol(self) -> None:
        """Believe the card whose words were read."""
        self._services.jobs.write(_enrol, self._card, self.words.text(), done=self._enrolled, failed=self._refused)

    def _enrolled(self, enrolled: EnrolledDevice) -> None:
        self.hide()
        self._done(enrolled)

    def _refused(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))


def _enrol(desk: Any, card: Path, words: str) -> EnrolledDevice:
    return enrol(desk, card, words)
