"""A checklist is written in the window: from nothing, by keyboard and mouse, tried, published and walked with."""

from __future__ import annotations

import pytest
import shiboken6
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QWidget
from tests.ui.pages.editor import EditorObject
from tests.ui.test_accessibility import operated

from gemba.domain.assessments import Assessment
from gemba.domain.templates import Template
from gemba.forms.editing.lists import options
from gemba.ui.editor.draw_preview import DrawPreview
from gemba.work import edit_template
from gemba.work.conduct import open_sheet

Key, Modifier = Qt.Key, Qt.KeyboardModifier
EN, FR = "English (en)", "French (fr)"
CONTROL = Modifier.ControlModifier


@pytest.fixture
def editor(empty):
    return EditorObject(empty)


def test_the_keyboard_begins_in_the_outline(editor):
    editor.new()
    assert editor.body.outline.hasFocus()


def gate(editor):
    """A section with two questions, written by keyboard."""
    editor.new().fill("editor.form.title", "Gate check")
    editor.keys(Key.Key_Return, CONTROL | Modifier.ShiftModifier).write("At the gate").settle()
    editor.keys(Key.Key_Return, CONTROL).write("Is the gate open?").settle()
    editor.press("editor.type.change").press("editor.type.select_one")
    editor.keys(Key.Key_Return, CONTROL).write("Why not?").settle()
    return editor


def test_a_checklist_from_nothing_to_a_walk(editor, empty, desk):
    gate(editor)
    assert editor.outline == ["At the gate", "  Is the gate open?", "  Why not?"]
    assert editor.asked == ["Is the gate open?", "Why not?"]

    # a condition on the question before, seen in the preview at once
    editor.press("editor.condition.add")
    editor.choose("editor.condition.0.choice", "no")
    assert editor.said("relevant") == "${is_the_gate_open} = 'no'"
    assert editor.asked == ["Is the gate open?"]
    editor.answer("is_the_gate_open", "no")
    assert editor.asked == ["Is the gate open?", "Why not?"]

    # points and required
    editor.go("Is the gate open?")
    editor.fill("editor.choice.1.points", "-1").settle()
    empty.find(QCheckBox, "editor.required").click()
    editor.settle()
    assert editor.said("required") == "yes"
    assert editor.body.preview.sheet.fill.score().points == -1

    # a second language, side by side
    editor.go("Gate check").choose("editor.languages.new", FR).press("editor.languages.add")
    assert "untranslated" in editor.problems
    for english, french in (("At the gate", "A la porte"), ("Is the gate", "Ouverte ?"), ("Why not", "Pourquoi ?")):
        editor.go(english).fill(f"editor.label.{FR}", french).settle()
    editor.go("Is the gate")
    for number, words in enumerate(("Oui", "Non", "Sans objet")):
        editor.fill(f"editor.choice.{number}.{FR}", words)
    editor.settle()
    assert editor.problems == []
    editor.choose("editor.preview.language", FR)
    assert editor.asked == ["Ouverte ?", "Pourquoi ?"]

    # published, and a walk begun with it
    editor.press("button.editor.publish")
    assert empty.window.page == "library"
    with desk.reader() as reader:
        template = reader.find(Template, form_id="gate_check")[0]
    assert (template.title, template.languages, template.questions) == ("Gate check", (EN, FR), 2)
    assert edit_template.drafts(desk) == []
    assert empty.page.list.current.title == "Gate check"
    empty.type("begin.new_place", "Harbour")
    empty.press("begin.start")
    with desk.reader() as reader:
        walk = reader.find(Assessment, template=template.uid)[0]
    assert [item.name for item in open_sheet(desk, walk.uid).fill.items()] == ["at_the_gate", "is_the_gate_open"]


def test_every_step_is_saved_and_there_after_a_crash(editor, desk):
    gate(editor)
    saved = edit_template.drafts(desk)[0]
    assert saved.book == editor.session.book
    assert saved.title == "Gate check"


def test_what_is_typed_is_on_the_disk_within_a_second(editor, desk, qtbot):
    editor.new().fill("editor.form.title", "Night round")
    qtbot.waitUntil(lambda: edit_template.drafts(desk)[0].title == "Night round")


