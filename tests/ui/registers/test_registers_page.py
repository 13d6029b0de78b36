"""Registers as a person meets them: the list of them, entries, and the form that each declares."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from tests.work.following import START, keep
from tests.work.registering import everything
from tests.work.spreading import speak

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure
from gemba.kinds.registers.model import Family
from gemba.kinds.registers.registry import ALL
from gemba.ui.parts.figure_table import FigureTable
from gemba.ui.parts.links import LinkRow
from gemba.ui.parts.picture import PictureView
from gemba.work.register_facts import entries
from gemba.work.register_views import VIEWS, view
from gemba.work.registers import EntryDraft, add, link

DEFECT = {"definition": "Waited more than 15 minutes", "unit": "Visit", "perceived_by": "customer"}


def test_every_register_is_offered_with_how_it_stands(open_window, desk):
    add(desk, "defect_definition", EntryDraft("Long wait", DEFECT))
    shown = open_window(desk)
    page = shown.go("registers")
    for code, register in ALL.items():
        assert register.title in shown.find(LinkRow, f"registers.of.{code}").accessibleName()
    assert "1 open" in shown.find(LinkRow, "registers.of.defect_definition").accessibleName()
    assert page.stack.currentIndex() == 0


def test_every_form_can_be_made_from_its_declaration(empty):
    page = empty.go("registers")
    for code, register in ALL.items():
        page.show_register(code)
        page.add_entry()
        empty.settle()
        assert set(page.form.inputs) == {field.code for field in register.fields}
        for widget in page.form.inputs.values():
            assert widget.accessibleName()
        page.form.left.emit()
        empty.settle()


def test_an_entry_is_written_refused_and_kept(empty, desk):
    page = empty.go("registers")
    empty.find(LinkRow, "registers.of.defect_definition").follow()
    empty.settle()
    empty.press("button.registers.add")
    empty.press("entry.keep")
    assert "Fill in “Operational definition”" in page.form.fields["definition"].note.text()
    empty.type("entry.definition", DEFECT["definition"])
    empty.type("entry.unit", "Visit")
    page.form.inputs["perceived_by"].choose("customer")
    empty.press("entry.keep")
    assert "title" in page.form.fields["title"].note.text()
    empty.type("entry.title", "Long wait")
    empty.press("entry.keep")
    with desk.reader() as reader:
        (entry,) = reader.find(RegisterEntry)
    assert (entry.register, entry.title, entry.fields["perceived_by"]) == ("defect_definition", "Long wait", "customer")
    assert empty.list.column() == ["Long wait"]
    assert "Waited more than 15 minutes" in empty.texts()


def test_a_definition_is_changed_with_a_reason_and_asks_for_a_baseline(open_window, desk):
    measure = Measure(uid=desk.ids(), code="w", title="Long waits", made_at=START, person=desk.person.uid)
    keep(desk, measure)
    uid = add(desk, "defect_definition", EntryDraft("Long wait", DEFECT)).uid
    link(desk, uid, f"measure:{measure.uid}")
    shown = open_window(desk)
    shown.go("registers", uid)
    shown.qtbot.waitUntil(lambda: "Waited more than 15 minutes" in shown.texts())
    shown.press("registers.edit")
    shown.type("entry.unit", "Call")
    shown.press("entry.keep")
    assert "Say why" in shown.texts()
    shown.type("entry.why", "Also by phone")
    shown.press("entry.keep")
    shown.qtbot.waitUntil(lambda: "freeze a new baseline for Long waits" in shown.texts())
    with desk.reader() as reader:
        assert reader.get(RegisterEntry, uid).fields["_version"] == "2"
    assert shown.find(QWidget, f"registers.link.{measure.uid}")


def test_an_entry_is_moved_and_looked_at(open_window, desk):
    uid = add(desk, "defect_definition", EntryDraft("Long wait", DEFECT)).uid
    shown = open_window(desk)
    shown.go("registers", uid)
    shown.qtbot.waitUntil(lambda: "Waited more than 15 minutes" in shown.texts())
    shown.press("registers.move.in_force")
    shown.qtbot.waitUntil(lambda: "In force" in shown.texts())
    shown.press("registers.reviewed")
    with desk.reader() as reader:
        assert reader.get(RegisterEntry, uid).state == "in_force"


def test_without_a_register_the_button_says_what_to_choose(empty):
    empty.go("registers")
    empty.press("button.registers.add")
    assert "Choose the register" in empty.message


def test_a_register_is_found_by_its_words(open_window, desk):
    shown = open_window(desk)
    page = shown.go("registers")
    families = [register.family for register in map(ALL.get, page.overview.found())]
    assert families == sorted(families, key=list(Family).index)
    assert set(page.overview.found()) == set(ALL)
    page.search()
    shown.type("registers.overview.find", "trade nothing")
    shown.settle()
    assert "No register is called so" in shown.texts()
    shown.type("registers.overview.find", "trade-off")
    assert page.overview.found() == ["trade_off"]
    shown.qtbot.keyClick(page.overview.finder, Qt.Key.Key_Return)
    shown.settle()
    assert page.register == "trade_off"


@pytest.mark.parametrize("code", list(VIEWS))
def test_what_follows_from_other_records_is_shown(open_window, desk, code):
    everything(desk)
    shown = open_window(desk)
    page = shown.go("registers", f"{code}:view")
    assert page.tabs.code == "view"
    assert view(desk, code).title in shown.texts()
    assert all(choice.accessibleName() for choice in page.view.asks.values())
    for kind in (PictureView, FigureTable):
        for widget in page.view.findChildren(kind):
            assert widget.accessibleName()
    assert page.view.findChildren(FigureTable)


def test_a_register_without_a_view_shows_its_entries_alone(open_window, desk):
    shown = open_window(desk)
    page = shown.go("registers", "trade_off:view")
    assert page.tabs.code == "entries"
    assert not any(button.isVisible() for button in page.tabs.findChildren(QAbstractButton, "registers.tabs.view"))
    shown.go("registers", "ownership")
    shown.press("registers.tabs.view")
    assert "There is no map of the work" in shown.texts()


def test_what_is_proposed_is_looked_at_before_it_is_kept(open_window, desk):
    everything(desk)
    shown = open_window(desk)
    page = shown.go("registers", "metric_audit:view")
    shown.find(LinkRow, "registers.proposed.noise").follow()
    shown.settle()
    assert page.form.inputs["verdict"].value == "retire"
    assert page.form.inputs["quarter"].text() == "2026-Q1"
    page.form.inputs["verdict"].choose("keep")
    shown.press("entry.keep")
    (entry,) = entries(desk, "metric_audit")
    assert entry.fields["verdict"] == "keep"
    shown.press("registers.tabs.view")
    shown.press("registers.view.write")
    assert "Wrote 5 entries" in shown.message
    assert len(entries(desk, "metric_audit")) == 6


def test_what_is_asked_of_a_view_is_shown(open_window, desk):
    found = everything(desk)
    shown = open_window(desk)
    page = shown.go("registers", "metric_audit:view")
    page.view.asks["lags"].choose("0")
    shown.settle()
    assert page.view.shown.view.facts.lags == 0
    page.view.asks["outcome"].choose(found["first"])
    shown.settle()
    assert page.view.shown.view.facts.outcome_title == "Satisfied customers", "only measures of customers are offered"
    page = shown.go("registers", "journey_alignment:view")
    page.view.asks["process"].choose(page.view.shown.view.facts.journey.uid)
    shown.settle()
    assert "cannot be laid beside itself" in shown.texts()


def test_what_is_wanting_leads_to_its_record(open_window, desk):
    everything(desk)
    shown = open_window(desk)
    page = shown.go("registers", "ownership:view")
    row = next(row for row in page.view.findChildren(LinkRow) if "Sort" in row.accessibleName())
    row.follow()
    shown.settle()
    assert shown.window.stack.currentWidget().code == "maps"
    page = shown.go("registers", "adherence_audit:view")
    assert "complained of at Harbour, Hill, Market" in shown.texts()


@pytest.mark.parametrize(("name", "begins"), [("matrix.pdf", b"%PDF"), ("matrix.csv", "\ufeff".encode())])
def test_a_register_is_saved_as_a_file(open_window, desk, tmp_path, monkeypatch, name, begins):
    everything(desk)
    shown = open_window(desk)
    page = shown.go("registers")
    page.save()
    assert "Choose the register" in shown.message
    shown.go("registers", "document_audit:view")
    kind = "CSV table (*.csv)" if name.endswith("csv") else "PDF (*.pdf)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), kind))
    shown.press("button.registers.save")
    assert f"Wrote {tmp_path / name}" in shown.message
    assert (tmp_path / name).read_bytes().startswith(begins)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.save()
    assert sorted(file.name for file in tmp_path.glob("matrix*")) == [name]


def test_an_impact_is_not_scored_without_evidence_and_codes_are_chosen(empty, desk):
    page = empty.go("registers", "impact_assessment")
    page.add_entry()
    empty.settle()
    empty.type("entry.title", "New form")
    empty.type("entry.what", "One form instead of two")
    page.form.inputs["gate"].choose("design")
    empty.type("entry.impact", "4")
    empty.press("entry.keep")
    assert "Evidence for the impact" in page.form.fields["impact_evidence"].note.text()
    assert entries(desk, "impact_assessment") == ()
    empty.type("entry.impact_evidence", "Review of March: 41 of 60 complaints")
    empty.press("entry.keep")
    (kept,) = entries(desk, "impact_assessment")
    assert kept.fields["impact"] == "4"

    speak(desk)
    page.show_register("exit_interview")
    page.add_entry()
    empty.settle()
    step = page.form.inputs["step"]
    assert [step.itemData(at) for at in range(step.count())] == ["", "apply", "counter"]
