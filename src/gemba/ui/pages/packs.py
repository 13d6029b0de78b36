"""Packs: what goes to headquarters, how far each has come, and what came back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import Refusal
from gemba.store import transit
from gemba.store.lines import PackLine
from gemba.store.lists import PACKS
from gemba.ui import terms
from gemba.ui.actions import ActionSpec
from gemba.ui.pages.bringing_back import BringingBack
from gemba.ui.pages.carriers_card import CarriersCard
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.pack_list import TOPICS, shape
from gemba.ui.pages.sent_files import SentFiles, WayRow
from gemba.ui.pages.way import Way, read_way
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.progress import Progress
from gemba.ui.services import Services
from gemba.work.cards import WrittenCard, write_card
from gemba.work.delivery_status import SentPack as SentPackStatus
from gemba.work.delivery_status import pack_status
from gemba.work.hand_over import is_hand_over
from gemba.work.send_pack import SentPack, seal, send
from gemba.work.take_in import TakenIn, take_in

if TYPE_CHECKING:
    from gemba.work.deliver import Progressed

_TOUCHED = Change(topics=TOPICS)


class PackFacts(msgspec.Struct, frozen=True):
    """A pack, and all that is known of its way."""

    line: PackLine
    sent: SentPackStatus


class PacksPage(ListPage):
    """What goes to headquarters."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "packs", wording.text("Packs"), parent)
        self._line: PackLine | None = None
        self.way = Way(self)
        self.way_card = Card(wording.text("On the way to headquarters"))
        self.way_card.body.addWidget(self.way)
        self.progress = ProgressRow(wording.text("Sealing a pack …"), name="packs.progress", parent=self)
        empty = EmptyState(
            "package",
            wording.text("No pack yet"),
            wording.text(
                "Take in headquarters' card first, then seal a pack: everything that headquarters does not hold yet "
                "goes into one file for a stick or a folder."
            ),
            Button(
                wording.text("Take in a card or receipt"), name="packs.empty.take_in", icon="inbox", run=self.take_in
            ),
        )
        self.carriers = CarriersCard(services)
        self.bringing = BringingBack(
            services, name="packs.bring_back", said=self._brought, failed=self._failed, parent=self
        )
        self.put_list(
            shape(),
            PACKS,
            read=read_pack,
            topics=TOPICS,
            empty=empty,
            nothing=EmptyState("package", wording.text("No pack chosen"), wording.text("Choose one to send it.")),
            above=(self.way_card, self.carriers, self.progress, self.bringing),
            buttons_stay=True,
            has_history=False,
        )
        services.changed.made.connect(self._hear)

    def actions_offered(self) -> list[ActionSpec]:
        """Seal, send, take in, write the own card."""
        return [
            ActionSpec("packs.card", wording.text("Write my card"), "", "packs", "badge-check", self.write_card),
            ActionSpec(
                "packs.take_in", wording.text("Take in a file"), "Ctrl+I", "packs", "inbox", self.take_in, "bar"
            ),
            ActionSpec(
                "packs.bring_back",
                wording.text("Bring back from packs"),
                "",
                "packs",
                "rotate-ccw",
                self.bringing.choose,
            ),
            ActionSpec("packs.send", wording.text("Send this pack"), "Ctrl+Return", "packs", "send", self.send),
            ActionSpec(
                "packs.send_all",
                wording.text("Send everything"),
                "Ctrl+Shift+Return",
                "packs",
                "cloud-upload",
                self.send_everything,
                "bar",
            ),
            ActionSpec("packs.seal", wording.text("Seal a pack"), "Ctrl+N", "packs", "lock", self.seal, "primary"),
        ]

    def arrive(self) -> None:
        """Read how far everything has come."""
        super().arrive()
        self.carriers.read()
        self._hear(_TOUCHED)

    @Slot()
    def send_everything(self) -> None:
        """Seal what is new, and send all that waits by every way that goes by itself."""
        if not self.progress.isHidden():
            return
        jobs, desk = self.services.jobs, self.services.desk
        self.progress.follow(
            jobs.errand(seal_and_send, desk, progress=self.progress.told, done=self._all_sent, failed=self._failed)
        )

    def _all_sent(self, words: str) -> None:
        self.progress.hide()
        self.services.changed.tell(_TOUCHED)
        self.carriers.read()
        self.services.messages.info(words)

    @Slot()
    def seal(self) -> None:
        """Seal what headquarters does not hold yet."""
        if not self.progress.isHidden():
            return
        jobs, desk = self.services.jobs, self.services.desk
        self.progress.follow(
            jobs.errand(seal, desk, progress=self.progress.told, done=self._sealed, failed=self._failed)
        )

    @Slot()
    def send(self) -> None:
        """Ask for a folder or stick and send the chosen pack there."""
        if self._line is None:
            self.services.messages.info(wording.text("Choose a pack to send."))
            return
        folder = QFileDialog.getExistingDirectory(
            self, wording.text("Send to a folder or stick"), self.services.preferences.wishes.send_to
        )
        if folder:
            self.send_to(Path(folder))

    def send_to(self, folder: Path) -> None:
        """Send the chosen pack to a folder; it is read back before it counts as sent."""
        if self._line is not None:
            self.services.preferences.keep(send_to=str(folder))
            self.services.jobs.errand(send, self.services.desk, self._line.sha256, folder, done=self._sent)

    @Slot()
    def take_in(self) -> None:
        """Ask for what came: a card, a receipt, a publication, or a pack that somebody shared."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            wording.text("Take in what came"),
            self.services.preferences.wishes.send_to,
            wording.text(
                "Cards, receipts, publications, shared packs, hand-overs "
                "(*.card *.receipt *.publication *.gemba hand-over.json);;All files (*)"
            ),
        )
        if name:
            self.take_in_file(Path(name))

    def take_in_file(self, file: Path) -> None:
        """Take in a card, a receipt, a publication, a shared pack, or what was handed over."""
        if not is_hand_over(file):
            self.services.jobs.write(take_in, file, done=self._taken)
        elif self.progress.isHidden():
            jobs, desk = self.services.jobs, self.services.desk
            self.progress.follow(
                jobs.errand(
                    _take_over, desk, file, progress=self.progress.told, done=self._taken_over, failed=self._failed
                )
            )

    @Slot()
    def write_card(self) -> None:
        """Ask for a folder and write this laptop's card there, for headquarters."""
        folder = QFileDialog.getExistingDirectory(self, wording.text("Write my card to a folder"))
        if folder:
            self.services.jobs.errand(write_card, self.services.desk, Path(folder), done=self._card_written)

    def _sealed(self, packs: tuple[SentPack, ...]) -> None:
        self.progress.hide()
        if packs:
            self.services.jobs.ask(uid_of, self.services.desk, packs[-1].sha256, done=self.list.show_uid)
        self.services.changed.tell(_TOUCHED)
        missing = sum(len(pack.missing) for pack in packs)
        said = wording.text(
            "Sealed: {operations:change|changes} and {blobs:file|files} in {size}. Now send it.",
            operations=terms.number(sum(pack.operations for pack in packs)),
            blobs=terms.number(sum(pack.blobs for pack in packs)),
            size=terms.size(sum(pack.size for pack in packs)),
        )
        if missing:
            said += " " + wording.plural(
                "{n} file is no longer on this disk; add it again if you have it.",
                "{n} files are no longer on this disk; add them again if you have them.",
                missing,
            )
        self.services.messages.info(said)

    def _failed(self, error: Any) -> None:
        self.progress.hide()
        self.services.messages.trouble(error)

    def _sent(self, pack: SentPack) -> None:
        self.services.changed.tell(_TOUCHED)
        self.services.messages.info(
            wording.text(
                "Written and read back: {file}. It is held only when the receipt is here.", file=str(pack.file)
            )
        )

    def _taken(self, taken: TakenIn) -> None:
        self.services.changed.tell(taken.change)
        self.services.messages.info(taken.words)

    def _taken_over(self, taken: TakenIn) -> None:
        self.progress.hide()
        self._taken(taken)

    def _brought(self, said: str, _tone: str) -> None:
        self.services.messages.info(said)

    def _card_written(self, card: WrittenCard) -> None:
        self.services.messages.info(
            wording.text(
                "Card written to {file}. Its fingerprint: {fingerprint}",
                file=str(card.file),
                fingerprint=card.fingerprint,
            )
        )

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if change.topics & (TOPICS | {"assessment", "answer", "finding", "action", "evidence"}) and self.isVisible():
            self.services.jobs.ask(read_way, self.services.desk, done=self.way.show_facts)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._line = None

    def draw(self, facts: PackFacts) -> None:
        """Show the pack, how far it has come on each way, and each file in it."""
        line = self._line = facts.line
        body = self.detail.body
        self.head(
            wording.text("Pack of {moment}", moment=terms.moment(line.sealed_at)),
            (terms.custody(line.state), terms.custody_tone(line.state)),
        )
        flow = Flow()
        flow.addWidget(Button(wording.text("Send by hand"), name="packs.detail.send", icon="send", run=self.send))
        flow.addWidget(
            Button(wording.text("Take in the receipt"), name="packs.detail.receipt", icon="inbox", run=self.take_in)
        )
        body.addLayout(flow)
        body.addWidget(
            Facts(
                (wording.text("Sealed"), terms.moment(line.sealed_at)),
                (wording.text("Sent"), terms.moment(line.sent_at) or wording.text("not yet")),
                (wording.text("Held by headquarters"), terms.moment(line.held_at) or wording.text("no receipt yet")),
                (wording.text("Changes"), terms.number(line.operations)),
                (wording.text("Files"), terms.number(line.blobs)),
                (wording.text("Size"), terms.size(line.size)),
                (wording.text("File"), line.file),
            )
        )
        for way in facts.sent.ways:
            body.addWidget(WayRow(way))
        if facts.sent.files:
            body.addWidget(SentFiles(facts.sent.files))
        body.setAlignment(Qt.AlignmentFlag.AlignTop)


