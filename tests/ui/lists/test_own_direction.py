"""Dates and names read in their own order in a window that is written from right to left."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from tests.ui.lists.conftest import COLUMNS, SHAPE, Memory, Thing

from gemba import wording
from gemba.ui.languages import speak
from gemba.ui.lists.columns import Column
from gemba.ui.lists.panel import ListPanel
from gemba.ui.parts.empty import EmptyState
from gemba.ui.parts.fields import Choice
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.theme import current

DAY = "22 Nov 2026, 6:50 AM"
_WIDE, _HIGH = 60, 8
LINES = [Thing(1, "u1", DAY, DAY), Thing(2, "u2", "An empty one (north), that has no room for all of its words", "red")]
PLAIN = (
    Column(name="day", title=lambda: "Day", words=lambda line: line.name, width=240),
    Column(name="under", title=lambda: "Two", words=lambda line: line.name, under=lambda line: line.colour, width=240),
    COLUMNS[1],
)


@pytest.fixture
def shown(services, qtbot):
    """Shows a list of such lines, as the window is written now."""

    def show() -> ListPanel:
        shape = msgspec.structs.replace(SHAPE, columns=PLAIN, filters=())
        panel = ListPanel(shape, Memory(LINES), services, empty=EmptyState("flag", "Nothing yet", "Make something."))
        qtbot.addWidget(panel)
        panel.resize(760, 400)
        panel.show()
        panel.start()
        qtbot.waitUntil(lambda: services.jobs.idle)
        for place in range(3):
            panel.table.setColumnWidth(place, 240)
        return panel

    return show


def written(widget, rect: QRect) -> QImage:
    """What is written there, without the room around it: where it stands differs, what it says must not."""
    picture = widget.grab(rect.adjusted(2, 2, -2, -2)).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    ground = picture.pixel(0, 0)
    dots = [(x, y) for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) != ground]
    across, down = [x for x, _ in dots], [y for _, y in dots]
    inked = picture.copy(min(across), min(down), max(across) - min(across) + 1, max(down) - min(down) + 1)
    return inked.scaled(_WIDE, _HIGH, mode=Qt.TransformationMode.SmoothTransformation)


def apart(one: QImage, other: QImage) -> float:
    """By how much two pictures differ, 0 to 255 a dot; glyphs stand a part of a dot further right or left."""
    dots = [(x, y) for x in range(_WIDE) for y in range(_HIGH)]
    return sum(abs(one.pixelColor(*dot).red() - other.pixelColor(*dot).red()) for dot in dots) / len(dots)


def turn_around() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    speak(app, wording.MIRRORED)
    current.show(app, "light", "petrol")
    assert QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize(("column", "alike"), [(0, 12), (1, 18), (2, 6)])
@pytest.mark.parametrize("row", [0, 1])
def test_a_cell_says_the_same_whatever_way_the_window_is_written(shown, row, column, alike):
    def cell() -> QImage:
        panel = shown()
        table = panel.table
        return written(table.viewport(), table.visualRect(table.model().index(row, column)))

    before = cell()
    turn_around()
    assert apart(cell(), before) < alike


def test_a_figure_table_and_a_choice_say_the_same_too(qtbot):
    def both() -> tuple[QImage, QImage]:
        table = FigureTable("figures", "Figures", ["Day"], most=4)
        choice = Choice([("a", DAY)], name="choice")
        for widget in (table, choice):
            qtbot.addWidget(widget)
            widget.resize(320, 140 if widget is table else 40)
            widget.show()
        table.put([(DAY,)])
        mirrored = choice.layoutDirection() == Qt.LayoutDirection.RightToLeft
        words = choice.rect().adjusted(40 if mirrored else 4, 6, -4 if mirrored else -40, -6)
        return written(table.viewport(), table.visualRect(table.model().index(0, 0))), written(choice, words)

    before = both()
    turn_around()
    for now, then in zip(both(), before, strict=True):
        assert apart(now, then) < 12
