"""Takes a picture with the camera of the laptop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.media.multimedia import camera, multimedia
from gemba.ui.drawing.picture_view import PictureView
from gemba.ui.parts.buttons import Button


def take_picture(parent: QWidget, done: Callable[[QImage], object]) -> None:
    """Open the window that shows what the camera sees.

    Args:
        parent: the owner.
        done: called with each picture that is taken.

    Raises:
        Trouble: Qt's multimedia module is not installed.
        Refusal: there is no camera.
    """
    CameraWindow(camera(), multimedia(), done, parent).open()


class CameraWindow(QDialog):
    """What the camera sees, live; Space takes a picture, as many as one likes.

    Args:
        lens: a `QCamera`.
        qt: the multimedia module.
        done: takes each picture.
        parent: the owner.
    """

    def __init__(self, lens: Any, qt: Any, done: Callable[[QImage], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("camera")
        self.setWindowTitle(wording.text("Camera"))
        self.resize(760, 620)
        self._done, self._lens, self._last = done, lens, QImage()
        self._view = PictureView(self)
        self._view.setAccessibleName(wording.text("What the camera sees"))
        self._view.show_picture(None, wording.text("The camera starts…"))
        self._take = Button(
            wording.text("Take the picture"),
            name="camera.take",
            icon="camera",
            look="primary",
            run=self.take,
            parent=self,
        )
        self._take.setShortcut(Qt.Key.Key_Space)
        self._take.setEnabled(False)
        close = Button(wording.text("Close"), name="camera.close", run=self.accept, parent=self)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self._take)
        rows = QVBoxLayout(self)
        rows.addWidget(self._view, 1)
        rows.addLayout(foot)
        lens.setParent(self)
        self._sink, self._session = qt.QVideoSink(self), qt.QMediaCaptureSession(self)
        self._session.setCamera(lens)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._see)
        self.finished.connect(self._stop)
        lens.start()

    def take(self) -> None:
        """Keep what is seen now."""
        if not self._last.isNull():
            self._done(self._last.copy())
            self.accept()

    def _see(self, frame: Any) -> None:
        picture = frame.toImage()
        if not picture.isNull():
            self._last = picture
            self._take.setEnabled(True)
            self._view.show_picture(picture)

    def _stop(self) -> None:
        self._sink.videoFrameChanged.disconnect(self._see)
        self._lens.stop()
