"""The short forms of a body: a seat or its next term, the end of a term, a meeting, and its dissolution."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.governance import GovernanceBody
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import bodies, meetings
from gemba.work.meeting_facts import SeatFacts

Choices = tuple[tuple[str, str], ...]
_TERM = ("term_backwards", "term_years")


class BodyAskForm(AskForm):
    """A form whose refusals come from the rules of seats, too."""

    def about(self) -> dict[str, str]:
        """By code of a refusal, the field that it is about."""
        domain = {f"domain.{each}": ask.code for ask in self._asks.values() for each in ask.about}
        return {**super().about(), **domain}


def seat_form(
    services: Services, body: GovernanceBody, people: Choices, before: SeatFacts | None, parent: QWidget
) -> AskForm:
    """A new seat, or the next term of one."""
    chair = (("", wording.text("No")), ("yes", wording.text("Yes, it has the chair")))
    begins = before.ends + timedelta(days=1) if before is not None and before.ends is not None else None
    asks = (
        Ask("role", wording.text("&Role"), value=before.role if before else "", about=("seat_role", "terms_overlap")),
        Ask(
            "member",
            wording.text("Who &has it"),
            "choice",
            choices=(("", wording.text("Vacant")), *people),
            about=("sits_twice", "member_left"),
        ),
        Ask(
            "chair",
            wording.text("&Chair?"),
            "choice",
            choices=chair,
            value="yes" if before is not None and before.is_chair else "",
            about=("two_chairs",),
        ),
        Ask("begins", wording.text("&First day"), "day", value=begins, hint=wording.text("Today when left out.")),
        Ask("ends", wording.text("&Last day"), "day", hint=wording.text("None: it runs on."), about=_TERM),
    )

    def run(desk: Any, said: Said) -> Change:
        wanted = bodies.Seat(
            role=said["role"],
            member=said["member"] or None,
            is_chair=bool(said["chair"]),
            begins=said["begins"],
            ends=said["ends"],
        )
        return bodies.seat(desk, body.uid, wanted)

    return BodyAskForm(
        services,
        "seat",
        title=wording.text("The next term") if before else wording.text("Add a seat"),
        asks=asks,
        run=run,
        keep=wording.text("Give the seat"),
        told=wording.text("The seat is there."),
        beside=(("role",), ("member", "chair"), ("begins", "ends")),
        parent=parent,
    )


def end_form(services: Services, seat: SeatFacts, parent: QWidget) -> AskForm:
    """The end of a term."""

    def run(desk: Any, said: Said) -> Change:
        return bodies.end(desk, seat.uid, said["on"])

    hint = wording.text("Today when left out. A seat that nobody follows in counts as given up after a quarter.")
    return BodyAskForm(
        services,
        "seat.end",
        title=wording.text("End the term of {role}", role=seat.role),
        asks=(
            Ask(
                "on",
                wording.text("&Last day"),
                "day",
                hint=hint,
                about=("term_backwards", "quorum_lost", "term_over"),
            ),
        ),
        run=run,
        keep=wording.text("End the term"),
        told=wording.text("The term ends then."),
        parent=parent,
    )


def plan_form(services: Services, body: GovernanceBody, parent: QWidget | None = None) -> AskForm:
    """A meeting."""

    def run(desk: Any, said: Said) -> Change:
        words = [line.strip() for line in said["words"].splitlines() if line.strip()]
        return meetings.plan(desk, body.uid, said["day"], words=words)

    hint = wording.text("The next of its cadence when left out.")
    days = ("meeting_twice", "meeting_without_day", "cadence_over", "meeting_far")
    return BodyAskForm(
        services,
        "meeting.plan",
        title=wording.text("Plan a meeting of {body}", body=body.title),
        asks=(
            Ask("day", wording.text("&Day"), "day", hint=hint, about=days),
            Ask(
                "words",
                wording.text("Further &entries"),
                "lines",
                hint=wording.text("One a line. What waits, and what rolled over, comes onto the agenda by itself."),
                about=("agenda_entry_twice", "agenda_entry_long", "agenda_full", "names_people"),
            ),
        ),
        run=run,
        keep=wording.text("Plan it"),
        told=wording.text("The meeting is planned, with its agenda."),
        parent=parent,
    )


def retire_form(services: Services, body: GovernanceBody, parent: QWidget) -> AskForm:
    """The dissolution of a body."""

    def run(desk: Any, _said: Said) -> Change:
        return bodies.retire(desk, body.uid)

    return BodyAskForm(
        services,
        "body.retire",
        title=wording.text("Dissolve {body}? Its minutes stay.", body=body.title),
        asks=(),
        run=run,
        keep=wording.text("Dissolve it"),
        told=wording.text("It is dissolved; its minutes stay."),
        parent=parent,
    )
