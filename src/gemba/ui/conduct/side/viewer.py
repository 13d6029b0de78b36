"""A photo seen large, with its marks and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.store.camera_remarks import Remarks, remarks_of
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.shown import shown
from gemba.ui.conduct.side.evidence_acts import EvidenceActs
from gemba.ui.conduct.side.evidence_words import facts_of
from gemba.ui.drawing.picture_view import PictureView
from gemba.ui.parts.buttons import Button, IconButton
from gemba.ui.parts.flow import Flow
from gemba.ui.parts.words import Words
from gemba.work.attach_evidence import remark_on

if TYPE_CHECKING:
    from gemba.ui.conduct.sheet import OpenSheet
    from gemba.ui.services import Services

Seen = tuple[QImage | None, Remarks]


class Viewer(QDialog):
    """The photos and files of one question, one at a time. Arrows go on, + and - zoom, Esc closes.

    Args:
        services: of the window.
        item: which to begin with.
        parent: the owner.
        sheet: the open assessment; without it one can only look.
    """

    def __init__(self, services: Services, item: Evidence, parent: QWidget, sheet: OpenSheet | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("viewer")
        self.resize(1000, 760)
        self._services, self._sheet = services, sheet
        self._acts = EvidenceActs(services, self)
        self._acts.sheet = sheet
        self._at: Uid = item.uid
        self._items: Sequence[Evidence] = (item,)
        self.picture = PictureView(self)
        self.caption = QLineEdit(self)
        self.facts = Words(tone="muted", scale="small", wrap=True, parent=self)
        self._make()
        if sheet is not None:
            sheet.recorded.connect(self._read_again)
        self._read_again(fresh=True)
        self.setFocus()

    @property
    def item(self) -> Evidence:
        """What is shown."""
        return next((each for each in self._items if each.uid == self._at), self._items[0])

    def go(self, by: int) -> None:
        """Show the next one, or the one before."""
        at = self._items.index(self.item) + by
        if 0 <= at < len(self._items):
            self._at = self._items[at].uid
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go through the photos; the other keys are those of the buttons."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        steps = {Qt.Key.Key_Left: 1 if mirrored else -1, Qt.Key.Key_Right: -1 if mirrored else 1}
        zooms = {"+": 1.25, "=": 1.25, "-": 0.8, "0": 0.0}
        if event.key() in steps:
            self.go(steps[Qt.Key(event.key())])
        elif event.text() in zooms:
            self.picture.zoom(zooms[event.text()])
        elif event.text().lower() == "a":
            self._annotate()
        elif event.key() == Qt.Key.Key_Delete:
            self._remove()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.setFocus()  # Enter in the caption keeps it and does not close
        else:
            super().keyPressEvent(event)

    # How it is made

    def _make(self) -> None:
        self.caption.setObjectName("viewer.caption")
        self.caption.setAccessibleName(wording.text("Name and caption"))
        self.caption.editingFinished.connect(self._rename)
        self.facts.setObjectName("viewer.facts")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(self.picture, 1)
        rows.addWidget(self._walk())
        rows.addWidget(self.facts)
        rows.addWidget(self._buttons())

    def _walk(self) -> QWidget:
        """Caption between the ways back and on."""
        walk = QWidget(self)
        line = QHBoxLayout(walk)
        line.setContentsMargins(0, 0, 0, 0)
        before, after = wording.text("The one before"), wording.text("The next one")
        self._before = IconButton("chevron-left", before, name="viewer.before", run=partial(self.go, -1), parent=walk)
        self._after = IconButton("chevron-right", after, name="viewer.next", run=partial(self.go, 1), parent=walk)
        self._count = Words(tone="muted", scale="small", parent=walk)
        for widget, stretch in ((self._before, 0), (self.caption, 1), (self._count, 0), (self._after, 0)):
            line.addWidget(widget, stretch)
        return walk

    def _buttons(self) -> QWidget:
        foot = QWidget(self)
        flow = Flow(foot)
        near, far, whole = wording.text("Nearer (+)"), wording.text("Further (-)"), wording.text("Whole picture (0)")
        zoom = self.picture.zoom
        copy = wording.text("Save a copy")
        self._draw = Button(
            wording.text("Draw over it"), name="viewer.annotate", icon="pencil", run=self._annotate, parent=foot
        )
        self._away = Button(
            wording.text("Remove"), name="viewer.remove", icon="trash-2", look="danger", run=self._remove, parent=foot
        )
        self._zooms = [
            IconButton("zoom-in", near, name="viewer.nearer", run=partial(zoom, 1.25), role="ink", parent=foot),
            IconButton("zoom-out", far, name="viewer.further", run=partial(zoom, 0.8), role="ink", parent=foot),
            IconButton("maximize", whole, name="viewer.whole", run=partial(zoom, 0), role="ink", parent=foot),
        ]
        for button in (
            *self._zooms,
            self._draw,
            Button(copy, name="viewer.copy", icon="download", run=self._save, parent=foot),
            self._away,
            Button(wording.text("Close"), name="viewer.close", look="primary", run=self.accept, parent=foot),
        ):
            flow.addWidget(button)
        return foot

    # What is shown

    def _read_again(self, *, fresh: bool = False) -> None:
        """The records of the question are others now; what is shown goes on being shown if it is still there."""
        before, at = (self.item, self._items.index(self.item))
        if self._sheet is not None:
            found = self._sheet.records.evidence_of(before.path)
            if not found:
                self.accept()
                return
            self._items = found
            if self._at not in {each.uid for each in found}:
                self._at = found[min(at, len(found) - 1)].uid
        if fresh or self.item != before:
            self._show()

    def _show(self) -> None:
        item, at = self.item, self._items.index(self.item)
        able = self._acts.able
        self.setWindowTitle(item.name)
        self.picture.setAccessibleName(item.name)
        self.caption.setText(item.name)
        self.caption.setReadOnly(not able)
        self._before.setEnabled(at > 0)
        self._after.setEnabled(at + 1 < len(self._items))
        self._count.setText(wording.text("{number} of {count}", number=at + 1, count=len(self._items)))
        self._draw.setVisible(able and bool(item.width))
        self._away.setVisible(able)
        for button in self._zooms:
            button.setVisible(bool(item.width))
        self.facts.setText(facts_of(item, Remarks(), self._now()))
        self.picture.show_picture(None, wording.text("One moment…") if item.width else _no_picture(item))
        files = self._services.desk.store.evidence
        self._services.jobs.ask(seen, files, item, done=partial(self._arrived, item))

    def _arrived(self, item: Evidence, found: Seen) -> None:
        if item.uid == self._at and item.marks == self.item.marks:
            picture, remarks = found
            self.picture.show_picture(picture, _no_picture(item))
            self.facts.setText(facts_of(item, remarks, self._now()))

    def _now(self) -> tzinfo | None:
        return self._sheet.now().tzinfo if self._sheet is not None else None

    def _annotate(self) -> None:
        self._acts.annotate(self.item)

    def _remove(self) -> None:
        self._acts.remove(self.item)

    def _save(self) -> None:
        self._acts.save_copy(self.item)

    def _rename(self) -> None:
        self._acts.rename(self.item, self.caption.text())


def seen(files: EvidenceFiles, item: Evidence) -> Seen:
    """The picture with its marks, and the camera's remarks; for an errand thread."""
    if not item.width:
        return None, Remarks()
    data = shown(files, item)
    try:
        remarks = remarks_of(files.read(item.sha256))
    except GembaError:
        remarks = Remarks()
    return (QImage.fromData(QByteArray(data)) if data else None), remarks


def _no_picture(item: Evidence) -> str:
    return remark_on(item) or wording.text("No picture can be shown of this file. Save a copy to open it.")
