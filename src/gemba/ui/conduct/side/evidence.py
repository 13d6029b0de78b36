"""The photos and files of the current question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.ui.conduct.saving import State
from gemba.ui.conduct.sheet import OpenSheet, Photo
from gemba.ui.conduct.side.pictures import Pictures
from gemba.ui.conduct.side.thumbnail import Thumbnail
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.cards import clear
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work import attach_evidence

if TYPE_CHECKING:
    from gemba.ui.services import Services


class EvidenceBox(QWidget):
    """Thumbnails, the button that adds, and what could not be kept."""

    wanted = Signal()
    """A file is to be chosen."""
    opened = Signal(object)
    """A piece of evidence is to be seen large."""

    def __init__(self, services: Services, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._pictures = services, pictures
        self._sheet: OpenSheet | None = None
        self._path = ""
        self._add = Button(
            wording.text("Add photo or file"), name="photo.add", icon="camera", run=self.wanted.emit, parent=self
        )
        self._add.setToolTip(wording.text("P. A picture can also be dropped on the question, or pasted."))
        self._empty = Words(
            wording.text("No photo yet. Drop one on the question, or paste it."),
            tone="muted",
            scale="small",
            wrap=True,
            parent=self,
        )
        self._failed = Words(tone="poor", scale="small", wrap=True, parent=self)
        self._holder = QWidget(self)
        self._flow = Flow(self._holder, gap=8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for widget in (self._empty, self._holder, self._failed, self._add):
            rows.addWidget(widget)

    def show_question(self, sheet: OpenSheet, path: str) -> None:
        """Show what belongs to a question."""
        self._sheet, self._path = sheet, path
        clear(self._flow)
        kept, coming = sheet.records.evidence_of(path), sheet.photos_of(path)
        self._show(kept, coming)
        self._add.setVisible(not sheet.frozen)
        self._empty.setVisible(not kept and not coming)
        self._holder.setVisible(bool(kept or coming))
        self._holder.updateGeometry()

    def thumbnails(self) -> list[Thumbnail]:
        """What is shown, in order."""
        return [each for each in self._holder.findChildren(Thumbnail) if not each.isHidden()]

    def _show(self, kept: Sequence[Evidence], coming: Sequence[Photo]) -> None:
        troubles: list[str] = []
        for item in kept:
            shown = self._thumbnail(f"evidence:{item.uid}", item.name)
            shown.clicked.connect(partial(self._offer, shown, item))
            self._pictures.kept(item.sha256, shown)
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
        if self._sheet is not None and not self._sheet.frozen:
            menu.addAction(wording.text("Remove")).triggered.connect(partial(self._remove, item))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(shown.mapToGlobal(QPoint(0, shown.height())))

    def _offer_failed(self, shown: Thumbnail, photo: Photo) -> None:
        assert self._sheet is not None
        menu = QMenu(self)
        menu.addAction(wording.text("Try again")).triggered.connect(self._sheet.saving.retry)
        menu.addAction(wording.text("Let go of it")).triggered.connect(partial(self._sheet.drop_photo, photo.key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(shown.mapToGlobal(QPoint(0, shown.height())))

    def _remove(self, item: Evidence, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal carries it
        self._services.jobs.write(attach_evidence.remove, item.uid, done=partial(self._removed, item))

    def _removed(self, item: Evidence, _change: object) -> None:
        self._services.messages.info(wording.text("{name} removed.", name=item.name), partial(self._bring_back, item))

    def _bring_back(self, item: Evidence) -> None:
        self._services.jobs.write(attach_evidence.restore, item.uid)
