"""Repeats as cards: added, copied, moved, taken out and brought back, by keyboard and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conduct.conftest import Said, workbook
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba.domain.findings import FindingGrade
from gemba.ui.conduct.cards import CardRow
from gemba.ui.conduct.page import ConductPage
from gemba.work import conduct as conducting
from gemba.work.conduct import Sheet, open_sheet
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding

PEOPLE = "/data/person"
_SURVEY = (
    {"type": "text", "name": "hall", "label": "Hall"},
    {"type": "begin_repeat", "name": "person", "label": "Person"},
    {"type": "text", "name": "name", "label": "Name"},
    {"type": "select_one yn", "name": "trained", "label": "Trained?"},
    {"type": "text", "name": "why_not", "label": "Why not?", "relevant": "${trained} = 'no'"},
    {"type": "begin_repeat", "name": "tool", "label": "Tool"},
    {"type": "text", "name": "what", "label": "What is it?"},
    {"type": "end_repeat"},
    {"type": "end_repeat"},
    {"type": "text", "name": "end", "label": "Anything else?"},
)


@pytest.fixture
def conduct(page: ConductPage, qtbot: QtBot, desk: Desk) -> ConductObject:
    """Three people; the second is not trained, has a note, a photo and a finding."""
    template = import_template(desk, workbook(_SURVEY, "people"), "people.xlsx").uid
    uid = conducting.start(desk, template, add_place(desk, "Hall 9").uid).uid
    names = {f"{PEOPLE}[{n}]/name": name for n, name in enumerate(("Ana", "Bo", "Cy"), 1)}
    conducting.answer_all(desk, uid, names | {f"{PEOPLE}[2]/trained": "no", f"{PEOPLE}[2]/why_not": "new"})
    conducting.note(desk, uid, f"{PEOPLE}[2]/name", "at the press")
    raise_finding(
        desk, uid, path=f"{PEOPLE}[2]/trained", criterion="Trained", grade=FindingGrade.OPPORTUNITY, text="Not yet"
    )
    return ConductObject(page, qtbot).open(uid)


def stored(conduct: ConductObject, desk: Desk) -> Sheet:
    """What a fresh look into the store finds."""
    assert conduct.page.sheet is not None
    return open_sheet(desk, conduct.page.sheet.uid)


def names(sheet: Sheet) -> list[str]:
    return [sheet.fill.view(f"{PEOPLE}[{n}]/name").value for n in range(1, sheet.fill.repeats(PEOPLE) + 1)]


def here(conduct: ConductObject) -> str:
    return conduct.page.ribbon.current.removeprefix("/data/")


def both(conduct: ConductObject, desk: Desk) -> list[str]:
    """The names on the screen, which the store must agree with."""
    conduct.settle()
    assert conduct.page.sheet is not None
    shown, kept = names(conduct.page.sheet.sheet), names(stored(conduct, desk))
    assert shown == kept
    return shown


def titles(conduct: ConductObject) -> list[str]:
    rows = (conduct.page.ribbon.row(key) for key in conduct.page._contents.rows)
    names = [row.accessibleName() for row in rows if isinstance(row, CardRow)]
    return [name for name in names if name.startswith("Person")]


def test_a_card_is_named_by_its_first_answers(conduct: ConductObject) -> None:
    conduct.page.walking.go(f"{PEOPLE}[1]/name")
    assert titles(conduct)[:2] == ["Person 1, Ana", "Person 2, Bo · No"]
    conduct.press(Key.Key_End).type(" Lee")
    conduct.page.settle()
    assert titles(conduct)[0] == "Person 1, Ana Lee"


def test_any_card_is_removed_and_brought_back_with_all_that_stood_in_it(
    conduct: ConductObject, desk: Desk, said: Said
) -> None:
    conduct.page.walking.go(f"{PEOPLE}[2]/name")
    conduct.press(Key.Key_Escape).click(f"drop:{PEOPLE}[2]")
    assert both(conduct, desk) == ["Ana", "Cy"]
    assert stored(conduct, desk).notes == {}
    assert [finding.path for finding in stored(conduct, desk).findings] == [""]
    assert said.news[-1] == "Removed Person 2."
    assert said.undo is not None
    said.undo()
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]
    again = stored(conduct, desk)
    assert again.notes == {f"{PEOPLE}[2]/name": "at the press"}
    assert [finding.path for finding in again.findings] == [f"{PEOPLE}[2]/trained"]
    assert again.fill.view(f"{PEOPLE}[2]/why_not").value == "new"
    assert conduct.page.sheet is not None
    assert conduct.page.sheet.notes == again.notes


def test_one_that_was_only_added_is_there_again_after_the_sheet_was_closed(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.repeats.add(PEOPLE)
    assert both(conduct, desk) == ["Ana", "Bo", "Cy", ""]
    assert conduct.page.sheet is not None
    conduct.open(conduct.page.sheet.uid)
    conduct.page.walking.go(f"{PEOPLE}[4]/name")
    assert here(conduct) == "person[4]/name"
    conduct.page.repeats.drop(f"{PEOPLE}[4]")
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]


def test_cards_move_by_keyboard_and_take_everything_along(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.walking.go(f"{PEOPLE}[2]/trained")
    conduct.press(Key.Key_Up, Modifier.AltModifier)
    assert here(conduct) == "person[1]/trained", "one stays at the question"
    assert both(conduct, desk) == ["Bo", "Ana", "Cy"]
    assert stored(conduct, desk).notes == {f"{PEOPLE}[1]/name": "at the press"}
    assert "Note" in conduct.side()
    assert conduct.page.side.note.paper.toPlainText() == ""
    conduct.page.walking.go(f"{PEOPLE}[1]/name")
    assert conduct.page.side.note.paper.toPlainText() == "at the press"
    conduct.page.repeats.undo()
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]
    assert stored(conduct, desk).notes == {f"{PEOPLE}[2]/name": "at the press"}


def test_the_undo_of_a_message_goes_back_to_before_what_it_tells(
    conduct: ConductObject, desk: Desk, said: Said
) -> None:
    conduct.page.repeats.drop(f"{PEOPLE}[1]")
    conduct.page.repeats.move(f"{PEOPLE}[1]", 1)
    assert both(conduct, desk) == ["Cy", "Bo"]
    assert said.undo is not None
    said.undo()
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]


def test_the_first_cannot_go_further_up(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.walking.go(f"{PEOPLE}[1]/trained")
    conduct.press(Key.Key_Up, Modifier.AltModifier)
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]


def test_a_copy_has_the_answers_and_none_of_the_records(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.walking.go(f"{PEOPLE}[2]/trained")
    conduct.press(Key.Key_D)
    assert both(conduct, desk) == ["Ana", "Bo", "Bo", "Cy"]
    assert here(conduct) == "person[3]/name"
    kept = stored(conduct, desk)
    assert kept.fill.view(f"{PEOPLE}[3]/why_not").value == "new"
    assert list(kept.notes) == [f"{PEOPLE}[2]/name"]
    assert [finding.path for finding in kept.findings] == [f"{PEOPLE}[2]/trained"]
    conduct.press(Key.Key_Escape).press(Key.Key_Z, Modifier.ControlModifier)
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]


def test_one_is_added_and_answered_at_once(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.walking.go(f"{PEOPLE}[1]/trained")
    conduct.press(Key.Key_A)
    assert here(conduct) == "person[4]/name"
    conduct.type("Di").enter()
    assert both(conduct, desk) == ["Ana", "Bo", "Cy", "Di"]


def test_within_a_card_the_first_of_an_inner_repeat_can_be_added(conduct: ConductObject, desk: Desk) -> None:
    conduct.page.walking.go(f"{PEOPLE}[2]/name")
    assert conduct.page.sheet is not None
    while conduct.page.sheet.fill.repeats(f"{PEOPLE}[2]/tool"):
        conduct.page.sheet.take_out(f"{PEOPLE}[2]/tool", 1)
    conduct.settle()
    conduct.click(f"add:{PEOPLE}[2]/tool")
    assert here(conduct) == "person[2]/tool[1]/what"
    conduct.type("saw").enter()
    conduct.settle()
    assert stored(conduct, desk).fill.view(f"{PEOPLE}[2]/tool[1]/what").value == "saw"


def test_the_last_one_can_go_and_another_one_come(conduct: ConductObject, desk: Desk) -> None:
    for _ in range(3):
        conduct.page.repeats.drop(f"{PEOPLE}[1]")
    conduct.settle()
    assert conduct.page.sheet is not None
    assert conduct.page.sheet.fill.repeats(PEOPLE) == 0
    conduct.click(f"add:{PEOPLE}")
    assert here(conduct) == "person[1]/name"
    for _ in range(4):
        conduct.page.repeats.undo()
    assert both(conduct, desk) == ["Ana", "Bo", "Cy"]


def test_a_folded_card_shows_its_heading_and_is_passed_by(conduct: ConductObject) -> None:
    conduct.page.walking.go(f"{PEOPLE}[2]/trained")
    conduct.press(Key.Key_Minus)
    assert f"{PEOPLE}[2]/name" not in conduct.page._contents.rows
    assert here(conduct) == "person[2]", "the keyboard is at its heading"
    assert "3 of 3" in " ".join(
        label.text()
        for label in conduct.page.ribbon.row(f"{PEOPLE}[2]").findChildren(type(conduct.page.score._grade))  # type: ignore[union-attr]
    )
    conduct.enter()
    assert here(conduct) == "person[3]/name"
    conduct.page.walking.go(f"{PEOPLE}[2]/name")
    assert here(conduct) == "person[2]/name", "going there unfolds it"
    assert conduct.page.ribbon.row(f"{PEOPLE}[2]")._fold.accessibleName() == "Fold Person 2"  # type: ignore[union-attr]


def test_folds_go_along_when_cards_move(conduct: ConductObject) -> None:
    conduct.page.repeats.fold(f"{PEOPLE}[1]")
    conduct.page.repeats.move(f"{PEOPLE}[1]", 1)
    conduct.settle()
    assert conduct.page._contents.folded == {f"{PEOPLE}[2]"}


def test_all_cards_fold_and_unfold(conduct: ConductObject) -> None:
    conduct.page.repeats.fold_all()
    questions = [row for row in conduct.page._contents.rows if row.endswith("/name")]
    assert questions == []
    conduct.page.repeats.fold_all()
    assert [row for row in conduct.page._contents.rows if row.endswith("]/name")]


def test_what_is_typed_and_a_photo_on_its_way_go_along(conduct: ConductObject, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(b"words")
    conduct.page.walking.go(f"{PEOPLE}[3]/name")
    assert conduct.page.sheet is not None
    conduct.page.sheet.add_photo(f"{PEOPLE}[3]/name", file.read_bytes(), "talk.txt")
    conduct.type("ril")
    conduct.page.repeats.move(f"{PEOPLE}[3]", -1)
    assert both(conduct, desk) == ["Ana", "Cyril", "Bo"]
    assert [item.path for item in stored(conduct, desk).evidence] == [f"{PEOPLE}[2]/name"]
    assert [item.path for item in conduct.page.sheet.records.evidence] == [f"{PEOPLE}[2]/name"]


def test_a_concluded_assessment_has_no_buttons_for_cards(conduct: ConductObject, desk: Desk) -> None:
    from gemba.work.conclude import conclude

    assert conduct.page.sheet is not None
    uid = conduct.page.sheet.uid
    conducting.answer_all(desk, uid, {f"{PEOPLE}[{number}]/trained": "yes" for number in (1, 2, 3)})
    conclude(desk, uid)
    conduct.page.sheet.read_again()
    conduct.settle()
    conduct.page.repeats.drop(f"{PEOPLE}[1]")
    assert names(stored(conduct, desk)) == ["Ana", "Bo", "Cy"]
