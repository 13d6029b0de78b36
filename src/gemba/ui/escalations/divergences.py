"""Customers' measures signal and operations' do not: offered to be escalated with one click, once each."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.measures import Measure
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.escalation_subjects import divergences, open_divergence

_SHOWN = 3


class Divergence(msgspec.Struct, frozen=True):
    """One that nobody has escalated."""

    signal: str
    words: str


class DivergencesCard(Card):
    """What diverges and is not escalated; hidden while nothing does.

    Args:
        services: of the window.
        parent: the owner.
    """

    raised = Signal(str)
    """Uid of the escalation."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Customers and figures diverge"), parent=parent)
        self._services = services
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.hide()
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read what is not escalated yet."""
        self._services.jobs.ask(read_divergences, self._services.desk, done=self.show_facts)

    def show_facts(self, found: list[Divergence]) -> None:
        """Show it."""
        clear(self._rows)
        self.setVisible(bool(found))
        for each in found[:_SHOWN]:
            row = _Row(each, self)
            row.wanted.connect(self._escalate)
            self._rows.addWidget(row)

    @Slot(str)
    def _escalate(self, signal: str) -> None:
        self._services.jobs.write(open_divergence, signal, done=self._was_raised)

    def _was_raised(self, change: Change) -> None:
        self._services.messages.info(wording.text("It is escalated; the clock runs."))
        self.raised.emit(change.uid)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.parentWidget() is not None and change.topics & {"signal", "escalation"}:
            self.read()


class _Row(QWidget):
    """One divergence, and the button that escalates it."""

    wanted = Signal(str)

    def __init__(self, each: Divergence, parent: QWidget) -> None:
        super().__init__(parent)
        self._signal = each.signal
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Words(each.words, wrap=True, parent=self), 1)
        name = f"escalation.divergence.{each.signal}"
        button = Button(wording.text("Escalate"), name=name, icon="arrow-up-right", run=self._want, parent=self)
        button.setAccessibleName(f"{button.text()}: {each.words}")
        across.addWidget(button)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self._signal)


def read_divergences(desk: Any) -> list[Divergence]:
    """What diverges and is not escalated; on a job's thread."""
    found = divergences(desk)
    with desk.reader() as reader:
        titles = {each.uid: measure.title for each in found if (measure := reader.get(Measure, each.measure))}
    return [
        Divergence(
            each.uid,
            wording.text(
                "{measure} signals since {day}; what operations measure there does not.",
                measure=titles.get(each.uid, ""),
                day=terms.day(each.begins),
            ),
        )
        for each in found
    ]
