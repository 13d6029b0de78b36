"""Complaints that say the same: linked, not merged away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.errors import GembaError
from gemba.ui.complaints import names as said
from gemba.ui.complaints.facts import ComplaintFacts
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Field
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.desk import Desk
from gemba.work.duplicates import link, numbered, unlink


class SameCard(Card):
    """The others of the group, and the entry that links one more.

    Args:
        services: of the window.
        facts: of the complaint.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: ComplaintFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Says the same"), look="inset", parent=parent)
        self._services, self._uid = services, facts.complaint.uid
        for other in facts.same:
            self.body.addWidget(self._row(facts.complaint, other))
        if facts.complaint.duplicate_of is not None:
            apart = Button(
                wording.text("Take the link away"),
                name="complaints.same.apart",
                icon="unlink",
                look="quiet",
                run=self.apart,
                parent=self,
            )
            self.body.addWidget(apart, 0, Qt.AlignmentFlag.AlignLeft)
            return
        if not facts.same:
            note = wording.text("Linked to none. Where each matter counts once, a linked complaint is not counted.")
            self.body.addWidget(Words(note, tone="muted", wrap=True, parent=self))
        self.number = QLineEdit(self)
        self.number.setObjectName("complaints.same.number")
        self._field = Field(wording.text("&Number of the complaint that says the same"), self.number, parent=self)
        self._field.label.setWordWrap(True)
        self.body.addWidget(self._field)
        go = Button(
            wording.text("Link to it"),
            name="complaints.same.link",
            icon="link",
            look="quiet",
            run=self.link,
            once=True,
            parent=self,
        )
        on_enter(go, self.number)
        self.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def link(self) -> None:
        """Link this one to the one whose number was typed."""
        self._field.say_problem("")
        typed = self.number.text().strip()
        self._services.jobs.write(_link, self._uid, typed, done=self._linked, failed=self._refused)

    @Slot()
    def apart(self) -> None:
        """Take the link away."""
        self._services.jobs.write(unlink, self._uid)

    def _row(self, one: Complaint, other: Complaint) -> LinkRow:
        stands = wording.text("Stands for all of them") if other.duplicate_of is None else other.number
        return LinkRow(
            other.summary or other.words[:120],
            f"{other.number} · {stands}" if one.duplicate_of is not None else other.number,
            badge=(said.state(other.state), said.state_tone(other.state)),
            name=f"complaints.same.{other.uid}",
            go=self._services.go,
            to=("complaints", other.uid),
        )

    def _linked(self, change: Change) -> None:
        undo = partial(self._services.jobs.write, unlink, change.uid)
        self._services.messages.info(wording.text("The complaints are linked; both are kept."), undo=undo)

    def _refused(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))


def _link(desk: Desk, uid: str, number: str) -> Change:
    with desk.reader() as reader:
        other = numbered(reader, number)
    return link(desk, uid, other.uid)
