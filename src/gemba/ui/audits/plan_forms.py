"""The small forms of an audit's plan: move, give to others, call off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Audit
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import plan_audits as work


class PlanForm(Card):
    """Closed until it is asked for; what a rule says is said in it.

    Args:
        services: of the window.
        audit: whose plan it is.
        name: beginning of its object names.
        parent: the owner.
    """

    def __init__(self, services: Services, audit: Audit, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.services, self.audit, self.name = services, audit, name
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.hide()
        self.first: QWidget | None = None
        self.hide()

    def begin(self) -> None:
        """The keyboard begins in the first field."""
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def line(self, code: str) -> QLineEdit:
        """A line to type in."""
        made = QLineEdit(self)
        made.setObjectName(f"{self.name}.{code}")
        return made

    def put(self, *fields: Field, does: str) -> None:
        """The fields, and the button that does it."""
        for field in fields:
            self.body.addWidget(field)
        self.body.addWidget(self.problem)
        flow = Flow()
        for button in (
            Button(does, name=f"{self.name}.keep", icon="check", run=self.keep, once=True, parent=self),
            Button(wording.text("Leave it"), name=f"{self.name}.leave", look="quiet", run=self.hide, parent=self),
        ):
            flow.addWidget(button)
        self.body.addLayout(flow)

    @Slot()
    def keep(self) -> None:
        """Do it; forms override it."""
        raise NotImplementedError

    def said(self, words: str, _change: Change) -> None:
        """Say what was done."""
        self.services.messages.info(words)

    def refused(self, error: GembaError) -> None:
        """Say what a rule says."""
        self.problem.setText(wording.sentence(error))
        self.problem.show()


class MoveForm(PlanForm):
    """Another day, and why."""

    def __init__(self, services: Services, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(services, audit, "audit_move", parent)
        self.day = DayField(name="audit_move.day", optional=False, parent=self)
        self.day.put(audit.planned_on)
        self.reason = self.line("reason")
        self.first = self.day
        self.outside = Words("", tone="fair", wrap=True, parent=self)
        self.outside.hide()
        self.day.changed.connect(self._look)
        day, reason = wording.text("&New day"), wording.text("&Why")
        self.put(
            Field(day, self.day, parent=self), Field(reason, self.reason, parent=self), does=wording.text("Move it")
        )
        self.body.insertWidget(1, self.outside)

    @Slot()
    def keep(self) -> None:
        """Move it."""
        if self.day.day is not None:
            done = partial(self.said, wording.text("The audit is moved."))
            move = partial(_move, self.audit.uid, self.day.day, self.reason.text())
            self.services.jobs.write(move, done=done, failed=self.refused)

    @Slot()
    def _look(self) -> None:
        day = self.day.day
        leaves = day is not None and work.leaves_its_plan(self.audit, day)
        self.outside.setText(
            wording.text("That day lies in another quarter; the decisions stay those of {q}.", q=self.audit.quarter)
        )
        self.outside.setVisible(leaves)


class AssignForm(PlanForm):
    """Other auditors, and what keeps them independent."""

    def __init__(
        self, services: Services, audit: Audit, people: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(services, audit, "audit_assign", parent)
        self.lead = Choice(people, name="audit_assign.lead", parent=self)
        self.lead.choose(audit.auditor)
        self.second = Choice([("", wording.text("Nobody")), *people], name="audit_assign.second", parent=self)
        self.second.choose(audit.second or "")
        self.share = QSpinBox(self)
        self.share.setObjectName("audit_assign.share")
        self.share.setRange(0, 100)
        self.share.setSuffix(" %")
        self.share.setValue(round(audit.double_share * 100))
        self.because = self.line("because")
        self.because.setText(audit.independent_because)
        self.first = self.lead
        self.put(
            Field(wording.text("&Lead auditor"), self.lead, parent=self),
            Field(wording.text("&Second auditor"), self.second, parent=self),
            Field(wording.text("Share that b&oth judge"), self.share, parent=self),
            Field(wording.text("What keeps it &independent"), self.because, parent=self),
            does=wording.text("Give it to them"),
        )

    @Slot()
    def keep(self) -> None:
        """Give it to them."""
        fields = {
            "auditor": self.lead.value,
            "second": self.second.value,
            "double_share": self.share.value() / 100 if self.second.value else 0.0,
            "independent_because": self.because.text(),
        }
        done = partial(self.said, wording.text("The auditors are named."))
        self.services.jobs.write(partial(_assign, self.audit.uid, fields), done=done, failed=self.refused)


class CancelForm(PlanForm):
    """Why it is called off."""

    def __init__(self, services: Services, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(services, audit, "audit_cancel", parent)
        self.reason = self.line("reason")
        self.first = self.reason
        hint = wording.text("It stays in the record, with this reason.")
        self.put(Field(wording.text("&Why"), self.reason, hint=hint, parent=self), does=wording.text("Call it off"))

    @Slot()
    def keep(self) -> None:
        """Call it off."""
        done = partial(self.said, wording.text("The audit is called off."))
        self.services.jobs.write(work.cancel, self.audit.uid, self.reason.text(), done=done, failed=self.refused)


def _move(uid: str, day: object, reason: str, desk: object) -> Change:
    return work.move(desk, uid, day, reason)  # type: ignore[arg-type]


def _assign(uid: str, fields: dict[str, object], desk: object) -> Change:
    return work.assign(desk, uid, **fields)  # type: ignore[arg-type]
