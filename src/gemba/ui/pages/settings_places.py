"""Settings: the places of the organisation."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.places import Level, Place
from gemba.errors import GembaError
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.entering import on_enter
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.place_merging import merge_place, part_place
from gemba.work.places import add_place


class PlacesCard(Card):
    """The tree of places, and the entry of a new one.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Places of the organisation"), parent=parent)
        self._services = services
        self.names = PlaceNames(services.desk)
        self._tree = QVBoxLayout()
        self._tree.setSpacing(4)
        self.name = QLineEdit()
        self.name.setObjectName("settings.place.name")
        self.level = Choice(_levels(), name="settings.place.level")
        self.level.choose(Level.SITE)
        self.above = Choice(name="settings.place.above")
        self.name_field = Field(wording.text("&New place"), self.name)
        self.body.addLayout(self._tree)
        self.body.addWidget(self.name_field)
        self.body.addWidget(Field(wording.text("&Kind of place"), self.level))
        self.body.addWidget(Field(wording.text("&Belongs to"), self.above))
        flow = Flow()
        add = Button(wording.text("Add this place"), name="settings.place.add", icon="plus", run=self.add, once=True)
        on_enter(add, self.name)
        flow.addWidget(add)
        self.body.addLayout(flow)
        self.old = Choice(name="settings.place.old", search=True)
        self.into = Choice(name="settings.place.into", search=True)
        self.old_field = Field(wording.text("A place that &goes on in another"), self.old)
        self.body.addWidget(self.old_field)
        hint = wording.text("New work is done there; what was recorded keeps its name, and the lists of both are one.")
        self.body.addWidget(Field(wording.text("In &which"), self.into, hint=hint))
        turn = Flow()
        let = wording.text("Let it go on there")
        turn.addWidget(Button(let, name="settings.place.merge", icon="merge", run=self.merge))
        self.body.addLayout(turn)
        services.changed.made.connect(self._hear)

    def read(self) -> None:
        """Read the places and show their tree."""
        self.names.read()
        clear(self._tree)
        tree = self.names.tree()
        for depth, place in tree:
            into = self.names.name(place.merged_into) if place.merged_into is not None else ""
            self._tree.addWidget(_PlaceRow(depth, place, into))
        if not tree:
            said = wording.text("No place yet: add the enterprise first, or just the site where you are.")
            self._tree.addWidget(Words(said, tone="muted", wrap=True))
        self.above.offer([("", wording.text("Nothing above it")), *self.names.choices()])
        for choice in (self.old, self.into):
            choice.offer([("", wording.text("No place")), *self.names.choices()])

    @Slot()
    def add(self) -> None:
        """Add a place to the organisation."""
        self.name_field.say_problem("")
        name, level, above = self.name.text(), Level(self.level.value), self.above.value or None
        self._services.jobs.write(_add, name, level, above, done=self._added, failed=self._refused)

    @Slot()
    def merge(self) -> None:
        """Let a place go on in another."""
        self.old_field.say_problem("")
        old, into = self.old.value, self.into.value
        if old and into:
            self._services.jobs.write(merge_place, old, into, done=self._merged, failed=self._not_merged)

    def _merged(self, change: Change) -> None:
        said = wording.text("It goes on there.")
        self._services.messages.info(said, partial(self._services.jobs.write, part_place, change.uid))

    def _not_merged(self, error: GembaError) -> None:
        self.old_field.say_problem(wording.sentence(error))

    def _added(self, _change: Change) -> None:
        self.name.clear()
        self.name.setFocus()

    def _refused(self, error: GembaError) -> None:
        self.name_field.say_problem(wording.sentence(error))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "place" in change.topics:
            self.read()


_IN = 24
"""Pixels by which a place is set in below what it belongs to."""


class _PlaceRow(QWidget):
    """A place, set in by its depth."""

    def __init__(self, depth: int, place: Place, into: str) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = depth * _IN
        across.setContentsMargins(0 if mirrored else room, 2, room if mirrored else 0, 2)
        across.setSpacing(10)
        across.addWidget(Words(place.name, strong=depth == 0, parent=self))
        across.addWidget(Badge(dict(_levels())[place.level], parent=self))
        if into:
            across.addWidget(Badge(wording.text("goes on in {place}", place=into), "fair", parent=self))
        across.addStretch(1)


def _add(desk: Any, name: str, level: Level, parent: str | None) -> Change:
    return add_place(desk, name, level=level, parent=parent)


def _levels() -> list[tuple[str, str]]:
    return [
        (Level.ENTERPRISE, wording.text("Enterprise")),
        (Level.REGION, wording.text("Region")),
        (Level.SITE, wording.text("Site")),
        (Level.AREA, wording.text("Area")),
    ]
