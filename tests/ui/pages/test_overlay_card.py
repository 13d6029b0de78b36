"""Library: a region lays its overlay over a core, is told what it may not do, and follows the core."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.forms.overlays.test_overlays import CORE, book, overlay
from tests.work.test_overlays import OURS

from gemba.domain.templates import Template
from gemba.forms.book import read_book, write_book
from gemba.ui.parts.words import Words
from gemba.work.import_template import import_template
from gemba.work.overlays import lay_overlay


@pytest.fixture
def core(desk):
    return import_template(desk, write_book(book(CORE)), "visit.xlsx").uid


@pytest.fixture
def newer(desk, core):
    """A region's checklist, and a version of its core that came after it."""
    local = lay_overlay(desk, core, write_book(overlay(OURS)), "nord.xlsx").uid
    changed = book(CORE)
    changed.settings.rows[0]["version"] = "2"
    changed.survey.rows[1]["label::English (en)"] = "Did somebody greet you?"
    import_template(desk, write_book(changed), "visit.xlsx")
    return local


def card(window, uid):
    page = window.go("library", uid)
    window.settle()
    return page.detail.findChild(object, "library.overlay")


def written(tmp_path: Path, rows) -> Path:
    file = tmp_path / "nord.xlsx"
    file.write_bytes(write_book(overlay(rows)))
    return file


def said(window) -> str:
    return window.find(Words, "overlay.said").text()


def test_an_overlay_is_checked_then_laid(empty, desk, core, tmp_path):
    card(empty, core).check_file(written(tmp_path, OURS))
    empty.settle()
    assert said(empty) == "The overlay of Nord can be laid"
    empty.press("overlay.lay")
    with desk.reader() as reader:
        (local,) = [each for each in reader.find(Template) if each.region]
    assert empty.page.list.current.uid == local.uid
    assert "It lies over the newest version of its core." in empty.texts()


def test_what_would_weaken_the_core_is_told_and_cannot_be_laid(empty, core, tmp_path):
    shown = card(empty, core)
    shown.check_file(written(tmp_path, [["name", "required"], ["greeted", "no"]]))
    empty.settle()
    assert said(empty) == "1 thing stands in the way"
    assert "survey, row 2: An overlay may demand more of “greeted”" in empty.texts()
    assert shown._lay.isHidden()


def test_a_workbook_to_begin_with_is_written_once_the_region_is_said(empty, core, tmp_path):
    shown = card(empty, core)
    empty.press("overlay.begin")
    assert "Say whose overlay it will be" in empty.texts()
    shown.begin_in(tmp_path / "sud.xlsx", "Sud")
    empty.settle()
    assert str(tmp_path / "sud.xlsx") in empty.message
    assert read_book((tmp_path / "sud.xlsx").read_bytes(), "sud.xlsx").settings.rows[0]["region"] == "Sud"


def test_a_region_sees_what_a_newer_core_changes_and_carries_its_overlay_over(empty, desk, newer):
    card(empty, newer)
    assert "The core has a newer version: 2." in empty.texts()
    empty.press("overlay.preview")
    assert said(empty) == "1 thing needs a look"
    assert "Did somebody greet you?" in empty.texts()
    empty.press("overlay.upgrade")
    with desk.reader() as reader:
        assert {each.version for each in reader.find(Template) if each.region} == {"1+1", "2+1"}
