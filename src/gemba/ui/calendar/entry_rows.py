"""The agenda of a meeting: its entries in order, moved by hand before it, with their decisions after it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.governance import MeetingState
from gemba.ui.calendar.meeting_forms import carry_form
from gemba.ui.calendar.ways import way_to
from gemba.ui.parts.badges import Badges
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.rotations.ask_form import AskForm
from gemba.ui.services import Services
from gemba.work import meetings
from gemba.work.agenda_entries import EntryFacts, carried_words
from gemba.work.meeting_facts import MeetingFacts, carries


class AgendaCard(Card):
    """The entries of a meeting.

    Args:
        services: of the window.
        facts: of the meeting.
        parent: the owner.
    """

    def __init__(self, services: Services, facts: MeetingFacts, parent: QWidget | None = None) -> None:
        held = facts.meeting.state is MeetingState.HELD
        super().__init__(wording.text("Decisions") if held else wording.text("Agenda"), look="inset", parent=parent)
        self._services, self._facts = services, facts
        for entry in facts.entries:
            self.body.addWidget(_EntryRow(services, facts, entry, self))
        if not facts.entries:
            nothing = wording.text("Nothing waits for this body; add an entry in own words.")
            self.body.addWidget(Words(nothing, tone="muted", wrap=True, parent=self))

    def shift(self, position: int, step: int) -> None:
        """Move an entry up or down."""
        order = list(self._facts.meeting.agenda)
        at, to = position - 1, position - 1 + step
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            self._services.jobs.write(meetings.arrange, self._facts.meeting.uid, order)

    def take_off(self, entry: str) -> None:
        """Take an entry off the agenda; what still waits comes back when it is built again."""
        order = [each for each in self._facts.meeting.agenda if each != entry]
        self._services.jobs.write(meetings.arrange, self._facts.meeting.uid, order)


class _EntryRow(QWidget):
    """One entry: what, how it stands, what was decided, and what may be done with it."""

    def __init__(self, services: Services, facts: MeetingFacts, entry: EntryFacts, card: AgendaCard) -> None:
        super().__init__(card)
        self._services, self._facts, self._entry, self._card = services, facts, entry, card
        self.setObjectName(f"meeting.entry.{entry.position}")
        self.form: AskForm | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 8)
        self._rows.setSpacing(2)
        title = f"{entry.position}. {entry.title}"
        self._rows.addWidget(Words(title, strong=True, wrap=True, parent=self))
        under = " · ".join(part for part in (entry.number, entry.said) if part)
        self._rows.addWidget(Words(under, tone="muted", scale="small", wrap=True, parent=self))
        is_planned = facts.meeting.state is MeetingState.PLANNED
        self._rows.addWidget(self._badges(is_planned=is_planned))
        if entry.decision:
            decision = Words(entry.decision, wrap=True, parent=self)
            decision.setObjectName(f"meeting.decision.{entry.position}")
            self._rows.addWidget(decision)
        self._rows.addLayout(self._deeds())
        self.setAccessibleName(". ".join(part for part in (title, under, entry.decision) if part))

    def begin_carrying(self) -> None:
        """Open the form that hands the decision to its record."""
        if self.form is None:
            self.form = carry_form(self._services, self._facts, self._entry, self)
            self.form.left.connect(self._leave)
            self._rows.addWidget(self.form)
            self.form.begin()

    def _leave(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    def _badges(self, *, is_planned: bool) -> Badges:
        entry, badges = self._entry, Badges(self)
        times = entry.times + (0 if is_planned or entry.decision else 1)
        carried = ("" if entry.decision else carried_words(times), "poor" if times > 2 else "fair")
        decided = (wording.text("Decided") if entry.decision else "", "good")
        settled = ("" if entry.is_open or not entry.noun else wording.text("Settled"), "plain")
        shown = [each for each in (decided, carried, settled) if each[0]]
        badges.say(*((words[:1].upper() + words[1:], tone) for words, tone in shown))
        badges.setVisible(bool(shown))
        return badges

    def _movers(self) -> list[IconButton]:
        entry, card = self._entry, self._card
        last = len(self._facts.entries)
        asked = (
            ("up", "arrow-up", wording.text("Move up"), partial(card.shift, entry.position, -1), entry.position > 1),
            (
                "down",
                "arrow-down",
                wording.text("Move down"),
                partial(card.shift, entry.position, 1),
                entry.position < last,
            ),
            ("off", "x", wording.text("Take off the agenda"), partial(card.take_off, entry.entry), True),
        )
        made = []
        for code, icon, words, run, is_there in asked:
            name = f"meeting.entry.{code}.{entry.position}"
            button = IconButton(icon, f"{words}: {entry.title}", name=name, run=run, parent=self)
            button.setEnabled(is_there)
            made.append(button)
        return made

    def _deeds(self) -> Flow:
        entry, flow = self._entry, Flow()
        way = way_to(entry.noun, entry.uid) if entry.noun else ()
        if way:
            name = f"meeting.entry.open.{entry.position}"
            open_ = wording.text("Open")
            run = partial(self._services.go, *way)
            button = Button(open_, name=name, icon="external-link", look="quiet", run=run, parent=self)
            button.setAccessibleName(f"{open_}: {entry.title}")
            flow.addWidget(button)
        if self._facts.meeting.state is MeetingState.PLANNED:
            for mover in self._movers():
                flow.addWidget(mover)
        if carries(self._facts, entry):
            words = wording.text("Hand the decision to {number}", number=entry.number)
            name = f"meeting.entry.carry.{entry.position}"
            flow.addWidget(Button(words, name=name, icon="check", run=self.begin_carrying, parent=self))
        return flow
