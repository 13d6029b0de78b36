"""A newer version of the checklist is offered above the questions; what it would change is shown before it is done."""

from __future__ import annotations

import pytest
from tests.ui.conduct.conftest import _SURVEY, Said, workbook
from tests.ui.pages.conduct import ConductObject

from gemba.ui.conduct.page import ConductPage
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.time_spent import spent

NEXT = (
    *({**row, "label": "Who was seen?"} if row.get("name") == "who" else row for row in _SURVEY
      if row.get("name") not in {"people", "double"}),
    {"type": "text", "name": "wish", "label": "What would you wish for?"},
)  # fmt: skip


@pytest.fixture
def with_newer(conduct: ConductObject, desk: Desk) -> ConductObject:
    """A draft with three answers, whose checklist has a newer version since."""
    conduct.go("who").type("Ada").enter()
    conduct.go("people").type("7").enter()
    conduct.settle()
    import_template(desk, _version_two(workbook(NEXT, "line_check")), "line-check.xlsx")
    assert conduct.page.sheet is not None
    return conduct.open(conduct.page.sheet.uid)


def _version_two(source: bytes) -> bytes:
    from gemba.forms.book import read_book, write_book

    book = read_book(source, "line-check.xlsx")
    book.settings.rows[0]["version"] = "2"
    return write_book(book)


def test_nothing_is_said_while_there_is_no_newer_version(conduct: ConductObject, page: ConductPage) -> None:
    assert page.notice.said() == ""


def test_a_draft_goes_on_with_the_newer_version_and_back(
    with_newer: ConductObject, page: ConductPage, said: Said
) -> None:
    assert page.notice.said() == "Version 2 of this checklist is in the library."
    with_newer.click("notice.look")
    told = with_newer.side()
    assert "Who was met?: is asked as “Who was seen?” now" in told
    assert "People at work: 7" in told
    assert "What would you wish for?" in told
    with_newer.click("versions.move")
    assert "wish" in {path.rpartition("/")[2] for path in page.sheet.fill.form.paths}
    assert with_newer.go("who").typed() == ["Ada"]
    assert page.notice.said() == "1 answer is parked."
    with_newer.click("notice.look")
    assert "People at work" in with_newer.side()
    assert said.undo is not None
    with_newer.click("versions.undo")
    assert with_newer.go("people").typed() == ["7"]


def test_what_stands_out_is_shown_before_concluding_and_leads_to_its_question(
    conduct: ConductObject, page: ConductPage, desk: Desk
) -> None:
    page.active.end()
    page._count_time(180)
    conduct.settle()
    page.conclude()
    conduct.settle()
    assert "Time spent: 3 min." in conduct.side()
    with desk.reader() as reader:
        assert spent(reader, page.sheet.uid) >= 180
