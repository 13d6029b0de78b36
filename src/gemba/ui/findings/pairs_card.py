"""Proof of an action: its photos of before and after side by side, and files; what is missing is taken in there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.store.reading import Reader
from gemba.ui.conduct import photos
from gemba.ui.conduct.photos import Taken
from gemba.ui.findings.photo_slot import PhotoSlot
from gemba.ui.findings.proof_taking import ProofTaking, custody, picture_of
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.desk import Desk
from gemba.work.photo_pairs import BEFORE, OF_ACTION, Pair, add_after, add_before, finding_of, of_action, pairs_of
from gemba.work.proofs import Proof, add_proof, told_of


class ShownPair(msgspec.Struct, frozen=True):
    """A pair with what is to be seen of it."""

    pair: Pair
    before: QImage | None
    after: QImage | None


class ShownProofs(msgspec.Struct, frozen=True):
    """All that shows what became of an action."""

    pairs: tuple[ShownPair, ...]
    proofs: tuple[Proof, ...]
    """Photos and files that belong to the action itself."""
    has_finding: bool
    """Whether a finding stands behind it, whose photos are those of before."""


class PairsCard(ProofTaking):
    """All pairs and files of an action, and room for more.

    Args:
        services: of the window.
        action: that they belong to.
        shown: what there is, in order.
        parent: the owner.
    """

    def __init__(self, services: Services, action: Action, shown: ShownProofs, parent: QWidget | None = None) -> None:
        heading = wording.text("Before and after") if shown.has_finding else wording.text("Photos and files")
        super().__init__(services, heading, "pairs", parent)
        self._action, self._shown = action, shown
        self._custody = {one.item.uid: custody(one) for one in shown.proofs}
        for number, each in enumerate(shown.pairs, 1):
            self.body.addWidget(self._row(number, each))
        if not shown.pairs:
            words = wording.text("No photo shows how it was. One of how it is now may stand alone.")
            self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        self.put_files([one for one in shown.proofs if not one.item.width])
        self._remarks = QVBoxLayout()
        self.body.addLayout(self._remarks)
        self._look_for_the_same()
        add = wording.text("Add a photo of after")
        file = wording.text("Add photo or file")
        buttons = [
            Button(add, name="pairs.add", icon="image-plus", look="quiet", run=self.choose_after, parent=self),
            Button(file, name="pairs.file", icon="paperclip", look="quiet", run=self.choose, parent=self),
        ]
        if not shown.has_finding:
            was = wording.text("Add a photo of before")
            buttons.insert(
                0, Button(was, name="pairs.was", icon="image", look="quiet", run=self.choose_before, parent=self)
            )
        self.put_ways_in(*buttons)

    def slots(self) -> list[PhotoSlot]:
        """All photos and empty frames, pair by pair."""
        return self.findChildren(PhotoSlot)

    def keep(self, taken: Sequence[Taken]) -> None:
        """Photos as those of after, each beside one of before as far as there are some; files as they are."""
        files = [(each.name, each.data) for each in taken]
        self._services.jobs.write(add_proof, "action", self._action.uid, files, done=self.kept)

    @Slot()
    def choose_after(self) -> None:
        """Ask for photos of after."""
        self.take_after(photos.choose_files(self, "image"))

    @Slot()
    def choose_before(self) -> None:
        """Ask for photos of before, where no finding has some."""
        self._errand(photos.choose_files(self, "image"), self._read_before)

    def take_after(self, files: Sequence[Path], beside: str | None = None) -> None:
        """Take photos of after, the first beside the one of before that is meant."""
        self._errand(files, partial(self._read_after, beside))

    def _look_for_the_same(self) -> None:
        """Look through all photos beside the window: in a large store that takes longer than the page may wait."""
        own = tuple(one.item for one in self._shown.proofs if one.item.width)
        if own:
            self._services.jobs.ask(read_remarks, self._services.desk, own, done=self._remark)

    def _remark(self, proofs: Sequence[Proof]) -> None:
        self.put_remarks(proofs, self._remarks)

    def _errand(self, files: Sequence[Path], done: object) -> None:
        if files and callable(done):
            self._services.jobs.errand(photos.read_files, tuple(files), done=done)

    def _row(self, number: int, each: ShownPair) -> QWidget:
        row = QWidget(self)
        row.setAccessibleName(wording.text("Pair {number}", number=number))
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        sides = (
            (wording.text("Before"), each.pair.before, each.before, f"pairs.{number}.before"),
            (wording.text("After"), each.pair.after, each.after, f"pairs.{number}.after"),
        )
        for column, (title, item, picture, name) in enumerate(sides):
            grid.setColumnStretch(column, 1)
            grid.addWidget(Words(title, scale="small", strong=True, parent=row), 0, column)
            side = QWidget(row)
            rows = QVBoxLayout(side)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(4)
            rows.addWidget(self._slot(title, item, picture, name, each.pair))
            caption = self._caption(item) if item is not None else ""
            rows.addWidget(Words(caption, scale="small", tone="muted", wrap=True, parent=side))
            grid.addWidget(side, 1, column, Qt.AlignmentFlag.AlignTop)
        return row

    def _caption(self, item: Evidence) -> str:
        return " · ".join(part for part in (item.name, self._custody.get(item.uid, "")) if part)

    def _slot(self, title: str, item: Evidence | None, picture: QImage | None, name: str, pair: Pair) -> PhotoSlot:
        if item is not None:
            slot = PhotoSlot(wording.text("{side}: {name}", side=title, name=item.name), name=name, parent=self)
            slot.show_picture(picture)
            slot.clicked.connect(partial(self.offer, slot, item, own=item.subject.startswith(OF_ACTION)))
            return slot
        if pair.before is None:
            return PhotoSlot(wording.text("No photo of before"), name=name, parent=self)
        words = wording.text("Drop a photo here, or choose one")
        slot = PhotoSlot(words, name=name, takes=True, parent=self)
        slot.setAccessibleName(wording.text("After, beside {name}: no photo yet; choose one", name=pair.before.name))
        beside = pair.before.uid
        slot.clicked.connect(partial(self._choose_beside, beside))
        slot.dropped.connect(partial(self.take_after, beside=beside))
        return slot

    def _choose_beside(self, beside: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.take_after(photos.choose_files(self, "image"), beside)

    def _read_after(self, beside: str | None, taken: Sequence[Taken]) -> None:
        for each in taken:
            verb = partial(add_after, beside=beside)
            self._services.jobs.write(verb, self._action.uid, each.data, each.name, done=self._kept_beside)
            beside = None

    def _read_before(self, taken: Sequence[Taken]) -> None:
        for each in taken:
            self._services.jobs.write(add_before, self._action.uid, each.data, each.name, done=self.kept)

    def _kept_beside(self, change: Change) -> None:
        if any(one.pair.before is not None for one in self._shown.pairs):
            self._services.messages.info(wording.text("The photo is kept beside the one of before."))
        else:
            self.kept(change)


def read_proofs(desk: Desk, reader: Reader, action: Action) -> ShownProofs:
    """All that shows what became of an action, with its pictures; on a job's thread."""
    pairs = show_pairs(desk, pairs_of(reader, action))
    own = [one for one in of_action(reader, action) if one.stance != BEFORE or one.width]
    proofs = told_of(desk, reader, own, alike=False)
    return ShownProofs(pairs, proofs, finding_of(reader, action) is not None)


def read_remarks(desk: Desk, items: Sequence[Evidence]) -> tuple[Proof, ...]:
    """Photos of an action with what looks like them; on an errand's thread."""
    with desk.reader() as reader:
        return told_of(desk, reader, items)


def show_pairs(desk: Desk, pairs: Sequence[Pair]) -> tuple[ShownPair, ...]:
    """The pairs with their pictures; on a job's thread."""
    return tuple(ShownPair(each, picture_of(desk, each.before), picture_of(desk, each.after)) for each in pairs)
