"""A checklist is walked through by keyboard, and what was given is in the store."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget
from tests.ui.pages.conduct import ConductObject, Key, Modifier

from gemba import wording
from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment, AssessmentState
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.ui.conduct.page import ConductPage
from gemba.work.conduct import open_sheet
from gemba.work.desk import Desk


def kept(desk: Desk, uid: str) -> dict[str, str]:
    """Answers by name, as a fresh look into the store finds them."""
    with desk.reader() as reader:
        return {a.path.rpartition("/")[2]: a.value for a in reader.find(Answer, assessment=uid) if a.value}


def uid_of(conduct: ConductObject) -> str:
    assert conduct.page.sheet is not None
    return conduct.page.sheet.uid


def fill_in(conduct: ConductObject) -> None:
    """The whole checklist, by keyboard alone."""
    conduct.type("2.3.2026").enter()
    conduct.type("The shift lead").enter()
    conduct.press(Key.Key_2).enter()
    conduct.type("Two pallets").press(Key.Key_Return, Modifier.AltModifier).type("and a cart").enter()
    conduct.press(Key.Key_1).press(Key.Key_3).enter()
    conduct.type("12").enter()
    conduct.type("21,5").enter()
    conduct.press(Key.Key_3).enter()
    conduct.press(Key.Key_1).enter()
    conduct.type("1430").enter()


def test_a_whole_checklist_is_answered_by_keyboard_and_kept(conduct: ConductObject, desk: Desk) -> None:
    assert conduct.here == "day"
    fill_in(conduct)
    assert conduct.here == "view"
    conduct.settle()
    assert kept(desk, uid_of(conduct)) == {
        "day": "2026-03-02",
        "who": "The shift lead",
        "exits": "no",
        "blocked": "Two pallets\nand a cart",
        "gear": "helmet boots",
        "people": "12",
        "warmth": "21.5",
        "friendly": "3",
        "told": "OK",
        "left_at": "14:30:00.000",
    }


def test_opened_again_everything_is_seen_as_it_was_given(conduct: ConductObject, begin: Callable[[], str]) -> None:
    fill_in(conduct)
    conduct.settle()
    uid = uid_of(conduct)
    conduct.open(begin())
    assert conduct.page.sheet is not None
    assert not any(conduct.page.sheet.view(path).value for path in conduct.page._contents.questions)
    conduct.open(uid)
    assert conduct.here == "view", "one goes on at the first open question"
    assert conduct.go("exits").chosen() == ["No"]
    assert conduct.typed("blocked") == ["Two pallets\nand a cart"]
    assert conduct.chosen("gear") == ["Helmet", "Boots"]
    assert conduct.go("day").typed() == ["2 Mar 2026"]
    assert conduct.go("friendly").chosen() == ["3 Always"]
    assert conduct.go("left_at").typed() == ["14:30"]


def test_questions_come_and_go_with_the_answers(conduct: ConductObject) -> None:
    assert "blocked" not in conduct.questions()
    conduct.go("exits").press(Key.Key_2)
    assert "blocked" in conduct.questions()
    conduct.press(Key.Key_1)
    assert "blocked" not in conduct.questions()


def test_score_sections_and_outlook_follow_at_once(conduct: ConductObject) -> None:
    conduct.go("friendly").press(Key.Key_3)
    conduct.settle()
    assert conduct.score().startswith("100 %")
    conduct.go("exits").press(Key.Key_2)
    conduct.settle()
    assert conduct.score().startswith("75 %")
    assert "1 critical failure" in conduct.score()
    assert conduct.sections() == [
        "Start, 0 of 2 · 1 missing",
        "Safety, 1 of 5 · 2 missing · critical, 0 %",
        "Service, 1 of 4, 100 %",
    ]


def test_an_answer_says_that_it_is_saved(conduct: ConductObject) -> None:
    conduct.go("exits").press(Key.Key_1)
    assert conduct.status() == "Saving…"
    conduct.settle()
    assert conduct.status() == "Saved"
    assert conduct.page.head.status.text() == "Saved"


def test_digits_of_a_scale_are_its_numbers_and_nine_stands_beside_it(conduct: ConductObject) -> None:
    conduct.go("friendly").press(Key.Key_0)
    assert conduct.chosen() == ["0 Never"]
    conduct.press(Key.Key_9)
    assert conduct.chosen() == ["Not seen"]
    conduct.press(Key.Key_Delete)
    assert conduct.chosen() == []


def test_arrows_move_over_choices_and_space_chooses(conduct: ConductObject) -> None:
    conduct.go("exits").press(Key.Key_Right)
    assert conduct.chosen() == []
    conduct.press(Key.Key_Space)
    assert conduct.chosen() == ["No"]


def test_control_enter_skips_what_is_answered(conduct: ConductObject) -> None:
    conduct.go("who").type("Somebody")
    conduct.go("day").press(Key.Key_Return, Modifier.ControlModifier)
    assert conduct.here == "exits"
    conduct.press(Key.Key_Return, Modifier.ShiftModifier)
    assert conduct.here == "who"


def test_sections_are_jumped_to_by_keyboard(conduct: ConductObject) -> None:
    conduct.press(Key.Key_PageDown, Modifier.ControlModifier)
    assert conduct.here == "exits"
    conduct.press(Key.Key_PageDown, Modifier.ControlModifier)
    assert conduct.here == "friendly"
    conduct.press(Key.Key_PageUp, Modifier.ControlModifier)
    assert conduct.here == "exits"
    conduct.page.walking.sections()
    conduct.press(Key.Key_Up).press(Key.Key_Return)
    assert conduct.here == "day"


def test_what_breaks_a_rule_is_kept_and_said_in_words(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("people").type("900").enter()
    conduct.settle()
    assert "Between 0 and 499, please." in conduct.words("people")
    assert kept(desk, uid_of(conduct))["people"] == "900"
    conduct.go("people").type("x").enter()
    conduct.settle()
    assert conduct.typed("people") == ["900x"]
    assert "kept as you typed it" in conduct.words("people")
    assert kept(desk, uid_of(conduct))["people"] == "900x"


def test_required_is_named_only_after_one_has_been_there(conduct: ConductObject) -> None:
    assert "required here" not in conduct.words("exits")
    conduct.go("exits").enter()
    assert "required here" in conduct.words("exits")


def test_typing_is_kept_after_a_pause_without_leaving_the_field(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("who").type("Shift le")
    conduct.settle()
    assert kept(desk, uid_of(conduct))["who"] == "Shift le"
    conduct.type("ad")
    assert conduct.typed() == ["Shift lead"]


def test_closing_with_a_pending_edit_keeps_it(conduct: ConductObject, desk: Desk) -> None:
    uid = uid_of(conduct)
    conduct.go("who").type("Nobody waited for the pause")
    conduct.page.close()
    conduct.page.services.jobs.close()
    assert kept(desk, uid)["who"] == "Nobody waited for the pause"


def test_leaving_waits_until_everything_is_saved(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("who").type("Just now")
    with conduct.qtbot.waitSignal(conduct.page.left):
        conduct.page.leave()
    assert kept(desk, uid_of(conduct))["who"] == "Just now"


def test_a_note_is_written_beside_a_question(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("exits").press(Key.Key_N).type("The fire door is tied open").enter()
    conduct.settle()
    assert open_sheet(desk, uid_of(conduct)).notes == {conduct.path("exits"): "The fire door is tied open"}
    assert "Note: The fire door is tied open" in conduct.words("exits")


def test_single_keys_are_letters_while_one_types(conduct: ConductObject) -> None:
    conduct.go("who").type("nnpf1")
    assert conduct.typed() == ["nnpf1"]
    conduct.press(Key.Key_Escape).press(Key.Key_N)
    assert conduct.page.side.note.paper.hasFocus()


def test_the_wheel_of_the_language_turns_the_questions(conduct: ConductObject) -> None:
    assert conduct.page.sheet is not None
    conduct.page.seeing.speak("Arabic (ar)")
    assert "المخارج سالكة" in conduct.words("exits")
    assert conduct.row("exits").layoutDirection() == conduct.row("exits").layoutDirection().RightToLeft


# Photos


def test_photo_by_file_is_shown_upright_and_kept(
    conduct: ConductObject, desk: Desk, sideways_photo: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shelf.jpg"
    file.write_bytes(sideways_photo)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    conduct.go("exits").press(Key.Key_P)
    conduct.settle()
    [shown] = conduct.thumbnails()
    width, height = shown.picture_size()
    with desk.reader() as reader:
        [item] = reader.find(Evidence, assessment=uid_of(conduct))
    assert (item.path, item.name) == (conduct.path("exits"), "shelf.jpg")
    assert (width < height) == (item.width < item.height), "the picture stands as the photo does"
    assert desk.store.evidence.read(item.sha256) == sideways_photo
    assert "1 photo or file" in conduct.words("exits")


def test_photos_are_dropped_on_their_question(
    conduct: ConductObject, desk: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "queue.jpg"
    file.write_bytes(queue_photo)
    conduct.go("exits").drop(file, on="gear")
    with desk.reader() as reader:
        [item] = reader.find(Evidence, assessment=uid_of(conduct))
    assert item.path == conduct.path("gear")


def test_a_picture_is_pasted_even_while_one_types(conduct: ConductObject, desk: Desk) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    conduct.go("who").type("x").paste_picture(picture)
    with desk.reader() as reader:
        [item] = reader.find(Evidence, assessment=uid_of(conduct))
    assert (item.path, item.width, item.height) == (conduct.path("who"), 40, 30)
    assert conduct.typed() == ["x"]


def test_the_same_file_twice_is_kept_once(
    conduct: ConductObject, desk: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.jpg", tmp_path / "b.jpg"
    first.write_bytes(queue_photo)
    second.write_bytes(queue_photo)
    before = len(list(desk.store.evidence.all()))
    conduct.go("exits").drop(first, second)
    assert len(conduct.thumbnails()) == 2
    assert len(list(desk.store.evidence.all())) == before + 1


def test_an_empty_file_is_refused_in_words_and_can_be_let_go(conduct: ConductObject, tmp_path: Path) -> None:
    file = tmp_path / "broken.jpg"
    file.write_bytes(b"")
    conduct.go("exits").drop(file)
    [shown] = conduct.thumbnails()
    assert shown._remark == "Not saved"
    assert "broken.jpg" in conduct.side()
    assert conduct.page.sheet is not None
    conduct.page.sheet.drop_photo(next(iter(conduct.page.sheet.photos)))
    assert conduct.thumbnails() == []
    assert conduct.page.may_leave()


def test_a_broken_picture_is_kept_as_a_file_with_a_word(conduct: ConductObject, tmp_path: Path) -> None:
    file = tmp_path / "broken.jpg"
    file.write_bytes(b"no picture at all")
    conduct.go("exits").drop(file)
    [shown] = conduct.thumbnails()
    assert shown._remark == ""
    assert not shown.has_picture()
    assert "kept as a file" in conduct.side()


def test_a_photo_question_names_its_photo(
    conduct: ConductObject, desk: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "view.jpg"
    file.write_bytes(queue_photo)
    conduct.go("view").drop(file)
    assert kept(desk, uid_of(conduct))["view"] == "view.jpg"


# Findings and actions


def test_a_finding_with_photo_and_action_is_raised_by_keyboard(
    conduct: ConductObject, desk: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "exit.jpg"
    file.write_bytes(queue_photo)
    conduct.go("exits").drop(file).press(Key.Key_F)
    conduct.press(Key.Key_1).enter()
    conduct.type("A pallet stands before the east exit")
    conduct.press(Key.Key_Return, Modifier.ControlModifier)
    conduct.settle()
    with desk.reader() as reader:
        [finding] = reader.find(Finding, assessment=uid_of(conduct))
        [photo] = reader.find(Evidence, assessment=uid_of(conduct))
    assert (finding.criterion, finding.grade) == ("Exits are clear", FindingGrade.MAJOR)
    assert finding.text == "A pallet stands before the east exit"
    assert photo.finding == finding.uid
    conduct.type("Mark the floor").enter().type("Hall lead").press(Key.Key_Return, Modifier.ControlModifier)
    conduct.settle()
    with desk.reader() as reader:
        [action] = reader.find(Action, finding=finding.uid)
    assert (action.text, action.owner) == ("Mark the floor", "Hall lead")
    assert action.due > date(2026, 3, 2)
    assert "Mark the floor" in conduct.side()
    assert conduct.here == "exits"


def test_whoever_types_before_choosing_a_grade_writes_what_was_found(conduct: ConductObject) -> None:
    conduct.go("exits").press(Key.Key_F).type("T").type("wo of nine panels fail")
    form = conduct.page.side.finding_form
    assert form.text.toPlainText() == "Two of nine panels fail"
    assert not conduct.page.side.note.paper.toPlainText()


def test_a_finding_that_was_begun_goes_on_where_it_was_left(conduct: ConductObject) -> None:
    conduct.go("exits").press(Key.Key_F).type("T").type("wo cabinets")
    conduct.page.write_note()
    conduct.page.raise_finding()
    assert conduct.page.side.finding_form.text.toPlainText() == "Two cabinets"
    conduct.press(Key.Key_Escape)
    conduct.page.raise_finding()
    assert conduct.page.side.finding_form.text.toPlainText() == ""


def test_a_finding_without_a_grade_or_words_is_refused_beside_it(conduct: ConductObject) -> None:
    conduct.go("exits").press(Key.Key_F).press(Key.Key_Return, Modifier.ControlModifier)
    assert "Choose a grade" in conduct.side()
    conduct.press(Key.Key_2).press(Key.Key_Return, Modifier.ControlModifier)
    conduct.settle()
    assert "Say in a sentence what was found" in conduct.side()


def test_a_finding_is_changed_while_it_is_a_draft(conduct: ConductObject, desk: Desk) -> None:
    conduct.go("exits").press(Key.Key_F).press(Key.Key_4).enter()
    conduct.type("All clear").press(Key.Key_Return, Modifier.ControlModifier)
    conduct.settle()
    conduct.click("finding.edit").press(Key.Key_End, Modifier.ControlModifier).type(" today")
    conduct.press(Key.Key_Return, Modifier.ControlModifier)
    conduct.settle()
    with desk.reader() as reader:
        [finding] = reader.find(Finding, assessment=uid_of(conduct))
    assert finding.text == "All clear today"


# Concluding


def test_concluding_is_blocked_while_something_is_missing_and_leads_there(conduct: ConductObject) -> None:
    conduct.press(Key.Key_Return, Modifier.ControlModifier | Modifier.ShiftModifier)
    conduct.settle()
    assert conduct.missing()[:2] == ["Day of the visit", "Exits are clear"]
    conduct.click("conclude")
    assert "missing" in conduct.side()
    conduct.qtbot.mouseClick(conduct.needs()[1], Qt.MouseButton.LeftButton)
    assert conduct.here == "exits"


def conclude(conduct: ConductObject) -> None:
    fill_in(conduct)
    conduct.go("exits").press(Key.Key_1)
    conduct.settle()
    conduct.page.conclude()
    conduct.settle()
    assert conduct.missing() == []
    conduct.page.side.conclusion.summary.setPlainText("A calm shift")
    conduct.click("conclude")
    assert "cannot be undone" in conduct.side()
    conduct.click("conclude")


def test_concluding_freezes_and_says_so(conduct: ConductObject, desk: Desk) -> None:
    conclude(conduct)
    uid = uid_of(conduct)
    with desk.reader() as reader:
        assessment = reader.get(Assessment, uid)
    assert assessment is not None
    assert (assessment.state, assessment.score) == (AssessmentState.CONCLUDED, 100.0)
    assert "Concluded and frozen" in conduct.side()
    assert conduct.page.head.frozen.text() == "Concluded: read only"
    before = kept(desk, uid)
    conduct.go("exits").press(Key.Key_2)
    conduct.go("who").type("somebody else").press(Key.Key_F)
    conduct.settle()
    assert kept(desk, uid) == before
    assert conduct.typed("who") == ["The shift lead"]


def test_a_correction_is_a_new_draft_that_names_the_old_one(conduct: ConductObject, desk: Desk) -> None:
    conclude(conduct)
    old = uid_of(conduct)
    conduct.click("correct")
    conduct.qtbot.waitUntil(lambda: uid_of(conduct) != old)
    conduct.settle()
    with desk.reader() as reader:
        new = reader.get(Assessment, uid_of(conduct))
    assert new is not None
    assert (new.corrects, new.state) == (old, AssessmentState.DRAFT)
    assert "corrects A-" in conduct.page.head.about.whole
    assert conduct.go("who").typed() == ["The shift lead"]


# The world fails


@pytest.fixture
def stuck(desk: Desk) -> Callable[[bool], None]:
    """Lets SQLite itself refuse to write, as it does with a write-protected folder."""

    def switch(on: bool) -> None:
        with desk.store.exclusive() as connection:
            bare = connection.connection.driver_connection  # outside of a transaction, which would be refused
            assert bare is not None
            bare.execute(f"PRAGMA query_only={'ON' if on else 'OFF'}")

    return switch


def test_what_cannot_be_saved_stays_says_why_and_is_saved_later(
    conduct: ConductObject, desk: Desk, stuck: Callable[[bool], None]
) -> None:
    uid = uid_of(conduct)
    stuck(True)
    conduct.go("who").type("The shift lead").enter()
    conduct.settle()
    assert conduct.status("who") == "Not saved"
    assert conduct.typed("who") == ["The shift lead"]
    assert "cannot be written" in conduct.words("who")
    assert "who" not in kept(desk, uid)
    stuck(False)
    conduct.click("retry", conduct.row("who"))
    assert conduct.status("who") == "Saved"
    assert kept(desk, uid)["who"] == "The shift lead"


def test_nothing_is_concluded_over_an_answer_that_is_not_saved(
    conduct: ConductObject, desk: Desk, stuck: Callable[[bool], None]
) -> None:
    fill_in(conduct)
    conduct.go("exits").press(Key.Key_1)
    conduct.settle()
    stuck(True)
    conduct.go("who").type(" and the deputy").enter()
    conduct.settle()
    assert conduct.status("who") == "Not saved"
    stuck(False)
    conduct.page.conclude()
    conduct.click("conclude")
    assert "Not everything is saved yet" in conduct.side()
    conduct.click("conclude")
    with desk.reader() as reader:
        assessment = reader.get(Assessment, uid_of(conduct))
    assert assessment is not None
    assert assessment.state is AssessmentState.DRAFT


def test_one_is_asked_before_leaving_what_is_not_saved(
    conduct: ConductObject, desk: Desk, stuck: Callable[[bool], None]
) -> None:
    stuck(True)
    conduct.go("exits").press(Key.Key_1)

    def answer(name: str) -> None:
        box = next(
            each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
        )
        box.findChild(QPushButton, f"leaving.{name}").click()

    QTimer.singleShot(300, lambda: answer("stay"))
    assert not conduct.page.may_leave()
    assert conduct.status("exits") == "Not saved"
    stuck(False)
    QTimer.singleShot(300, lambda: answer("try_again"))
    assert conduct.page.may_leave()
    assert kept(desk, uid_of(conduct))["exits"] == "yes"


# The page as a whole


def test_narrow_the_sides_fold_into_drawers(conduct: ConductObject) -> None:
    conduct.page.resize(860, 900)
    conduct.settle()
    assert not conduct.page.side.isVisible()
    conduct.go("exits").press(Key.Key_N)
    assert conduct.page.side.isVisible()
    conduct.type("seen").press(Key.Key_Escape)
    assert not conduct.page.side.isVisible()
    assert conduct.here == "exits"


def test_everything_that_can_be_operated_has_a_name(conduct: ConductObject) -> None:
    unnamed = []
    for widget in conduct.page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() and not widget.objectName().startswith("qt_"):
            face = QAccessible.queryAccessibleInterface(widget)
            name = face.text(QAccessible.Text.Name) if face is not None else ""
            if not name or not widget.objectName():
                unnamed.append((type(widget).__name__, widget.objectName(), name))
    assert not unnamed


def test_rows_that_are_let_go_do_not_stay_alive(conduct: ConductObject, begin: Callable[[], str]) -> None:
    rows = [conduct.page.ribbon.row(key) for key in conduct.page.ribbon.live()]
    conduct.open(begin())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not [row for row in rows if row is not None and shiboken6.isValid(row)]


@pytest.mark.parametrize("language", [wording.LONG, wording.MIRRORED])
def test_no_words_are_cut_in_longer_or_mirrored_texts(
    language: str, page: ConductPage, conduct: ConductObject, begin: Callable[[], str]
) -> None:
    wording.use(language)
    other = ConductPage(page.services)
    other.resize(1280, 820)
    other.show()
    shown = ConductObject(other, conduct.qtbot).open(begin())
    shown.page.conclude()
    shown.settle()
    for button in other.findChildren(QPushButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.sizeHint().width() - 2, button.text()
    other.close()
    other.deleteLater()
