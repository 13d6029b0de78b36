"""Another program changes answers of the walk that is open: it is said, and shown when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import reopen
from tests.ui.pages.conduct import ConductObject

from gemba.work import conduct as conducting
from gemba.work.desk import Desk

SAID = "Another program has changed answers of this walk."


@pytest.fixture
def beside(desk: Desk) -> Iterator[Desk]:
    """The same store, opened by another program."""
    desk.store.written_by_others()
    made = reopen(desk.store.folder, desk.store.key, desk.clock)
    yield made
    made.store.close()


def hear(conduct: ConductObject, said: str = SAID) -> None:
    """Look what others have written until this is said; while something is written here nobody can tell."""
    services, notice = conduct.page.services, conduct.page.notice

    def is_said() -> bool:
        services.changed.tell_of_others(services.desk.store.written_by_others())
        conduct.settle()
        return bool(notice.said() == said)

    conduct.qtbot.waitUntil(is_said)


def test_answers_of_another_program_are_told_of_and_shown_when_asked_for(conduct: ConductObject, beside: Desk) -> None:
    uid = conduct.page.sheet.uid
    conducting.answer(beside, uid, conduct.path("people"), "12")
    hear(conduct)
    assert conduct.page.sheet.fill.view(conduct.path("people")).value == ""
    conduct.click("notice.look")
    assert conduct.page.sheet.fill.view(conduct.path("people")).value == "12"
    assert conduct.page.notice.said() == ""


def test_what_was_given_here_meanwhile_stays(conduct: ConductObject, beside: Desk) -> None:
    page, uid = conduct.page, conduct.page.sheet.uid
    conducting.note(beside, uid, conduct.path("people"), "counted twice")
    page.sheet.give(conduct.path("who"), "The manager")
    hear(conduct)
    assert page.notice.said() == SAID
    page.sheet.give(conduct.path("warmth"), "21.5")
    conduct.click("notice.look")
    assert page.sheet.notes == {conduct.path("people"): "counted twice"}
    assert [page.sheet.fill.view(conduct.path(name)).value for name in ("who", "warmth")] == ["The manager", "21.5"]


def test_answers_to_other_walks_and_the_same_answers_are_not_told_of(
    conduct: ConductObject, beside: Desk, begin: object
) -> None:
    other, path = begin(), conduct.path("people")
    conduct.page.sheet.give(path, "12")
    conduct.settle()
    conducting.answer(beside, other, path, "13")
    hear(conduct, "")
    assert conduct.page.notice.said() == ""
    conducting.answer(beside, conduct.page.sheet.uid, path, "12")
    hear(conduct, "")
    assert conduct.page.notice.said() == ""


def test_it_is_over_when_another_walk_is_opened(conduct: ConductObject, beside: Desk, begin: object) -> None:
    conducting.answer(beside, conduct.page.sheet.uid, conduct.path("people"), "12")
    hear(conduct)
    conduct.open(begin())
    assert conduct.page.notice.said() == ""
