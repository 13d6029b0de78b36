"""Somebody without a laptop is entered in the window, and later linked with who they are."""

from __future__ import annotations

from gemba.domain.people import Person
from gemba.ui.parts.fields import Choice
from gemba.work.known_people import add_person


def people(desk):
    with desk.reader() as reader:
        return {one.name: one for one in reader.find(Person)}


def test_somebody_is_entered_by_name_and_a_name_that_is_there_is_refused(open_window, desk):
    window = open_window(desk)
    window.go("settings")
    window.settle()
    window.type("settings.people.name", "Second auditor")
    window.press("settings.people.add")
    assert people(desk)["Second auditor"].role == "auditor"
    assert "Second auditor" in window.texts()
    window.type("settings.people.name", "second AUDITOR")
    window.press("settings.people.add")
    assert "known here already" in window.texts()


def test_two_entries_are_said_to_be_one_person(open_window, desk):
    entry = add_person(desk, "S. Auditor").uid
    window = open_window(desk)
    page = window.go("settings")
    window.settle()
    window.find(Choice, "settings.people.entry").choose(entry)
    window.press("settings.people.same")
    assert people(desk)["S. Auditor"].same_as == desk.person.uid
    assert "given over" in window.message
    window.settle()
    assert page.people.linking.isHidden()
