"""The start page, the walks, the settings."""

from __future__ import annotations

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from gemba.domain.assessments import Assessment
from gemba.domain.places import Level, Place
from gemba.domain.templates import Template
from gemba.work import conduct


def walks_of(desk) -> int:
    with desk.reader() as reader:
        return len(reader.find(Assessment))


def test_today_shows_drafts_what_is_due_and_what_headquarters_does_not_hold(demo, demo_desk):
    words = demo.texts()
    assert "5S area audit" in words
    assert "Overdue" in words
    assert demo.page.way.counts["here"].text() == str(walks_of(demo_desk))
    assert demo.page.welcome.isHidden()


def test_today_of_a_new_store_offers_the_demo_and_ones_own(empty):
    assert not empty.page.welcome.isHidden()
    assert not empty.page.buttons["today.begin"].isVisible()
    empty.press("welcome.own")
    assert empty.window.page == "library"


def test_today_hears_of_what_is_written(demo, demo_desk):
    with demo_desk.reader() as reader:
        template, place = reader.find(Template)[0], reader.find(Place)[-1]
    before = walks_of(demo_desk)
    demo.window.jobs.write(conduct.start, template.uid, place.uid)
    demo.settle()
    assert demo.page.way.counts["here"].text() == str(before + 1) == str(walks_of(demo_desk))


def test_a_walk_shows_its_sections_and_findings(demo):
    demo.go("walks")
    demo.list.search("5S")
    demo.list.narrow("state", "concluded")
    demo.list.choose(0)
    words = demo.texts()
    for section in ("Sort", "Shine", "Sustain"):
        assert section in words
    assert "Spare forms and returned goods" in words


def test_a_report_is_written_beside_the_window(demo, tmp_path, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    demo.go("walks")
    demo.list.narrow("state", "concluded")
    demo.list.choose(0)
    demo.page.report_to(tmp_path / "report.pdf")
    demo.settle()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert opened == [str(tmp_path / "report.pdf")]


def test_a_correction_is_a_new_draft(demo, demo_desk):
    before = walks_of(demo_desk)
    demo.go("walks")
    demo.list.narrow("state", "concluded")
    demo.list.choose(0)
    demo.press("walks.detail.correct")
    assert demo.window.page == "conduct"
    demo.go("walks")
    demo.page.list.bar.show_all()
    demo.settle()
    assert demo.page.list.model.rowCount() == before + 1


def test_a_place_is_added_below_another(demo, demo_desk):
    page = demo.go("settings")
    page.places.level.choose(Level.AREA)
    page.places.above.setCurrentIndex(page.places.above.findText("Harbour branch – Region North"))
    demo.type("settings.place.name", "Counter hall")
    page.places.add()
    demo.settle()
    with demo_desk.reader() as reader:
        hall = reader.find(Place, name="Counter hall")[0]
        assert reader.get(Place, hall.parent).name == "Harbour branch"
    assert "Counter hall" in demo.texts()
    assert demo.find(QLineEdit, "settings.place.name").text() == ""


def test_a_place_without_a_name_is_refused_beside_the_field(empty):
    page = empty.go("settings")
    page.places.add()
    empty.settle()
    assert page.places.name_field.note.text()
    assert page.places.name.property("problem") is True


def test_the_wished_look_is_kept(demo):
    page = demo.go("settings")
    page.accent.choose("plum")
    page.accent.activated.emit(page.accent.currentIndex())
    assert page.services.preferences.wishes.accent == "plum"
