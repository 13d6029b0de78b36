"""A fair plan that is proposed: what it is made of, what it says, and the way to take it over."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.quarters import days_of, quarter_of
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.rotation_proposals import Proposal, Wish, proposals, take_over


class ProposalCard(Card):
    """Who would go where, and why.

    Args:
        services: of the window.
        parent: the owner.
    """

    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("A fair plan"), parent=parent)
        self._services = services
        self._found: tuple[Proposal, ...] = ()
        rule = wording.text(
            "Who has not been anywhere longest goes where nobody has been longest. Leaders who are in the plan of the "
            "quarter stay as they are."
        )
        self.body.addWidget(Words(rule, tone="muted", wrap=True, parent=self))
        self.quarter = Choice(_quarters(services.desk), name="proposal.quarter")
        self.roles, self.shifts = QLineEdit(self), QLineEdit(self)
        self.roles.setObjectName("proposal.roles")
        self.shifts.setObjectName("proposal.shifts")
        commas = wording.text("With commas between them; those of earlier rotations when left empty.")
        self._role_field = Field(wording.text("Frontline &roles"), self.roles, hint=commas, parent=self)
        for field in (
            Field(wording.text("&Quarter"), self.quarter, parent=self),
            self._role_field,
            Field(wording.text("&Shifts"), self.shifts, parent=self),
        ):
            self.body.addWidget(field)
        self.said = Words("", wrap=True, parent=self)
        self.said.setObjectName("proposal.said")
        heads = [wording.text(word) for word in ("Leader", "From", "Place", "Role", "Shift", "Why")]
        self.table = FigureTable("proposal.table", wording.text("A fair plan"), heads, parent=self)
        self.table.hide()
        self.take = Button(wording.text("Put it into the plan"), name="proposal.take", icon="check", run=self.take_it)
        self.take.hide()
        flow = Flow()
        for button in (
            Button(wording.text("&Propose"), name="proposal.propose", icon="sparkles", run=self.ask, parent=self),
            self.take,
            Button(wording.text("Leave it"), name="proposal.leave", look="quiet", run=self.left.emit, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)
        self.body.addWidget(self.said)
        self.body.addWidget(self.table)

    def begin(self) -> None:
        """The keyboard begins at the roles; what was proposed before is gone."""
        self._services.jobs.call_off(self._came)
        self._show(())
        self.said.setText("")
        self.roles.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def ask(self) -> None:
        """Propose a plan."""
        self._role_field.say_problem("")
        roles, shifts = (
            tuple(word.strip() for word in line.text().split(",") if word.strip()) for line in (self.roles, self.shifts)
        )
        wish = Wish(quarter=self.quarter.value, roles=roles, shifts=shifts)
        self._services.jobs.ask(proposals, self._services.desk, wish, done=self._came, failed=self._refused)

    @Slot()
    def take_it(self) -> None:
        """Put what was proposed into the plan."""
        self._services.jobs.write(take_over, self._found, done=self._taken, failed=self._refused)

    def _came(self, found: tuple[Proposal, ...]) -> None:
        self._show(found)
        none = wording.text("Every leader has a rotation in this quarter already.")
        self.said.setText("" if found else none)

    def _show(self, found: tuple[Proposal, ...]) -> None:
        self._found = found
        self.table.put(
            [
                (one.leader, terms.day(one.stint.planned_on), one.place, one.stint.role, one.stint.shift, one.why)
                for one in found
            ]
        )
        for widget in (self.table, self.take):
            widget.setVisible(bool(found))

    def _taken(self, _change: Change) -> None:
        said = wording.plural("{n} rotation is in the plan.", "{n} rotations are in the plan.", len(self._found))
        self._services.messages.info(said)
        self.left.emit()

    def _refused(self, error: GembaError) -> None:
        if error.code == "work.rotation_no_roles":
            self._role_field.say_problem(wording.sentence(error))
            self.roles.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show(())
        self.said.setText(wording.sentence(error))


def _quarters(desk: Any) -> list[tuple[str, str]]:
    """This quarter and the next one."""
    this = quarter_of(desk.clock().date())
    _, last = days_of(this)
    following = quarter_of(last.fromordinal(last.toordinal() + 1))
    return [(this, this), (following, following)]
