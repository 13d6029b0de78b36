"""Answers out of the walks page."""

from __future__ import annotations

import csv

from PySide6.QtGui import QDesktopServices

from gemba.ui.parts.buttons import Button


def test_the_filtered_list_goes_out(demo, tmp_path):
    page = demo.go("walks")
    demo.list.narrow("state", "concluded")
    listed = page.list.model.rowCount()
    demo.press("button.walks.export")
    page.export_panel.format.choose("csv")
    page.export_panel.export_to(tmp_path / "out")
    demo.settle()
    rows = []
    for file in (tmp_path / "out").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows += [row for row in csv.DictReader(source) if "_uid" in row]
    assert len(rows) == listed
    assert {row["_state"] for row in rows} == {"concluded"}
    assert "Not in it:" in demo.texts()
    assert str(tmp_path / "out") in demo.message


def test_what_is_chosen_goes_out_and_the_folder_can_be_shown(demo, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = demo.go("walks")
    page.list.table.selectAll()
    demo.settle()
    demo.press("button.walks.export")
    assert page.export_panel.which.value == "chosen"
    page.export_panel.export_to(tmp_path / "out.xlsx")
    demo.settle()
    assert (tmp_path / "out.xlsx").is_file()
    demo.press("walks.export.folder")
    assert opened == [str(tmp_path)]


def test_what_makes_no_difference_is_switched_off(demo):
    panel = demo.go("walks").export_panel
    demo.press("button.walks.export")
    assert panel.isVisible()
    assert not panel.language.isEnabled()
    panel.words.choose("labels")
    assert panel.language.isEnabled()
    assert panel.language.findText("English (en)") > 0
    panel.format.choose("openrosa")
    assert not panel.words.isEnabled()
    demo.press("walks.export.close")
    assert not panel.isVisible()


def test_a_folder_that_cannot_be_written_is_told_in_the_panel(demo, tmp_path):
    (tmp_path / "file").write_text("here")
    panel = demo.go("walks").export_panel
    demo.press("button.walks.export")
    panel.export_to(tmp_path / "file" / "out.xlsx")
    demo.settle()
    assert "choose a folder that you may write to" in panel.said.text()
    assert panel.findChild(Button, "walks.export.go").isEnabled()


def test_an_export_can_be_called_off(demo, tmp_path):
    panel = demo.go("walks").export_panel
    demo.press("button.walks.export")
    panel.export_to(tmp_path / "out.xlsx")
    demo.press("walks.export.progress.cancel")
    assert "called off" in panel.said.text()
    assert not list(tmp_path.glob("out*"))
