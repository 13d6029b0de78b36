"""Complaints from a file: looked at, corrected, tried, imported, and the refused ones written for repair."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtWidgets import QFileDialog

from gemba.domain.complaints import Complaint
from gemba.domain.intakes import Intake

ROWS = """Case number;Eingegangen;Filiale;Beschreibung;Schweregrad
A-1;13.02.2026 09:15;Harbour branch;"Ich habe vierzig Minuten gewartet; niemand kam.";hoch
A-2;14.02.2026 10:00;Market Street branch;Die Gebühr stand nicht im Vertrag.;mittel
A-3;31.02.2026 10:00;Harbour branch;Am einunddreissigsten.;mittel
A-4;16.02.2026 11:00;Nowhere;Die Filiale war zu.;mittel
"""


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "beschwerden.csv"
    made.write_bytes(ROWS.encode("cp1252"))
    return made


@pytest.fixture
def panel(demo, file, monkeypatch):
    """The import of that file, looked at."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page = demo.go("complaints")
    demo.press("button.complaints.import")
    demo.press("complaints.import.file")
    return page.importing


def imported(desk):
    with desk.reader() as reader:
        return {one.key: one for one in reader.find(Complaint) if one.source == "beschwerden"}


def test_a_file_is_read_as_it_is_and_says_how(demo, panel):
    assert panel.source.text() == "beschwerden"
    assert panel.columns.mapping()["Case number"] == "key"
    assert panel.columns.mapping()["Eingegangen"] == "received_at"
    assert panel.columns.mapping()["Beschreibung"] == "words"
    assert "semicolon" in demo.texts()
    assert panel.order.value == "dmy"


def test_a_try_changes_nothing_and_says_why_records_are_refused(demo, demo_desk, panel):
    demo.press("complaints.import.try")
    demo.settle()
    shown = panel.outcome.figures.figures
    assert (shown["added"].figure.text(), shown["refused"].figure.text()) == ("2", "2")
    assert "31.02.2026" in demo.texts()
    assert "Nowhere" in demo.texts()
    assert imported(demo_desk) == {}


def test_it_is_imported_and_what_was_refused_stands_in_a_file(demo, demo_desk, panel, file):
    demo.press("complaints.import.do")
    demo.settle()
    found = imported(demo_desk)
    assert sorted(found) == ["A-1", "A-2"]
    assert found["A-1"].words == "Ich habe vierzig Minuten gewartet; niemand kam."
    assert found["A-1"].severity == "high"
    with file.with_name("beschwerden-refused.csv").open(encoding="utf-8-sig", newline="") as refused:
        rows = list(csv.reader(refused))
    assert [row[0] for row in rows[1:]] == ["A-3", "A-4"]
    demo.press("complaints.import.do")
    demo.settle()
    assert panel.outcome.figures.figures["unchanged"].figure.text() == "2"
    demo.press("complaints.import.back")
    assert demo.page.importing is None
    with demo_desk.reader() as reader:
        assert [one.added for one in reader.find(Intake)] == [2, 0]


def test_a_column_is_given_another_meaning_and_the_old_one_lets_go(demo, demo_desk, panel):
    panel.columns.choices["Schweregrad"].choose("key")
    panel.columns.choices["Schweregrad"].activated.emit(0)
    demo.settle()
    assert panel.columns.mapping()["Schweregrad"] == "key"
    assert "Case number" not in panel.columns.mapping()
    panel.places.choose("make")
    demo.press("complaints.import.do")
    demo.settle()
    assert set(imported(demo_desk)) == {"hoch", "mittel"}


def test_what_cannot_be_read_is_said_in_a_sentence(demo, panel, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    panel.open_file(empty)
    demo.settle()
    assert "empty.csv" in demo.texts()
    assert not panel.columns.isVisible()
