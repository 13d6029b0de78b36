"""Settings: who and where, language and look, the store, and what this program is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gemba import __version__, wording
from gemba.ui.backup_facts import BackupFacts, look_into
from gemba.ui.languages import languages
from gemba.ui.pages.page import Page
from gemba.ui.pages.settings_backups import BackupsCard
from gemba.ui.pages.settings_give_key import GiveKeyCard
from gemba.ui.pages.settings_hand_over import HandOverCard
from gemba.ui.pages.settings_keys import KeysCard
from gemba.ui.pages.settings_left import LeftCard
from gemba.ui.pages.settings_passphrase import PassphraseCard
from gemba.ui.pages.settings_people import PeopleCard
from gemba.ui.pages.settings_person import PersonCard
from gemba.ui.pages.settings_places import PlacesCard
from gemba.ui.pages.settings_privacy import PrivacyCard
from gemba.ui.pages.settings_store import StoreCard
from gemba.ui.parts.cards import Card, column, scrolled
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.restore_card import RestoreCard
from gemba.ui.services import Services
from gemba.ui.theme.tokens import ACCENTS, Mode

_WIDEST = 760


class SettingsPage(Page):
    """One column of cards; or, while one is being considered, what a backup holds."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "settings", wording.text("Settings"), parent)
        self.places, self.person, self.store = PlacesCard(services), PersonCard(services), StoreCard(services)
        self.people = PeopleCard(services)
        self.backups, self.keys, self.privacy = BackupsCard(services), KeysCard(services), PrivacyCard(services)
        self.left, self.passphrase = LeftCard(services), PassphraseCard(services)
        self.hand_over, self.give_key = HandOverCard(services), GiveKeyCard(services)
        cards = (
            self._look_card(),
            self.person,
            self.people,
            self.left,
            self.places,
            self.store,
            self.passphrase,
            self.backups,
            self.keys,
            self.give_key,
            self.hand_over,
            self.privacy,
            self._about_card(),
        )
        self._stack = QStackedWidget()
        self._column = column(*cards, widest=_WIDEST)
        self._area = scrolled(self._column, name="settings.area")
        self._stack.addWidget(self._area)
        self.rows.addWidget(self._stack, 1)
        self.store.restore_wished.connect(self.choose_backup)
        self.backups.restore_wished.connect(self.consider)
        self.store.grown.connect(self._follow_store)

    def arrive(self) -> None:
        """Read the places and the person."""
        self.places.read()
        self.person.read()
        self.people.read()
        self.left.read()
        self.backups.read()
        self.keys.read()
        self.hand_over.read()
        self.privacy.read()

    def take_focus(self) -> None:
        """The keyboard begins at the top: the tables further down belong to single cards."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def choose_backup(self) -> None:
        """Ask for a backup file and look into it."""
        name, _ = QFileDialog.getOpenFileName(
            self, wording.text("Restore from a backup"), "", wording.text("Backups (*.backup);;All files (*)")
        )
        if name:
            self.consider(Path(name))

    @Slot(object)
    def consider(self, file: Path) -> None:
        """Read a backup beside the window, then show what it holds and ask."""
        self.services.messages.info(wording.text("The backup is being read …"))
        self.services.jobs.ask(look_into, file, self.services.home, done=self._show_backup)

    @Slot()
    def _follow_store(self) -> None:
        """Bring the end of the store's card into view, once it has its height."""
        QTimer.singleShot(0, self, self._scroll_to_store)

    @Slot()
    def _scroll_to_store(self) -> None:
        end = self.store.mapTo(self._column, self.store.rect().bottomLeft()).y()
        self._area.ensureVisible(0, end, 0, 24)

    def _show_backup(self, facts: BackupFacts) -> None:
        self.services.messages.clear()  # it is read
        self._back_to_cards()
        card = RestoreCard(facts)
        card.declined.connect(self._back_to_cards)
        card.confirmed.connect(self._restore)
        self._stack.addWidget(scrolled(column(card, widest=_WIDEST), name="settings.restore.area"))
        self._stack.setCurrentIndex(1)
        card.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _back_to_cards(self) -> None:
        shown = self._stack.widget(1)
        if shown is not None:
            self._stack.removeWidget(shown)
            shown.deleteLater()

    @Slot(object)
    def _restore(self, file: Path) -> None:
        if self.services.restore is not None:
            self.services.restore(file)

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
    def _wish(self) -> None:
        before = self.services.preferences.wishes.language
        self.services.preferences.keep(language=self.language.value, mode=self.mode.value, accent=self.accent.value)
        self.services.dress_anew(language=before != self.language.value)


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
