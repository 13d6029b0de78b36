"""The clock of a complaint: until when the customer is to be told, and the pauses that stop it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.complaint_clock import ClockState, tell_hours
from gemba.domain.complaint_steps import waits
from gemba.domain.complaints import ComplaintState
from gemba.errors import GembaError
from gemba.ui.complaints import names as said
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Field
from gemba.ui.services import Services
from gemba.work.complaint_clock import pause, resume
from gemba.work.complaint_words import moment_words


class ClockCard(Card):
    """How the clock stands, each pause with its reason, and the way to stop it or to let it go on.

    Args:
        services: of the window.
        facts: of the complaint.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: ComplaintFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Clock"), look="inset", parent=parent)
        self._services, self._uid = services, facts.complaint.uid
        self.body.addWidget(Facts(*_rows(facts), parent=self))
        self.reason: QLineEdit | None = None
        if not waits(facts.complaint) or facts.complaint.due_at is None:
            return
        if facts.complaint.paused:
            go_on = Button(
                wording.text("Let the clock go on"),
                name="complaints.clock.resume",
                icon="play",
                run=self.resume,
                parent=self,
            )
            self.body.addWidget(go_on, 0, Qt.AlignmentFlag.AlignLeft)
            return
        self.reason = QLineEdit(self)
        self.reason.setObjectName("complaints.clock.reason")
        self._field = Field(wording.text("Stop the clock: what do we wait for from the &customer?"), self.reason)
        self._field.label.setWordWrap(True)
        self.body.addWidget(self._field)
        stop = Button(
            wording.text("Stop the clock"),
            name="complaints.clock.pause",
            icon="pause",
            look="quiet",
            run=self.pause,
            once=True,
            parent=self,
        )
        on_enter(stop, self.reason)
        self.body.addWidget(stop, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def pause(self) -> None:
        """Stop the clock for the reason that was typed."""
        if self.reason is not None:
            self._services.jobs.write(pause, self._uid, self.reason.text(), failed=self._refused)

    @Slot()
    def resume(self) -> None:
        """Let it go on."""
        self._services.jobs.write(resume, self._uid)

    def _refused(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))


def _rows(facts: ComplaintFacts) -> list[tuple[str, str]]:
    one, zone = facts.complaint, facts.zone
    rows = [(wording.text("State"), said.clock(facts.clock))]
    if one.due_at is not None:
        rows.append((wording.text("Tell by"), moment_words(one.due_at, zone)))
    early = facts.target.acknowledge_hours if facts.target is not None else None
    if early is not None and one.state is ComplaintState.RECEIVED:
        by = moment_words(one.received_at + timedelta(hours=early), zone)
        rows.append((wording.text("Acknowledge by"), by))
    hours = tell_hours(facts.target, one.severity)
    if hours is not None:
        rows.append((wording.text("Target"), wording.plural("{n} hour", "{n} hours", hours)))
    if facts.clock is ClockState.NONE:
        rows.append((wording.text("Target"), wording.text("None for this severity and place")))
    for each in facts.pauses:
        begun = moment_words(each.begun_at, zone)
        ended = moment_words(each.ended_at, zone) if each.ended_at is not None else wording.text("still")
        rows.append((wording.text("Stopped"), f"{begun} – {ended}\n{each.reason}"))
    return rows
