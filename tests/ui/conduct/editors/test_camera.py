"""Camera and microphone, where Qt's multimedia module is installed; what they need of a device is handed to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gemba.errors import Refusal
from gemba.ui.conduct.editors.media import multimedia
from gemba.ui.conduct.editors.media.camera import CameraWindow, take_picture
from gemba.ui.conduct.editors.media.sound import Recorder, record

qt: Any = pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    made.deleteLater()


def test_a_picture_is_what_the_camera_saw_last(owner: QWidget) -> None:
    taken: list[QImage] = []
    window = CameraWindow(qt.QCamera(), qt, taken.append, owner)
    window.show()
    window.take()
    assert taken == [], "nothing was seen yet"
    seen = QImage(64, 48, QImage.Format.Format_RGB32)
    seen.fill(0xFF3366)
    window._sink.setVideoFrame(qt.QVideoFrame(seen))
    window.take()
    assert [(each.width(), each.height()) for each in taken] == [(64, 48)]
    assert abs(taken[0].pixelColor(30, 20).red() - 0xFF) < 12
    assert not window.isVisible()


def test_a_microphone_that_fails_is_told_and_the_window_closes(owner: QWidget, qtbot: QtBot) -> None:
    kept: list[bytes] = []
    window = Recorder(qt.QAudioInput(), qt, lambda data, _ending: kept.append(data), owner)
    window.show()
    said = window.findChild(QLabel, "recorder.said")
    assert said is not None
    qtbot.waitUntil(said.isVisible)
    assert said.text().startswith("Nothing is recorded")
    window.reject()
    assert not window.isVisible()
    assert kept == []


@pytest.mark.skipif(not qt.QMediaDevices.defaultVideoInput().isNull(), reason="this laptop has a camera")
def test_a_laptop_without_devices_says_so(owner: QWidget) -> None:
    for ask, code in ((take_picture, "conduct.no_camera"), (record, "conduct.no_microphone")):
        with pytest.raises(Refusal) as refused:
            ask(owner, lambda *_: None)
        assert refused.value.code == code
    assert multimedia.multimedia() is qt
