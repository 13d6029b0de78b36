"""A complaint is entered, moved on step by step, and not closed before the two questions are answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from tests.work.complaining import complain

from gemba.domain.change import Change
from gemba.domain.complaints import Complaint, ComplaintState, Severity
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.ui.parts.fields import Choice
from gemba.work import complaint_clock, complaints
from gemba.work.complaint_moves import move
from gemba.work.places import add_place

CHANGED = Change(topics=frozenset({"complaint"}))
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def all_of(desk: Any) -> list[Complaint]:
    with desk.reader() as reader:
        return reader.find(Complaint)


def read(desk: Any, uid: str) -> Complaint:
    with desk.reader() as reader:
        found = reader.get(Complaint, uid)
    assert found is not None
    return found


def choose(window: Any, name: str, code: str) -> None:
    """Choose in a field as its popup does."""
    field = window.find(Choice, name)
    field.setFocus()
    field.choose(code)
    window.settle()


@pytest.fixture
def one(desk: Any) -> str:
    return complaints.add(desk, words="The queue was long", severity=Severity.HIGH).uid


@pytest.fixture
def shown(open_window: Any, desk: Any, one: str) -> Any:
    """The window with the complaint."""
    window = open_window(desk)
    window.go("complaints", one)
    return window


def test_it_is_entered_by_keyboard_alone(empty: Any, desk: Any) -> None:
    empty.go("complaints")
    empty.keys(Qt.Key.Key_N, CONTROL)
    assert empty.window.focusWidget().objectName() == "complaints.entry.words"
    empty.qtbot.keyClicks(empty.window.focusWidget(), "They sent the card to my old address")
    empty.keys(Qt.Key.Key_Tab)
    empty.qtbot.keyClicks(empty.window.focusWidget(), "Card sent to old address")
    empty.keys(Qt.Key.Key_Tab)
    assert empty.window.focusWidget().objectName() == "complaints.entry.severity"
    empty.keys(Qt.Key.Key_H)
    empty.keys(Qt.Key.Key_Return, CONTROL)
    (entered,) = all_of(desk)
    assert (entered.summary, entered.severity) == ("Card sent to old address", Severity.HIGH)
    assert entered.words == "They sent the card to my old address"
    assert empty.page.detail.uid == entered.uid
    assert "They sent the card" in empty.texts()
    assert isinstance(empty.window.focusWidget(), QWidget)


def test_several_are_entered_one_after_another(empty: Any, desk: Any) -> None:
    empty.go("complaints")
    empty.press("complaints.empty.enter")
    for words in ("The first", "The second"):
        empty.qtbot.keyClicks(empty.find(QPlainTextEdit, "complaints.entry.words"), words)
        empty.keys(Qt.Key.Key_Return, CONTROL | SHIFT)
        assert empty.find(QPlainTextEdit, "complaints.entry.words").toPlainText() == ""
    empty.keys(Qt.Key.Key_Escape)
    assert [entered.words for entered in all_of(desk)] == ["The first", "The second"]
    assert empty.page.form is None


def test_what_is_refused_is_said_beside_its_field(empty: Any, desk: Any) -> None:
    empty.go("complaints")
    empty.press("button.complaints.enter")
    empty.press("complaints.entry.keep")
    assert "Say what the customer complained of" in empty.page.form.fields["words"].note.text()
    empty.type("complaints.entry.words", "x")
    empty.type("complaints.entry.owner", "Kundenservice")
    empty.press("complaints.entry.keep")
    assert "name the owner of the process" in empty.page.form.fields["owner"].note.text()
    assert empty.window.focusWidget().objectName() == "complaints.entry.owner"
    assert all_of(desk) == []


def test_from_receipt_to_close(shown: Any, desk: Any, one: str) -> None:
    shown.press("complaints.move.go")
    assert read(desk, one).state is ComplaintState.ACKNOWLEDGED
    choose(shown, "complaints.move.severity", "critical")
    shown.press("complaints.move.go")
    assert read(desk, one).severity is Severity.CRITICAL
    shown.type("complaints.move.owner", "Customer care")
    shown.press("complaints.move.go")
    assert read(desk, one).state is ComplaintState.ASSESSED
    assert "customer service" in shown.page.moves.missing.text()
    shown.type("complaints.move.owner", "Head of branches")
    shown.press("complaints.move.go")
    assert read(desk, one).state is ComplaintState.INVESTIGATING
    choose(shown, "complaints.move.to", "closed")
    assert "told back" in shown.page.moves.missing.text()
    choose(shown, "complaints.move.decision", "upheld")
    shown.find(QPlainTextEdit, "complaints.move.answer").setPlainText("We open a second counter at noon.")
    shown.press("complaints.move.go")
    assert read(desk, one).state is ComplaintState.INVESTIGATING, "the two questions are not answered"
    assert shown.window.focusWidget().objectName() == "complaints.move.told_back"
    choose(shown, "complaints.move.told_back", "yes")
    choose(shown, "complaints.move.similar", "could_occur")
    shown.press("complaints.move.go")
    assert "where else" in shown.page.moves.missing.text()
    shown.type("complaints.move.similar_note", "Every branch with one counter")
    shown.press("complaints.move.go")
    closed = read(desk, one)
    assert (closed.state, closed.similar_note) == (ComplaintState.CLOSED, "Every branch with one counter")
    assert "closed" in shown.message
    shown.press("messages.undo")
    assert read(desk, one).state is ComplaintState.INVESTIGATING


def test_steps_are_taken_by_keyboard_alone(shown: Any, desk: Any, one: str) -> None:
    shown.page.take_focus()
    shown.keys(Qt.Key.Key_D, CONTROL)
    assert read(desk, one).state is ComplaintState.ACKNOWLEDGED
    shown.keys(Qt.Key.Key_D, CONTROL)
    assert shown.window.focusWidget().objectName() == "complaints.move.severity"
    shown.keys(Qt.Key.Key_H)
    shown.keys(Qt.Key.Key_D, CONTROL)
    assert read(desk, one).state is ComplaintState.ASSESSED
    shown.keys(Qt.Key.Key_D, CONTROL)
    shown.qtbot.keyClicks(shown.window.focusWidget(), "Head of branches")
    shown.keys(Qt.Key.Key_D, CONTROL)
    assert (read(desk, one).state, read(desk, one).owner) == (ComplaintState.INVESTIGATING, "Head of branches")


def test_a_closed_one_is_reopened(shown: Any, desk: Any, one: str) -> None:
    move(
        desk, one, ComplaintState.CLOSED, severity=Severity.LOW, owner="Head of branches", decision="rejected",
        answer="No", told_back="yes", similar="no",
    )  # fmt: skip
    shown.go("today")
    shown.go("complaints", one)
    shown.page.detail.hear(CHANGED)
    shown.settle()
    shown.press("button.complaints.next")
    assert "reopen" in shown.message
    shown.press("complaints.reopen")
    assert read(desk, one).state is ComplaintState.REOPENED


def test_what_was_typed_for_a_step_outlives_a_change_of_the_record(shown: Any, desk: Any, one: str) -> None:
    choose(shown, "complaints.move.to", "decided")
    shown.find(QPlainTextEdit, "complaints.move.answer").setPlainText("We are sorry")
    complaints.change(desk, one, summary="A queue")
    shown.page.detail.hear(CHANGED)
    shown.settle()
    assert "A queue" in shown.texts()
    assert shown.find(QPlainTextEdit, "complaints.move.answer").toPlainText() == "We are sorry"
    assert shown.page.moves.to is ComplaintState.DECIDED


def test_the_clock_is_stopped_for_a_reason_and_goes_on(shown: Any, desk: Any, one: str) -> None:
    shown.press("complaints.clock.pause")
    assert "only for a reason" in shown.texts()
    shown.type("complaints.clock.reason", "Waits for the bank statement")
    shown.press("complaints.clock.pause")
    assert read(desk, one).paused
    assert "Waits for the bank statement" in shown.texts()
    shown.press("complaints.clock.resume")
    assert not read(desk, one).paused


def test_complaints_that_say_the_same_are_linked(shown: Any, desk: Any, one: str) -> None:
    other = read(desk, complaints.add(desk, words="Waited for an hour").uid)
    shown.type("complaints.same.number", "K-NONE-1")
    shown.press("complaints.same.link")
    assert "No complaint has the number" in shown.texts()
    shown.type("complaints.same.number", other.number.lower())
    shown.press("complaints.same.link")
    assert read(desk, one).duplicate_of == other.uid
    assert "Waited for an hour" in shown.texts()
    shown.press("complaints.same.apart")
    assert read(desk, one).duplicate_of is None


def test_it_is_changed_in_the_same_form(shown: Any, desk: Any, one: str) -> None:
    shown.keys(Qt.Key.Key_E, CONTROL)
    assert shown.find(QPlainTextEdit, "complaints.entry.words").toPlainText() == "The queue was long"
    shown.type("complaints.entry.customer", "4711")
    choose(shown, "complaints.entry.consent", "quotable")
    shown.keys(Qt.Key.Key_Return, CONTROL)
    changed = read(desk, one)
    assert (changed.customer, changed.consent, changed.words) == ("4711", "quotable", "The queue was long")
    assert "4711" in shown.texts()
    shown.press("messages.undo")
    assert read(desk, one).customer == ""


def test_a_place_that_was_typed_and_is_none_is_not_taken_for_no_place(empty: Any, desk: Any) -> None:
    for n in range(9):
        add_place(desk, f"Branch {n}")
    empty.go("complaints")
    empty.press("button.complaints.enter")
    empty.type("complaints.entry.words", "x")
    field = empty.find(Choice, "complaints.entry.place")
    field.setEditText("Branhc 3")
    empty.press("complaints.entry.keep")
    assert "Choose one" in empty.page.form.fields["place"].note.text()
    assert all_of(desk) == []
    field.setEditText("Branch 3")
    empty.press("complaints.entry.keep")
    assert all_of(desk)[0].place is not None


def test_the_list_is_narrowed_by_its_clock(open_window: Any, desk: Any, one: str) -> None:
    complaint_clock.pause(desk, one, "Waits")
    complaints.add(desk, words="Another one", severity=Severity.CRITICAL)
    window = open_window(desk)
    window.go("complaints")
    assert window.list.column() == ["Another one", "The queue was long"]
    window.list.narrow("clock", "paused")
    assert window.list.column() == ["The queue was long"]
    window.list.search("nothing like that")
    assert window.list.column() == []


def test_a_complaint_without_words_is_listed_by_what_it_is_about(open_window: Any, desk: Any) -> None:
    complain(desk, summary="", cause="late", product="loan")
    complain(desk, summary="")
    window = open_window(desk)
    window.go("complaints")
    assert sorted(window.list.column()) == ["Without words", "late · loan"]


def test_today_shows_what_runs_out(open_window: Any, desk: Any, one: str) -> None:
    later = desk.clock() + timedelta(hours=60)
    complaints.add(msgspec.structs.replace(desk, clock=lambda: later), words="Far away", severity=Severity.HIGH)
    desk.store.clock = lambda: later
    window = open_window(msgspec.structs.replace(desk, clock=lambda: later))
    window.go("today")
    assert "The queue was long" in window.texts()
    assert "Far away" not in window.texts()
    window.find(QWidget, f"today.complaint.{one}").follow()
    window.settle()
    assert window.window.page == "complaints"
    assert window.page.detail.uid == one


def test_targets_are_set_and_open_ones_follow(shown: Any, desk: Any, one: str) -> None:
    shown.press("button.complaints.rules")
    choose(shown, "complaints.target.severity", "high")
    rules = shown.page._stack.currentWidget()
    rules.findChild(QWidget, "complaints.target.hours").setValue(48)
    rules.findChild(QWidget, "complaints.target.acknowledge").setValue(8)
    rules.findChild(QWidget, "complaints.target.also").setChecked(True)
    shown.press("complaints.target.set")
    now = read(desk, one)
    assert now.due_at == now.received_at + timedelta(hours=48)
    assert "48 hours, acknowledged within 8 hours" in shown.texts()
    shown.press("complaints.rules.back")
    assert shown.page._stack.currentIndex() == 0
    assert "Acknowledge by" in shown.texts()


def test_a_vocabulary_is_released_and_offered(shown: Any, desk: Any, one: str) -> None:
    complaints.change(desk, one, cause="wait")
    shown.press("button.complaints.rules")
    choose(shown, "complaints.vocabulary.facet", "cause")
    shown.press("complaints.vocabulary.starter")
    shown.press("complaints.vocabulary.release")
    with desk.reader() as reader:
        first = vocabularies.current(reader, Facet.CAUSE)
    assert first is not None
    complaints.change(desk, one, cause="delay")
    shown.find(QPlainTextEdit, "complaints.vocabulary.codes").setPlainText("slow,Too slow,,process")
    shown.press("complaints.vocabulary.release")
    assert "delay (1)" in shown.texts()
    shown.find(QPlainTextEdit, "complaints.vocabulary.heirs").setPlainText("delay,slow")
    shown.find(QLineEdit, "complaints.vocabulary.reason").setText("One word for it")
    shown.press("complaints.vocabulary.release")
    with desk.reader() as reader:
        assert vocabularies.meant_by(reader, Facet.CAUSE, "slow") == {"delay", "slow"}
    assert "delay → slow" in shown.texts()
    shown.press("complaints.rules.back")
    shown.press("button.complaints.enter")
    assert shown.find(Choice, "complaints.entry.cause").findText("Too slow") >= 0
