"""Containment, similar elsewhere and pairs of photos in the window: by keyboard, refused beside the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.ui.pages.findings import ActionObject, FindingObject
from tests.ui.pages.window import WindowObject

from gemba.domain.actions import Action, ActionSort
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.people import Person
from gemba.ui.conduct import photos
from gemba.ui.findings import pairs_card
from gemba.work.desk import Desk
from gemba.work.follow_action import done
from gemba.work.people import leave


def of(desk: Desk, grade: FindingGrade, begins: str = "") -> Finding:
    with desk.reader() as reader:
        return next(one for one in reader.find(Finding, grade=grade.value) if one.text.startswith(begins))


def again(desk: Desk, finding: Finding) -> Finding:
    with desk.reader() as reader:
        found = reader.get(Finding, finding.uid)
    assert found is not None
    return found


def action_on(desk: Desk, finding: Finding) -> Action:
    with desk.reader() as reader:
        return reader.find(Action, finding=finding.uid)[0]


def test_a_major_finding_that_is_not_contained_says_so_until_somebody_does(demo: WindowObject, demo_desk: Desk) -> None:
    finding = of(demo_desk, FindingGrade.MAJOR, "Two of three")
    FindingObject(demo, finding.uid).open()
    assert "Not contained" in demo.texts()
    demo.press("containment.open")
    demo.press("containment.keep")
    card = demo.page.detail.findChild(object, "containment")
    assert "what was done at once" in card._words_field.note.text()
    card.day.put(finding.raised_at.date().replace(year=2020))
    demo.type("containment.what", "A second counter was opened")
    demo.press("containment.keep")
    assert "cannot lie before" in card._time_field.note.text()
    card.day.put(card._shown_at.date())
    demo.press("containment.keep")
    assert again(demo_desk, finding).contained == "A second counter was opened"
    assert demo.message == "What was done at once is kept."
    assert "Not contained" not in demo.texts()


def test_a_finding_waits_for_the_answer_and_closes_with_it(demo: WindowObject, demo_desk: Desk) -> None:
    finding = of(demo_desk, FindingGrade.MINOR, "Spare forms")
    done(demo_desk, action_on(demo_desk, finding).uid, "Labels hang")
    page = FindingObject(demo, finding.uid).open()
    assert "The finding closes once this is answered" in demo.texts()
    demo.press("similar.keep")
    fields = demo.page.detail.findChild(object, "similar").fields
    assert "yes or no" in fields._asks.note.text()
    page.answer("no", "Looked at both other branches")
    assert again(demo_desk, finding).state is FindingState.CLOSED
    assert "No: Looked at both other branches" in demo.texts()
    assert demo.message == "The answer is kept, and the finding is closed."


def test_photos_of_after_are_chosen_seen_and_taken_away_by_keyboard(
    demo: WindowObject,
    demo_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    sideways_photo: bytes,
) -> None:
    file = tmp_path / "after.jpg"
    file.write_bytes(sideways_photo)
    monkeypatch.setattr(photos, "choose_files", lambda *_: [file])
    made = action_on(demo_desk, of(demo_desk, FindingGrade.MAJOR, "Two of three"))
    page = ActionObject(demo, made.uid).open()
    before, empty = page.slots()
    assert before.focusPolicy() & Qt.FocusPolicy.TabFocus
    empty.setFocus()
    demo.qtbot.keyClick(empty, Qt.Key.Key_Space)
    demo.settle()
    assert [slot.accessibleName() for slot in page.slots()] == ["Before: queue-at-one-counter.jpg", "After: after.jpg"]
    with demo_desk.reader() as reader:
        (kept,) = reader.find(Evidence, subject=f"action:{made.uid}")
    demo.page.findChild(pairs_card.PairsCard)._remove(kept)
    demo.settle()
    assert [slot.has_picture() for slot in page.slots()] == [True, False]
    demo.press("pairs.add")
    assert [slot.has_picture() for slot in page.slots()] == [True, True]


def test_an_owner_who_left_is_named_on_the_open_action(demo: WindowObject, demo_desk: Desk) -> None:
    with demo_desk.reader() as reader:
        one = next(each for each in reader.find(Action) if each.sort is ActionSort.CORRECTIVE and each.finding)
    who = Person(uid=demo_desk.ids(), name=one.owner)
    with demo_desk.unit() as unit:
        unit.put(who)
    ActionObject(demo, one.uid).open()
    assert "The owner left" not in demo.texts()
    leave(demo_desk, who.uid, demo_desk.clock().date())
    demo.go("today")
    demo.go("actions")
    demo.page.detail.open("")
    ActionObject(demo, one.uid).open()
    assert "The owner left" in demo.texts()
