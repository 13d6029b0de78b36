"""Settings: who left, what still waits for them, and who has it from now on."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.people import Person
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.waiting_card import WaitingCard
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.left_behind import Waits, give_on, left_behind, noun_title, waits_words
from gemba.work.people import leave

TOPICS = frozenset({"person", "action", "commitment", "escalation", "schedule", "route", "rotation", "audit"})
_SHOWN = 3


class LeftFacts(msgspec.Struct, frozen=True):
    """Everybody who is known, and what waits for those who left."""

    people: tuple[Person, ...]
    waiting: tuple[Waits, ...]


class LeftCard(Card):
    """Says who left, and hands on what waits for them.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Who left"), parent=parent)
        self._services = services
        self.who = Choice(name="settings.left.who", search=True, parent=self)
        self.day = DayField(name="settings.left.day", parent=self)
        self._field = Field(wording.text("Who is &no longer here"), self.who, parent=self)
        hint = wording.text("Nothing new is given to them from that day on; none means that they are here again.")
        self.say = Words("", tone="muted", wrap=True, parent=self)
        self.table = FigureTable(
            "settings.left.table",
            wording.text("What waits for those who left"),
            [wording.text(each) for each in ("Title", "What", "Due", "Waits for")],
            parent=self,
        )
        self.to = Choice(name="settings.left.to", search=True, parent=self)
        self._to_field = Field(wording.text("&Give what waits for them to"), self.to, parent=self)
        self._give = Button(wording.text("Give it on"), name="settings.left.give", icon="send", run=self.give)
        self.body.addWidget(self._field)
        self.body.addWidget(Field(wording.text("First day &without them"), self.day, hint=hint, parent=self))
        self._put(
            Button(wording.text("Keep the day"), name="settings.left.keep", icon="check", run=self.keep, once=True)
        )
        for widget in (self.say, self.table, self._to_field):
            self.body.addWidget(widget)
        self._put(self._give)
        self._facts = LeftFacts((), ())
        self.who.activated.connect(self._show)
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read who left and what waits."""
        self._services.jobs.ask(read_left, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: LeftFacts) -> None:
        """Show it; somebody for whom something waits comes first."""
        self._facts = facts
        chosen = self.who.value or (facts.waiting[0].person if facts.waiting else "")
        self.who.offer([("", wording.text("Nobody")), *((one.uid, one.name) for one in facts.people)])
        self.who.choose(chosen)
        here = [(one.uid, one.name) for one in facts.people if one.left_on is None]
        self.to.offer([("", wording.text("Nobody yet")), *here])
        self._show()

    @Slot()
    def keep(self) -> None:
        """Keep the day."""
        self._field.say_problem("")
        if self.who.value:
            self._services.jobs.write(leave, self.who.value, self.day.day, done=self._kept, failed=self._refused)

    @Slot()
    def give(self) -> None:
        """Give on what waits for the chosen one."""
        self._to_field.say_problem("")
        if self.who.value and self.to.value:
            self._services.jobs.write(give_on, self.who.value, self.to.value, done=self._given, failed=self._not_given)

    @Slot()
    def _show(self) -> None:
        person = next((one for one in self._facts.people if one.uid == self.who.value), None)
        self.day.put(person.left_on if person is not None else None)
        mine = [one for one in self._facts.waiting if not self.who.value or one.person == self.who.value]
        self.table.put(
            [(one.title, noun_title(one.noun), terms.day(one.due) if one.due else "", one.name) for one in mine]
        )
        self.table.setColumnHidden(3, bool(self.who.value))
        gone = person is not None and person.left_on is not None
        self.say.setText(waits_words(mine) if gone else "")
        self.say.setVisible(gone)
        self.table.setVisible(bool(mine))
        givable = gone and any(one.is_given for one in mine)
        self._to_field.setVisible(givable)
        self._give.setVisible(givable)

    def _put(self, button: Button) -> None:
        flow = Flow()
        flow.addWidget(button)
        self.body.addLayout(flow)

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(wording.text("It is kept."))

    def _refused(self, error: GembaError) -> None:
        self._field.say_problem(wording.sentence(error))

    def _given(self, _change: Change) -> None:
        self._services.messages.info(wording.text("It is given on."))
        self.read()

    def _not_given(self, error: GembaError) -> None:
        self._to_field.say_problem(wording.sentence(error))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self.read()


class LeftBehindCard(WaitingCard):
    """Today's card of what waits for somebody who left; hidden while nothing does.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(
            services,
            wording.text("Waits for somebody who left"),
            name="left",
            to=("settings", "left"),
            topics=TOPICS,
            read=read_left,
            parent=parent,
        )

    def show_facts(self, facts: LeftFacts) -> None:
        """Show the first of them."""
        rows = [self._row(one) for one in facts.waiting[:_SHOWN]]
        self.put(rows, len(facts.waiting) - len(rows))

    def _row(self, one: Waits) -> LinkRow:
        under = wording.text("{name} left on {day}", name=one.name, day=terms.day(one.left_on))
        return LinkRow(
            one.title,
            under,
            name=f"today.left.{one.uid}",
            icon="user-round-x",
            badge=(noun_title(one.noun), "fair"),
            go=self._services.go,
            to=("settings", "left"),
        )


def read_left(desk: Any) -> LeftFacts:
    """Who is known, and what waits for those who left; on a job's thread."""
    with desk.reader() as reader:
        people = sorted(reader.find(Person), key=lambda one: (one.name.casefold(), one.uid))
        return LeftFacts(tuple(people), tuple(left_behind(reader, reader.clock().date())))
