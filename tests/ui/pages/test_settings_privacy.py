"""The settings: how long what tells of customers is kept, the sweep, and what is kept of one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QFileDialog
from tests.work.complaint_records import put_complaint

from gemba.domain.complaints import Complaint
from gemba.domain.privacy import Disclosure


@pytest.fixture
def old(demo_desk):
    """A complaint that was closed three years ago."""
    long_ago = demo_desk.clock() - timedelta(days=3 * 365)
    return put_complaint(demo_desk, customer="Ada Lovelace", words="Ada waited.", closed_at=long_ago)


def test_a_rule_makes_an_old_complaint_due_and_a_reason_erases_it(demo, demo_desk, old):
    page = demo.go("settings")
    assert "Nothing is due" in demo.texts()
    page.privacy.days.setValue(730)
    demo.type("settings.privacy.basis", "Retention order 4")
    demo.press("settings.privacy.add")
    assert "730 days after closing" in demo.texts()
    assert old.number in demo.texts()
    demo.press("settings.privacy.erase")
    assert "Say why" in page.privacy.reason_field.note.text()
    demo.type("settings.privacy.reason", "retention order 4")
    demo.press("settings.privacy.erase")
    demo.settle()
    assert "Nothing is due" in demo.texts()
    with demo_desk.reader() as reader:
        assert reader.get(Complaint, old.uid).words == ""


def test_a_rule_can_be_ended(demo, demo_desk, old):
    page = demo.go("settings")
    demo.press("settings.privacy.add")
    (name,) = [
        one.objectName() for one in page.findChildren(type(page.privacy.erase_button)) if ".retire." in one.objectName()
    ]
    demo.press(name)
    assert "No rule yet" in demo.texts()


def test_what_is_kept_of_a_person_is_found_and_told(demo, demo_desk, old, monkeypatch, tmp_path):
    page = demo.go("settings")
    demo.type("settings.privacy.person", "nobody at all")
    demo.press("settings.privacy.find")
    assert "Nothing here tells of them" in demo.texts()
    demo.type("settings.privacy.person", "ada lovelace")
    demo.press("settings.privacy.find")
    assert old.number in demo.texts()
    file = tmp_path / "ada.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    demo.press("settings.privacy.disclose")
    assert "on whose asking" in page.privacy.person_field.note.text().casefold()
    demo.type("settings.privacy.asked_by", "the customer")
    demo.press("settings.privacy.disclose")
    assert file.read_bytes().startswith(b"%PDF")
    with demo_desk.reader() as reader:
        assert [one.reason for one in reader.find(Disclosure)] == ["the customer"]


def test_what_is_due_and_what_is_found_is_gone_into(demo, demo_desk, old):
    page = demo.go("settings")
    page.privacy.days.setValue(730)
    demo.press("settings.privacy.add")
    demo.press("settings.privacy.due.0")
    assert demo.window.page == "behind"
    assert len(demo.list.column(0)) == 1
    assert old.number in demo.list.column(0)[0]
    demo.go("settings")
    demo.type("settings.privacy.person", "Ada Lovelace")
    demo.press("settings.privacy.find")
    demo.press("settings.privacy.found.0")
    assert old.number in demo.list.column(0)[0]
    assert demo.page.title.text() == "1 · record"
