"""A checklist with every sort of question, and the page on a real store."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard
from tests.ui.pages.conduct import ConductObject

from gemba import wording
from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.ui.conduct.page import ConductPage
from gemba.ui.hub import ChangeHub
from gemba.ui.jobs import Jobs
from gemba.ui.preferences import Preferences
from gemba.ui.services import Services
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_COLUMNS = ("type", "name", "label", "label::Arabic (ar)", "hint", "required", "relevant", "constraint",
            "constraint_message", "calculation", "appearance", "bind::gemba:critical")  # fmt: skip
_SURVEY = (
    {"type": "begin_group", "name": "start", "label": "Start"},
    {"type": "date", "name": "day", "label": "Day of the visit", "required": "yes"},
    {"type": "text", "name": "who", "label": "Who was met?"},
    {"type": "end_group"},
    {"type": "begin_group", "name": "safety", "label": "Safety"},
    {"type": "select_one yn", "name": "exits", "label": "Exits are clear", "label::Arabic (ar)": "المخارج سالكة",
     "required": "yes", "bind::gemba:critical": "yes"},
    {"type": "text", "name": "blocked", "label": "What blocks them?", "relevant": "${exits} = 'no'",
     "appearance": "multiline", "required": "yes"},
    {"type": "select_multiple gear", "name": "gear", "label": "Protection that is worn"},
    {"type": "integer", "name": "people", "label": "People at work", "constraint": ". >= 0 and . < 500",
     "constraint_message": "Between 0 and 499, please."},
    {"type": "decimal", "name": "warmth", "label": "Temperature"},
    {"type": "end_group"},
    {"type": "begin_group", "name": "service", "label": "Service"},
    {"type": "note", "name": "look", "label": "Look before you judge."},
    {"type": "select_one level", "name": "friendly", "label": "Friendliness"},
    {"type": "acknowledge", "name": "told", "label": "Result was told"},
    {"type": "time", "name": "left_at", "label": "Left at"},
    {"type": "image", "name": "view", "label": "A view of the place"},
    {"type": "calculate", "name": "double", "calculation": "${people} * 2"},
    {"type": "end_group"},
)  # fmt: skip
_CHOICES = (
    ("yn", "yes", "Yes", 1), ("yn", "no", "No", 0), ("yn", "na", "Does not apply", None),
    ("gear", "helmet", "Helmet", None), ("gear", "gloves", "Gloves", None), ("gear", "boots", "Boots", None),
    ("level", "0", "0 Never", 0), ("level", "1", "1 Seldom", 1), ("level", "2", "2 Often", 2),
    ("level", "3", "3 Always", 3), ("level", "na", "Not seen", None),
)  # fmt: skip


def workbook(survey: tuple[dict[str, str], ...], form_id: str) -> bytes:
    """An XLSForm with these questions and the choices of this file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(_COLUMNS)
    for row in survey:
        sheet.append([row.get(column) for column in _COLUMNS])
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label", "score"))
    for choice in _CHOICES:
        choices.append(choice)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "namespaces"))
    settings.append(("Line check", form_id, "1", 'gemba="https://gemba.example/xforms"'))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Said:
    """The message bar of a window that is not there."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self.news: list[str] = []
        self.undo: Callable[[], object] | None = None

    def trouble(self, error: GembaError) -> None:
        self.troubles.append(wording.sentence(error))

    def info(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.news.append(text)
        self.undo = undo


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def begin(desk: Desk) -> Callable[[], str]:
    """Starts an assessment of the checklist; its uid."""
    template = import_template(desk, workbook(_SURVEY, "line_check"), "line-check.xlsx").uid
    place = add_place(desk, "Hall 3").uid

    def start() -> str:
        change: Change = conducting.start(desk, template, place)
        return change.uid

    return start


@pytest.fixture
def page(desk: Desk, jobs: Jobs, hub: ChangeHub, said: Said, heard: Heard, qtbot: QtBot) -> Iterator[ConductPage]:
    jobs.desk = desk
    services = Services(
        desk=desk, jobs=jobs, changed=hub, messages=said, go=lambda *_: None, preferences=Preferences(None)
    )
    made = ConductPage(services)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    jobs.close()
    made.deleteLater()
    assert not heard.bugs, heard.bugs


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, begin: Callable[[], str]) -> ConductObject:
    """A fresh assessment on the page."""
    return ConductObject(page, qtbot).open(begin())
