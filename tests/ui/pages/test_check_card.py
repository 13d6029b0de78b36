"""Taking checklists in: faults, repairs, lists beside the workbook, several files, and calling it off."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from gemba.domain.templates import Template

HEAD = ["type", "name", "label", "relevant"]


@pytest.fixture
def made(tmp_path):
    """Writes workbooks of rows."""

    def make(name: str, *rows: list[str], title: str = "") -> Path:
        book = Workbook()
        book.active.title = "survey"
        for row in (HEAD, *rows):
            book.active.append(row)
        settings = book.create_sheet("settings")
        settings.append(["form_title", "form_id"])
        settings.append([title or name, name])
        file = tmp_path / f"{name}.xlsx"
        book.save(file)
        return file

    return make


def templates(desk, form_id: str) -> list[Template]:
    with desk.reader() as reader:
        return reader.find(Template, form_id=form_id)


def test_repairs_are_shown_before_and_after_and_made_when_agreed_to(empty, desk, made):
    page = empty.go("library")
    page.check_file(made("round", ["Text", "my name", "Who?"], ["begin_group", "g", "G"], ["text", "b", "B"]))
    empty.settle()
    rows = page.check_card.table.rows
    assert [(row.before, row.after) for row in rows] == [("Text", "text"), ("my name", "my_name"), ("", "end_group")]
    assert page.check_card._import.text() == "Import with these repairs"
    assert not templates(desk, "round")
    empty.press("library.check.import")
    (kept,) = templates(desk, "round")
    assert kept.repaired
    assert page.check_card.isHidden()


def test_every_fault_is_in_the_table(empty, desk, made):
    page = empty.go("library")
    page.check_file(made("bad", ["telepathy", "a", "A"], ["text", "b", "B", "${nobody} = 1"]))
    empty.settle()
    assert [row.place for row in page.check_card.table.rows] == [
        "survey · row 2 · type",
        "survey · row 3 · relevant",
    ]
    assert page.check_card._import.isHidden()
    empty.press("library.check.close")
    assert page.check_card.isHidden()


def test_several_files_are_checked_one_after_the_other(empty, desk, made):
    page = empty.go("library")
    page.check_card.take([made("first", ["text", "a", "A"]), made("second", ["text", "b", "B"])])
    empty.settle()
    assert "1 more file" in page.check_card.queue.text()
    empty.press("library.check.import")
    empty.settle()
    assert page.check_card.heading.text() == "second"
    empty.press("library.check.import")
    assert len(templates(desk, "first")) == len(templates(desk, "second")) == 1


def test_files_are_dropped_onto_the_library(empty, made):
    page = empty.go("library")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(made("dropped", ["text", "a", "A"])))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(drop)
    empty.settle()
    assert page.check_card.heading.text() == "dropped"


def test_a_check_can_be_called_off(empty, desk, made):
    page = empty.go("library")
    page.check_file(made("slow", ["text", "a", "A"]))
    assert page.check_card.bar.isVisible()
    empty.press("library.check.close")
    empty.settle()
    assert page.check_card.isHidden()
    assert not templates(desk, "slow")


def test_a_list_beside_the_workbook_is_taken_along(empty, desk, made, tmp_path):
    page = empty.go("library")
    (tmp_path / "sites.csv").write_text("name,label\nh,Harbour\n", "utf-8")
    page.check_file(made("sites", ["select_one_from_file sites.csv", "s", "Where?"]))
    empty.settle()
    empty.press("library.check.import")
    assert list(templates(desk, "sites")[0].files) == ["sites.csv"]


def test_a_list_that_is_missing_is_asked_for(empty, desk, made, tmp_path):
    page = empty.go("library")
    page.check_file(made("far", ["select_one_from_file sites.csv", "s", "Where?"]))
    empty.settle()
    assert "sites.csv" in page.check_card.notes.text()
    assert page.check_card._files.isVisible()
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "sites.csv").write_text("name,label\nh,Harbour\n", "utf-8")
    page.check_card.put_beside([other / "sites.csv"])
    empty.settle()
    assert page.check_card._files.isHidden()
    empty.press("library.check.import")
    assert list(templates(desk, "far")[0].files) == ["sites.csv"]
