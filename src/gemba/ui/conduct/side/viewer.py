"""A photo seen large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.photos import PRINT
from gemba.ui.parts.buttons import Button

if TYPE_CHECKING:
    from gemba.ui.services import Services


class Viewer(QDialog):
    """One piece of evidence, as large as the screen allows; Esc closes it."""

    def __init__(self, services: Services, item: Evidence, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(item.name)
        self.setObjectName("viewer")
        self.resize(960, 720)
        self._picture = _Picture(item.name, self)
        rows = QVBoxLayout(self)
        rows.addWidget(self._picture, 1)
        rows.addWidget(QLabel(item.name, self))
        rows.addWidget(Button(wording.text("Close"), name="viewer.close", run=self.accept, parent=self))
        services.jobs.errand(large_picture, services.desk.store.evidence, item.sha256, done=self._arrived)

    def _arrived(self, picture: QImage | None) -> None:
        self._picture.show_picture(picture)


class _Picture(QWidget):
    """Draws a picture within its frame, whole and in proportion."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._picture: QImage | None = None

    def show_picture(self, picture: QImage | None) -> None:
        """The picture, once it is there."""
        self._picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """In the middle, as large as fits."""
        painter = QPainter(self)
        if self._picture is None:
            words = wording.text("No picture can be shown of this file.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.drawImage(self.rect().adjusted(left, top, -left, -top), self._picture)
        painter.end()


def large_picture(files: EvidenceFiles, sha256: str) -> QImage | None:
    """The upright copy that is made for screen and print; for an errand thread."""
    try:
        data = files.preview(sha256, PRINT)
    except GembaError:
        return None
    return QImage.fromData(QByteArray(data)) if data else None
