"""The short forms of a meeting: an entry, another day, called off, a correction, a decision that goes on."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.calendar.body_forms import BodyAskForm
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import meetings, minutes
from gemba.work.agenda_entries import EntryFacts
from gemba.work.meeting_facts import MeetingFacts

_NAMES = ("names_people", "may_name_people")


def add_form(services: Services, facts: MeetingFacts, parent: QWidget) -> AskForm:
    """An entry in own words."""
    uid = facts.meeting.uid
    about = ("agenda_entry", "agenda_entry_twice", "agenda_entry_long", "agenda_full", *_NAMES)

    def run(desk: Any, said: Said) -> Change:
        return meetings.add_entry(desk, uid, said["words"])

    return BodyAskForm(
        services,
        "meeting.add",
        title=wording.text("Add an entry"),
        asks=(Ask("words", wording.text("&What is to be talked about"), about=about),),
        run=run,
        keep=wording.text("Put it on the agenda"),
        told=wording.text("It is on the agenda."),
        parent=parent,
    )


def move_form(services: Services, facts: MeetingFacts, parent: QWidget) -> AskForm:
    """Another day."""
    one = facts.meeting

    def run(desk: Any, said: Said) -> Change:
        return meetings.move(desk, one.uid, said["day"] or one.planned_on, said["reason"])

    return BodyAskForm(
        services,
        "meeting.move",
        title=wording.text("Move it"),
        asks=(
            Ask("day", wording.text("&Day"), "day", value=one.planned_on, about=("meeting_twice", "meeting_far")),
            Ask("reason", wording.text("Wh&y"), about=("meeting_reason", *_NAMES)),
        ),
        run=run,
        keep=wording.text("Move it"),
        told=wording.text("It is moved; the agenda says why."),
        beside=(("day", "reason"),),
        parent=parent,
    )


def off_form(services: Services, facts: MeetingFacts, parent: QWidget) -> AskForm:
    """Call it off."""
    uid = facts.meeting.uid

    def run(desk: Any, said: Said) -> Change:
        return meetings.call_off(desk, uid, said["reason"])

    return BodyAskForm(
        services,
        "meeting.off",
        title=wording.text("Call it off"),
        asks=(Ask("reason", wording.text("Wh&y"), about=("meeting_reason", *_NAMES)),),
        run=run,
        keep=wording.text("Call it off"),
        told=wording.text("It is called off; its agenda rolls over."),
        parent=parent,
    )


def correct_form(services: Services, facts: MeetingFacts, parent: QWidget) -> AskForm:
    """A correction of frozen minutes."""
    uid = facts.meeting.uid
    hint = wording.text("Minutes are frozen: the correction comes onto the agenda of the next meeting.")

    def run(desk: Any, said: Said) -> Change:
        return meetings.correct(desk, uid, said["words"])

    return BodyAskForm(
        services,
        "meeting.correct",
        title=wording.text("Correct the minutes"),
        asks=(
            Ask(
                "words",
                wording.text("&What is wrong"),
                hint=hint,
                about=("correction_words", "no_next_meeting", *_NAMES),
            ),
        ),
        run=run,
        keep=wording.text("Put it on the next agenda"),
        told=wording.text("It is on the agenda of the next meeting."),
        parent=parent,
    )


def carry_form(services: Services, facts: MeetingFacts, entry: EntryFacts, parent: QWidget) -> AskForm:
    """A decision that goes on to its record."""
    uid, is_action = facts.meeting.uid, entry.noun == "action"
    about = (
        *("escalation_expired", "escalation_without_expiry", "escalation_sides", "escalation_state"),
        *("carried_back", "decision_carried", "action_not_open"),
    )
    day = wording.text("New &due date") if is_action else wording.text("It holds &until")
    hint = (
        wording.text("As it was when left out.") if is_action else wording.text("None: it holds until it is changed.")
    )

    def run(desk: Any, said: Said) -> Change:
        return minutes.carry(desk, uid, entry.entry, said["until"])

    return BodyAskForm(
        services,
        f"meeting.carry.{entry.position}",
        title=wording.text("Hand the decision to {number}", number=entry.number),
        asks=(Ask("until", day, "day", hint=hint, about=about),),
        run=run,
        keep=wording.text("Hand it over"),
        told=wording.text("{number} has the decision.", number=entry.number),
        parent=parent,
    )
