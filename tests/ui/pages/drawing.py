"""The canvas as a person meets it: pressed, dragged, typed on."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.store.picturing import as_file, scene

from gemba.domain.evidence import Mark
from gemba.ui.drawing.annotator import Annotator

LEFT = Qt.MouseButton.LeftButton


def picture(size: tuple[int, int] = (800, 600), seed: int = 11) -> QImage:
    """An upright picture."""
    return QImage.fromData(QByteArray(as_file(scene(seed, size), "PNG")))


class DrawingObject:
    """Draws over a photo."""

    def __init__(self, window: Annotator, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.canvas, self.drawing = window.canvas, window.drawing

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.drawing.marks

    def at(self, x: float, y: float) -> QPoint:
        """Where a point of the picture (fractions) is on the canvas."""
        return self.canvas.spot(x, y).toPoint()

    def drag(self, *way: tuple[float, float]) -> DrawingObject:
        """Press at the first point of the picture, go along the others, let go at the last."""
        QTest.mousePress(self.canvas, LEFT, pos=self.at(*way[0]))
        for point in way[1:]:
            QTest.mouseMove(self.canvas, self.at(*point))
        QTest.mouseRelease(self.canvas, LEFT, pos=self.at(*way[-1]))
        return self

    def click(self, x: float, y: float) -> DrawingObject:
        QTest.mouseClick(self.canvas, LEFT, pos=self.at(x, y))
        return self

    def double_click(self, x: float, y: float) -> DrawingObject:
        QTest.mouseDClick(self.canvas, LEFT, pos=self.at(x, y))
        return self

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> DrawingObject:
        QTest.keyClick(QApplication.focusWidget() or self.canvas, key, modifier)
        return self

    def type(self, words: str) -> DrawingObject:
        QTest.keyClicks(QApplication.focusWidget() or self.canvas, words)
        return self

    def button(self, name: str) -> QAbstractButton:
        found = self.window.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton), name
        return found

    def use(self, name: str) -> DrawingObject:
        QTest.mouseClick(self.button(name), LEFT)
        return self

    def entry(self) -> QLineEdit:
        found = self.canvas.findChild(QLineEdit, "canvas.words")
        assert isinstance(found, QLineEdit)
        return found
