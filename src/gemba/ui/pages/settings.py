"""Settings: who and where, language and look, the store, and what this program is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import __version__, wording
from gemba.domain.change import Change
from gemba.domain.places import Level, Place
from gemba.errors import GembaError
from gemba.ui.languages import languages
from gemba.ui.pages.page import Page
from gemba.ui.pages.places import PlaceNames
from gemba.ui.parts.badges import Badge
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear, scrolled
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.ui.theme.tokens import ACCENTS, Mode
from gemba.work.places import add_place

_WIDEST = 760


class SettingsPage(Page):
    """One column of cards."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "settings", wording.text("Settings"), parent)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16)
        self.names = PlaceNames(services.desk)
        for card in (
            self._look_card(),
            self._places_card(),
            self._person_card(),
            self._store_card(),
            self._about_card(),
        ):
            card.setMaximumWidth(_WIDEST)
            rows.addWidget(card)
        rows.addStretch(1)
        self.rows.addWidget(scrolled(inner, name="settings.area"), 1)
        services.changed.made.connect(self._hear)

    def arrive(self) -> None:
        """Read the places."""
        self._show_places()

    def _look_card(self) -> Card:
        card = Card(wording.text("Language and look"))
        wishes = self.services.preferences.wishes
        self.language = Choice(languages(), name="settings.language")
        self.language.choose(wishes.language)
        self.mode = Choice(_modes(), name="settings.mode")
        self.mode.choose(wishes.mode)
        self.accent = Choice(_accents(), name="settings.accent")
        self.accent.choose(wishes.accent)
        card.body.addWidget(Field(wording.text("&Language"), self.language))
        card.body.addWidget(Field(wording.text("Light or &dark"), self.mode))
        card.body.addWidget(Field(wording.text("&Colour"), self.accent))
        for choice in (self.language, self.mode, self.accent):
            choice.activated.connect(self._wish)
        return card

    def _places_card(self) -> Card:
        card = Card(wording.text("Places of the organisation"))
        self._places = QVBoxLayout()
        self._places.setSpacing(4)
        card.body.addLayout(self._places)
        self.place = QLineEdit()
        self.place.setObjectName("settings.place.name")
        self.level = Choice(_levels(), name="settings.place.level")
        self.level.choose(Level.SITE)
        self.above = Choice(name="settings.place.above")
        self._place_field = Field(wording.text("&New place"), self.place)
        card.body.addWidget(self._place_field)
        card.body.addWidget(Field(wording.text("&Kind of place"), self.level))
        card.body.addWidget(Field(wording.text("&Belongs to"), self.above))
        flow = Flow()
        flow.addWidget(
            Button(wording.text("Add this place"), name="settings.place.add", icon="plus", run=self.add_place)
        )
        card.body.addLayout(flow)
        self.place.returnPressed.connect(self.add_place)
        return card

    def _person_card(self) -> Card:
        card = Card(wording.text("Who you are"))
        person = self.services.desk.person
        card.body.addWidget(Facts((wording.text("Name"), person.name), (wording.text("Role"), _role(person.role))))
        return card

    def _store_card(self) -> Card:
        card = Card(wording.text("Where your work is kept"))
        store = self.services.desk.store
        card.body.addWidget(
            Facts(
                (wording.text("Folder"), str(store.folder)),
                (wording.text("This laptop"), f"{store.device.name} ({store.device.code})"),
            )
        )
        card.body.addWidget(
            Words(
                wording.text("Everything in it is encrypted. Never put it into a network or cloud folder."),
                tone="muted",
                wrap=True,
            )
        )
        flow = Flow()
        flow.addWidget(
            Button(
                wording.text("Show the folder"), name="settings.store.show", icon="folder-open", run=self.show_folder
            )
        )
        card.body.addLayout(flow)
        return card

    def _about_card(self) -> Card:
        card = Card(wording.text("About Gemba"))
        card.body.addWidget(
            Facts(
                (wording.text("Version"), __version__),
                (wording.text("Licence"), wording.text("MIT; icons: Lucide (ISC); fonts: Noto (OFL)")),
            )
        )
        return card

    @Slot()
    def add_place(self) -> None:
        """Add a place to the organisation."""
        self._place_field.say_problem("")
        self.services.jobs.write(
            _add,
            self.place.text(),
            Level(self.level.value),
            self.above.value or None,
            done=self._added,
            failed=self._refused,
        )

    @Slot()
    def show_folder(self) -> None:
        """Open the store's folder."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.services.desk.store.folder)))

    @Slot()
    def _wish(self) -> None:
        before = self.services.preferences.wishes.language
        self.services.preferences.keep(language=self.language.value, mode=self.mode.value, accent=self.accent.value)
        self.services.dress_anew(language=before != self.language.value)

    def _added(self, _change: Change) -> None:
        self.place.clear()
        self.place.setFocus()

    def _refused(self, error: GembaError) -> None:
        self._place_field.say_problem(wording.sentence(error))

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if "place" in change.topics:
            self._show_places()

    def _show_places(self) -> None:
        self.names.read()
        clear(self._places)
        tree = self.names.tree()
        for depth, place in tree:
            self._places.addWidget(_PlaceRow(depth, place))
        if not tree:
            self._places.addWidget(
                Words(
                    wording.text("No place yet: add the enterprise first, or just the site where you are."),
                    tone="muted",
                    wrap=True,
                )
            )
        self.above.offer([("", wording.text("Nothing above it")), *self.names.choices()])


class _PlaceRow(QWidget):
    """A place, set in by its depth."""

    def __init__(self, depth: int, place: Place) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(depth * 24, 2, 0, 2)
        across.setSpacing(10)
        across.addWidget(Words(place.name, strong=depth == 0, parent=self))
        across.addWidget(Badge(dict(_levels())[place.level], parent=self))
        across.addStretch(1)


def _add(desk: Any, name: str, level: Level, parent: str | None) -> Change:
    return add_place(desk, name, level=level, parent=parent)


def _modes() -> list[tuple[str, str]]:
    return [
        (Mode.SYSTEM, wording.text("As the system")),
        (Mode.LIGHT, wording.text("Light")),
        (Mode.DARK, wording.text("Dark")),
    ]


def _accents() -> list[tuple[str, str]]:
    names = {
        "petrol": wording.text("Petrol"),
        "indigo": wording.text("Indigo"),
        "plum": wording.text("Plum"),
        "rust": wording.text("Rust"),
        "slate": wording.text("Slate"),
    }
    return [(code, names[code]) for code in ACCENTS]


def _levels() -> list[tuple[str, str]]:
    return [
        (Level.ENTERPRISE, wording.text("Enterprise")),
        (Level.REGION, wording.text("Region")),
        (Level.SITE, wording.text("Site")),
        (Level.AREA, wording.text("Area")),
    ]


def _role(code: str) -> str:
    titles = {
        "auditor": wording.text("Auditor"),
        "leader": wording.text("Leader"),
        "steward": wording.text("Steward"),
        "process_owner": wording.text("Process owner"),
        "headquarters": wording.text("Headquarters"),
    }
    return titles.get(code, code)
