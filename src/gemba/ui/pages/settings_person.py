"""Settings: who works at this laptop."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.people import Person, Role
from gemba.errors import GembaError
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.people import describe_person, person_now


class PersonCard(Card):
    """Name and role, to be read and changed.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Who you are"), parent=parent)
        self._services = services
        self.name = QLineEdit()
        self.name.setObjectName("settings.person.name")
        self.role = Choice(name="settings.person.role")
        self.name_field = Field(
            wording.text("Your na&me"),
            self.name,
            hint=wording.text("It stands in every report, and beside everything that you record."),
        )
        self.body.addWidget(self.name_field)
        self.body.addWidget(Field(wording.text("Your &role"), self.role))
        flow = Flow()
        keep = Button(wording.text("Save"), name="settings.person.keep", icon="check", run=self.keep, once=True)
        on_enter(keep, self.name)
        flow.addWidget(keep)
        self.body.addLayout(flow)
        self.said = Words("", tone="good", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        self.name.textEdited.connect(self.said.hide)
        self.role.activated.connect(self.said.hide)

    def read(self) -> None:
        """Read who it is now, beside the window."""
        self._services.jobs.ask(person_now, self._services.desk, done=self.show_person)

    def show_person(self, person: Person) -> None:
        """Show the name and role that are kept."""
        self.name.setText(person.name)
        self.role.offer(roles_offered(person.role))
        self.role.choose(person.role)

    @Slot()
    def keep(self) -> None:
        """Keep name and role as they stand here."""
        self.name_field.say_problem("")
        described = partial(describe_person, name=self.name.text(), role=Role(self.role.value))
        self._services.jobs.write(described, done=self._kept, failed=self._refused)

    def _kept(self, _change: Change) -> None:
        self.read()
        self.said.setText(wording.text("Saved. Reports that were issued before stay as they are."))
        self.said.show()

    def _refused(self, error: GembaError) -> None:
        self.said.hide()
        self.name_field.say_problem(wording.sentence(error))


def roles_offered(now: Role) -> list[tuple[str, str]]:
    """What a person may be here for; headquarters only where that is what this is."""
    titles = {
        Role.AUDITOR: wording.text("Auditor"),
        Role.LEADER: wording.text("Leader"),
        Role.STEWARD: wording.text("Steward"),
        Role.PROCESS_OWNER: wording.text("Process owner"),
        Role.HEADQUARTERS: wording.text("Headquarters"),
    }
    return [(code, title) for code, title in titles.items() if code != Role.HEADQUARTERS or now == code]
