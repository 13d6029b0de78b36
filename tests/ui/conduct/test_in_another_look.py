"""A walk that is open is shown in another look, and then in a narrower window: nothing of it is lost from sight."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from tests.ui.pages.conduct import ConductObject

from gemba.ui.conduct.editors.choice_button import OneChoice
from gemba.ui.theme import current


def in_sight(widget: QWidget) -> bool:
    """True when nothing that a widget stands in cuts it off."""
    return bool(widget.visibleRegion().boundingRect() == widget.rect())


@pytest.mark.parametrize("width", [1280, 1200, 640])
def test_all_choices_stay_in_sight(conduct: ConductObject, qapp: QApplication, width: int) -> None:
    row = conduct.row("exits")
    current.show(qapp, "dark", "petrol")
    conduct.settle()
    conduct.page.resize(width, 900)
    conduct.settle()
    conduct.go("exits")
    choices = row.findChildren(OneChoice)
    assert [choice.words() for choice in choices] == ["Yes", "No", "Does not apply"]
    assert [choice.words() for choice in choices if not in_sight(choice)] == []


def test_the_star_of_a_required_question_takes_the_new_colour(conduct: ConductObject, qapp: QApplication) -> None:
    row = conduct.row("exits")

    def coloured(colour: str) -> bool:
        return any(colour in label.text() for label in row.findChildren(QLabel))

    before = current.look().poor
    assert coloured(before)
    current.show(qapp, "dark", "petrol")
    conduct.settle()
    assert current.look().poor != before
    assert coloured(current.look().poor)
    assert not coloured(before)
