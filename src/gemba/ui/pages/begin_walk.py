"""Where and by when: what a walk needs before it begins."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.ui.pages.alerts_offered import AlertsOffered
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.fields import Choice, DayField, Field
from gemba.ui.services import Services
from gemba.work.conduct import start
from gemba.work.go_and_see import carry
from gemba.work.places import add_place


class BeginWalk(Card):
    """The entry below a checklist.

    Args:
        services: of the window.
        template: uid of the checklist.
        parent: the owner.
    """

    def __init__(self, services: Services, template: str, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Start a walk with it"), look="inset", parent=parent)
        self._services, self._template = services, template
        names = PlaceNames(services.desk)
        names.read()
        choices = names.choices()
        self.place = Choice(choices, name="begin.place", search=len(choices) > 12, parent=self)
        self.new_place = QLineEdit(self)
        self.new_place.setObjectName("begin.new_place")
        self._place_field = Field(
            wording.text("&Where are you?"), self.place if choices else self.new_place, parent=self
        )
        self.new_place.setVisible(not choices)
        self.place.setVisible(bool(choices))
        self.due = DayField(name="begin.due", parent=self)
        self.title = QLineEdit(self)
        self.title.setObjectName("begin.title")
        self.alerts = AlertsOffered(services, self)
        self.place.currentIndexChanged.connect(self._place_chosen)
        self.body.addWidget(self._place_field)
        self.body.addWidget(Field(wording.text("&Due (if there is a day)"), self.due, parent=self))
        self.body.addWidget(Field(wording.text("&Title (if not the checklist's own)"), self.title, parent=self))
        self.body.addWidget(self.alerts)
        go = Button(wording.text("Start"), name="begin.start", icon="play", run=self.begin, parent=self)
        self.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        self._place_chosen()

    @Slot()
    def _place_chosen(self) -> None:
        """What waits there is offered."""
        self.alerts.look_at("" if self.place.isHidden() else self.place.value)

    def take_focus(self) -> None:
        """The keyboard goes on at the place: it is what one is asked for."""
        asked = self.place if self.new_place.isHidden() else self.new_place
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def begin(self) -> None:
        """Begin, and open the walk; without a place, ask for it."""
        if not self.new_place.isHidden():
            self._begin_at_new_place()
        elif not self.place.value:
            self._place_field.say_problem(wording.text("Choose a place from the list."))
            self.place.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._start_at(self.place.value)

    def _begin_at_new_place(self) -> None:
        name = self.new_place.text().strip()
        if not name:
            self._place_field.say_problem(wording.text("Say where you are: a site, a branch, an area."))
            self.new_place.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._services.jobs.write(add_place, name, done=self._place_added)

    def _place_added(self, change: Change) -> None:
        self._start_at(change.uid)

    def _start_at(self, place: str) -> None:
        self._place_field.say_problem("")
        begun = partial(start, title=self.title.text().strip(), due=self.due.day)
        self._services.jobs.write(begun, self._template, place, done=self._begun)

    def _begun(self, change: Change) -> None:
        if self.alerts.chosen:
            self._services.jobs.write(carry, change.uid, self.alerts.chosen, done=self._ready)
        else:
            self._ready(change)

    def _ready(self, change: Change) -> None:
        self._services.go("conduct", change.uid)
