"""The minutes of a meeting: who was there, what was decided on each entry, what was said; frozen once they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from gemba import wording
from gemba.domain.seats import plain
from gemba.errors import GembaError
from gemba.ui.alignment.form import Form
from gemba.ui.parts.fields import DayField
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import minutes
from gemba.work.meeting_facts import MeetingFacts

_LONGEST = 26
"""Letters of a role beside its box."""


class Typed(msgspec.Struct, frozen=True):
    """What is typed so far."""

    present: frozenset[str]
    guests: str
    decided: dict[str, str]
    words: str


class MinutesForm(Form):
    """What is written of a meeting.

    Args:
        services: of the window.
        facts: of the meeting.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: MeetingFacts, parent: QWidget | None = None) -> None:
        super().__init__(services, "minutes", parent=parent)
        self._facts = facts
        self.title.setText(wording.text("Minutes of {number}", number=facts.meeting.number))
        told = wording.text("Once they are kept they are frozen. An entry without a decision rolls over.")
        self.body.addWidget(Words(told, tone="muted", wrap=True, parent=self))
        self._put_present()
        day = DayField(name="minutes.held_on", parent=self)
        day.put(max(facts.meeting.planned_on, facts.today))
        self.put_field("held_on", wording.text("Held &on"), day)
        self.decisions: dict[str, QPlainTextEdit] = {}
        for entry in facts.entries:
            box = self.lines(f"decision.{entry.position}")
            box.setPlainText(entry.decision)
            box.setPlaceholderText(wording.text("Not decided: it rolls over"))
            self.decisions[entry.entry] = box
            self.body.addWidget(Words(f"{entry.position}. {entry.title}", strong=True, wrap=True, parent=self))
            decision = wording.text("Decision on {n}", n=entry.position)
            self.put_field(f"decision.{entry.position}", decision, box)
        self.put_field("words", wording.text("What was &said"), self.lines("words"))
        self.no_names = QCheckBox(wording.text("I looked: what may be names is none"), self)
        self.no_names.setObjectName("minutes.no_names")
        self.no_names.hide()
        self.body.addWidget(self.no_names)
        self.put_buttons(wording.text("Keep and freeze"))
        self._say_quorum()

    def begin(self) -> None:
        """The keyboard begins at who was there."""
        first = next(iter(self.present.values()), None)
        self.open_at(first if first is not None else self.guests)

    @Slot()
    def keep(self) -> None:
        """Keep the minutes."""
        guests = tuple(each.strip() for each in self.guests.text().split(",") if each.strip())
        said = minutes.Minutes(
            present=(*(role for role, box in self.present.items() if box.isChecked()), *guests),
            minutes=self._words.toPlainText(),
            decided={entry: box.toPlainText() for entry, box in self.decisions.items()},
            held_on=self._day.day,
            are_no_names=self.no_names.isChecked(),
        )
        self.write(minutes.hold, self._facts.meeting.uid, said)

    def typed(self) -> Typed:
        """What is typed so far."""
        return Typed(
            frozenset(role for role, box in self.present.items() if box.isChecked()),
            self.guests.text(),
            {entry: box.toPlainText() for entry, box in self.decisions.items()},
            self._words.toPlainText(),
        )

    def put(self, typed: Typed) -> None:
        """Show what was typed before the meeting was read again."""
        for role, box in self.present.items():
            box.setChecked(role in typed.present)
        self.guests.setText(typed.guests)
        for entry, words in typed.decided.items():
            if entry in self.decisions:
                self.decisions[entry].setPlainText(words)
        self._words.setPlainText(typed.words)

    def about(self) -> Mapping[str, str]:
        """By code of a refusal, the field that it is about."""
        day = dict.fromkeys(("work.meeting_not_yet", "work.meeting_ahead"), "held_on")
        return day | dict.fromkeys(("work.nobody_present", "work.no_quorum"), "present")

    def refused(self, error: GembaError) -> None:
        """Say what a rule says; what may be names can be looked at and kept."""
        super().refused(error)
        if error.code == "work.may_name_people":
            self.no_names.show()

    def said(self) -> str:
        """What is said once they are kept."""
        return wording.text("The minutes are kept and frozen.")

    @property
    def _words(self) -> QPlainTextEdit:
        widget = self.fields["words"].widget
        assert isinstance(widget, QPlainTextEdit)
        return widget

    @property
    def _day(self) -> DayField:
        widget: Any = self.fields["held_on"].widget
        assert isinstance(widget, DayField)
        return widget

    def _put_present(self) -> None:
        seats = QWidget(self)
        flow = Flow(seats, gap=12)
        self.present: dict[str, QCheckBox] = {}
        for seat in self._facts.seats:
            vacant = wording.text("{role} (vacant)", role=seat.role)
            words = seat.role if seat.member else vacant
            short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"  # boxes do not wrap
            box = QCheckBox(short.replace("&", "&&"), seats)
            box.setToolTip(words)
            box.setAccessibleName(words)
            box.setObjectName(f"minutes.present.{plain(seat.role).replace(' ', '_')}")
            box.toggled.connect(self._say_quorum)
            self.present[seat.role] = box
            flow.addWidget(box)
        self.put_field("present", wording.text("Present"), seats)
        self.quorum = Words("", tone="muted", scale="small", wrap=True, parent=self)
        self.quorum.setObjectName("minutes.quorum")
        self.body.addWidget(self.quorum)
        self.guests = QLineEdit(self)
        self.guests.setObjectName("minutes.guests")
        hint = wording.text("By role, with commas.")
        self.put_field("guests", wording.text("&Guests"), self.guests, hint)

    @Slot()
    def _say_quorum(self) -> None:
        there = sum(box.isChecked() for box in self.present.values())
        needed = self._facts.body.quorum or 1
        reached = there >= needed
        words = (
            wording.text("{there} of {needed} seats: the quorum is reached.", there=there, needed=needed)
            if reached
            else wording.text(
                "{there} of {needed} seats: without a quorum nothing is decided.", there=there, needed=needed
            )
        )
        self.quorum.setText(words)
        self.quorum.set_tone("good" if reached else "fair")
