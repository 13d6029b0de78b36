"""One checklist from the first question to the last answer without a mouse."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba.ui.conduct.page import ConductPage
from gemba.work import conduct as conducting
from gemba.work.conduct import open_sheet
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_COLUMNS = ("type", "name", "label::English (en)", "label::Français (fr)", "required", "constraint",
            "constraint_message::English (en)", "appearance", "parameters")  # fmt: skip
_SURVEY = (
    ("text", "hall", "Which hall?", "Quelle halle ?", "yes"),
    ("begin_repeat", "desk", "Desk", "Guichet"),
    ("text", "who", "Who sits here?", "Qui est là ?", "yes"),
    ("begin_group", "rates", "How is it?", "Comment est-ce ?", "", "", "", "field-list"),
    ("select_one level", "tidy", "Tidy", "Rangé", "", "", "", "likert"),
    ("select_one level", "calm", "Calm", "Calme", "", "", "", "likert"),
    ("end_group", "", ""),
    ("end_repeat", "", ""),
    ("range", "noise", "Noise", "Bruit", "", "", "", "", "start=0 end=10 step=1"),
    ("rank gear", "order", "What matters most?", "Qu’est-ce qui compte ?"),
    ("select_one gear", "worn", "What is worn?", "Que porte-t-on ?", "", "", "", "columns-pack"),
    ("integer", "people", "People at work", "Personnes", "yes", ". < 500", "Fewer than 500, please."),
)
_CHOICES = (
    ("level", "1", "Never", "Jamais"), ("level", "2", "Often", "Souvent"), ("level", "3", "Always", "Toujours"),
    ("gear", "helmet", "Helmet", "Casque"), ("gear", "gloves", "Gloves", "Gants"), ("gear", "boots", "Boots", "Bottes"),
)  # fmt: skip


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(_COLUMNS)
    for row in _SURVEY:
        sheet.append([cell or None for cell in row])
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label::English (en)", "label::Français (fr)"))
    for choice in _CHOICES:
        choices.append(choice)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "default_language"))
    settings.append(("Desks", "by_keyboard", "1", "English (en)"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, desk: Desk) -> ConductObject:
    template = import_template(desk, workbook(), "desks.xlsx").uid
    uid = conducting.start(desk, template, add_place(desk, "Hall 1").uid).uid
    return ConductObject(page, qtbot).open(uid)


def here(conduct: ConductObject) -> str:
    return conduct.page.ribbon.current.removeprefix("/data/")


def clerks(conduct: ConductObject) -> list[str]:
    assert conduct.page.sheet is not None
    fill = conduct.page.sheet.fill
    return [fill.view(f"/data/desk[{n}]/who").value for n in range(1, fill.repeats("/data/desk") + 1)]


def free(conduct: ConductObject) -> ConductObject:
    """Out of the field, so that single keys are the page's."""
    return conduct.press(Key.Key_Escape)


def test_a_checklist_is_filled_by_keyboard_alone(conduct: ConductObject, desk: Desk) -> None:
    assert here(conduct) == "hall"
    conduct.type("North").enter()
    # a desk with its grid: digits choose, arrows stay in the column, Enter goes on
    conduct.type("Ana").enter()
    assert here(conduct) == "desk[1]/rates/tidy"
    conduct.press(Key.Key_2).press(Key.Key_Down)
    assert here(conduct) == "desk[1]/rates/calm"
    conduct.press(Key.Key_Right).press(Key.Key_Space)
    # another desk, a copy of it, up, out, and back
    free(conduct).press(Key.Key_A)
    assert here(conduct) == "desk[2]/who"
    conduct.type("Bo")
    free(conduct).press(Key.Key_D)
    assert clerks(conduct) == ["Ana", "Bo", "Bo"]
    conduct.press(Key.Key_A, Modifier.ControlModifier).type("Cy")
    free(conduct).press(Key.Key_Up, Modifier.AltModifier)
    assert clerks(conduct) == ["Ana", "Cy", "Bo"]
    free(conduct).press(Key.Key_Delete, Modifier.ControlModifier)
    assert clerks(conduct) == ["Ana", "Bo"]
    free(conduct).press(Key.Key_Z, Modifier.ControlModifier)
    assert clerks(conduct) == ["Ana", "Cy", "Bo"]
    # what is missing is one key away, from wherever one is
    conduct.press(Key.Key_F3)
    assert here(conduct) == "people"
    conduct.type("700").press(Key.Key_F2)
    conduct.settle()
    assert "Fewer than 500, please." in conduct.words("people")
    conduct.press(Key.Key_F8)
    conduct.settle()
    assert "Personnes" in conduct.words("people")
    conduct.press(Key.Key_F8)
    conduct.settle()
    conduct.press(Key.Key_A, Modifier.ControlModifier).type("7")
    # back over the others: a choice, an order, a slider
    conduct.press(Key.Key_Up, Modifier.ControlModifier)
    assert here(conduct) == "worn"
    conduct.press(Key.Key_2).press(Key.Key_Up, Modifier.ControlModifier)
    assert here(conduct) == "order"
    conduct.press(Key.Key_Down, Modifier.ShiftModifier).press(Key.Key_Up, Modifier.ControlModifier)
    assert here(conduct) == "noise"
    conduct.press(Key.Key_Right).press(Key.Key_Right)
    conduct.settle()
    assert conduct.page.sheet is not None
    kept = open_sheet(desk, conduct.page.sheet.uid).fill
    given = {
        path.removeprefix("/data/"): value for path, (value, origin) in kept.answers().items() if origin == "given"
    }
    assert given.pop("noise") not in {"", "0"}
    assert given == {
        "hall": "North",
        "desk[1]/who": "Ana",
        "desk[1]/rates/tidy": "2",
        "desk[1]/rates/calm": "3",
        "desk[2]/who": "Cy",
        "desk[3]/who": "Bo",
        "order": "gloves helmet boots",
        "worn": "gloves",
        "people": "7",
    }
    conduct.press(Key.Key_F3)
    conduct.settle()
    assert conduct.page.side.concluding, "nothing is missing any more"
    assert QApplication.focusWidget() is not None
