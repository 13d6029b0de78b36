"""Settings: what headquarters does not hold yet goes to another person, who sends it on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.devices import DeviceRole
from gemba.errors import GembaError
from gemba.packs.cards import Card as PublicCard
from gemba.ui.pages.pack_list import TOPICS
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.facts import breakable
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work import people_stores
from gemba.work.hand_over import HandedOver, card_to_hand_over_to, hand_over, unsent_changes

_ANOTHER = "another"
"""Chosen when the person has a laptop of their own."""


class HandOverFacts(msgspec.Struct, frozen=True):
    """Who could take over here, and what there is to hand over."""

    others: tuple[tuple[str, str], ...]
    """Files of cards and names of the other people of this laptop."""
    unsent: int
    """Changes that headquarters has not signed for."""
    problem: str = ""
    """Why nothing can be handed over now."""


class HandOverCard(Card):
    """Asks who takes over and where to write it; says what was handed over, and what comes next.

    Hidden at headquarters, whose work nobody takes over.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Hand your work over"), parent=parent)
        self._services = services
        self._card = ""
        self._unsent = Words("", wrap=True)
        told = wording.text(
            "When you leave, or somebody else goes on with your work: everything that headquarters has not signed for "
            "goes into one folder that only headquarters and the other person can open. Nothing is deleted here."
        )
        self.body.addWidget(Words(told, tone="muted", wrap=True))
        self.body.addWidget(self._unsent)
        begin = wording.text("Hand over …")
        self.begin = Button(begin, name="settings.hand_over.begin", icon="send", run=self.ask)
        self.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._make_form())
        self.progress = ProgressRow(wording.text("Handing over …"), name="settings.hand_over.progress", parent=self)
        self.progress.cancelled.connect(self._called_off)
        self.said = Words("", tone="good", wrap=True)
        self.said.setObjectName("settings.hand_over.said")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.said)
        self.setVisible(services.desk.store.device.role == DeviceRole.LAPTOP)

    def read(self) -> None:
        """Read who else works here, and what headquarters does not hold."""
        self._services.jobs.ask(read_hand_over, self._services.desk, done=self.show_facts)

    def show_facts(self, facts: HandOverFacts) -> None:
        """Show them."""
        words = wording.plural(
            "Headquarters does not hold {n} change of this laptop yet.",
            "Headquarters does not hold {n} changes of this laptop yet.",
            facts.unsent,
        )
        none = wording.text("Headquarters holds everything that was recorded here.")
        self._unsent.setText(facts.problem or (words if facts.unsent else none))
        another = wording.text("Somebody on another laptop: by their card …")
        self.whom.offer([*facts.others, (_ANOTHER, another)])
        self._show_choice()

    @Slot()
    def ask(self) -> None:
        """Ask who takes over."""
        self._whom_field.say_problem("")
        self.said.hide()
        self.begin.hide()
        self._form.show()
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def leave(self) -> None:
        """Close the form."""
        self._form.hide()
        self.begin.show()
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def choose_card(self) -> None:
        """Ask for the card of the store that takes over."""
        name, _ = QFileDialog.getOpenFileName(
            self, wording.text("The card of whoever takes over"), "", wording.text("Cards (*.card);;All files (*)")
        )
        if name:
            self.consider(Path(name))

    def consider(self, card: Path) -> None:
        """Read a card, and show whose it is."""
        self._services.jobs.errand(
            card_to_hand_over_to, self._services.desk, card, done=self._card_read, failed=self._refused
        )
        self._card = str(card)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder or stick."""
        if not self._chosen():
            self._whom_field.say_problem(wording.text("Choose the card of whoever takes over first."))
            return
        folder = QFileDialog.getExistingDirectory(
            self, wording.text("A folder or stick to hand over in"), self._services.preferences.wishes.send_to
        )
        if folder:
            self.hand_over_in(Path(folder))

    def hand_over_in(self, folder: Path) -> None:
        """Seal everything and write it there, beside the window."""
        self._whom_field.say_problem("")
        self._form.hide()
        self.progress.follow(
            self._services.jobs.errand(
                _hand_over,
                self._services.desk,
                Path(self._chosen()),
                folder,
                progress=self.progress.told,
                done=self._handed,
                failed=self._refused,
            )
        )

    def _chosen(self) -> str:
        return self._card if self.whom.value == _ANOTHER else self.whom.value

    def _card_read(self, card: PublicCard) -> None:
        self._whom_field.say_problem("")
        said = wording.text("{name}: {words}", name=card.name, words=" ".join(card.words))
        self._other.setText(said)
        self._other.show()

    def _handed(self, handed: HandedOver) -> None:
        self.progress.hide()
        self.begin.show()
        next_step = wording.text(
            "{name} takes it in under Packs, “Take in a file”, by choosing the file hand-over.json in that folder. "
            "Keep your store until headquarters has signed for everything.",
            name=handed.to,
        )
        self.said.setText(f"{breakable(handed.words)}\n\n{next_step}")
        self.said.show()
        self._services.changed.tell(Change(topics=TOPICS))
        self.read()

    def _refused(self, error: GembaError) -> None:
        self.progress.hide()
        self.begin.hide()
        self._form.show()
        if self.whom.value == _ANOTHER:
            self._card = ""
            self._other.hide()
        self._whom_field.say_problem(wording.sentence(error))

    @Slot()
    def _called_off(self) -> None:
        self._form.show()
        self._services.messages.info(wording.text("Called off. Nothing was handed over, and nothing is lost."))

    @Slot()
    def _show_choice(self) -> None:
        another = self.whom.value == _ANOTHER
        self._choose.setVisible(another)
        self._other.setVisible(another and bool(self._card))

    def _make_form(self) -> Card:
        self._form = Card(look="inset", parent=self)
        self.whom = Choice(name="settings.hand_over.whom")
        self.whom.activated.connect(self._show_choice)
        hint = wording.text("People of this laptop appear once they have opened their store.")
        self._whom_field = Field(wording.text("Who takes &over"), self.whom, hint=hint)
        title = wording.text("Choose their card …")
        self._choose = Button(title, name="settings.hand_over.card", icon="badge-check", run=self.choose_card)
        self._other = Words("", strong=True, wrap=True)
        self._other.hide()
        self._form.body.addWidget(self._whom_field)
        self._form.body.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._form.body.addWidget(self._other)
        flow = Flow()
        for words, name, icon, look, run in (
            (
                wording.text("Write to a folder or stick …"),
                "settings.hand_over.go",
                "usb",
                "primary",
                self.choose_folder,
            ),
            (wording.text("Cancel"), "settings.hand_over.leave", "", "quiet", self.leave),
        ):
            flow.addWidget(Button(words, name=name, icon=icon, look=look, run=run, parent=self))
        self._form.body.addLayout(flow)
        self._form.hide()
        return self._form


def read_hand_over(desk: Any) -> HandOverFacts:
    """Who could take over, and what; on a job's thread."""
    others = tuple((str(one.card), one.name) for one in people_stores.others(desk.store.folder))
    try:
        return HandOverFacts(others, unsent_changes(desk))
    except GembaError as error:
        return HandOverFacts(others, 0, wording.sentence(error))


def _hand_over(desk: Any, card: Path, folder: Path, progress: Progress) -> HandedOver:
    return hand_over(desk, card, folder, progress.step)