def test_items_move_by_keyboard_and_by_hand_and_everything_can_be_undone(editor):
    gate(editor)
    editor.go("Why not?").keys(Key.Key_Up, Modifier.AltModifier)
    assert editor.outline == ["At the gate", "  Why not?", "  Is the gate open?"]
    editor.keys(Key.Key_Up, Modifier.AltModifier)
    assert editor.outline == ["Why not?", "At the gate", "  Is the gate open?"]
    tree = editor.body.outline
    target = tree.findItems("At the gate", Qt.MatchFlag.MatchRecursive)[0]
    tree.drop_at(target, QAbstractItemView.DropIndicatorPosition.OnItem)
    assert editor.outline == ["At the gate", "  Is the gate open?", "  Why not?"]
    editor.settle().keys(Key.Key_Delete)
    assert editor.outline == ["At the gate", "  Is the gate open?"]
    editor.keys(Key.Key_D, CONTROL)
    assert editor.outline == ["At the gate", "  Is the gate open?", "  Is the gate open?"]
    for _ in range(3):
        editor.press("editor.undo")
    assert editor.outline == ["Why not?", "At the gate", "  Is the gate open?"]
    editor.press("editor.redo")
    assert editor.outline == ["At the gate", "  Is the gate open?", "  Why not?"]


def test_typing_is_one_step_and_undo_reaches_the_field(editor):
    gate(editor).go("Is the gate open?").go("Why not?")
    editor.fill(f"editor.label.{EN}", "Why is it shut?").settle()
    assert editor.outline[2] == "  Why is it shut?"
    editor.keys(Key.Key_Z, CONTROL)
    assert editor.outline[2] == "  Why not?"
    assert editor.window.find(QWidget, f"editor.label.{EN}").toPlainText() == "Why not?"


def test_what_is_wrong_is_listed_gone_to_and_mended(editor):
    gate(editor)
    editor.keys(Key.Key_Return, CONTROL).settle()
    assert "no_label" in editor.problems
    editor.go("At the gate").press("button.editor.publish")
    assert "cannot be published" in editor.window.message
    place = editor.problems.index("no_label")
    editor.press(f"editor.problem.{place}.go")
    assert editor.session.item.name == "question_1"
    assert editor.window.find(QWidget, f"editor.label.{EN}").hasFocus()
    editor.write("Who has the key?").settle()
    assert "no_label" not in editor.problems
    place = editor.problems.index("nothing_required")
    editor.press(f"editor.problem.{place}.fix")
    assert "nothing_required" not in editor.problems


def test_a_rule_that_cannot_be_read_is_said_at_once_and_kept(editor):
    gate(editor)
    editor.press("editor.condition.add").press("editor.condition.by_hand")
    editor.fill("editor.condition.expression", "count(${is_the_gate_open}) >").settle()
    assert "broken_rule" in editor.problems
    assert editor.said("relevant") == "count(${is_the_gate_open}) >"
    editor.fill("editor.condition.expression", "count(${is_the_gate_open}) > 0").settle()
    assert "broken_rule" not in editor.problems
    assert "Written by hand" in editor.window.texts()


def test_choices_show_their_codes_and_lists_are_renamed_shared_and_copied(editor):
    gate(editor).press("editor.type.change").press("editor.type.select_one")
    assert "Shared with 1 other question." in editor.window.texts()
    editor.press("editor.choices.codes").fill("editor.choice.1.code", "shut").keys(Key.Key_Return)
    editor.fill("editor.choices.name", "gate_state").keys(Key.Key_Return)
    assert editor.said("type") == "select_one gate_state"
    editor.fill("editor.choice.0.code", "shut").keys(Key.Key_Return)  # taken
    assert [option.name for option in options(editor.session.book, "gate_state")] == ["yes", "shut", "na"]
    editor.press("editor.choices.own")
    assert editor.said("type") == "select_one why_not"
    editor.choose("editor.choices.list", "gate_state")
    assert editor.said("type") == "select_one gate_state"
    editor.press("editor.choices.codes")
    assert not editor.body.properties.choices.name.isVisible()


