"""The form that ends a goal: from when, why, and in words what that means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.goals import Goal
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import DayField
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import goals as work
from gemba.work.desk import Desk
from gemba.work.goal_words import retiring_words


class RetireForm(Form):
    """Ends a goal or an adaptation.

    Args:
        services: of the window.
        goal: a version of it.
        begins: the first day of its first version.
        parent: the owner.
    """

    def __init__(self, services: Services, goal: Goal, begins: date, parent: QWidget | None = None) -> None:
        super().__init__(services, "goal_retire", parent=parent)
        self._goal, self._begins = goal, begins
        self.title.setText(wording.text("Retire {goal}", goal=goal.code))
        self.day = DayField(name="goal_retire.on", optional=False, parent=self)
        self.reason = self.line("reason")
        self.put_field("on", wording.text("&From which day it no longer holds"), self.day)
        self.meaning = Words(wrap=True, parent=self)
        self.meaning.setObjectName("goal_retire.meaning")
        self.body.addWidget(self.meaning)
        self.put_field("reason", wording.text("W&hy"), self.reason)
        self.put_buttons(wording.text("Retire it"))
        self.day.changed.connect(self._say)

    def begin(self) -> None:
        """Open, for today."""
        self.say_nothing()
        self.reason.clear()
        self.day.put(max(self.services.desk.clock().astimezone().date(), self._begins))
        self._say()
        self.open_at(self.reason)

    def keep(self) -> None:
        """Retire it."""
        self.write(retire_goal, self._goal.uid, self.day.day, self.reason.text())

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {"work.goal_without_reason": "reason", "work.goal_not_begun": "on"}

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("The goal is retired; it stays in the register.")

    @Slot()
    def _say(self) -> None:
        if self.day.day is not None:
            self.meaning.setText(retiring_words(self.day.day))


def retire_goal(desk: Desk, goal: str, on: object, reason: str) -> Change:
    """Retire it; on the thread that writes."""
    return work.retire(desk, goal, on=on, reason=reason)  # type: ignore[arg-type]
