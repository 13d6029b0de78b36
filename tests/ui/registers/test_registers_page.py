"""Registers as a person meets them: the list of them, entries, and the form that each declares."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from tests.work.following import START, keep

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure
from gemba.kinds.registers.registry import ALL
from gemba.ui.parts.links import LinkRow
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
