"""Decisions in the window: recorded by keyboard, held against boundaries while one types, imported, changed."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from tests.ui.alignment.decisions_page import DecisionsObject
from tests.work.auditing import judge, plan_audit, promise

from gemba.domain.decisions import Decision, Standing
from gemba.domain.escalations import Escalation
from gemba.domain.programmes import Audit, AuditState
from gemba.ui import terms
from gemba.ui.parts.links import LinkRow
from gemba.work.boundaries import BoundaryDraft, set_boundary
from gemba.work.decisions import record
from gemba.work.places import add_place

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def place(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def refunds(desk, place):
    draft = BoundaryDraft(role="Branch lead", scenario="refund", title="Refund without receipt", limit=50, unit="EUR")
    draft = msgspec.structs.replace(draft, valid_from=date(2020, 1, 1))
    return set_boundary(desk, draft).uid


@pytest.fixture
def shown(open_window, desk, refunds):
    return DecisionsObject(open_window(desk))


def kept(desk):
    with desk.reader() as reader:
        return reader.find(Decision)


def entered(desk, place, **fields):
    said = {"title": "Refund of a fee", "role": "Branch lead", "place": place, "decided_on": desk.clock().date()}
    return record(desk, **{**said, **fields}).uid


def test_one_is_recorded_by_keyboard_alone_and_the_next_begins_where_it_was(shown, desk, place):
    shown.window.keys(Qt.Key.Key_N, CTRL)
    shown.ready()
    assert shown.focus() == "decision.title"
    shown.type_on("Refund of 80", "refund wi", "branch")
    assert shown.form.words["scenario"].text() == "Refund without receipt"
    assert shown.form.words["role"].text() == "Branch lead"
    shown.window.qtbot.keyClicks(shown.window.window.focusWidget(), "Harbour")
    shown.fill("decision", place=place, amount="80")
    assert "Beyond the boundary" in shown.standing
    assert "up to 50 EUR" in shown.standing
    assert shown.form.words["unit"].text() == "EUR"
    shown.window.keys(Qt.Key.Key_Return, CTRL | SHIFT)
    (one,) = kept(desk)
    assert (one.title, one.scenario, one.standing, one.place) == ("Refund of 80", "refund", Standing.BEYOND, place)
    assert shown.focus() == "decision.title"
    assert shown.form.words["title"].text() == ""
    assert shown.form.words["role"].text() == "Branch lead"
    shown.fill("decision", title="Refund of 20", amount="20")
    assert "Within the boundary" in shown.standing
    shown.window.keys(Qt.Key.Key_Return, CTRL)
    assert [each.standing for each in kept(desk)] == [Standing.BEYOND, Standing.WITHIN]
    assert shown.tab.currentIndex() == 0
    shown.press("button.alignment.decisions.add")
    shown.ready()
    assert shown.form.choices["place"].value == place
    assert shown.form.words["scenario"].text() == "Refund without receipt"


def test_what_a_rule_refuses_is_said_beside_its_field(shown, desk, place):
    shown.press("button.alignment.decisions.add")
    shown.ready()
    shown.press("decision.keep")
    assert "Say what was decided" in shown.form.fields["title"].note.text()
    shown.fill("decision", title="x", role="Branch lead", place=place, amount="much")
    shown.press("decision.keep")
    assert "number" in shown.form.fields["amount"].note.text()
    shown.fill("decision", amount="5", unit="")
    shown.press("decision.keep")
    assert "Say what the amount counts" in shown.form.fields["unit"].note.text()
    shown.fill("decision", amount="", decided_on=date(2099, 1, 1))
    shown.press("decision.keep")
    assert "lies ahead" in shown.form.fields["decided_on"].note.text()
    shown.fill("decision", decided_on=desk.clock().date(), customers="-3")
    shown.press("decision.keep")
    assert "no number of customers" in shown.form.fields["customers"].note.text()
    assert kept(desk) == []


def test_a_contradiction_opens_its_conflict_and_leads_to_it(shown, desk, place):
    goal = promise(desk, "told", title="Told before you ask")
    shown.press("button.alignment.decisions.add")
    shown.ready()
    shown.fill("decision", title="No call back", role="Branch lead", place=place)
    shown.tick("decision.contradicts")
    shown.press("decision.keep")
    assert "Name the commitment" in shown.form.fields["goal"].note.text()
    shown.fill("decision", goal=goal)
    shown.press("decision.keep")
    assert "an escalation of the conflict is open" in shown.window.message
    with desk.reader() as reader:
        (escalation,) = reader.find(Escalation)
    assert "Contradicts a commitment" in shown.show(0)
    row = shown.window.find(LinkRow, "decisions.conflict")
    shown.window.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    shown.window.settle()
    assert escalation.number in shown.window.texts()


def test_one_is_changed_until_its_audit_has_concluded(open_window, desk, place, refunds):
    uid = entered(desk, place, scenario="refund", amount=80.0, unit="EUR")
    shown = DecisionsObject(open_window(desk))
    assert "should have gone to" in shown.open(uid)
    shown.press("decisions.change")
    shown.ready()
    shown.tick("decision.escalated")
    assert "Escalated rightly" in shown.standing
    shown.press("decision.keep")
    assert kept(desk)[0].standing is Standing.ESCALATED
    shown.window.press("messages.undo")
    assert kept(desk)[0].standing is Standing.BEYOND
    audit = plan_audit(desk, place, "2026-Q1")
    judge(desk, audit, uid, promise(desk, "told"))
    with desk.unit() as unit:
        unit.change(Audit, audit, state=AuditState.CONCLUDED)
    shown.tab.detail.open("")
    words = shown.open(uid)
    assert "stays as it is" in words
    assert not [one for one in shown.tab.findChildren(object) if one.objectName() == "decisions.change"]


def test_the_list_is_narrowed_and_those_that_expire_are_shown(open_window, desk, place, refunds):
    today = desk.clock().date()
    entered(desk, place, title="Soon over", expires=today + timedelta(days=3))
    entered(desk, place, title="Long over", decided_on=today - timedelta(days=60), expires=today - timedelta(days=9))
    entered(desk, place, title="For good", scenario="refund", amount=80.0, unit="EUR")
    shown = DecisionsObject(open_window(desk))
    assert sorted(shown.list.column()) == ["For good", "Long over", "Soon over"]
    shown.press("decisions.expiring")
    assert sorted(shown.list.column()) == ["Long over", "Soon over"]
    shown.tab.show_uid("?standing=beyond&role=Branch%20lead")
    shown.window.settle()
    assert shown.list.column() == ["For good"]
    shown.tab.list.bar.show_all()
    shown.list.search("long")
    assert shown.list.column() == ["Long over"]


def test_a_log_is_looked_at_tried_and_imported(shown, desk, place, tmp_path, monkeypatch):
    file = tmp_path / "log.csv"
    rows = (
        "1;13.01.2026;Harbour branch;Branch lead;Rückzahlung;80,50;refund\n2;;Harbour branch;Branch lead;x;1;refund\n"
    )
    file.write_bytes(f"No;Entschieden am;Filiale;Rolle;Entscheidung;Betrag;Fallart\n{rows}".encode("cp1252"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    shown.press("decisions.import")
    shown.press("decisions.import.file")
    panel = shown.tab.importing
    assert panel.columns.mapping()["Entscheidung"] == "title"
    assert "What do amounts count" in shown.window.texts()
    shown.fill("decisions.import", unit="EUR")
    shown.press("decisions.import.try")
    figures = panel.outcome.figures.figures
    assert (figures["added"].figure.text(), figures["refused"].figure.text()) == ("1", "1")
    assert "no sample can hold it" in shown.window.texts()
    assert kept(desk) == []
    shown.press("decisions.import.do")
    (one,) = kept(desk)
    assert (one.title, one.amount, one.unit, one.standing) == ("Rückzahlung", 80.5, "EUR", Standing.BEYOND)
    assert (tmp_path / "log-refused.csv").exists()
    shown.press("decisions.import.back")
    shown.window.settle()
    assert shown.list.column() == ["Rückzahlung"]


def test_an_import_that_is_called_off_leaves_nothing(shown, desk, tmp_path):
    file = tmp_path / "long.csv"
    rows = "".join(f"{n},2026-01-13,Harbour branch,Branch lead,Refund {n}\n" for n in range(6_000))
    file.write_text(f"No,Date,Site,Role,Decision\n{rows}", "utf-8")
    shown.press("decisions.import")
    panel = shown.tab.importing
    panel.open_file(file)
    shown.window.settle()
    panel.do_it()
    panel.progress.cancel()
    shown.window.settle()
    assert kept(desk) == []
    assert panel.outcome.isHidden()
    panel.do_it()
    shown.window.settle()
    assert panel.outcome.figures.figures["added"].figure.text() == terms.number(6_000)
