"""A form that was asked for and is read late does not open once its person has turned to something else."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QLineEdit

from gemba.kinds.registers.registry import ALL

REGISTER = next(iter(ALL))
ASKED = [
    ("registers", REGISTER, lambda page: page.add_entry(), "entry.title"),
    ("complaints", "", lambda page: page.enter(), "complaints.entry.customer"),
    ("maps", "", lambda page: page.begin_times(), "times.study.title"),
    ("playbook", "patterns", lambda page: page.view("patterns").begin_adding(), "pattern.form.title"),
]
IDS = [page for page, *_ in ASKED]


@pytest.fixture
def held(demo):
    """Keeps both threads that read for the window busy, until they may go on."""
    may_go_on = threading.Event()

    def hold() -> None:
        for _ in range(2):
            demo.window.jobs.errand(may_go_on.wait, 60)

    yield hold, may_go_on.set
    may_go_on.set()
    demo.settle()


def forms(window):
    return {field.objectName() for field in window.page.findChildren(QLineEdit) if field.isVisible()}


@pytest.mark.parametrize(("page", "view", "ask", "field"), ASKED, ids=IDS)
def test_it_opens_for_whoever_waits(demo, held, page, view, ask, field):
    hold, go_on = held
    demo.go(page, view)
    hold()
    ask(demo.page)
    go_on()
    demo.settle()
    assert field in forms(demo)


@pytest.mark.parametrize(("page", "view", "ask", "field"), ASKED, ids=IDS)
def test_it_does_not_open_after_its_person_has_gone_to_another_page(demo, held, page, view, ask, field):
    hold, go_on = held
    demo.go(page, view)
    hold()
    ask(demo.page)
    demo.window.go("settings")
    go_on()
    demo.settle()
    demo.go(page)
    assert field not in forms(demo)


def test_a_view_beside_it_is_another_place_too(demo, held):
    hold, go_on = held
    page = demo.go("maps")
    page.show_times()
    demo.settle()
    hold()
    page.begin_times()
    page.show_blind()
    go_on()
    demo.settle()
    page.show_times()
    assert "times.study.title" not in forms(demo)


def test_all_registers_stay_when_an_entry_of_one_was_asked_for_before(demo, held):
    hold, go_on = held
    page = demo.go("registers", REGISTER)
    hold()
    page.add_entry()
    page.show_overview()
    go_on()
    demo.settle()
    assert page.stack.currentWidget() is page.overview


def test_a_form_that_was_asked_for_before_the_window_was_locked_is_there_after(demo, held):
    hold, go_on = held
    page = demo.go("registers", REGISTER)
    hold()
    page.add_entry()
    demo.window.hide()
    go_on()
    demo.settle()
    demo.window.show()
    assert "entry.title" in forms(demo)