def test_lines_that_are_pasted_become_choices_and_move_by_keyboard(editor):
    gate(editor).press("editor.type.change").press("editor.type.select_multiple").press("editor.choices.add")
    QGuiApplication.clipboard().setText("Lost key\t2\n\nRain\n")
    editor.keys(Key.Key_V, CONTROL)

    def choices():
        name = editor.session.item.kind.list
        return [(option.name, option.labels[EN], option.score) for option in options(editor.session.book, name)]

    assert choices()[2:] == [("lost_key", "Lost key", "2"), ("rain", "Rain", "")]
    outline = editor.outline
    editor.keys(Key.Key_Up, Modifier.AltModifier).keys(Key.Key_Up, Modifier.AltModifier)
    assert [name for name, _, _ in choices()] == ["one", "rain", "two", "lost_key"]
    editor.keys(Key.Key_Down, Modifier.AltModifier)
    assert [name for name, _, _ in choices()] == ["one", "two", "rain", "lost_key"]
    assert editor.outline == outline
    editor.keys(Key.Key_Z, CONTROL)
    assert [name for name, _, _ in choices()] == ["one", "rain", "two", "lost_key"]


def test_a_draw_is_shown_as_it_would_be(editor):
    gate(editor)
    for label in ("Is it lit?", "Who is there?"):
        editor.keys(Key.Key_Return, CONTROL).write(label).settle()
    editor.go("At the gate").fill("editor.draw", "2").settle()
    words = editor.body.properties.findChild(DrawPreview).words
    assert "2 of 4 are asked." in words.text()
    seen = set()
    for _ in range(8):
        lines = words.text().splitlines()
        assert len(lines) == 3
        seen.add(tuple(lines[1:]))
        editor.press("editor.draw.again")
    assert len(seen) > 1
    editor.fill("editor.draw", "").settle()
    assert not words.isVisible()


def test_conditions_are_put_into_groups(editor):
    gate(editor)
    editor.press("editor.condition.add").choose("editor.condition.0.choice", "no")
    editor.press("editor.condition.add_group").choose("editor.condition.2.choice", "na")
    one, two, three = (f"${{is_the_gate_open}} = '{code}'" for code in ("no", "yes", "na"))
    assert editor.said("relevant") == f"{one} and ({two} or {three})"
    assert "any of these" in editor.window.texts()
    editor.choose("editor.condition.join", "any")
    assert editor.said("relevant") == f"{one} or ({two} and {three})"
    editor.press("editor.condition.1.more")
    assert editor.said("relevant") == f"{one} or ({two} and {three} and {two})"
    editor.press("editor.condition.3.drop").press("editor.condition.2.drop")
    assert editor.said("relevant") == f"{one} or {two}"
    editor.press("editor.condition.0.drop").press("editor.condition.0.drop")
    assert editor.said("relevant") == ""


def test_limits_are_put_in_words(editor):
    gate(editor)
    editor.press("editor.type.change").press("editor.type.integer").press("editor.limits.add")
    editor.fill("editor.limit.0.value", "5").settle()
    assert editor.said("constraint") == ". >= 5"
    editor.press("editor.limits.add").choose("editor.limit.1.sign", "at_most")
    editor.fill("editor.limit.1.value", "60").settle()
    assert editor.said("constraint") == ". >= 5 and . <= 60"
    editor.answer("why_not", "61")
    assert editor.problem("why_not") == "constraint"
    editor.press("editor.limit.0.drop")
    assert editor.said("constraint") == ". <= 60"


def test_a_new_version_begins_from_the_template_and_leaves_it(empty, desk):
    editor = EditorObject(empty)
    empty.go("library")
    empty.list.search("5S area audit")
    empty.list.choose(0)
    empty.press("button.library.copy")
    assert editor.settle().session.draft.title == "5S area audit"
    editor.go("Sort").fill(f"editor.label.{EN}", "Sort out").settle()
    editor.press("button.editor.publish")
    with desk.reader() as reader:
        versions = sorted(each.version for each in reader.find(Template, form_id="five_s_area_audit"))
    assert len(versions) == 2


def test_a_draft_is_gone_on_with_and_discarded_from_the_library(editor, empty, desk):
    gate(editor)
    empty.go("library")
    assert "Gate check" in empty.texts()
    empty.press("library.draft.0.open")
    assert editor.outline[0] == "At the gate"
    empty.go("library")
    empty.press("library.draft.0.drop")
    assert edit_template.drafts(desk) == []
    assert empty.page.drafts.isHidden()


def test_a_draft_that_was_discarded_is_closed_and_does_not_come_back(editor, empty, desk):
    gate(editor)
    empty.go("library")
    empty.press("library.draft.0.drop")
    empty.go("editor")
    assert editor.page.session is None
    assert edit_template.drafts(desk) == []
    empty.go("library")
    empty.press("messages.undo")
    assert edit_template.drafts(desk)[0].title == "Gate check"


