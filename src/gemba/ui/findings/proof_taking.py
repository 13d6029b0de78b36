"""A card that takes photos and files as proof: chosen, dropped on it or pasted; seen, drawn over, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QMimeData, QPoint, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.store.shown import shown
from gemba.ui.conduct import photos
from gemba.ui.conduct.photos import Taken
from gemba.ui.conduct.side.evidence_acts import EvidenceActs
from gemba.ui.conduct.side.evidence_words import size_words
from gemba.ui.conduct.side.viewer import Viewer
from gemba.ui.parts.badges import Picture
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.cards import Card
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.attach_evidence import remove, restore
from gemba.work.desk import Desk
from gemba.work.proofs import Proof

SIDE = 800
"""Pixels of the longer side of what is shown."""


class ShownProof(msgspec.Struct, frozen=True):
    """A photo or file with what is to be seen of it."""

    proof: Proof
    picture: QImage | None


class ProofTaking(Card):
    """What such cards do alike; each says with `keep` what becomes of what it takes.

    Args:
        services: of the window.
        heading: of the card.
        name: object name, and the beginning of those inside.
        parent: the owner.
    """

    def __init__(self, services: Services, heading: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(heading, look="inset", parent=parent)
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self._services, self._name = services, name
        self._acts = EvidenceActs(services, self, always=True)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasting.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasting.activated.connect(self.paste)

    def keep(self, taken: Sequence[Taken]) -> None:
        """Keep what was taken."""
        raise NotImplementedError

    @Slot()
    def choose(self) -> None:
        """Ask for photos and files."""
        self.take(photos.choose_files(self, "image"))

    @Slot()
    def paste(self) -> None:
        """Take what the clipboard holds."""
        held = QGuiApplication.clipboard().mimeData()
        if held is None or not self.take_held(held):
            self._services.messages.info(wording.text("The clipboard holds no picture and no file."))

    def take(self, files: Sequence[Path]) -> None:
        """Take files; they are read beside the window."""
        if files:
            self._services.jobs.errand(photos.read_files, tuple(files), done=self.keep)

    def take_held(self, held: QMimeData) -> bool:
        """Take what was dropped or pasted; true when there was a picture or files in it."""
        files = photos.files_in(held)
        picture = None if files else photos.picture_in(held)
        if picture is not None:
            now = self._services.desk.clock()
            self._services.jobs.errand(photos.pasted, picture, now, done=self._pasted)
        self.take(files)
        return bool(files) or picture is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Photos and files held over the card are welcome."""
        if photos.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Photos and files dropped on the card."""
        if self.take_held(event.mimeData()):
            event.acceptProposedAction()

    # What stands on it

    def put_ways_in(self, *more: Button) -> None:
        """The buttons below, and the word that things can be dropped."""
        holder = QWidget(self)
        flow = Flow(holder)
        for button in more:
            flow.addWidget(button)
        paste = wording.text("Paste")
        flow.addWidget(
            Button(
                paste, name=f"{self._name}.paste", icon="clipboard-list", look="quiet", run=self.paste, parent=holder
            )
        )
        self.body.addWidget(holder)
        hint = wording.text("Photos and files can also be dropped here.")
        self.body.addWidget(Words(hint, scale="small", tone="muted", wrap=True, parent=self))

    def put_files(self, files: Sequence[Proof], into: QVBoxLayout | None = None) -> None:
        """A row for each file that is no photo."""
        for number, proof in enumerate(files, 1):
            row = QWidget(self)
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(10)
            across.addWidget(Picture("paperclip", role="muted", parent=row))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Words(proof.item.name, wrap=True, parent=row))
            under = f"{size_words(proof.item.size)} · {custody(proof)}"
            words.addWidget(Words(under, scale="small", tone="muted", wrap=True, parent=row))
            across.addLayout(words, 1)
            title = wording.text("{name}: what can be done", name=proof.item.name)
            more = IconButton("ellipsis", title, name=f"{self._name}.file.{number}", parent=row)
            more.clicked.connect(partial(self.offer, more, proof.item))
            across.addWidget(more)
            (into or self.body).addWidget(row)

    def put_remarks(self, proofs: Sequence[Proof], into: QVBoxLayout | None = None) -> None:
        """What is worth a look: a photo that looks like one of another record."""
        for proof in proofs:
            if proof.alike:
                numbers = ", ".join(proof.alike)
                said = wording.text("{name} looks like a photo of {numbers}.", name=proof.item.name, numbers=numbers)
                (into or self.body).addWidget(Words(said, scale="small", tone="fair", wrap=True, parent=self))

    def offer(self, at: QWidget, item: Evidence, _checked: bool = False, *, own: bool = True) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        """What can be done with a photo or file; with one of a finding only looking and copying."""
        menu = QMenu(self)
        if item.width:
            menu.addAction(wording.text("See it large")).triggered.connect(partial(self._see, item))
        if item.width and own:
            menu.addAction(wording.text("Draw over it")).triggered.connect(partial(self._draw, item))
        menu.addAction(wording.text("Save a copy")).triggered.connect(partial(self._acts.save_copy, item))
        if own:
            menu.addAction(wording.text("Remove")).triggered.connect(partial(self._remove, item))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def kept(self, _change: Change) -> None:
        """Say that it is kept."""
        self._services.messages.info(wording.text("It is kept, and goes to headquarters with the next pack."))

    def _pasted(self, taken: Taken) -> None:
        self.keep([taken])

    def _see(self, item: Evidence, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        Viewer(self._services, item, self).show()

    def _draw(self, item: Evidence, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._acts.annotate(item)

    def _remove(self, item: Evidence, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._services.jobs.write(remove, item.uid, done=partial(self._removed, item))

    def _removed(self, item: Evidence, _change: Any) -> None:
        undo = partial(self._services.jobs.write, restore, item.uid)
        self._services.messages.info(wording.text("{name} removed.", name=item.name), undo=undo)


def custody(proof: Proof) -> str:
    """How far a photo or file has come."""
    if not proof.is_here:
        return wording.text("not on this computer")
    return wording.text("held by headquarters") if proof.is_held else wording.text("not sent to headquarters yet")


def picture_of(desk: Desk, item: Evidence | None) -> QImage | None:
    """The picture with its marks, no larger than a card needs; on a job's thread."""
    data = shown(desk.store.evidence, item) if item is not None else None
    if data is None:
        return None
    picture = QImage.fromData(data)
    if max(picture.width(), picture.height()) <= SIDE:
        return picture
    modes = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return picture.scaled(SIDE, SIDE, *modes)
