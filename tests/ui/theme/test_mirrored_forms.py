"""Forms of a window that is written from right to left begin at its right edge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QLineEdit
from tests.ui.pages.window import WindowObject

from gemba import wording
from gemba.ui.languages import speak
from gemba.ui.parts.fields import Choice, Field
from gemba.ui.theme import current


@pytest.fixture
def mirrored(qapp):
    speak(qapp, wording.MIRRORED)
    current.show(qapp, "light", "petrol")


def room_at_the_sides(widget) -> tuple[int, int]:
    """Empty dots left and right of what is written in a widget, its border left out."""
    picture = widget.grab(widget.rect().adjusted(4, 6, -4, -6)).toImage().convertToFormat(QImage.Format.Format_RGB32)
    middle = picture.pixel(picture.width() // 2, 1)
    inked = [x for x in range(picture.width()) if any(picture.pixel(x, y) != middle for y in range(picture.height()))]
    return min(inked) + 4, widget.width() - 5 - max(inked)


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(400, widget.sizeHint().height())
        widget.show()
        return widget

    return show


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("words", ["Name of the place", "&Name", "اسم المكان"])
def test_the_words_above_a_field_begin_where_the_field_begins(shown, words):
    form = shown(Field(words, QLineEdit()))
    left, right = room_at_the_sides(form.label)
    assert right < 12 < left


def test_a_choice_keeps_its_room_for_the_arrow_on_the_side_of_the_arrow(shown, qapp):
    def sides():
        return room_at_the_sides(shown(Choice([("a", "Harbour branch")], name="choice")))

    arrow, words = sides()[::-1]
    assert (arrow, words) <= (14, 16)
    speak(qapp, wording.MIRRORED)
    current.show(qapp, "light", "petrol")
    assert QGuiApplication.isRightToLeft()
    mirrored_arrow, mirrored_words = sides()
    assert abs(mirrored_arrow - arrow) <= 2
    assert abs(mirrored_words - words) <= 3


@pytest.mark.usefixtures("mirrored")
def test_places_are_set_in_from_the_side_on_which_lines_begin(open_window, demo_desk):
    window: WindowObject = open_window(demo_desk)
    page = window.go("settings")
    shown = {label.text(): label for label in page.findChildren(QLabel) if label.isVisible()}

    def end(name: str) -> int:
        label = shown[name]
        return label.mapTo(page, QPoint(label.width(), 0)).x()

    assert end("Meridian Services") > end("Region North") > end("Harbour branch")
