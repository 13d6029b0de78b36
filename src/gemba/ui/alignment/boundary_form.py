"""The form of a boundary: who may decide what, how far, where and from when; and of its end."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.decisions import Boundary
from gemba.errors import Refusal
from gemba.store import discretion_counts
from gemba.ui.alignment.form import Form, put_words, words_of
from gemba.ui.alignment.numbers import number_said, number_shown
from gemba.ui.alignment.typed import Typed
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.services import Services
from gemba.work import boundaries as work
from gemba.work.boundaries import Boundaries, BoundaryDraft, roles_and_scenarios
from gemba.work.desk import Desk
from gemba.work.goals_in_force import Goals

_WORDS = ("title", "role", "limit", "unit", "condition", "escalate_to", "reason")
_TYPED = ("title", "role", "escalate_to")


class BoundaryChoices(msgspec.Struct, frozen=True):
    """What the form may name."""

    places: tuple[Any, ...]
    goals: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    scenarios: dict[str, str]


class BoundaryForm(Form):
    """Sets a boundary, anew or in place of one that is there; or ends one.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "boundary", look="card", parent=parent)
        self._names = PlaceNames(services.desk)
        self.boundary: Boundary | None = None
        self._scenarios: dict[str, str] = {}
        self.words: dict[str, Any] = {
            code: Typed(f"boundary.{code}", self) if code in _TYPED else self.line(code) for code in _WORDS
        }
        self.place = Choice(name="boundary.place", search=True, parent=self)
        self.goal = Choice(name="boundary.goal", search=True, parent=self)
        self.begins = DayField(name="boundary.valid_from", optional=False, parent=self)
        self.ends = DayField(name="boundary.valid_to", parent=self)
        self._put_fields()
        self.out = Button(wording.text("End it"), name="boundary.retire", look="quiet", run=self.retire, parent=self)
        self.put_buttons(wording.text("Keep"), self.out)

    def begin(self, boundary: Boundary | None = None, title: str = "", role: str = "") -> None:
        """Open for a new boundary, perhaps of a case that has none, or for a new one in place of one that is there."""
        self.boundary = boundary
        self.say_nothing()
        self.title.setText(
            wording.text("Who may decide what, and how far?")
            if boundary is None
            else wording.text("{role}, {title}: a new boundary", role=boundary.role, title=boundary.title)
        )
        for code, widget in self.words.items():
            value: Any = getattr(boundary, code, None) if code != "reason" else None
            put_words(widget, number_shown(value) if code == "limit" else value or "")
        if boundary is None:
            put_words(self.words["title"], title)
            put_words(self.words["role"], role)
        self.begins.put(self.services.desk.clock().astimezone().date())
        self.ends.put(boundary.valid_to if boundary is not None else None)
        self.out.setVisible(boundary is not None)
        self.services.jobs.ask(read_choices, self.services.desk, done=self._offer)
        start = "limit" if boundary is not None or role else "title"
        self.words[start].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Set it; the one before ends on the day before."""
        said = {code: words_of(widget) for code, widget in self.words.items()}
        try:
            limit = number_said("limit", said.pop("limit"))
        except Refusal as error:
            self.refused(error)
            return
        draft = BoundaryDraft(
            scenario=self._scenarios.get(said["title"].casefold(), said["title"]),
            limit=limit,
            place=self.place.value or None,
            goal=self.goal.value,
            valid_from=self.begins.day,
            valid_to=self.ends.day,
            **said,
        )
        self.write(work.set_boundary, draft)

    @Slot()
    def retire(self) -> None:
        """End the one that is shown from the first day on that the form names."""
        if self.boundary is not None:
            self.write(_retire, self.boundary.uid, words_of(self.words["reason"]), self.begins.day)

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {
            "work.boundary_without_case": "role" if words_of(self.words["title"]) else "title",
            "work.boundary_limit": "limit",
            "work.boundary_days": "valid_to",
            "work.boundary_ahead": "valid_from",
            "work.boundary_reason": "reason",
        }

    def said(self) -> str:
        """What is said once it is kept."""
        return wording.text("The boundary is kept; what was decided before stays as it was told.")

    def _put_fields(self) -> None:
        for code, title, widget, hint in (
            ("title", wording.text("&Kind of case"), self.words["title"], ""),
            ("role", wording.text("&Role"), self.words["role"], ""),
            ("limit", wording.text("May decide at &most"), self.words["limit"], wording.text("Empty: any amount.")),
            ("unit", wording.text("&Unit"), self.words["unit"], wording.text("EUR, days, per cent.")),
            ("condition", wording.text("What else must &hold"), self.words["condition"], ""),
            ("escalate_to", wording.text("Be&yond it decides"), self.words["escalate_to"], wording.text("A role.")),
            ("place", wording.text("&Place"), self.place, wording.text("The nearest counts.")),
            ("goal", wording.text("Commi&tment that it serves"), self.goal, ""),
            ("valid_from", wording.text("Valid &from"), self.begins, ""),
            ("valid_to", wording.text("Last &day"), self.ends, ""),
            ("reason", wording.text("&Why it is as it is"), self.words["reason"], ""),
        ):
            self.put_field(code, title, widget, hint)
        for row in (("title", "role"), ("limit", "unit")):
            self.put_row(*row)
        self.put_row("condition")
        for row in (("escalate_to", "place"), ("valid_from", "valid_to")):
            self.put_row(*row)
        self.put_row("goal")
        self.put_row("reason")
        for one, following in pairwise(
            (
                "title",
                "role",
                "limit",
                "unit",
                "condition",
                "escalate_to",
                "place",
                "valid_from",
                "valid_to",
                "goal",
                "reason",
            )
        ):
            QWidget.setTabOrder(self.fields[one].widget, self.fields[following].widget)

    def _offer(self, found: BoundaryChoices) -> None:
        self._names.take(found.places)
        self._scenarios = {title.casefold(): code for code, title in found.scenarios.items()}
        for code in ("role", "escalate_to"):
            self.words[code].offer(found.roles)
        self.words["title"].offer(list(found.scenarios.values()))
        self.place.offer([("", wording.text("Everywhere")), *self._names.choices()])
        self.goal.offer([("", wording.text("None")), *found.goals])
        one = self.boundary
        self.place.choose((one.place or "") if one is not None else "")
        self.goal.choose((one.goal or "") if one is not None else "")


def read_choices(desk: Desk) -> BoundaryChoices:
    """What the form may name; on a job's thread."""
    with desk.reader() as reader:
        known, goals = Boundaries(reader), Goals(reader)
        roles, scenarios = roles_and_scenarios(known.all)
        held = goals.at(None, reader.clock().date())
        uids = {one.uid for one in held} | {one.goal for one in known.all if one.goal is not None}
        named = [goals.lines.goals[uid] for uid in sorted(uids) if uid in goals.lines.goals]
        return BoundaryChoices(
            places=tuple(known.places.values()),
            goals=tuple((one.uid, one.title) for one in named),
            roles=tuple(dict.fromkeys([*roles.values(), *discretion_counts.roles(reader)[:200]])),
            scenarios=scenarios,
        )


def _retire(desk: Desk, uid: str, reason: str, on: Any) -> Change:
    return work.retire(desk, uid, reason, on=on)
