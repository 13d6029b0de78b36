"""The photos and files of the current question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.ui.conduct import photos
from gemba.ui.conduct.editors.media.camera import take_picture
from gemba.ui.conduct.saving import State
from gemba.ui.conduct.sheet import OpenSheet, Photo
from gemba.ui.conduct.side.evidence_acts import EvidenceActs
from gemba.ui.conduct.side.pictures import Pictures
from gemba.ui.conduct.side.thumbnail import Thumbnail
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.attach_evidence import remark_on

if TYPE_CHECKING:
    from gemba.ui.services import Services


class EvidenceBox(QWidget):
    """Thumbnails, the buttons that add, and what could not be kept."""

    wanted = Signal()
    """A file is to be chosen."""
    opened = Signal(object)
    """A piece of evidence is to be seen large."""

    def __init__(self, services: Services, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._pictures = services, pictures
        self._acts = EvidenceActs(services, self)
        self._sheet: OpenSheet | None = None
        self._path = ""
        self._empty = Words(
            wording.text("No photo yet. Drop one on the question, or paste it."),
            tone="muted",
            scale="small",
            wrap=True,
            parent=self,
        )
        self._failed = Words(tone="poor", scale="small", wrap=True, parent=self)
        self._remarks = Words(tone="fair", scale="small", wrap=True, parent=self)
        self._remarks.setObjectName("evidence.remarks")
        self._holder = QWidget(self)
        self._flow = Flow(self._holder, gap=8)
        self._buttons = self._make_buttons()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for widget in (self._empty, self._holder, self._failed, self._remarks, self._buttons):
            rows.addWidget(widget)

    def show_question(self, sheet: OpenSheet, path: str) -> None:
        """Show what belongs to a question."""
        self._sheet, self._path = sheet, path
        self._acts.sheet = sheet
        clear(self._flow)
        kept, coming = sheet.records.evidence_of(path), sheet.photos_of(path)
        self._show(kept, coming)
        self._buttons.setVisible(not sheet.frozen)
        self._empty.setVisible(not kept and not coming)
        self._holder.setVisible(bool(kept or coming))
        self._holder.updateGeometry()
        self._remarks.setText("\n".join(filter(None, map(remark_on, kept))))
        self._remarks.setVisible(bool(self._remarks.text()))

    def thumbnails(self) -> list[Thumbnail]:
        """What is shown, in order."""
        return [each for each in self._holder.findChildren(Thumbnail) if not each.isHidden()]

    def take_picture(self) -> None:
        """Take a picture with the camera of the laptop, where there is one."""
        try:
            take_picture(self, self._pictured)
        except GembaError as error:
            self._services.messages.trouble(error)

    def _make_buttons(self) -> QWidget:
        holder = QWidget(self)
        flow = Flow(holder)
        add = Button(
            wording.text("Add photo or file"), name="photo.add", icon="paperclip", run=self.wanted.emit, parent=holder
        )
        add.setToolTip(wording.text("P. A picture can also be dropped on the question, or pasted."))
        take = Button(
            wording.text("Camera"), name="photo.take", icon="camera", look="quiet", run=self.take_picture, parent=holder
        )
        take.setToolTip(wording.text("Take a picture with the camera of this laptop"))
        flow.addWidget(add)
        flow.addWidget(take)
        return holder

    def _pictured(self, picture: QImage) -> None:
        if self._sheet is not None:
            taken = photos.pictured(picture, self._sheet.now())
            self._sheet.add_photo(self._path, taken.data, taken.name)

    def _show(self, kept: Sequence[Evidence], coming: Sequence[Photo]) -> None:
        troubles: list[str] = []
        for item in kept:
            shown = self._thumbnail(f"evidence:{item.uid}", item.name)
            shown.be_a(item.media_type)
            shown.clicked.connect(partial(self._offer, shown, item))
            self._pictures.kept(item, shown)
        for photo in coming:
            shown = self._thumbnail(f"photo:{photo.key}", photo.name)
            self._pictures.given(photo, shown)
            self._tell_state(shown, photo, troubles)
        self._failed.setText("\n".join(troubles))
        self._failed.setVisible(bool(troubles))

    def _tell_state(self, shown: Thumbnail, photo: Photo, troubles: list[str]) -> None:
        assert self._sheet is not None
        field = ("photo", photo.key)
        if self._sheet.saving.state(field) is State.FAILED:
            error = self._sheet.saving.error(field)
            shown.remark(wording.text("Not saved"), "poor")
            shown.clicked.connect(partial(self._offer_failed, shown, photo))
            troubles.append(wording.sentence(error) if isinstance(error, GembaError) else photo.name)
        else:
            shown.remark(wording.text("Saving…"))

    def _thumbnail(self, name: str, title: str) -> Thumbnail:
        shown = Thumbnail(title, self._holder)
        shown.setObjectName(name)
        self._flow.addWidget(shown)
        shown.show()
        return shown

    def _offer(self, shown: Thumbnail, item: Evidence) -> None:
        menu = QMenu(self)
        menu.addAction(wording.text("See it large")).triggered.connect(partial(self.opened.emit, item))
        if self._acts.able and item.width:
            menu.addAction(wording.text("Draw over it")).triggered.connect(partial(self._acts.annotate, item))
        menu.addAction(wording.text("Save a copy")).triggered.connect(partial(self._acts.save_copy, item))
        if self._acts.able:
            menu.addAction(wording.text("Remove")).triggered.connect(partial(self._acts.remove, item))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(shown.mapToGlobal(QPoint(0, shown.height())))

    def _offer_failed(self, shown: Thumbnail, photo: Photo) -> None:
        assert self._sheet is not None
        menu = QMenu(self)
        menu.addAction(wording.text("Try again")).triggered.connect(self._sheet.saving.retry)
        menu.addAction(wording.text("Let go of it")).triggered.connect(partial(self._sheet.drop_photo, photo.key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(shown.mapToGlobal(QPoint(0, shown.height())))
