"""Repeats, long lists of choices, moments, read-only questions, and the report of what was concluded."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from tests.ui.conduct.conftest import Said, workbook
from tests.ui.conftest import Heard
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba.domain.assessments import Answer, AnswerOrigin
from gemba.ui.conduct.frame import breakable
from gemba.ui.conduct.page import ConductPage
from gemba.work import conduct as conducting
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_SURVEY = (
    {"type": "text", "name": "loose", "label": "A question outside of every section"},
    {"type": "begin_repeat", "name": "desk", "label": "Desk"},
    {"type": "integer", "name": "queue", "label": "People waiting"},
    {"type": "end_repeat"},
    {"type": "select_one town", "name": "town", "label": "Which town?"},
    {"type": "select_one gear", "name": "minimal", "label": "A short list", "appearance": "minimal"},
    {"type": "dateTime", "name": "began", "label": "Began"},
    {"type": "calculate", "name": "sum", "calculation": "sum(${queue})"},
    {"type": "note", "name": "told", "label": "${sum} people wait in all."},
)
_TOWNS = tuple(("town", f"t{number}", f"Town {number:02}", None) for number in range(40))


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> ConductObject:
    from tests.ui.conduct import conftest

    monkeypatch.setattr(conftest, "_CHOICES", (*conftest._CHOICES, *_TOWNS))
    template = import_template(desk, workbook(_SURVEY, "more_questions"), "more.xlsx").uid
    uid = conducting.start(desk, template, add_place(desk, "Hall 4").uid).uid
    return ConductObject(page, qtbot).open(uid)


def kept(conduct: ConductObject, desk: Desk) -> dict[str, str]:
    assert conduct.page.sheet is not None
    with desk.reader() as reader:
        answers = reader.find(Answer, assessment=conduct.page.sheet.uid)
    given = [answer for answer in answers if answer.value and answer.origin is AnswerOrigin.GIVEN]
    return {answer.path.split("/", 2)[2]: answer.value for answer in given}


def test_another_one_of_a_repeat_is_added_answered_and_kept(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.walking.go("/data/desk[1]/queue")
    conduct.type("4")
    conduct.click("add:/data/desk")
    assert conduct.page.ribbon.current == "/data/desk[2]/queue"
    conduct.type("5").enter()
    conduct.settle()
    assert kept(conduct, desk) == {"desk[1]/queue": "4", "desk[2]/queue": "5"}
    assert "9 people wait in all." in conduct.page.ribbon.row("/data/told").accessibleName()  # type: ignore[union-attr]


def test_the_last_of_a_repeat_can_be_taken_out(conduct: ConductObject, desk: Desk) -> None:
    conduct.click("add:/data/desk").type("5")
    conduct.settle()
    conduct.click("drop:/data/desk[2]")
    conduct.settle()
    assert kept(conduct, desk) == {}
    assert "/data/desk[2]/queue" not in conduct.page._contents.questions


def test_one_of_many_choices_is_found_by_typing(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("town").type("town 17").enter()
    conduct.settle()
    assert kept(conduct, desk)["town"] == "t17"
    assert conduct.go("town").typed() == ["Town 17"]


def test_a_minimal_list_is_left_empty_when_one_passes_by(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("minimal").enter()
    conduct.settle()
    assert kept(conduct, desk) == {}


def test_a_moment_is_now_at_one_press_and_carries_its_zone(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("began").click("now", conduct.row("began"))
    assert kept(conduct, desk)["began"].startswith("2026-03-02T08:")
    conduct.go("began").press(Key.Key_End).press(Key.Key_Backspace, Modifier.ControlModifier)
    assert conduct.page.sheet is not None
    assert conduct.page.sheet.view(conduct.path("began")).value.startswith("2026-03-02")


def test_the_report_is_made_from_the_page(
    conduct: ConductObject, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Documents" / "Gemba").mkdir(parents=True)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    conduct.page.make_report()
    conduct.settle()
    assert len(said.news) == 1, said.troubles
    [file] = (tmp_path / "Documents").rglob("*.pdf")
    assert str(file) in said.news[0]
    assert opened == [str(file.parent)]


def test_a_report_that_cannot_be_written_says_why_and_can_be_tried_again(
    conduct: ConductObject, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Documents").write_text("a file where the folder should be")
    monkeypatch.setenv("HOME", str(tmp_path))
    conduct.page.make_report()
    conduct.settle()
    assert len(said.troubles) == 1
    assert conduct.button("report").isEnabled()


def test_a_bug_in_writing_leaves_nothing_saving_for_ever(
    conduct: ConductObject, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    works, sound = False, conducting.answer

    def answer(desk: Desk, assessment: str, path: str, value: str) -> object:
        if not works:
            raise KeyError("a bug")
        return sound(desk, assessment, path, value)

    monkeypatch.setattr(conducting, "answer", answer)
    conduct.go("loose").type("x").enter()
    conduct.settle()
    assert conduct.status("loose") == "Not saved"
    assert conduct.typed("loose") == ["x"]
    assert len(heard.bugs) == 1
    heard.bugs.clear()
    works = True
    conduct.page.retry()
    conduct.settle()
    assert conduct.status("loose") == "Saved"


def test_a_word_wider_than_a_row_is_broken_and_not_cut_off() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    assert breakable(f"The {word} at work").replace("\u200b", "") == f"The {word} at work"
    assert max(len(part) for part in breakable(word).split("\u200b")) <= 8
    assert breakable("Exits are clear") == "Exits are clear"
    joined = "ا" * 30
    assert breakable(joined) == joined, "joined letters stay joined"
