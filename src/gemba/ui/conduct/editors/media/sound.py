"""Records what is said, with the microphone of the laptop.

It is held in memory until it is kept: nothing of it ever lies on the disk unencrypted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gemba import wording
from gemba.ui.conduct.editors.media.multimedia import microphone, multimedia
from gemba.ui.parts.buttons import Button
from gemba.ui.parts.words import Words

_MOST_MS = 30 * 60 * 1000
"""Half an hour, so that a forgotten recording never becomes too large to send."""


def record(parent: QWidget, done: Callable[[bytes, str], object]) -> None:
    """Open the window that records.

    Args:
        parent: the owner.
        done: called with the bytes and the ending of the file's name.

    Raises:
        Trouble: Qt's multimedia module is not installed.
        Refusal: there is no microphone.
    """
    Recorder(microphone(), multimedia(), done, parent).open()


class Recorder(QDialog):
    """Records from the moment it opens; Stop keeps it, Esc does not.

    Args:
        source: a `QAudioInput`.
        qt: the multimedia module.
        done: takes what was recorded.
        parent: the owner.
    """

    def __init__(self, source: Any, qt: Any, done: Callable[[bytes, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("recorder")
        self.setWindowTitle(wording.text("Record"))
        self._done, self._keeps = done, False
        self._held = QBuffer(self)
        self._held.open(QIODevice.OpenModeFlag.ReadWrite)
        self._time = Words("0:00", scale="display", parent=self)
        self._time.setAccessibleName(wording.text("Recorded so far"))
        self._make_buttons()
        source.setParent(self)
        self._recorder, self._session = qt.QMediaRecorder(self), qt.QMediaCaptureSession(self)
        self._session.setAudioInput(source)
        self._session.setRecorder(self._recorder)
        self._ending = _choose_format(qt, self._recorder)
        self._recorder.setOutputDevice(self._held)
        self._recorder.durationChanged.connect(self._tell)
        self._recorder.recorderStateChanged.connect(self._changed)
        self._recorder.errorOccurred.connect(self._fail)
        self._stopped = qt.QMediaRecorder.RecorderState.StoppedState
        self._recorder.record()

    def stop(self) -> None:
        """Stop and keep it."""
        self._keeps = True
        self._recorder.stop()

    def reject(self) -> None:
        """Stop and let go of it."""
        self._recorder.stop()
        super().reject()

    def _make_buttons(self) -> None:
        self._said = Words(tone="poor", wrap=True, parent=self)
        self._said.setObjectName("recorder.said")
        self._said.hide()
        self._stop = Button(
            wording.text("Stop and keep"),
            name="recorder.stop",
            icon="circle-stop",
            look="primary",
            run=self.stop,
            parent=self,
        )
        leave = Button(wording.text("Let go of it"), name="recorder.leave", look="quiet", run=self.reject, parent=self)
        foot = QHBoxLayout()
        foot.addWidget(leave)
        foot.addWidget(self._stop)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.addWidget(self._time, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(self._said)
        rows.addLayout(foot)

    def _fail(self, _error: Any, words: str) -> None:
        """The microphone is there and cannot be used."""
        self._said.setText(
            wording.text("Nothing is recorded: {why}", why=words or wording.text("the microphone fails"))
        )
        self._said.setVisible(True)
        self._stop.setEnabled(False)

    def _tell(self, duration: int) -> None:
        seconds = duration // 1000
        self._time.setText(f"{seconds // 60}:{seconds % 60:02}")
        if duration >= _MOST_MS:
            self.stop()

    def _changed(self, state: Any) -> None:
        if state != self._stopped:
            return
        data = bytes(self._held.data().data())
        if self._keeps and data:
            self._done(data, self._ending)
        if self._keeps:
            self.accept()


def _choose_format(qt: Any, recorder: Any) -> str:
    """Let it record AAC, or plain waves where there is no AAC; gives the ending of the file's name."""
    form = qt.QMediaFormat(qt.QMediaFormat.FileFormat.Mpeg4Audio)
    form.setAudioCodec(qt.QMediaFormat.AudioCodec.AAC)
    if not form.isSupported(qt.QMediaFormat.ConversionMode.Encode):
        form = qt.QMediaFormat(qt.QMediaFormat.FileFormat.Wave)
        form.setAudioCodec(qt.QMediaFormat.AudioCodec.Wave)
    recorder.setMediaFormat(form)
    return str(form.fileFormat().name).lower().replace("mpeg4audio", "m4a").replace("wave", "wav")
