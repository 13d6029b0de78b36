"""The form of a decision: fast, by keyboard alone, and how it stands is said while one types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import discretion_counts, vocabularies
from gemba.ui.alignment.decision_shapes import standing_tone
from gemba.ui.alignment.form import Form, put_words, words_of
from gemba.ui.alignment.numbers import number_said, number_shown
from gemba.ui.alignment.typed import Typed
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.fields import Choice, DayField
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import decisions as work
from gemba.work.boundaries import Boundaries, roles_and_scenarios
from gemba.work.decision_words import standing_words
from gemba.work.desk import Desk
from gemba.work.exception_standards import standards
from gemba.work.goals_in_force import Goals

_TYPED = ("scenario", "role")
_WORDS = ("title", "amount", "unit", "customers", "effect")
_CHOICES = ("place", "goal", "segment", "exception")
_DAYS = ("decided_on", "expires")
_STAYS = ("place", "role", "scenario", "unit", "decided_on")
"""What the next entry begins with."""


class DecisionChoices(msgspec.Struct, frozen=True):
    """What the form may name, and what it begins with."""

    places: tuple[Any, ...]
    boundaries: Any
    goals: Any
    roles: tuple[str, ...]
    segments: tuple[tuple[str, str], ...]
    exceptions: tuple[tuple[str, str], ...]
    last: dict[str, str]


class Kept(msgspec.Struct, frozen=True):
    """A change that was made, and how to take it back."""

    change: Change
    before: Decision
    after: Decision


class DecisionForm(Form):
    """Records or changes a decision.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "decision", look="card", parent=parent)
        self.names = PlaceNames(services.desk)
        self.decision: Decision | None = None
        self._known: DecisionChoices | None = None
        self._stay = False
        self._own_unit = ""
        self.words: dict[str, Any] = {code: self.line(code) for code in _WORDS}
        self.words |= {code: Typed(f"decision.{code}", self) for code in _TYPED} | {"why": self.lines("why")}
        self.choices = {code: Choice(name=f"decision.{code}", search=True, parent=self) for code in _CHOICES}
        self.days = {code: DayField(name=f"decision.{code}", optional=code == "expires", parent=self) for code in _DAYS}
        self.escalated = QCheckBox(wording.text("It was &handed up"), self)
        self.escalated.setObjectName("decision.escalated")
        self.contradicts = QCheckBox(wording.text("It goes &against the commitment"), self)
        self.contradicts.setObjectName("decision.contradicts")
        self._put_standing()
        self._put_fields()
        following = Button(
            wording.text("Keep, then the next one"),
            name="decision.next",
            icon="plus",
            run=self.keep_and_stay,
            parent=self,
        )
        following.setToolTip(wording.text("Keep, then the next one") + " (Ctrl+Shift+Enter)")
        self.following = following
        self.put_buttons(wording.text("Keep"), following)
        QShortcut(
            QKeySequence("Ctrl+Shift+Return"),
            self,
            self.keep_and_stay,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        self._listen()

    def begin(self, decision: Decision | None = None) -> None:
        """Open for a new decision, or one that is there."""
        self.decision, self._stay = decision, False
        self.say_nothing()
        self.following.setVisible(decision is None)
        self.title.setText(
            wording.text("What was decided?")
            if decision is None
            else wording.text("Change {number}", number=decision.number)
        )
        for code, widget in self.words.items():
            value: Any = getattr(decision, code, None)
            put_words(widget, number_shown(value) if code in {"amount", "customers"} else value or "")
        for code, day in self.days.items():
            day.put(getattr(decision, code, None))
        if decision is None:
            self.days["decided_on"].put(self.services.desk.clock().astimezone().date())
        self.escalated.setChecked(decision is not None and decision.escalated)
        self.contradicts.setChecked(decision is not None and decision.contradicts)
        self._known = None
        self.services.jobs.ask(read_choices, self.services.desk, done=self._offer)
        self.words["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def said_now(self) -> dict[str, Any]:
        """What the form says, by field.

        Raises:
            Refusal: `work.not_a_number`.
        """
        said: dict[str, Any] = {code: words_of(widget) for code, widget in self.words.items()}
        said["amount"] = number_said("amount", said["amount"])
        customers = number_said("customers", said["customers"])
        if customers is not None and not customers.is_integer():
            raise Refusal("work.decision_customers", count=customers, field="customers")
        said["customers"] = None if customers is None else int(customers)
        said |= {code: choice.value for code, choice in self.choices.items()}
        said |= {code: field.day for code, field in self.days.items()}
        return said | {"escalated": self.escalated.isChecked(), "contradicts": self.contradicts.isChecked()}

    @Slot()
    def keep(self) -> None:
        """Keep it, and show it in the list."""
        self._stay = False
        self._keep()

    @Slot()
    def keep_and_stay(self) -> None:
        """Keep it, and begin the next one."""
        if self.decision is None:
            self._stay = True
            self._keep()

    def about(self) -> Mapping[str, str]:
        """The fields that refusals are about."""
        return {
            **{f"work.decision_no_{code}": code for code in ("title", "role", "place", "decided_on")},
            "work.decision_ahead": "decided_on",
            "work.decision_expires": "expires",
            "work.decision_customers": "customers",
            "work.decision_amount": "amount",
            "work.decision_unit": "unit",
            "work.decision_goal": "goal",
            "work.decision_contradicts_what": "goal",
            "work.unknown_exception": "exception",
            "work.unknown_code": "segment",
        }

    def said(self) -> str:
        """What is said once it is kept."""
        if self.decision is not None:
            return wording.text("The changes are kept; how it stands was told anew.")
        if self.contradicts.isChecked():
            return wording.text("The decision is kept, and an escalation of the conflict is open.")
        return wording.text("The decision is kept.")

    def _keep(self) -> None:
        try:
            said = self.said_now()
        except Refusal as error:
            self.refused(error)
            return
        self.write(keep_decision, self.decision, said)

    def _done(self, change: Any) -> None:
        if isinstance(change, Kept):
            self.services.changed.tell(change.change)
            undo = partial(self.services.jobs.write, work.put_back, change.before, change.after)
            self.services.messages.info(self.said(), undo=undo)
            self.kept.emit(change.after.uid)
            return
        if not self._stay:
            super()._done(change)
            return
        self.services.messages.info(self.said())
        for code, widget in self.words.items():
            if code not in _STAYS:
                put_words(widget, "")
        for code in ("goal", "segment", "exception"):
            self.choices[code].choose("")
        self.days["expires"].put(None)
        self.escalated.setChecked(False)
        self.contradicts.setChecked(False)
        self.words["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_standing(self) -> None:
        """How it stands, above the fields, so that it is seen while one types."""
        frame = QFrame(self)
        frame.setProperty("look", "inset")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(14, 10, 14, 12)
        self.standing = Badge("", "plain", parent=frame)
        self.standing.setObjectName("decision.standing")
        self.why = Words("", wrap=True, parent=frame)
        self.why.setObjectName("decision.standing.why")
        inside.addWidget(self.standing, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.why)
        self._frame = frame

    def _put_fields(self) -> None:
        words, choices, days = self.words, self.choices, self.days
        self.put_field("title", wording.text("&What was decided, in one line"), words["title"])
        for code, title, widget, hint in (
            ("scenario", wording.text("&Kind of case"), words["scenario"], ""),
            ("role", wording.text("&Role that decided"), words["role"], ""),
            ("place", wording.text("&Place"), choices["place"], ""),
            ("decided_on", wording.text("&Day"), days["decided_on"], ""),
            ("amount", wording.text("How &much"), words["amount"], ""),
            ("unit", wording.text("&Unit"), words["unit"], wording.text("EUR, days: as the boundary counts.")),
            ("goal", wording.text("Commi&tment that it concerns"), choices["goal"], ""),
            ("why", wording.text("Wh&y"), words["why"], ""),
            ("customers", wording.text("&Customers touched"), words["customers"], ""),
            ("segment", wording.text("Se&gment"), choices["segment"], ""),
            ("effect", wording.text("Cost and e&ffect"), words["effect"], ""),
            ("exception", wording.text("Exception &standard that it follows"), choices["exception"], ""),
            ("expires", wording.text("H&olds until"), days["expires"], wording.text("Then it is to be decided anew.")),
        ):
            self.put_field(code, title, widget, hint)
        for row in (("scenario", "role"), ("place", "decided_on"), ("amount", "unit")):
            self.put_row(*row)
        self.body.addWidget(self.escalated)
        self.body.addWidget(self._frame)
        self.put_row("goal")
        self.body.addWidget(self.contradicts)
        self.put_row("why")
        self.put_row("customers", "segment")
        self.put_row("effect")
        self.put_row("exception", "expires")
        in_order = [
            *(
                self.fields[code].widget
                for code in ("title", "scenario", "role", "place", "decided_on", "amount", "unit")
            ),
            self.escalated,
            self.fields["goal"].widget,
            self.contradicts,
            *(self.fields[code].widget for code in ("why", "customers", "segment", "effect", "exception", "expires")),
        ]
        for one, following in pairwise(in_order):
            QWidget.setTabOrder(one, following)

    def _listen(self) -> None:
        for code in ("scenario", "role", "amount", "unit"):
            self.words[code].textChanged.connect(self._look)
        self.escalated.toggled.connect(self._look)
        self.choices["place"].currentIndexChanged.connect(self._moved)
        self.days["decided_on"].changed.connect(self._moved)

    @Slot()
    def _moved(self) -> None:
        """Another place or day: other commitments hold, and another boundary may count."""
        if self._known is None:
            return
        place, day = self.choices["place"].value, self.days["decided_on"].day
        held = self._known.goals.at(place or None, day) if day is not None else ()
        choices = [(one.uid, one.title) for one in held]
        kept = self.decision.goal if self.decision is not None else None
        if kept and kept not in dict(choices) and kept in self._known.goals.lines.goals:
            choices.append((kept, self._known.goals.lines.goals[kept].title))
        self.choices["goal"].offer([("", wording.text("None, or not known")), *choices])
        self._look()

    @Slot()
    def _look(self) -> None:
        """Say how it stands."""
        if self._known is None:
            return
        try:
            said = self.said_now()
        except Refusal as error:
            self.standing.say(wording.text("Cannot be told"), "plain")
            self.why.setText(wording.sentence(error))
            return
        if not said["role"] or not said["scenario"] or said["decided_on"] is None:
            self.standing.say(wording.text("Not told yet"), "plain")
            self.why.setText(wording.text("Name the kind of case and the role to see how it stands."))
            return
        looked = work.look(self._known.boundaries, said.pop("decided_on"), **said)
        standing = looked.stands.standing
        self.standing.say(standing_words(standing), standing_tone(standing))
        self.why.setText(" ".join([looked.words, *looked.remarks]))
        boundary = looked.stands.boundary
        unit = boundary.unit if boundary is not None else ""
        if said["unit"] in {"", self._own_unit} - {unit}:  # as nobody has typed another
            self._own_unit = unit
            self.words["unit"].setText(unit)

    def _offer(self, found: DecisionChoices) -> None:
        self.names.take(found.places)
        one, last = self.decision, found.last
        roles, scenarios = roles_and_scenarios(found.boundaries.all)
        self.words["role"].offer([*roles.values(), *found.roles])
        self.words["scenario"].offer(list(scenarios.values()))
        places = [("", wording.text("Choose the place")), *self.names.choices()]
        for code, choices in (
            ("place", places),
            ("segment", [("", wording.text("Not said")), *found.segments]),
            ("exception", [("", wording.text("None")), *found.exceptions]),
        ):
            self.choices[code].offer(choices)
            self.choices[code].choose((getattr(one, code) if one is not None else last.get(code)) or "")
        if one is None:
            for code in ("role", "scenario", "unit"):
                if not words_of(self.words[code]) and last.get(code):
                    put_words(self.words[code], scenarios.get(last[code], last[code]))
            self._own_unit = words_of(self.words["unit"])
        elif one.scenario in scenarios:
            put_words(self.words["scenario"], scenarios[one.scenario])
        self._known = found
        self._moved()
        if one is not None:
            self.choices["goal"].choose(one.goal or "")


def read_choices(desk: Desk) -> DecisionChoices:
    """What the form may name; on a job's thread."""
    with desk.reader() as reader:
        boundaries, goals = Boundaries(reader), Goals(reader)
        segments = vocabularies.titles(reader, Facet.SEGMENT)
        return DecisionChoices(
            places=tuple(boundaries.places.values()),
            boundaries=boundaries,
            goals=goals,
            roles=tuple(discretion_counts.roles(reader)[:200]),
            segments=tuple(segments.items()),
            exceptions=tuple((code, f"{one.title} ({code})") for code, one in standards(reader).items()),
            last=work.last_entry(reader),
        )


def keep_decision(desk: Desk, decision: Decision | None, said: dict[str, Any]) -> Change | Kept:
    """Record it, or change it and remember what it was; on the thread that writes."""
    if decision is None:
        return work.record(desk, **said)
    with desk.reader() as reader:
        before = reader.get(Decision, decision.uid)
    made = work.change(desk, decision.uid, **said)
    with desk.reader() as reader:
        after = reader.get(Decision, decision.uid)
    assert before is not None
    assert after is not None
    return Kept(made, before, after)
