"""Headquarters: which laptops have been heard of, what is missing, and the door through which packs come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.hq import revoking
from gemba.hq.publishing import Published, publish
from gemba.hq.revoking import Revocation
from gemba.hq.status import Need, Status, status
from gemba.hq.taking import Taking, take_in_all
from gemba.ui import conflict_words, terms
from gemba.ui.actions import ActionSpec
from gemba.ui.lineage.behind import Behind, listed
from gemba.ui.lists.panel import ListPanel
from gemba.ui.pages.compare_words import CompareWords
from gemba.ui.pages.detail import Detail
from gemba.ui.pages.headquarters_behind import missing_files, packs_waiting
from gemba.ui.pages.laptop_list import TOPICS, LaptopLine, LaptopSource, heard, need, need_tone, shape
from gemba.ui.pages.list_page import ListPage
from gemba.ui.pages.quarantine_card import QuarantineCard
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.facts import Facts
from gemba.ui.parts.figures import Figures
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.progress import ProgressRow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.enrolment import EnrolledDevice

_TOUCHED = Change(topics=TOPICS)
_FIGURES = ("packs", "operations", "silent", "missing", "quarantined", "conflicts", "erasures")
_ALWAYS = frozenset({"packs", "operations", "silent"})
"""Figures that stand there when they are nought, too."""
_SHOWN = 12
"""Gaps and files that are named at most; the rest is counted."""


class HeadquartersPage(ListPage):
    """Laptops, and what headquarters holds of each."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, "headquarters", wording.text("Headquarters"), parent)
        self.setAcceptDrops(True)
        self._line: LaptopLine | None = None
        self.figures = Figures(
            "headquarters.figure",
            *((code, _word(code, 0)) for code in _FIGURES),
        )
        self.warning = Card(wording.text("Secret keys lie where they should not"), look="card")
        self._warned = Words("", wrap=True, tone="poor")
        self.warning.body.addWidget(self._warned)
        self.warning.hide()
        self.older = Card(wording.text("This store is an older copy"), look="card")
        self._why_older = Words("", wrap=True, tone="poor")
        self.older.body.addWidget(self._why_older)
        self.older.hide()
        self.progress = ProgressRow(wording.text("Taking packs in …"), name="headquarters.progress", parent=self)
        self.source = LaptopSource(services.desk)
        self.list = ListPanel(shape(), self.source, services, empty=self._nobody())
        self.detail = Detail(
            services,
            read=read_laptop,
            draw=self.draw,
            name="headquarters.detail",
            nothing=EmptyState(
                "laptop", wording.text("No laptop chosen"), wording.text("Choose one to see what is missing of it.")
            ),
            topics=TOPICS,
            has_history=False,
        )
        self.list.chosen.connect(self._chose)
        self.quarantine = QuarantineCard(services)
        self.put_buttons()
        self.compare = CompareWords(services, name="headquarters.enrol", done=self._enrolled, parent=self)
        self.put_split(above=(self.older, self.warning, self.progress, self.compare, self.figures, self.quarantine))
        services.changed.made.connect(self._hear)

    def actions_offered(self) -> list[ActionSpec]:
        """Take in, enrol."""
        return [
            ActionSpec(
                "headquarters.enrol",
                wording.text("Enrol a laptop"),
                "",
                "headquarters",
                "badge-check",
                self.enrol,
                "bar",
            ),
            ActionSpec(
                "headquarters.publish", wording.text("Publish"), "", "headquarters", "send", self.publish, "bar"
            ),
            ActionSpec("headquarters.revoke", wording.text("Revoke this laptop"), "", "headquarters", "", self.revoke),
            ActionSpec(
                "headquarters.take_in",
                wording.text("Take in packs"),
                "Ctrl+I",
                "headquarters",
                "inbox",
                self.take_in,
                "primary",
            ),
            self.search_action(),
        ]

    def arrive(self) -> None:
        """Read how things stand."""
        super().arrive()
        self._look()

    def show_status(self, now: Status) -> None:
        """Show how things stand as a whole."""
        said = {
            "packs": (now.packs, ""),
            "operations": (now.operations, ""),
            "silent": (now.silent, "fair"),
            "missing": (now.evidence_missing, "fair"),
            "quarantined": (now.quarantined, "note"),
            "conflicts": (now.conflicts, "note"),
            "erasures": (now.erasures_outstanding, "fair"),
        }
        for code, (count, tone) in said.items():
            self.figures.call(code, _word(code, count))
            self.figures.say(code, terms.number(count), tone if count else "", self._behind(code, count, now))
            self.figures.show_one(code, shown=bool(count) or code in _ALWAYS)
        self.older.setVisible(now.set_back is not None)
        self._why_older.setText("" if now.set_back is None else now.set_back.words)
        self.warning.setVisible(bool(now.keys_lying_here))
        self._warned.setText(
            wording.text(
                "Give these files to their custodians and take them away from here: {files}",
                files=", ".join(now.keys_lying_here),
            )
        )
        self.say_under_title(_published(now))

    def _behind(self, code: str, count: int, now: Status) -> Behind:
        """Where a figure leads: what it counts, or the laptops that it is about."""
        title, number = self.figures.word(code), terms.number(count)
        if code == "conflicts":
            return Behind(number=number, title=title, to=("conflicts", ""))
        if code == "missing":
            return missing_files(number, title, count)
        if code == "quarantined":
            return packs_waiting(number, title, count)
        if code != "silent":
            how = wording.text("laptops, each with what it has of it")
            return listed(number, f"{title}: {how}", "headquarters", count=len(now.laptops), needs=())
        return listed(number, title, "headquarters", count=now.silent, needs=Need.SILENT.value)

    @Slot()
    def take_in(self) -> None:
        """Ask for packs."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            wording.text("Take in packs"),
            self.services.preferences.wishes.send_to,
            wording.text("Packs (*.gemba);;All files (*)"),
        )
        self.take_in_files([Path(name) for name in names])

    def take_in_files(self, files: list[Path]) -> None:
        """Take packs in; the receipts lie beside them."""
        if files and self.progress.isHidden():
            self.progress.follow(
                self.services.jobs.errand(
                    take_in_all,
                    self.services.desk,
                    files,
                    progress=self.progress.told,
                    done=self._taken,
                    failed=self._failed,
                )
            )

    @Slot()
    def enrol(self) -> None:
        """Ask for a laptop's card."""
        name, _ = QFileDialog.getOpenFileName(
            self, wording.text("Enrol a laptop"), "", wording.text("Cards (*.card);;All files (*)")
        )
        if name:
            self.enrol_card(Path(name))

    def enrol_card(self, file: Path) -> None:
        """Ask for the eight words of the laptop whose card this is; the right ones enrol it."""
        self.compare.consider(file)

    @Slot()
    def publish(self) -> None:
        """Ask for a folder, and write the newest publication there."""
        folder = QFileDialog.getExistingDirectory(
            self, wording.text("Publish into a folder or onto a stick"), self.services.preferences.wishes.send_to
        )
        if folder:
            self.publish_into(Path(folder))

    def publish_into(self, folder: Path) -> None:
        """Write the newest publication: receipts, keys, decisions, and what every laptop needs."""
        self.services.jobs.errand(publish, self.services.desk, folder, done=self._published)

    @Slot()
    def revoke(self) -> None:
        """Believe the chosen laptop no more from now on, or again when it was revoked."""
        if self._line is None:
            self.services.messages.info(wording.text("Choose a laptop first."))
        else:
            verb = revoking.undo if self._line.status.revoked else revoking.revoke
            self.services.jobs.write(verb, self._line.uid, done=self._revoked)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Packs may be dropped here."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the packs in that were dropped."""
        event.acceptProposedAction()
        self.take_in_files(_dropped(event.mimeData()))

    def draw(self, line: LaptopLine) -> None:
        """Show one laptop, and what is missing of it."""
        self._line = line
        one, body = line.status, self.detail.body
        badges = [(need(code), need_tone(code)) for code in one.needs] or [(wording.text("All here"), "good")]
        revoked = [(wording.text("Revoked"), "poor")] if one.revoked else []
        self.head(conflict_words.laptop(one.name), *badges, *revoked)
        body.addWidget(
            Facts(
                (wording.text("Fingerprint"), one.words),
                (wording.text("Last pack"), heard(one)),
                (wording.text("Packs"), terms.number(one.packs)),
                (wording.text("Changes"), terms.number(one.operations)),
                (wording.text("Missing changes"), _gaps(one.gaps)),
                (wording.text("Changes without its signature"), _some(list(one.unsigned))),
                (wording.text("Missing files"), _some([sha256[:16] for sha256 in one.evidence_missing])),
                (wording.text("Packs in quarantine"), terms.number(one.quarantined) if one.quarantined else ""),
                (
                    wording.text("Erasures outstanding"),
                    terms.number(one.erasures_outstanding) if one.erasures_outstanding else "",
                ),
                (wording.text("Knows publication"), "" if one.publication is None else str(one.publication)),
                (wording.text("Device"), one.device),
            )
        )
        flow = Flow()
        flow.addWidget(
            Button(
                wording.text("Believe it again") if one.revoked else wording.text("Revoke"),
                name="headquarters.detail.revoke",
                icon="shield-alert",
                look="" if one.revoked else "danger",
                run=self.revoke,
            )
        )
        body.addLayout(flow)
        if one.forks:
            body.addWidget(
                Words(
                    wording.text(
                        "Two have used this laptop's key: its disk was copied, or a backup was put back unnoticed. "
                        "Nothing is lost; ask who uses the copy, and let one of them begin anew."
                    ),
                    tone="poor",
                    wrap=True,
                )
            )

    def _nobody(self) -> EmptyState:
        return EmptyState(
            "building-2",
            wording.text("No laptop has been heard of"),
            wording.text(
                "Give headquarters' card to every laptop. Then take in the packs that they send, from a stick, a "
                "folder or a carrier."
            ),
            Button(
                wording.text("Take in packs"),
                name="headquarters.empty.take_in",
                icon="inbox",
                look="primary",
                run=self.take_in,
            ),
        )

    def _taken(self, taking: Taking) -> None:
        self.progress.hide()
        self.services.changed.tell(taking.change)
        if taking.unsigned:
            self.services.messages.trouble(taking.unsigned[0].trouble)  # the laptops' lines tell of all
        else:
            self.services.messages.info(taking.words)

    def _failed(self, error: Any) -> None:
        self.progress.hide()
        self.services.messages.trouble(error)

    def _published(self, published: Published) -> None:
        self._look()
        self.services.messages.info(published.words)

    def _revoked(self, revocation: Revocation) -> None:
        self.services.changed.tell(_TOUCHED)
        self.services.messages.info(revocation.words)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._line = None

    def _enrolled(self, enrolled: EnrolledDevice) -> None:
        self.services.changed.tell(_TOUCHED)
        said = wording.text("{name} is believed from now on.", name=enrolled.name)
        self.services.messages.info(said + " " + wording.text("The next publication vouches for it."))

    def _look(self) -> None:
        self.quarantine.read()
        self.services.jobs.ask(status, self.services.desk, done=self.show_status)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if self.isVisible() and change.topics & TOPICS:
            self._look()


