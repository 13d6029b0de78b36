"""The plan of an audit: when, by whom, why; and while it is not opened: moved, given to others, cancelled."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState, Programme, Schedule
from gemba.ui import terms
from gemba.ui.audits.people import read_people
from gemba.ui.audits.plan_forms import AssignForm, CancelForm, MoveForm, PlanForm
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow


class PlanFacts(msgspec.Struct, frozen=True):
    """Names of what the plan refers to."""

    place: str
    auditor: str
    second: str
    programme: str
    schedule: str
    people: tuple[tuple[str, str], ...]
    """Who might audit, as (uid, name)."""


class PlanCard(Card):
    """When, by whom, and from what programme.

    Args:
        frame: the tab.
        audit: that is shown.
        facts: as read.
        parent: the owner.
    """

    def __init__(self, frame: Any, audit: Audit, facts: PlanFacts, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Plan"), look="inset", parent=parent)
        self.body.addWidget(Facts(*_lines(audit, facts)))
        if audit.state is not AuditState.PLANNED:
            return
        services = frame.services
        self.move_form = MoveForm(services, audit, self)
        self.assign_form = AssignForm(services, audit, facts.people, self)
        self.cancel_form = CancelForm(services, audit, self)
        flow = Flow()
        for code, words, icon, run in (
            ("move", wording.text("Move"), "calendar-clock", self.begin_move),
            ("assign", wording.text("Give to others"), "users", self.begin_assign),
            ("cancel", wording.text("Call off"), "circle-x", self.begin_cancel),
        ):
            look = "quiet" if code == "cancel" else ""
            flow.addWidget(Button(words, name=f"audit.{code}", icon=icon, look=look, run=run, parent=self))
        self.body.addLayout(flow)
        for form in self._forms:
            self.body.addWidget(form)

    @staticmethod
    def read(desk: Any, audit: Audit) -> PlanFacts:
        """What the card shows; on a job's thread."""
        with desk.reader() as reader:
            place = reader.get(Place, audit.place)
            names = [reader.get(Person, one) if one else None for one in (audit.auditor, audit.second)]
            programme = reader.get(Programme, audit.programme) if audit.programme else None
            schedule = reader.get(Schedule, audit.schedule) if audit.schedule else None
        lead, second = (one.name if one is not None else "" for one in names)
        return PlanFacts(
            place=place.name if place is not None else "",
            auditor=lead,
            second=second,
            programme=f"{programme.number} · {programme.title}" if programme is not None else "",
            schedule=schedule.title if schedule is not None else "",
            people=tuple(read_people(desk)),
        )

    @property
    def _forms(self) -> tuple[PlanForm, ...]:
        return self.move_form, self.assign_form, self.cancel_form

    @Slot()
    def begin_move(self) -> None:
        """Open the form that moves it."""
        self._show(self.move_form)

    @Slot()
    def begin_assign(self) -> None:
        """Open the form that gives it to others."""
        self._show(self.assign_form)

    @Slot()
    def begin_cancel(self) -> None:
        """Open the form that calls it off."""
        self._show(self.cancel_form)

    def _show(self, wanted: PlanForm) -> None:
        for form in self._forms:
            form.setVisible(form is wanted)
        wanted.begin()


def _lines(audit: Audit, facts: PlanFacts) -> list[tuple[str, str]]:
    second = facts.second
    if second and audit.double_share:
        second = wording.text(
            "{name}, {share} of the sample", name=second, share=terms.percent(audit.double_share * 100)
        )
    return [
        (wording.text("Place"), facts.place),
        (wording.text("Decisions"), f"{terms.day(audit.begins)} – {terms.day(audit.ends)}"),
        (wording.text("Goals"), ", ".join(audit.goals) or wording.text("all in force at the place")),
        (wording.text("Planned on"), terms.day(audit.planned_on)),
        (wording.text("Due"), terms.day(audit.due)),
        (wording.text("Lead auditor"), facts.auditor),
        (wording.text("Second auditor"), second),
        (wording.text("Independent because"), audit.independent_because),
        (wording.text("Moved or called off because"), audit.moved_because),
        (wording.text("Programme"), facts.programme),
        (wording.text("Schedule"), facts.schedule),
    ]
