"""The ways to headquarters, and how far everything has come on each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.carriers.address import Sort
from gemba.errors import GembaError
from gemba.ui import terms
from gemba.ui.pages.add_carrier import AddCarrier
from gemba.ui.parts.badges import Badge, Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card, clear
from gemba.ui.parts.facts import breakable
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work import carriers
from gemba.work.carriers import Tested
from gemba.work.delivery_status import CarrierStatus, carriers_status

_ICONS = {
    Sort.FOLDER: "usb",
    Sort.SFTP: "server",
    Sort.WEBDAV: "cloud-upload",
    Sort.SMB: "network",
    Sort.S3: "archive",
    Sort.OPENROSA: "clipboard-check",
}


class CarriersCard(Card):
    """One row for each carrier; each can be tested and taken away.

    Args:
        services: of the window.
        parent: the owner.
    """

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(wording.text("Ways to headquarters"), parent=parent)
        self._services = services
        self.add = AddCarrier(services)
        self.add.added.connect(self.try_out)
        self._summary = Badge("", "plain")
        self._fold = Button(wording.text("Show"), name="packs.carriers.fold", look="quiet", run=self.fold)
        more = Button(
            wording.text("Add a way"), name="packs.carrier.more", icon="plus", look="quiet", run=self._begin_adding
        )
        flow = Flow()
        for part in (self._summary, self._fold, more):
            flow.addWidget(part)
        self.body.addLayout(flow)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.body.addWidget(self._inside)
        self.body.addWidget(self.add)
        self._inside.hide()

    def read(self) -> None:
        """Read the carriers and show them."""
        self._services.jobs.ask(carriers_status, self._services.desk, done=self.show_carriers)

    @Slot()
    def fold(self) -> None:
        """Show each way, or only how they are as a whole: the list of packs wants the room."""
        self._inside.setVisible(self._inside.isHidden())
        self._fold.setText(wording.text("Show") if self._inside.isHidden() else wording.text("Hide"))

    @Slot()
    def _begin_adding(self) -> None:
        if self._inside.isHidden():
            self.fold()
        self.add.begin()

    def show_carriers(self, found: tuple[CarrierStatus, ...]) -> None:
        """Show these."""
        clear(self._rows)
        self._summary.say(*_summary(found))
        self._fold.setAccessibleName(wording.text("Show or hide the ways"))
        for one in found:
            self._rows.addWidget(_Row(one, self))
        if not found:
            said = wording.text(
                "None yet. A pack can always be handed over on a stick; a way that is added here is used by itself "
                "whenever it is there."
            )
            self._rows.addWidget(Words(said, tone="muted", wrap=True))

    @Slot(str)
    def try_out(self, name: str) -> None:
        """Write a small file there, read it back and take it away."""
        self._services.jobs.errand(carriers.try_out, self._services.desk, name, done=self._tested, failed=self._failed)

    def remove(self, name: str) -> None:
        """Forget a carrier; what it carried stays sent."""
        self._services.jobs.write(carriers.remove, name, done=self._removed)

    def _tested(self, tested: Tested) -> None:
        self._services.messages.info(tested.words)
        self.read()

    def _failed(self, error: GembaError) -> None:
        self._services.messages.trouble(error)
        self.read()

    def _removed(self, _nothing: Any) -> None:
        self.read()


class _Row(QWidget):
    """One carrier: where to, how it is, what waits."""

    def __init__(self, one: CarrierStatus, card: CarriersCard) -> None:
        super().__init__()
        self._name, self._card = one.name, card
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 6, 0, 6)
        across.setSpacing(12)
        across.addWidget(Picture(_ICONS[one.sort], role="accent", parent=self))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Words(one.name, strong=True, wrap=True))
        words.addWidget(Words(breakable(one.url), tone="muted", scale="small", wrap=True))
        if one.trouble:
            words.addWidget(Words(one.trouble, tone="poor", scale="small", wrap=True))
        across.addLayout(words, 1)
        across.addWidget(Badge(*_state(one)))
        test = Button(wording.text("Test"), name=f"carrier.{one.name}.test", look="quiet", run=self._test)
        test.setAccessibleName(wording.text("Test {name}", name=one.name))
        across.addWidget(test)
        across.addWidget(
            IconButton(
                "trash-2",
                wording.text("Take {name} away", name=one.name),
                name=f"carrier.{one.name}.remove",
                run=self._remove,
            )
        )

    @Slot()
    def _test(self) -> None:
        self._card.try_out(self._name)

    @Slot()
    def _remove(self) -> None:
        self._card.remove(self._name)


def _summary(found: tuple[CarrierStatus, ...]) -> tuple[str, str]:
    """How the ways are as a whole."""
    wrong = sum(bool(one.trouble) for one in found)
    if not found:
        return wording.text("Stick by hand"), "plain"
    if wrong > sum(one.is_away for one in found):
        return wording.text("{wrong} of {all} held up", wrong=wrong, all=len(found)), "fair"
    if wrong:
        return wording.text("{wrong} of {all} out of reach", wrong=wrong, all=len(found)), "fair"
    return wording.plural("{n} way", "{n} ways", len(found)), "good"


def _state(one: CarrierStatus) -> tuple[str, str]:
    """How a carrier is, in a word."""
    if one.trouble:
        return wording.text("Out of reach") if one.is_away else wording.text("Held up"), "fair"
    if one.waiting:
        return wording.plural("{n} waits", "{n} wait", one.waiting), "note"
    if one.tried_at is None:
        return wording.text("Not tried yet"), "plain"
    return wording.text("Works, {moment}", moment=terms.moment(one.tried_at)), "good"