def uid_of(desk: Any, sha256: str) -> str:
    """The uid of an own pack; on a job's thread."""
    with desk.reader() as reader:
        return transit.pack_of(reader, sha256).uid


def read_pack(desk: Any, uid: str) -> PackFacts | None:
    """A pack with its ways and files; on a job's thread."""
    with desk.reader() as reader:
        lines = PACKS.lines(reader, [PACKS.key(reader, uid)])
    return PackFacts(lines[0], pack_status(desk, lines[0].sha256)) if lines else None


def _on_its_way(come: Progressed) -> str:
    """By which way a pack goes, and how much of it is there."""
    there, size = terms.size(come.bytes_there), terms.size(come.size)
    return wording.text("Sending by {carrier}: {there} of {size}", carrier=come.carrier, there=there, size=size)


def _take_over(desk: Any, file: Path, progress: Progress) -> TakenIn:
    return take_in(desk, file, progress.step)


def seal_and_send(desk: Any, progress: Callable[[int, int, str], None]) -> str:
    """Seal what headquarters does not hold, and send all that waits; on a job's thread. What came of it, in words."""
    from gemba.work.deliver import send_all

    with suppress(Refusal):  # nothing new: what was sealed before may wait still
        seal(desk, lambda done, total: progress(done, total, wording.text("Sealing a pack …")))
    sent = send_all(
        desk,
        progress=lambda come: progress(come.bytes_there, come.size, _on_its_way(come)),
    )
    return sent.words
