"""The form of one service level: who promises what to whom, what they expect, and what is achieved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.goals import Bound, ServiceLevel
from gemba.errors import Refusal
from gemba.ui.alignment.form import Form, put_words, words_of
from gemba.ui.alignment.numbers import number_said, number_shown
from gemba.ui.alignment.requirement_form import read_measures
from gemba.ui.pages.places import PlaceNames, read_places
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.services import Services
from gemba.work import service_levels as work
from gemba.work.desk import Desk
from gemba.work.goal_facts import goal_lines

_WORDS = ("title", "provider", "customer", "unit", "expected_from", "owner")
_NUMBERS = ("promised", "expected", "achieved")
_LINKS = ("measure", "goal", "place")
_DAYS = ("achieved_on", "review_by", "valid_from", "valid_to")


class LevelChoices(msgspec.Struct, frozen=True):
    """What the form may name."""

    places: tuple[Any, ...]
    goals: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]


class LevelForm(Form):
    """Adds or changes a service level.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "level", look="card", parent=parent)
        self._names = PlaceNames(services.desk)
        self._level: ServiceLevel | None = None
        self.words = {code: self.line(code) for code in (*_WORDS, *_NUMBERS)}
        self.bound = Choice(
            ((Bound.AT_LEAST, wording.text("at least so much")), (Bound.AT_MOST, wording.text("at most so much"))),
            name="level.bound",
            parent=self,
        )
        self.choices = {code: Choice(name=f"level.{code}", search=True, parent=self) for code in _LINKS}
        self.days = {code: DayField(name=f"level.{code}", optional=code != "valid_from", parent=self) for code in _DAYS}
        self._put_fields()
        self.out = Button(wording.text("Retire"), name="level.retire", look="quiet", run=self.retire, parent=self)
        self.put_buttons(wording.text("Keep"), self.out)

    def _put_fields(self) -> None:
        known = wording.text("Survey, interviews, complaints, and when. Empty while nobody has asked.")
        entered = wording.text("Left empty where a measure tells it.")
        for code, title, widget, hint in (
            ("title", wording.text("&What is delivered"), self.words["title"], ""),
            ("provider", wording.text("Who deli&vers"), self.words["provider"], wording.text("A role or department.")),
            (
                "customer",
                wording.text("To who&m"),
                self.words["customer"],
                wording.text("A segment of customers, or the department that is served."),
            ),
            ("bound", wording.text("Good is"), self.bound, ""),
            ("unit", wording.text("&Unit"), self.words["unit"], wording.text("%, days, minutes.")),
            ("promised", wording.text("&Promised"), self.words["promised"], ""),
            ("expected", wording.text("&Expected by the customer"), self.words["expected"], ""),
            ("expected_from", wording.text("How that is &known"), self.words["expected_from"], known),
            ("measure", wording.text("&Measure that tells what is achieved"), self.choices["measure"], ""),
            ("achieved", wording.text("&Achieved"), self.words["achieved"], entered),
            ("achieved_on", wording.text("Achieved &on"), self.days["achieved_on"], ""),
            ("goal", wording.text("&Goal that it belongs to"), self.choices["goal"], ""),
            ("place", wording.text("P&lace"), self.choices["place"], ""),
            ("owner", wording.text("Owne&r"), self.words["owner"], wording.text("A role.")),
            ("review_by", wording.text("Look at it again &by"), self.days["review_by"], ""),
            ("valid_from", wording.text("Valid &from"), self.days["valid_from"], ""),
            ("valid_to", wording.text("Last &day"), self.days["valid_to"], ""),
        ):
            self.put_field(code, title, widget, hint)
        for row in (
            ("provider", "customer"),
            ("bound", "unit"),
            ("promised", "expected"),
            ("expected_from",),
            ("measure",),
            ("achieved", "achieved_on"),
            ("goal", "place"),
            ("owner", "review_by"),
            ("valid_from", "valid_to"),
        ):
            self.put_row(*row)

    def begin(self, level: ServiceLevel | None = None) -> None:
        """Open for a new service level, or one that is there."""
        self._level = level
        self.say_nothing()
        self.title.setText(wording.text("A new service level") if level is None else level.title)
        for code in _WORDS:
            put_words(self.words[code], getattr(level, code, ""))
        for code in _NUMBERS:
            put_words(self.words[code], number_shown(getattr(level, code, None)))
        self.bound.choose(level.bound if level is not None else Bound.AT_LEAST)
        for code, field in self.days.items():
            field.put(getattr(level, code, None))
        if level is None:
            self.days["valid_from"].put(self.services.desk.clock().astimezone().date())
        self.out.setVisible(level is not None)
        self.services.jobs.ask(read_choices, self.services.desk, done=self._offer)
        self.words["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def retire(self) -> None:
        """Take it out of the register; it is kept."""
        if self._level is not None:
            self.write(work.retire, self._level.uid)

    def keep(self) -> None:
        """Add it, or change it."""
        said: dict[str, Any] = {code: words_of(self.words[code]) for code in _WORDS}
        for code in _NUMBERS:
            try:
                said[code] = number_said(code, words_of(self.words[code]))
            except Refusal as error:
                self.refused(error)
                return
        if said["promised"] is None:
            self.fields["promised"].say_problem(wording.text("Say what is promised."))
            return
        said |= {code: choice.value or None for code, choice in self.choices.items()}
        said |= {code: field.day for code, field in self.days.items()} | {"bound": Bound(self.bound.value)}
        self.write(keep_level, self._level.uid if self._level is not None else "", said)

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {"work.level_to_itself": "customer", "work.goal_days": "valid_to"}

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("The service level is kept.")

    def _offer(self, found: LevelChoices) -> None:
        self._names.take(found.places)
        offered = {
            "measure": [("", wording.text("None: entered by hand")), *found.measures],
            "goal": [("", wording.text("None")), *found.goals],
            "place": [("", wording.text("The whole enterprise")), *self._names.choices()],
        }
        for code, choice in self.choices.items():
            wanted = getattr(self._level, code, None) or ""
            if wanted and wanted not in {value for value, _ in offered[code]}:
                offered[code].append((wanted, wanted))
            choice.offer(offered[code])
            choice.choose(wanted)


def read_choices(desk: Desk) -> LevelChoices:
    """What the form may name; on a job's thread."""
    with desk.reader() as reader:
        every = goal_lines(reader)
    goals = tuple(
        (one.uid, " – ".join(part for part in (one.code, one.goal.title, one.place) if part)) for one in every
    )
    return LevelChoices(tuple(read_places(desk)), goals, read_measures(desk))


def keep_level(desk: Desk, uid: str, said: dict[str, Any]) -> Change:
    """Add a service level, or change the one with this uid; on the thread that writes."""
    if uid:
        return work.change(desk, uid, **said)
    return work.add(desk, work.NewServiceLevel(**said))
