"""Before and after: the photos of an action side by side; what is missing is taken in where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.actions import Action
from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.store.shown import shown
from gemba.ui.conduct import photos
from gemba.ui.conduct.photos import Taken, choose_files
from gemba.ui.conduct.side.evidence_acts import EvidenceActs
from gemba.ui.conduct.side.viewer import Viewer
from gemba.ui.findings.photo_slot import PhotoSlot
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import Card
from gemba.ui.parts.words import Words
from gemba.ui.services import Services
from gemba.work.attach_evidence import remove, restore
from gemba.work.desk import Desk
from gemba.work.photo_pairs import Pair, add_after

SIDE = 800
"""Pixels of the longer side of what is shown."""


class ShownPair(msgspec.Struct, frozen=True):
    """A pair with what is to be seen of it."""

    pair: Pair
    before: QImage | None
    after: QImage | None


class PairsCard(Card):
    """All pairs of an action, and room for another photo of after.

    Args:
        services: of the window.
        action: that they belong to.
        pairs: in order.
        parent: the owner.
    """

    def __init__(
        self, services: Services, action: Action, pairs: Sequence[ShownPair], parent: QWidget | None = None
    ) -> None:
        super().__init__(wording.text("Before and after"), look="inset", parent=parent)
        self.setObjectName("pairs")
        self._services, self._action = services, action
        self._acts = EvidenceActs(services, self)
        for number, each in enumerate(pairs, 1):
            self.body.addWidget(self._row(number, each))
        if not pairs:
            words = wording.text("No photo shows how it was. One of how it is now may stand alone.")
            self.body.addWidget(Words(words, tone="muted", wrap=True, parent=self))
        add = Button(
            wording.text("Add a photo of after"),
            name="pairs.add",
            icon="image-plus",
            look="quiet",
            run=self.choose,
            parent=self,
        )
        self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)

    def slots(self) -> list[PhotoSlot]:
        """All photos and empty frames, pair by pair."""
        return self.findChildren(PhotoSlot)

    @Slot()
    def choose(self) -> None:
        """Ask for a photo of after."""
        self.take(choose_files(self, "image"))

    def take(self, files: Sequence[Path], beside: str | None = None) -> None:
        """Take photos of after, the first beside the one of before that is meant."""
        if files:
            done = partial(self._read, beside)
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
            caption = item.name if item is not None else ""
            rows.addWidget(Words(caption, scale="small", tone="muted", wrap=True, parent=side))
            grid.addWidget(side, 1, column, Qt.AlignmentFlag.AlignTop)
        return row

    def _slot(self, title: str, item: Evidence | None, picture: QImage | None, name: str, pair: Pair) -> PhotoSlot:
        if item is not None:
            slot = PhotoSlot(wording.text("{side}: {name}", side=title, name=item.name), name=name, parent=self)
            slot.show_picture(picture)
            slot.clicked.connect(partial(self._offer, slot, item, is_after=item is pair.after))
            return slot
        if pair.before is None:
            return PhotoSlot(wording.text("No photo of before"), name=name, parent=self)
        words = wording.text("Drop a photo here, or choose one")
        slot = PhotoSlot(words, name=name, takes=True, parent=self)
        slot.setAccessibleName(wording.text("After, beside {name}: no photo yet; choose one", name=pair.before.name))
        beside = pair.before.uid
        slot.clicked.connect(partial(self._choose_beside, beside))
        slot.dropped.connect(partial(self.take, beside=beside))
        return slot

    def _choose_beside(self, beside: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.take(choose_files(self, "image"), beside)

    def _read(self, beside: str | None, taken: Sequence[Taken]) -> None:
        for each in taken:
            verb: Callable[..., Change] = partial(add_after, beside=beside)
            self._services.jobs.write(verb, self._action.uid, each.data, each.name, done=self._kept)
            beside = None

    def _kept(self, _change: Change) -> None:
        self._services.messages.info(wording.text("The photo is kept beside the one of before."))

    def _offer(self, slot: PhotoSlot, item: Evidence, _checked: bool = False, *, is_after: bool) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        menu = QMenu(self)
        menu.addAction(wording.text("See it large")).triggered.connect(partial(self._see, item))
        menu.addAction(wording.text("Save a copy")).triggered.connect(partial(self._acts.save_copy, item))
        if is_after:
            menu.addAction(wording.text("Remove")).triggered.connect(partial(self._remove, item))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(slot.mapToGlobal(QPoint(0, slot.height())))

    def _see(self, item: Evidence, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        Viewer(self._services, item, self).show()

    def _remove(self, item: Evidence, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._services.jobs.write(remove, item.uid, done=partial(self._removed, item))

    def _removed(self, item: Evidence, _change: Any) -> None:
        undo = partial(self._services.jobs.write, restore, item.uid)
        self._services.messages.info(wording.text("{name} removed.", name=item.name), undo=undo)


def show_pairs(desk: Desk, pairs: Sequence[Pair]) -> tuple[ShownPair, ...]:
    """The pairs with their pictures; on a job's thread."""
    return tuple(ShownPair(each, _picture(desk, each.before), _picture(desk, each.after)) for each in pairs)


def _picture(desk: Desk, item: Evidence | None) -> QImage | None:
    data = shown(desk.store.evidence, item) if item is not None else None
    if data is None:
        return None
    picture = QImage.fromData(data)
    if max(picture.width(), picture.height()) <= SIDE:
        return picture
    modes = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return picture.scaled(SIDE, SIDE, *modes)
