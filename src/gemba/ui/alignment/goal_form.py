"""The form of a goal: a new one, a later version of one, or a region's adaptation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.goals import Goal
from gemba.ui.alignment.form import Form, put_words, words_of
from gemba.ui.alignment.picked import Picked
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.services import Services
from gemba.work import goals as work
from gemba.work.desk import Desk
from gemba.work.goal_links import link_choices
from gemba.work.goal_words import anchor_title
from gemba.work.template_questions import template_questions

_WORDS = ("title", "code", "statement", "need", "owner", "reason")
_VERDICTS = ("aligned", "part", "contrary")
_ONLY = {
    "add": frozenset({"code", "place", "items", "links", *_VERDICTS}),
    "change": frozenset({"reason", "items", "links", *_VERDICTS}),
    "adapt": frozenset({"reason", "place"}),
}
"""Fields that are there in some ways only."""


class Choices(msgspec.Struct, frozen=True):
    """What the form may name."""

    places: tuple[Any, ...]
    items: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]


class GoalForm(Form):
    """Adds, changes or adapts a goal.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "goal_form", look="card", parent=parent)
        self._names = PlaceNames(services.desk)
        self.way = "add"
        self.goal: Goal | None = None
        self.words = {code: self.lines(code) if code in {"statement", "need"} else self.line(code) for code in _WORDS}
        self.anchors = {code: self.line(code) for code in _VERDICTS}
        self.place = Choice(name="goal_form.place", search=True, parent=self)
        self.begins = DayField(name="goal_form.valid_from", optional=False, parent=self)
        self.ends = DayField(name="goal_form.valid_to", parent=self)
        self.items = Picked(name="goal_form.items", parent=self)
        self.links = Picked(name="goal_form.links", parent=self)
        self._put_fields()
        self.put_buttons(wording.text("Keep"))

    def _put_fields(self) -> None:
        hints = {
            "title": wording.text("A few words, as people speak of it."),
            "code": wording.text("Short, the same for ever: told-first. Left empty, it is made of the title."),
            "statement": wording.text("What the customer may rely on, so that a decision can be held against it."),
            "need": wording.text("In the customer's words: why it matters to them."),
            "owner": wording.text("A role. Without one the goal itself is a finding."),
            "reason": wording.text("Whoever reads it later wants to know."),
        }
        titles = {
            "title": wording.text("&Title"),
            "code": wording.text("&Code"),
            "statement": wording.text("What is &promised"),
            "need": wording.text("The &need behind it"),
            "owner": wording.text("&Owner"),
            "reason": wording.text("W&hy"),
        }
        for code in _WORDS[:-1]:
            self.put_field(code, titles[code], self.words[code], hints[code])
        self.put_field("place", wording.text("&Where it holds"), self.place)
        self.put_field("reason", titles["reason"], self.words["reason"], hints["reason"])
        self.put_field("valid_from", wording.text("Valid &from"), self.begins)
        self.put_field("valid_to", wording.text("&Last day"), self.ends)
        self.put_row("valid_from", "valid_to")
        meant = wording.text("So that auditors judge alike: what such a decision looks like.")
        for code, widget in self.anchors.items():
            self.put_field(
                code, wording.text("When a decision is: {verdict}", verdict=anchor_title(code)), widget, meant
            )
        self.put_field("items", wording.text("&Questions of checklists that look at it"), self.items)
        self.put_field("links", wording.text("&Measures and maps that belong to it"), self.links)

    def begin(self, way: str, goal: Goal | None = None) -> None:
        """Open the form.

        Args:
            way: `add`, `change` or `adapt`.
            goal: the version that is changed or adapted.
        """
        self.way, self.goal = way, goal
        self.say_nothing()
        self.title.setText(self._heading())
        for code, field in self.fields.items():
            field.setVisible(code in _ONLY[way] or not any(code in each for each in _ONLY.values()))
        for code, widget in self.words.items():
            put_words(widget, "" if goal is None or code == "reason" else getattr(goal, code))
        for code, widget in self.anchors.items():
            widget.setText(goal.anchors.get(code, "") if goal is not None else "")
        today = self.services.desk.clock().astimezone().date()
        self.begins.put(max(today, goal.valid_from) if goal is not None and way == "change" else today)
        self.ends.put(goal.valid_to if goal is not None and way == "change" else None)
        self.items.put(goal.items if goal is not None else ())
        self.links.put(goal.links if goal is not None else ())
        self.services.jobs.ask(read_choices, self.services.desk, done=self._offer)
        self.words["statement" if way == "adapt" else "title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Add, change or adapt."""
        said = {code: words_of(widget) for code, widget in self.words.items()}
        days = {"valid_from": self.begins.day, "valid_to": self.ends.day}
        before = self.goal.anchors if self.goal is not None else {}
        anchors = {**before, **{code: words_of(widget) for code, widget in self.anchors.items()}}
        lists = {"anchors": anchors, "items": self.items.codes, "links": self.links.codes}
        if self.way == "adapt" and not self.place.value:
            self.fields["place"].say_problem(wording.text("Choose the place."))
            return
        if self.way == "adapt" and self.ends.day is None:
            self.fields["valid_to"].say_problem(wording.text("An adaptation always runs out: choose its last day."))
            return
        self.write(keep_goal, self.way, self.goal, {**said, **days, **lists, "place": self.place.value or None})

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {
            "domain.goal_code": "code",
            "work.goal_taken": "code",
            "work.goal_days": "valid_to",
            "work.goal_without_expiry": "valid_to",
            "work.goal_without_reason": "reason",
            "work.goal_before_version": "valid_from",
            "work.goal_place_not_below": "place",
            "work.goal_adapted_already": "valid_from",
        }

    def said(self) -> str:
        """What is said once it is kept."""
        return {
            "add": wording.text("The goal is kept."),
            "change": wording.text("The new version is kept; what was judged before stays as it was."),
            "adapt": wording.text("The adaptation is kept."),
        }[self.way]

    def _heading(self) -> str:
        code = self.goal.code if self.goal is not None else ""
        return {
            "add": wording.text("A new goal"),
            "change": wording.text("{goal}: a new version", goal=code),
            "adapt": wording.text("{goal}: an adaptation for a region", goal=code),
        }[self.way]

    def _offer(self, found: Choices) -> None:
        self._names.take(found.places)
        first = wording.text("Choose the place") if self.way == "adapt" else wording.text("The whole enterprise")
        chosen = self.place.value
        self.place.offer([("", first), *self._names.choices()])
        self.place.choose(chosen)
        for picked, choices in ((self.items, found.items), (self.links, found.links)):
            picked.offer(choices)
            picked.put(picked.codes)


def read_choices(desk: Desk) -> Choices:
    """What the form may name; on a job's thread."""
    asked = tuple((item, question.title) for item, question in template_questions(desk).items())
    with desk.reader() as reader:
        return Choices(tuple(read_places(desk)), asked, link_choices(reader))


def keep_goal(desk: Desk, way: str, goal: Goal | None, said: dict[str, Any]) -> Change:
    """Add a goal, change the one that is named, or adapt it; on the thread that writes."""
    if way == "add":
        return work.add(desk, work.NewGoal(**{name: value for name, value in said.items() if name != "reason"}))
    assert goal is not None
    if way == "adapt":
        names = ("place", "statement", "reason", "valid_to", "valid_from", "title", "need", "owner")
        return work.adapt(desk, goal.uid, work.NewAdaptation(**{name: said[name] for name in names}))
    begins: date | None = said["valid_from"]
    fields = {
        name: said[name] for name in ("title", "statement", "need", "owner", "valid_to", "anchors", "items", "links")
    }
    return work.change(desk, goal.uid, reason=said["reason"], valid_from=begins, **fields)
