"""One body: what keeps it from deciding first, then its seats and terms, its next dates and its meetings."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.governance import GovernanceBody
from gemba.domain.programmes import Schedule
from gemba.ui import terms
from gemba.ui.alignment.form import Form
from gemba.ui.calendar.body_form import BodyForm
from gemba.ui.calendar.body_forms import end_form, plan_form, retire_form, seat_form
from gemba.ui.calendar.shapes import capital, meeting_state, meeting_tone
from gemba.ui.pages.detail import Detail
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.agenda_entries import taken_title
from gemba.work.meeting_facts import BodyFacts, SeatFacts, body_facts

Choices = tuple[tuple[str, str], ...]
_MEETINGS = 8


class BodyShown(msgspec.Struct, frozen=True):
    """Everything that the detail shows."""

    facts: BodyFacts
    schedule: Schedule | None


class NowCard(Card):
    """What may be done with a body: the form of a deed opens in it.

    Args:
        services: of the window.
        shown: the body.
        detail: in which it stands.
        people: who may be given a seat.
        parent: the owner.
    """

    def __init__(
        self, services: Services, shown: BodyShown, detail: Detail, people: Choices, parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("How it stands"), look="inset", parent=parent)
        self._services, self._shown, self._detail, self._people = services, shown, detail, people
        self.form: Form | None = None
        for problem in shown.facts.problems:
            self.body.addWidget(Words(problem, tone="fair", strong=True, wrap=True, parent=self))
        if not shown.facts.problems:
            fine = wording.text("Dissolved") if shown.facts.body.retired else wording.text("All its seats are filled.")
            self.body.addWidget(Words(fine, tone="muted", wrap=True, parent=self))
        if shown.facts.body.retired:
            return
        deeds = (
            ("plan", wording.text("Plan a meeting"), "calendar-check", ""),
            ("seat", wording.text("Add a seat or term"), "plus", "quiet"),
            ("change", wording.text("Change"), "pencil", "quiet"),
            ("retire", wording.text("Dissolve"), "x", "quiet"),
        )
        flow = Flow()
        for deed, words, icon, look in deeds:
            run = partial(self.begin, deed)
            flow.addWidget(Button(words, name=f"body.do.{deed}", icon=icon, look=look, run=run, parent=self))
        self.body.addLayout(flow)

    def begin(self, deed: str, seat: SeatFacts | None = None) -> None:
        """Open the form of a deed in place of another one."""
        self.leave()
        body = self._shown.facts.body
        if deed == "plan":
            self.form = plan_form(self._services, body, self)
            self.form.kept.connect(self._to_meeting)
        elif deed == "seat":
            self.form = seat_form(self._services, body, self._people, seat, self)
        elif deed == "end" and seat is not None:
            self.form = end_form(self._services, seat, self)
        elif deed == "retire":
            self.form = retire_form(self._services, body, self)
        else:
            self.form = BodyForm(self._services, _own_place(self._shown.facts), body, self._shown.schedule, self)
        self.form.left.connect(self.leave)
        self.body.addWidget(self.form)
        begin: Any = self.form
        begin.begin()
        QTimer.singleShot(0, self.form, partial(self._detail.bring_into_view, self.form))

    @Slot()
    def leave(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot(str)
    def _to_meeting(self, uid: str) -> None:
        self._services.go("calendar", f"meetings:{uid}")


def read_body(desk: Any, uid: str) -> BodyShown | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        body = reader.get(GovernanceBody, uid)
        if body is None:
            return None
        schedule = reader.get(Schedule, body.schedule) if body.schedule is not None else None
        return BodyShown(body_facts(reader, desk, uid), schedule)


def draw_body(services: Services, detail: Detail, shown: BodyShown, people: Choices) -> NowCard:
    """Put a body into the detail; gives the card in which it is changed."""
    facts, body = shown.facts, detail.body
    body.addWidget(Words(facts.place or wording.text("All places"), tone="muted", scale="small"))
    body.addWidget(Words(facts.body.title, scale="heading", wrap=True))
    body.addWidget(Words(facts.body.purpose, wrap=True))
    now = NowCard(services, shown, detail, people)
    body.addWidget(now)
    seats = Card(wording.text("Seats"), look="inset")
    for seat in facts.seats:
        seats.body.addWidget(_SeatRow(now, seat, is_ended=facts.body.retired, parent=seats))
    if not facts.seats:
        seats.body.addWidget(Words(wording.text("Nobody sits in it yet."), tone="muted", wrap=True, parent=seats))
    body.addWidget(seats)
    takes = ", ".join(taken_title(code) for code in facts.body.takes)
    body.addWidget(
        Facts(
            (wording.text("To decide"), capital(facts.quorum)),
            (wording.text("Agenda"), takes or wording.text("Own words only")),
            (wording.text("Cadence"), f"{facts.rule} · {facts.zone}" if facts.rule else wording.text("None")),
            (wording.text("Next"), "\n".join(f"{terms.day(day)} {time}".strip() for day, time in facts.dates)),
        )
    )
    if facts.meetings:
        body.addWidget(_meetings(services, facts))
    return now


class _SeatRow(QWidget):
    """One seat with its term, and what may be done with it."""

    def __init__(self, now: NowCard, seat: SeatFacts, *, is_ended: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"body.seat.{seat.uid}")
        words = QVBoxLayout(self)
        words.setContentsMargins(0, 0, 0, 8)
        words.setSpacing(1)
        words.addWidget(Words(seat.role, strong=True, wrap=True, parent=self))
        ends = terms.day(seat.ends) if seat.ends is not None else wording.text("no end")
        term = wording.text("{first} to {last}", first=terms.day(seat.begins), last=ends)
        under = " · ".join(part for part in (seat.member, term) if part)
        words.addWidget(Words(under, tone="muted", scale="small", wrap=True, parent=self))
        badges = Badges(self)
        chair = (wording.text("Chair"), "accent") if seat.is_chair else ("", "")
        badges.say(chair, (capital(seat.stands), "fair"))
        words.addWidget(badges)
        badges.setVisible(bool(chair[0] or seat.stands))
        self.setAccessibleName(f"{seat.role}. {under}. {seat.stands}")
        if not is_ended:
            flow = Flow()
            flow.addWidget(self._button(now, "seat", wording.text("Next term"), seat))
            flow.addWidget(self._button(now, "end", wording.text("End"), seat))
            words.addLayout(flow)

    def _button(self, now: NowCard, deed: str, words: str, seat: SeatFacts) -> Button:
        name = f"body.seat.{deed}.{seat.uid}"
        made = Button(words, name=name, look="quiet", run=partial(now.begin, deed, seat), parent=self)
        made.setAccessibleName(f"{words}: {seat.role}")
        return made


def _meetings(services: Services, facts: BodyFacts) -> Card:
    card = Card(wording.text("Meetings"), look="inset")
    for one in facts.meetings[:_MEETINGS]:
        day = terms.day(one.held_on or one.planned_on)
        decided = wording.plural("{n} decision", "{n} decisions", len(one.decided))
        card.body.addWidget(
            LinkRow(
                day,
                f"{one.number} · {decided}",
                name=f"body.meeting.{one.uid}",
                icon="users",
                badge=(meeting_state(one.state), meeting_tone(one.state)),
                go=services.go,
                to=("calendar", f"meetings:{one.uid}"),
                parent=card,
            )
        )
    return card


def _own_place(facts: BodyFacts) -> Choices:
    return ((facts.body.place, facts.place),) if facts.body.place is not None else ()
