"""Settings: who this laptop is, whom it believes, and how two people make sure of each other's keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.devices import DeviceRole
from gemba.packs.identity import fingerprint_words
from gemba.store import transit
from gemba.ui import conflict_words, terms
from gemba.ui.pages.compare_words import CompareWords
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.cards import WrittenCard, write_card
from gemba.work.enrolment import EnrolledDevice
from gemba.work.lock import minutes_of, set_minutes


class Known(msgspec.Struct, frozen=True):
    """Somebody whose signature is believed here."""

    name: str
    role: str
    words: str
    since: str
    certified: bool
    revoked: bool


class KeysCard(Card):
    """The own fingerprint, and everybody who is known; another laptop is enrolled by its card and its eight words.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Keys"), parent=parent)
        self._services = services
        device = services.desk.store.device
        self.body.addWidget(
            Facts(
                (wording.text("Your fingerprint"), " ".join(fingerprint_words(device.public_key))),
                (wording.text("Device"), device.id),
            )
        )
        self.body.addWidget(
            Words(
                wording.text(
                    "Whoever enrols this laptop asks you for these eight words, best by telephone: they prove that the "
                    "card that arrived is yours."
                ),
                tone="muted",
                wrap=True,
            )
        )
        flow = Flow()
        for title, name, icon, run in (
            (wording.text("Write my card …"), "settings.keys.card", "badge-check", self.write_card),
            (wording.text("Enrol another laptop …"), "settings.keys.enrol", "key-round", self.choose_card),
        ):
            flow.addWidget(Button(title, name=name, icon=icon, run=run))
        self.body.addLayout(flow)
        self.compare = CompareWords(services, name="settings.keys", done=self._enrolled, parent=self)
        self.body.addWidget(self.compare)
        self._known = QVBoxLayout()
        self._known.setSpacing(6)
        self.body.addLayout(self._known)
        self.lock = Choice(_minutes(), name="settings.lock.minutes")
        self.lock.activated.connect(self._wish_lock)
        locking = Field(
            wording.text("&Lock after"),
            self.lock,
            hint=wording.text("Without a touch for so long the store is closed; what was typed is kept before."),
        )
        locking.setVisible(services.lock_after is not None)
        self.body.addWidget(locking)

    def read(self) -> None:
        """Read who is known."""
        self._services.jobs.ask(read_known, self._services.desk, done=self.show_known)
        self._services.jobs.ask(minutes_of, self._services.desk, done=self._show_minutes)

    def show_known(self, known: tuple[Known, ...]) -> None:
        """Show them."""
        clear(self._known)
        for one in known:
            self._known.addWidget(_KnownRow(one))
        if not known:
            self._known.addWidget(Words(wording.text("Nobody is known here yet."), tone="muted", wrap=True))

    @Slot()
    def write_card(self) -> None:
        """Ask for a folder and write the own card there."""
        folder = QFileDialog.getExistingDirectory(self, wording.text("Write my card to a folder"))
        if folder:
            self._services.jobs.errand(write_card, self._services.desk, Path(folder), done=self._written)

    @Slot()
    def choose_card(self) -> None:
        """Ask for the card of another laptop."""
        name, _ = QFileDialog.getOpenFileName(
            self, wording.text("The card of another laptop"), "", wording.text("Cards (*.card);;All files (*)")
        )
        if name:
            self.consider(Path(name))

    def consider(self, card: Path) -> None:
        """Ask for the eight words before a card is believed."""
        self.compare.consider(card)

    def _written(self, card: WrittenCard) -> None:
        self._services.messages.info(
            wording.text(
                "Card written to {file}. Its fingerprint: {fingerprint}",
                file=str(card.file),
                fingerprint=card.fingerprint,
            )
        )

    def _show_minutes(self, minutes: int) -> None:
        self.lock.choose(str(minutes))

    @Slot()
    def _wish_lock(self) -> None:
        minutes = int(self.lock.value)
        self._services.jobs.write(set_minutes, minutes)
        if self._services.lock_after is not None:
            self._services.lock_after(minutes)

    def _enrolled(self, enrolled: EnrolledDevice) -> None:
        self._services.messages.info(wording.text("{name} is believed from now on.", name=enrolled.name))
        self.read()


class _KnownRow(QWidget):
    """One who is known."""

    def __init__(self, one: Known) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 2, 0, 2)
        across.setSpacing(12)
        at_headquarters = one.role == DeviceRole.HEADQUARTERS
        across.addWidget(Picture("building-2" if at_headquarters else "laptop", role="accent", parent=self))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(conflict_words.laptop(one.name), strong=True, wrap=True))
        words.addWidget(Words(one.words, tone="muted", scale="small", wrap=True))
        across.addLayout(words, 1)
        across.addWidget(Badge(*_standing(one)))


def _standing(one: Known) -> tuple[str, str]:
    if one.revoked:
        return wording.text("Revoked"), "poor"
    if one.certified:
        return wording.text("Headquarters vouches"), "good"
    return wording.text("Known since {day}", day=one.since), "plain"


def read_known(desk: Any) -> tuple[Known, ...]:
    """Who is known; on a job's thread."""
    with desk.reader() as reader:
        return tuple(
            Known(
                name=one.name,
                role=one.role,
                words=" ".join(fingerprint_words(one.public_key)),
                since=terms.day(one.trusted_since),
                certified=one.certified_at is not None,
                revoked=one.revoked is not None,
            )
            for one in transit.correspondents(reader)
        )


def _minutes() -> list[tuple[str, str]]:
    return [
        *((str(n), wording.plural("{n} minute", "{n} minutes", n)) for n in (5, 15, 30, 60)),
        ("0", wording.text("Never")),
    ]
