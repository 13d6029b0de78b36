"""The window in which one draws, with a picture that was made here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.drawing import DrawingObject, picture

from gemba.ui.drawing.annotator import Annotator


@pytest.fixture
def annotator(qtbot: QtBot) -> Iterator[DrawingObject]:
    owner = QWidget()
    made = Annotator("view.jpg", (), owner)
    made.resize(1040, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.show_picture(picture())
    made.activateWindow()
    made.canvas.setFocus()
    yield DrawingObject(made, qtbot)
    owner.deleteLater()