def test_a_draft_that_was_discarded_elsewhere_stays_gone_until_one_says_otherwise(editor, desk):
    gate(editor)
    edit_template.discard(desk, editor.session.draft.uid)
    editor.write(" Who knows?").settle()
    assert edit_template.drafts(desk) == []
    assert "was discarded meanwhile" in editor.window.texts()
    editor.press("editor.apart.keep")
    assert "  Why not? Who knows?" in editor.outline
    assert edit_template.drafts(desk)[0].book == editor.session.book
    edit_template.discard(desk, editor.session.draft.uid)
    editor.fill(f"editor.label.{EN}", "Gone").settle().press("editor.apart.let_go")
    assert editor.page.session is None
    assert edit_template.drafts(desk) == []


def test_of_two_windows_the_later_one_is_told_and_loses_nothing(editor, desk):
    gate(editor)
    uid = editor.session.draft.uid
    other = edit_template.open_draft(desk, uid)
    edit_template.save(desk, replace(other, book=edit_template.new_book("Theirs")))
    editor.write(" And why?").settle()
    assert "saved meanwhile in another window" in editor.window.texts()
    assert edit_template.open_draft(desk, uid).title == "Theirs"
    editor.press("editor.apart.keep").write(" Since when?").settle()
    assert {draft.title for draft in edit_template.drafts(desk)} == {"Theirs", "Gate check"}
    assert "  Why not? And why? Since when?" in editor.outline
    assert edit_template.open_draft(desk, editor.session.draft.uid).book == editor.session.book


def test_leaving_keeps_what_could_not_be_saved_over_another(editor, empty, desk):
    gate(editor)
    uid = editor.session.draft.uid
    theirs = edit_template.open_draft(desk, uid)
    theirs = edit_template.save(desk, replace(theirs, book=edit_template.new_book("Theirs")))
    editor.write(" And why?").settle()
    empty.go("library")
    assert {draft.title for draft in edit_template.drafts(desk)} == {"Theirs", "Gate check"}
    # what is saved and was changed elsewhere is read again
    empty.go("editor", uid)
    edit_template.save(desk, replace(theirs, book=edit_template.new_book("Theirs again")))
    empty.go("library")
    empty.go("editor", uid)
    assert editor.settle().session.draft.title == "Theirs again"


def test_questions_are_kept_and_inserted_from_the_library(editor):
    gate(editor).go("Is the gate open?")
    editor.page.keep_item()
    editor.settle().press("editor.tool.library")
    editor.fill("editor.library.search", "gate open").settle()
    assert [item.label for item in editor.body.library.found] == ["Is the gate open?"]
    editor.press("editor.library.0.put")
    assert editor.outline[-1].strip() in {"Is the gate open?", "Why not?"}
    assert editor.outline.count("  Is the gate open?") == 2
    editor.fill("editor.library.search", "5S shift").settle()
    editor.press("editor.library.0.put")
    assert any("shift" in label for label in editor.outline)
    assert not [code for code in editor.problems if code not in {"untranslated", "nothing_required"}]


def test_every_control_is_named_and_no_two_share_a_name(editor):
    gate(editor)
    for label in ("Gate check", "At the gate", "Is the gate open?", "Why not?"):
        editor.go(label)
        controls = operated(editor.window)
        for widget in controls:
            seen = QAccessible.queryAccessibleInterface(widget)
            assert widget.objectName()
            assert seen.text(QAccessible.Text.Name), widget.objectName()
        names = [widget.objectName() for widget in controls]
        assert sorted(names) == sorted(set(names))
        assert len([widget for widget in controls if widget.property("look") == "primary"]) == 1


def test_a_draft_that_is_left_for_another_does_not_stay_in_memory(editor, desk):
    gate(editor)
    body, session = editor.body, editor.session
    other = edit_template.begin(desk, "Another")
    editor.window.go("editor", other.uid)
    assert editor.settle().session.draft.title == "Another"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(body)
    assert not shiboken6.isValid(session)
    assert {draft.title for draft in edit_template.drafts(desk)} == {"Gate check", "Another"}


def test_the_workbook_can_be_saved(editor, tmp_path):
    from gemba.forms.reading import read

    gate(editor).page.save_to(tmp_path / "gate.xlsx")
    editor.settle()
    assert read((tmp_path / "gate.xlsx").read_bytes(), name="gate.xlsx").title == "Gate check"