def read_laptop(desk: Any, uid: str) -> LaptopLine | None:
    """The line of one laptop; on a job's thread."""
    return next((LaptopLine(id=0, uid=uid, status=one) for one in status(desk).laptops if one.device == uid), None)


def _word(code: str, count: int) -> str:
    """What a figure counts."""
    return {
        "packs": wording.plural("Pack", "Packs", count),
        "operations": wording.plural("Change", "Changes", count),
        "silent": wording.plural("Silent laptop", "Silent laptops", count),
        "missing": wording.plural("File missing", "Files missing", count),
        "quarantined": wording.plural("Pack in quarantine", "Packs in quarantine", count),
        "conflicts": wording.plural("Conflict", "Conflicts", count),
        "erasures": wording.plural("Erasure outstanding", "Erasures outstanding", count),
    }[code]


def _published(now: Status) -> str:
    if now.publication is None:
        return wording.text("Nothing was published yet.")
    return wording.text(
        "Publication {version}, good until {day}.",
        version=now.publication,
        day=terms.day(now.publication_expires_at),
    )


def _gaps(gaps: Any) -> str:
    return _some([f"{gap.first_seq}–{gap.last_seq}" for gap in gaps])


def _some(words: list[str]) -> str:
    rest = len(words) - _SHOWN
    shown = ", ".join(words[:_SHOWN])
    return shown if rest <= 0 else wording.plural("{shown} and {n} more", "{shown} and {n} more", rest, shown=shown)


def _dropped(mime: QMimeData) -> list[Path]:
    """The packs among what is dropped."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix == ".gemba"]
