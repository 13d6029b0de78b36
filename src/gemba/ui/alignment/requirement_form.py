"""The form of one branch of a goal's tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.goals import Bound, Goal, Requirement
from gemba.errors import Refusal
from gemba.ui.alignment.form import Form, put_words, words_of
from gemba.ui.alignment.numbers import number_said, number_shown
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice
from gemba.ui.services import Services
from gemba.work import requirements as work
from gemba.work.desk import Desk
from gemba.work.measures import measures

_WORDS = ("driver", "measured_by", "target", "unit", "owner")


class RequirementForm(Form):
    """Adds or changes a branch.

    Args:
        services: of the window.
        goal: whose tree it is.
        parent: the owner.
    """

    def __init__(self, services: Services, goal: Goal, parent: QWidget | None = None) -> None:
        super().__init__(services, "requirement", parent=parent)
        self._goal = goal
        self._about: Requirement | None = None
        self.words = {code: self.line(code) for code in _WORDS}
        self.measure = Choice(name="requirement.measure", search=True, parent=self)
        self.bound = Choice(
            ((Bound.AT_LEAST, wording.text("at least")), (Bound.AT_MOST, wording.text("at most"))),
            name="requirement.bound",
            parent=self,
        )
        whole = wording.text("Of what everything: answered within 2 days, of all letters.")
        self.put_field(
            "driver", wording.text("&Driver"), self.words["driver"], wording.text("On time, told the truth.")
        )
        self.put_field("measured_by", wording.text("&How it is measured"), self.words["measured_by"], whole)
        self.put_field("measure", wording.text("&Measure that is charted"), self.measure)
        self.put_field("bound", wording.text("Good is"), self.bound)
        self.put_field("target", wording.text("&Target"), self.words["target"])
        unit = wording.text("The measure's own: % for shares.")
        self.put_field("unit", wording.text("&Unit"), self.words["unit"], unit)
        self.put_field("owner", wording.text("&Owner"), self.words["owner"], wording.text("Empty: that of the goal."))
        self.out = Button(
            wording.text("Take off the tree"), name="requirement.retire", look="quiet", run=self.retire, parent=self
        )
        self.put_buttons(wording.text("Keep"), self.out)

    def begin(self, about: Requirement | None) -> None:
        """Open for a new branch, or one that is there."""
        self._about = about
        self.say_nothing()
        self.title.setText(wording.text("A requirement") if about is None else about.driver)
        for code, widget in self.words.items():
            put_words(widget, "" if about is None or code == "target" else getattr(about, code))
        put_words(self.words["target"], number_shown(about.target if about is not None else None))
        self.bound.choose(about.bound if about is not None else Bound.AT_LEAST)
        self.out.setVisible(about is not None)
        self.services.jobs.ask(read_measures, self.services.desk, done=self._offer)
        self.open_at(self.words["driver"])

    @Slot()
    def retire(self) -> None:
        """Take the branch off the tree; it is kept."""
        if self._about is not None:
            self.write(work.retire, self._about.uid)

    def keep(self) -> None:
        """Add the branch, or change it."""
        said: dict[str, Any] = {code: words_of(widget) for code, widget in self.words.items()}
        try:
            said["target"] = number_said("target", said["target"])
        except Refusal as error:
            self.refused(error)
            return
        said |= {"measure": self.measure.value or None, "bound": Bound(self.bound.value)}
        about = self._about.uid if self._about is not None else ""
        self.write(keep_requirement, self._goal.uid, about, said)

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {"work.unknown_record": "measure"}

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("The requirement is kept.")

    def _offer(self, found: tuple[tuple[str, str], ...]) -> None:
        self.measure.offer([("", wording.text("None yet")), *found])
        self.measure.choose(self._about.measure or "" if self._about is not None else "")


def read_measures(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The measures in use; on a job's thread."""
    with desk.reader() as reader:
        return tuple((one.uid, f"{one.code} – {one.title}") for one in measures(reader))


def keep_requirement(desk: Desk, goal: str, uid: str, said: dict[str, Any]) -> Change:
    """Add a branch, or change the one with this uid; on the thread that writes."""
    if uid:
        return work.change(desk, uid, **said)
    return work.require(desk, goal, work.NewRequirement(**said))
