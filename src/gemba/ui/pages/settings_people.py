"""Settings: who is known here by name, also those who have no laptop yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.people import Person, Role
from gemba.errors import GembaError
from gemba.ui.pages.settings_person import roles_offered
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.known_people import add_person, link_person, people_known


class PeopleCard(Card):
    """Everybody by name, the entry of somebody new, and who of two entries is one person.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("People who are known here"), parent=parent)
        self._services = services
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.name = QLineEdit()
        self.name.setObjectName("settings.people.name")
        self.role = Choice(roles_offered(Role.AUDITOR), name="settings.people.role")
        self.entry, self.real = Choice(name="settings.people.entry"), Choice(name="settings.people.real")
        self.name_field = Field(
            wording.text("N&ew person"),
            self.name,
            hint=wording.text("Audits, walks and seats can be given to them before they have a laptop."),
        )
        self.entry_field = Field(
            wording.text("Was entered b&y name"),
            self.entry,
            hint=wording.text("Somebody who came with a laptop of their own stands here twice: say so, once."),
        )
        self.body.addLayout(self._rows)
        self.body.addWidget(self.name_field)
        self.body.addWidget(Field(wording.text("Their ro&le"), self.role))
        on_enter(self._button(wording.text("Add this person"), "settings.people.add", "plus", self.add), self.name)
        self.linking = QWidget(self)
        rows = QVBoxLayout(self.linking)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.entry_field)
        rows.addWidget(Field(wording.text("&Is the same person as"), self.real))
        self.body.addWidget(self.linking)
        words = wording.text("They are one person")
        self.same = self._button(words, "settings.people.same", "users", self.link)
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read who is known, beside the window."""
        self._services.jobs.ask(_read, self._services.desk, done=self.show_people)

    def show_people(self, people: Sequence[Person]) -> None:
        """Show everybody, and offer who may be one with whom."""
        clear(self._rows)
        titles = dict(roles_offered(Role.HEADQUARTERS))
        for one in people:
            line = QWidget(self)
            flow = Flow(line)
            flow.addWidget(Words(one.name, parent=line))
            flow.addWidget(Badge(titles[one.role], parent=line))
            if one.left_on is not None:
                flow.addWidget(Badge(wording.text("Left"), parent=line))
            self._rows.addWidget(line)
        me = self._services.desk.person.uid
        offered = [(one.uid, f"{one.name} · {one.uid[-4:]}") for one in people]
        self.entry.offer([pair for pair in offered if pair[0] != me])
        self.real.offer(offered)
        self.real.choose(me)
        for part in (self.linking, self.same):
            part.setVisible(len(people) > 1)

    @Slot()
    def add(self) -> None:
        """Enter somebody."""
        self.name_field.say_problem("")
        entered = partial(add_person, name=self.name.text(), role=Role(self.role.value))
        self._services.jobs.write(entered, done=self._added, failed=partial(self._refused, self.name_field))

    @Slot()
    def link(self) -> None:
        """Say that two entries are one person."""
        self.entry_field.say_problem("")
        self._services.jobs.write(
            link_person,
            self.entry.value,
            self.real.value,
            done=self._linked,
            failed=partial(self._refused, self.entry_field),
        )

    def _button(self, words: str, name: str, icon: str, run: Any) -> Button:
        flow = Flow()
        made = Button(words, name=name, icon=icon, look="quiet", run=run, once=True)
        flow.addWidget(made)
        self.body.addLayout(flow)
        return made

    def _added(self, _change: Change) -> None:
        self.name.clear()
        self.name.setFocus()

    def _linked(self, _change: Change) -> None:
        words = wording.text("They are one person; what is still to come was given over.")
        self._services.messages.info(words)

    def _refused(self, field: Field, error: GembaError) -> None:
        field.say_problem(wording.sentence(error))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "person" in change.topics:
            self.read()


def _read(desk: Any) -> list[Person]:
    """Everybody who has a name here, on a job's thread."""
    with desk.reader() as reader:
        return people_known(reader)
