"""A programme at its head: how its audits stand, what it says, and its next step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.programmes import Programme, ProgrammeState
from gemba.errors import GembaError
from gemba.reports.facts import Rendered
from gemba.ui.audits.programme_facts import ProgrammeShown
from gemba.ui.lineage.behind import Behind, Part
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Field
from gemba.ui.parts.figures import Figures
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import programmes as work
from gemba.work.icalendar import Which, WrittenCalendar, write_calendar
from gemba.work.programme_sheet import programme_pdf

_TONES = {ProgrammeState.DRAFT: "accent", ProgrammeState.RUNNING: "note", ProgrammeState.CLOSED: "good"}


class ProgrammeCard(Card):
    """What the programme is and where it stands.

    Args:
        services: of the window.
        parent: the owner.
    """

    changing = Signal()
    """Its form is wanted."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self.programme: Programme | None = None
        self.badges = Badges(self)
        self.figures = Figures(
            "programme",
            ("planned", wording.text("still to come")),
            ("overdue", wording.text("of these overdue")),
            ("under_way", wording.text("under way")),
            ("held", wording.text("held")),
            ("held_late", wording.text("of these late")),
            ("cancelled", wording.text("called off")),
            parent=self,
        )
        self.told = Words("", tone="fair", wrap=True, parent=self)
        self._facts = QVBoxLayout()
        for widget in (self.badges, self.figures, self.told):
            self.body.addWidget(widget)
        self.body.addLayout(self._facts)
        self._put_buttons()
        self._put_learned()

    def show_programme(self, shown: ProgrammeShown) -> None:
        """Show a programme."""
        one = shown.programme
        self.programme = one
        if one is None:
            return
        self.badges.say((_state(one), _TONES[one.state]), (one.quarter, "plain"), (one.number, "plain"))
        for code in self.figures.figures:
            count = getattr(shown.stands, code)
            tone = "poor" if count and code in {"overdue", "held_late"} else ""
            title = f"{one.number}: {self.figures.word(code)}"
            behind = Behind(number=str(count), title=title, count=count, read=partial(_read_audits, one.uid, code))
            self.figures.say(code, str(count), tone, behind)
        self.told.setText(" ".join(shown.told))
        self.told.setVisible(bool(shown.told))
        clear(self._facts)
        self._facts.addWidget(Facts(*_lines(one, shown), parent=self))
        self.buttons["change"].setVisible(one.state is not ProgrammeState.CLOSED)
        self.buttons["run"].setVisible(one.state is ProgrammeState.DRAFT)
        self.buttons["close"].setVisible(one.state is ProgrammeState.RUNNING)
        if one.state is ProgrammeState.CLOSED:
            self.closing.hide()

    @Slot()
    def run(self) -> None:
        """Begin to carry it out."""
        if self.programme is not None:
            self._services.jobs.write(work.run, self.programme.uid, done=self._said)

    @Slot()
    def begin_close(self) -> None:
        """Ask what was learned."""
        self.field.say_problem("")
        self.closing.show()
        self.learned.setFocus()

    @Slot()
    def close_it(self) -> None:
        """Close it with what was learned."""
        if self.programme is not None:
            learned = self.learned.toPlainText()
            self._services.jobs.write(work.close, self.programme.uid, learned, done=self._said, failed=self._refused)

    @Slot()
    def ask_calendar(self) -> None:
        """Ask where the calendar goes."""
        if self.programme is not None:
            title, kind = wording.text("Calendar"), wording.text("Calendar (*.ics)")
            proposed = str(Path.home() / f"audits-{self.programme.quarter}.ics")
            name, _ = QFileDialog.getSaveFileName(self, title, proposed, kind)
            if name:
                self.write_calendar(Path(name))

    def write_calendar(self, out: Path) -> None:
        """Write the programme and its audits as a calendar."""
        if self.programme is not None:
            which = Which(programme=self.programme.uid)
            self._services.jobs.errand(write_calendar, self._services.desk, out, which, done=self._calendar_written)

    @Slot()
    def ask_pdf(self) -> None:
        """Ask where the document goes."""
        if self.programme is not None:
            title, kind = wording.text("Programme"), wording.text("PDF (*.pdf)")
            proposed = str(Path.home() / f"{self.programme.number}.pdf")
            name, _ = QFileDialog.getSaveFileName(self, title, proposed, kind)
            if name:
                self.write_pdf(Path(name))

    def write_pdf(self, out: Path) -> None:
        """Write the programme as a document."""
        if self.programme is not None:
            uid = self.programme.uid
            self._services.jobs.errand(_pdf, self._services.desk, uid, out, done=self._pdf_written)

    def _put_buttons(self) -> None:
        self.buttons: dict[str, Button] = {}
        flow = Flow()
        for code, words, icon, run in (
            ("run", wording.text("Carry it out"), "play", self.run),
            ("change", wording.text("Change"), "pencil", self.changing.emit),
            ("close", wording.text("Close it"), "circle-check", self.begin_close),
            ("ical", wording.text("Calendar file …"), "calendar", self.ask_calendar),
            ("pdf", wording.text("PDF …"), "file-text", self.ask_pdf),
        ):
            look = "quiet" if code in {"ical", "pdf"} else ""
            self.buttons[code] = Button(words, name=f"programme.{code}", icon=icon, look=look, run=run, parent=self)
            flow.addWidget(self.buttons[code])
        self.body.addLayout(flow)

    def _put_learned(self) -> None:
        self.learned = QPlainTextEdit(self)
        self.learned.setObjectName("programme.learned")
        self.learned.setTabChangesFocus(True)
        self.learned.setFixedHeight(76)
        self.closing = QWidget(self)
        rows = QVBoxLayout(self.closing)
        rows.setContentsMargins(0, 0, 0, 0)
        hint = wording.text("What to do otherwise next quarter. From then on the programme takes no more audits.")
        self.field = Field(wording.text("What was &learned?"), self.learned, hint=hint, parent=self.closing)
        rows.addWidget(self.field)
        flow = Flow()
        for button in (
            Button(wording.text("Close the programme"), name="programme.close.keep", icon="check", run=self.close_it),
            Button(wording.text("Leave it"), name="programme.close.leave", look="quiet", run=self.closing.hide),
        ):
            flow.addWidget(button)
        rows.addLayout(flow)
        self.closing.hide()
        self.body.addWidget(self.closing)

    def _said(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The programme is kept."))

    def _refused(self, error: GembaError) -> None:
        self.field.say_problem(wording.sentence(error))

    def _calendar_written(self, made: WrittenCalendar) -> None:
        words = wording.plural(
            "Wrote {n} event to {file}.", "Wrote {n} events to {file}.", made.events, file=made.file.name
        )
        self._services.messages.info(words)

    def _pdf_written(self, done: tuple[Path, Rendered]) -> None:
        self._services.messages.info(wording.text("Wrote {file}.", file=done[0].name))


def _state(one: Programme) -> str:
    words = work.programme_state_title(one.state)
    return words[:1].upper() + words[1:]


def _lines(one: Programme, shown: ProgrammeShown) -> list[tuple[str, str]]:
    return [
        (wording.text("Place"), shown.place or wording.text("All places")),
        (wording.text("Moved"), str(shown.stands.moved) if shown.stands.moved else ""),
        (wording.text("Goals"), ", ".join(one.goals) or wording.text("all in force")),
        (wording.text("Objective"), one.objective),
        (wording.text("Risks"), one.risks),
        (wording.text("Resources"), one.resources),
        (wording.text("Learned"), one.learned),
    ]


def _pdf(desk: Any, uid: str, out: Path) -> tuple[Path, Rendered]:
    return out, programme_pdf(desk, uid, out)


def _read_audits(programme: str, code: str, desk: Any) -> Sequence[Part]:
    """The audits of a programme that stand so."""
    with desk.reader() as reader:
        found = work.standing_audits(reader, programme)[code]
        return [Part(wording.text("Audits"), tuple(("audit", uid) for uid in found))]
