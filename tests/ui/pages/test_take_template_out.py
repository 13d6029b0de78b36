"""Checklists out of the library."""

from __future__ import annotations

from gemba.forms.book import read_book
from gemba.shipped import resource
from gemba.ui.pages.take_template_out import TakeTemplateOut


def test_a_checklist_goes_out_for_odk_with_its_score(demo, tmp_path):
    page = demo.go("library")
    demo.list.search("5S")
    demo.list.choose(0)
    way_out = page.findChild(TakeTemplateOut)
    way_out.odk_to(tmp_path / "odk.xlsx")
    demo.settle()
    rows = read_book((tmp_path / "odk.xlsx").read_bytes()).survey.rows
    assert sum(row.get("name", "").endswith("_points") for row in rows) > 25
    assert "25 questions are scored" in demo.message


def test_a_checklist_goes_out_as_it_came(demo, tmp_path):
    page = demo.go("library")
    demo.list.search("5S")
    demo.list.choose(0)
    page.findChild(TakeTemplateOut).original_to(tmp_path / "own.xlsx")
    demo.settle()
    assert (tmp_path / "own.xlsx").read_bytes() == resource("templates", "5s-area-audit.xlsx").read_bytes()


def test_the_ways_out_have_names(demo):
    demo.go("library")
    demo.list.choose(0)
    assert {"Export for ODK …", "Original workbook …"} <= {
        button.accessibleName() for button in demo.window.findChildren(type(demo.page.buttons["library.import"]))
    }
