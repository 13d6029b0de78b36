"""One meeting: how it stands, what may be done, and its agenda with what was decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.governance import Meeting, MeetingState
from gemba.errors import GembaError, Refusal
from gemba.reports.facts import Rendered
from gemba.ui import terms
from gemba.ui.alignment.form import Form
from gemba.ui.calendar.entry_rows import AgendaCard
from gemba.ui.calendar.meeting_forms import add_form, correct_form, move_form, off_form
from gemba.ui.calendar.minutes_form import MinutesForm
from gemba.ui.calendar.shapes import capital, meeting_tone
from gemba.ui.pages.detail import Detail
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import meetings
from gemba.work.meeting_facts import MeetingFacts, meeting_facts
from gemba.work.meeting_sheet import meeting_pdf

_DEEDS = {
    MeetingState.PLANNED: ("hold", "build", "add", "move", "off", "print"),
    MeetingState.HELD: ("print", "correct"),
    MeetingState.CANCELLED: ("print",),
}
_ICONS = {
    "hold": "check",
    "build": "refresh-cw",
    "add": "plus",
    "move": "calendar-clock",
    "off": "x",
    "print": "printer",
    "correct": "pencil",
}

_FORMS: dict[str, Callable[[Services, MeetingFacts, QWidget], Form]] = {
    "hold": MinutesForm,
    "add": add_form,
    "move": move_form,
    "off": off_form,
    "correct": correct_form,
}


class NowCard(Card):
    """How a meeting stands, and what may be done: the form of a deed opens in it.

    Args:
        services: of the window.
        facts: of the meeting.
        detail: in which it stands.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: MeetingFacts, detail: Detail, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("How it stands"), look="inset", parent=parent)
        self._services, self.facts, self._detail = services, facts, detail
        self.form: Form | None = None
        self._deed = ""
        for words, tone in _standing(facts):
            self.body.addWidget(Words(words, tone=tone, strong=tone != "muted", wrap=True, parent=self))
        self.problem = Words("", tone="poor", wrap=True, parent=self)
        self.problem.setObjectName("meeting.problem")
        self.problem.hide()
        self.body.addWidget(self.problem)
        titles = {
            "hold": wording.text("Write the minutes"),
            "build": wording.text("Build the agenda again"),
            "add": wording.text("Add an entry"),
            "move": wording.text("Move"),
            "off": wording.text("Call off"),
            "print": wording.text("&Print as PDF …"),
            "correct": wording.text("Correct the minutes"),
        }
        flow = Flow()
        for at, deed in enumerate(_DEEDS[facts.meeting.state]):
            run = partial(self.begin, deed)
            look = "quiet" if at else ""
            name = f"meeting.do.{deed}"
            flow.addWidget(Button(titles[deed], name=name, icon=_ICONS[deed], look=look, run=run, parent=self))
        self.body.addLayout(flow)

    def begin(self, deed: str) -> None:
        """Do it at once, or open its form in place of another one."""
        uid = self.facts.meeting.uid
        if deed == "build":
            self._services.jobs.write(_build, uid, done=self._built, failed=self._refused)
            return
        if deed == "print":
            self.print_it()
            return
        self.leave()
        self.form, self._deed = _FORMS[deed](self._services, self.facts, self), deed
        self.form.left.connect(self.leave)
        if deed == "correct":
            self.form.kept.connect(self._to_next)
        self.body.addWidget(self.form)
        begin: Any = self.form
        begin.begin()
        seen = self.form.title if deed == "hold" else self.form  # minutes are longer than the room
        QTimer.singleShot(0, self.form, partial(self._detail.bring_into_view, seen))

    def go_on_from(self, before: NowCard) -> None:
        """Go on with minutes that were being written when something else changed."""
        old = before.form
        same = before.facts.meeting.uid == self.facts.meeting.uid
        if not isinstance(old, MinutesForm) or not same or self.facts.meeting.state is not MeetingState.PLANNED:
            return
        typed = old.typed()
        self.begin("hold")
        if isinstance(self.form, MinutesForm):
            self.form.put(typed)

    @Slot()
    def leave(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot()
    def print_it(self) -> None:
        """Ask where the PDF goes, and write it."""
        proposed = str(Path.home() / f"{self.facts.meeting.number}.pdf")
        title = wording.text("Minutes") if self.facts.meeting.state is MeetingState.HELD else wording.text("Agenda")
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, wording.text("PDF (*.pdf)"))
        if name:
            self.write(Path(name))

    def write(self, out: Path, *, are_no_names: bool = False) -> None:
        """Write the agenda or the minutes."""
        asked = (self.facts, out, are_no_names)
        self._services.jobs.errand(
            _write, self._services.desk, asked, done=self._written, failed=self._refused, label="meeting"
        )

    def _built(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The agenda has what waits now."))

    def _written(self, done: tuple[Path, Rendered]) -> None:
        file, rendered = done
        self.problem.hide()
        self._services.messages.info(
            wording.plural("Wrote {file} ({n} page).", "Wrote {file} ({n} pages).", rendered.pages, file=file.name)
        )

    def _refused(self, error: GembaError) -> None:
        if not isinstance(error, Refusal):
            self._services.messages.trouble(error)
            return
        self.problem.setText(wording.sentence(error))
        self.problem.show()

    @Slot(str)
    def _to_next(self, uid: str) -> None:
        self._services.go("calendar", f"meetings:{uid}")


def read_meeting(desk: Any, uid: str) -> MeetingFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        return meeting_facts(reader, desk, uid) if reader.get(Meeting, uid) is not None else None


def draw_meeting(services: Services, detail: Detail, facts: MeetingFacts) -> NowCard:
    """Put a meeting into the detail; gives the card in which it goes on."""
    one, body = facts.meeting, detail.body
    body.addWidget(Words(" · ".join(part for part in (one.number, facts.place) if part), tone="muted", scale="small"))
    body.addWidget(Words(facts.body.title, scale="heading", wrap=True))
    badges = Badges()
    when = terms.day(one.held_on or one.planned_on)
    state = "waits" if one.state is MeetingState.PLANNED and one.planned_on < facts.today else one.state.value
    badges.say((capital(facts.state), meeting_tone(state)), (f"{when} {facts.time}".strip(), "plain"))
    body.addWidget(badges)
    now = NowCard(services, facts, detail)
    body.addWidget(now)
    body.addWidget(AgendaCard(services, facts))
    if one.minutes:
        card = Card(wording.text("Minutes"), look="inset")
        card.body.addWidget(Words(one.minutes, wrap=True, parent=card))
        body.addWidget(card)
    if one.state is MeetingState.HELD:
        away = ", ".join(seat.role for seat in facts.seats if not seat.was_present)
        there = ", ".join(seat.role for seat in facts.seats if seat.was_present)
        body.addWidget(
            Facts(
                (wording.text("Present"), there),
                (wording.text("Absent"), away),
                (wording.text("Guests"), ", ".join(facts.guests)),
            )
        )
    to = ("calendar", f"bodies:{facts.body.uid}")
    purpose = facts.body.purpose
    body.addWidget(LinkRow(facts.body.title, purpose, name="meeting.body", icon="users", go=services.go, to=to))
    return now


def _standing(facts: MeetingFacts) -> list[tuple[str, str]]:
    one = facts.meeting
    lines = []
    if one.state is MeetingState.CANCELLED:
        lines.append((wording.text("Called off: {reason}", reason=one.reason), "poor"))
    elif one.reason:
        lines.append((wording.text("Moved: {reason}", reason=one.reason), "fair"))
    if one.state is MeetingState.HELD:
        lines.append((capital(facts.quorum), "" if facts.has_quorum else "poor"))
        waits = len(facts.entries) - facts.decided
        said = wording.plural("{n} entry is decided", "{n} entries are decided", facts.decided)
        rolls = wording.plural("{n} rolls over.", "{n} roll over.", waits)
        lines.append((f"{said}, {rolls}" if waits else f"{said}.", "muted"))
    elif one.state is MeetingState.PLANNED:
        lines.append((capital(facts.quorum), "muted"))
        if one.planned_on < facts.today:
            lines.append((wording.text("Its day has passed: write its minutes, or call it off."), "poor"))
        if facts.left_out:
            lines.append((wording.text("Not on it: {what}.", what=facts.left_out), "muted"))
    return lines


def _build(desk: Any, uid: str) -> Change:
    return meetings.build(desk, uid)[0]


def _write(desk: Any, asked: tuple[MeetingFacts, Path, bool]) -> tuple[Path, Rendered]:
    facts, out, are_no_names = asked
    return out, meeting_pdf(desk, facts, out, are_no_names=are_no_names)
