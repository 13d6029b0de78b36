"""Editing a checklist step by step."""

from __future__ import annotations

import pytest
from tests.forms.editing.making import EN, FR, row_of, xform

from gemba.errors import Refusal
from gemba.forms.editing import changing, languages, lists, naming, placing
from gemba.forms.editing.columns import cell, default_language, languages_of
from gemba.forms.editing.history import History
from gemba.forms.editing.tree import item_named, items, tree
from gemba.forms.editing.types import Type, read_type, write_type


def order(book):
    return [("  " * item.depth) + item.name for item in items(book)]


def test_the_tree_tells_sections_from_questions(book):
    assert order(book) == ["gate", "  open", "  why", "queue", "  wait", "  causes", "longest", "told"]
    assert [branch.kind.code for branch in tree(book)] == ["section", "repeat", "calculate", "note"]


def test_a_question_is_added_below_another_and_named_after_its_words(book):
    edited = placing.add(book, Type("text"), label="Who holds the key?", after=row_of(book, "open"))
    assert order(edited.book)[:4] == ["gate", "  open", "  who_holds_the_key", "  why"]
    assert edited.book.survey.rows[edited.at][EN] == "Who holds the key?"
    assert order(book)[2] == "  why"  # the workbook before is as it was


def test_a_section_is_added_closed_and_a_question_into_it(book):
    edited = placing.add(book, Type("section"), label="Till")
    edited = placing.add(edited.book, Type("integer"), label="Tills open", after=edited.at)
    assert order(edited.book)[-2:] == ["till", "  tills_open"]
    assert edited.book.survey.rows[-1]["type"] == "end_group"


def test_moving_up_and_down_goes_in_and_out_of_sections(book):
    edited = placing.move_up(book, row_of(book, "longest"))
    assert order(edited.book)[3:7] == ["queue", "  wait", "  causes", "  longest"]
    edited = placing.move_down(edited.book, edited.at)
    assert order(edited.book) == order(book)
    edited = placing.move_up(book, row_of(book, "open"))
    assert order(edited.book)[:3] == ["open", "gate", "  why"]


def test_a_section_moves_with_what_it_holds_but_not_into_itself(book):
    edited = placing.move_down(book, row_of(book, "queue"))
    assert order(edited.book)[3:7] == ["longest", "queue", "  wait", "  causes"]
    with pytest.raises(Refusal, match="moved_into_itself"):
        placing.move_below(book, row_of(book, "gate"), row_of(book, "open"), inside=True)


def test_removing_a_section_takes_what_it_holds_and_dissolving_leaves_it(book):
    assert order(placing.remove(book, row_of(book, "queue")).book)[3:] == ["longest", "told"]
    assert order(placing.dissolve(book, row_of(book, "gate")).book)[:3] == ["open", "why", "queue"]


def test_a_copy_gets_free_names_and_refers_to_itself(book):
    edited = placing.duplicate(book, row_of(book, "gate"))
    copy = item_named(edited.book, "why_2")
    assert copy is not None
    assert cell(edited.book.survey, copy.row, "relevant") == "${open_2} = 'no'"
    assert [item.name for item in items(edited.book)][:6] == ["gate", "open", "why", "gate_2", "open_2", "why_2"]
    xform(edited.book)


def test_renaming_changes_references_paths_and_labels(book):
    renamed = naming.rename(book, row_of(book, "open"), "gate_open").book
    assert cell(renamed.survey, row_of(renamed, "why"), "relevant") == "${gate_open} = 'no'"
    assert cell(renamed.survey, row_of(renamed, "why"), "label", "English (en)") == "Why not ${gate_open}?"
    assert "/data/gate/gate_open" in cell(renamed.survey, row_of(renamed, "told"), "relevant")
    section = naming.rename(renamed, row_of(renamed, "gate"), "entry").book
    assert "/data/entry/gate_open" in cell(section.survey, row_of(section, "told"), "relevant")
    assert xform(section) == xform(book).replace("/gate/open", "/entry/gate_open").replace(
        "<open/>", "<gate_open/>"
    ).replace("<gate>", "<entry>").replace("</gate>", "</entry>").replace("/data/gate/", "/data/entry/").replace(
        '"/data/gate"', '"/data/entry"'
    ).replace("/data/gate:", "/data/entry:")


@pytest.mark.parametrize("name", ["", "two words", "9lives", "why"])
def test_a_name_that_cannot_be_is_refused(book, name):
    with pytest.raises(Refusal):
        naming.rename(book, row_of(book, "open"), name)


def test_what_is_not_known_is_kept(book):
    edited = placing.move_up(book, row_of(book, "why")).book
    edited = changing.change(edited, row_of(edited, "why"), {("hint", "French (fr)"): "Demandez"}).book
    assert edited.survey.rows[row_of(edited, "why")]["note to self"] == "ask again"
    assert "note to self" in edited.survey.columns


def test_the_vocabulary_is_named_once_when_it_is_first_used(book):
    edited = changing.change(book, row_of(book, "open"), {("critical", ""): "yes", ("criterion", ""): "9.1.2"}).book
    assert edited.settings.rows[0]["namespaces"] == 'gemba="https://gemba.example/xforms"'
    assert 'criterion="9.1.2"' in xform(edited)


def test_a_choice_question_gets_choices_with_points(book):
    edited = placing.add(book, Type("text"), label="Clean?")
    edited = changing.change_type(edited.book, edited.at, Type("select_one"))
    assert edited.book.survey.rows[edited.at]["type"] == "select_one yes_no_na"
    assert [(each.name, each.score) for each in lists.options(edited.book, "yes_no_na")] == [
        ("yes", "1"), ("no", "0"), ("na", ""),
    ]  # fmt: skip


def test_a_choice_that_gets_another_code_changes_the_rules_that_name_it(book):
    row = lists.options(book, "yn")[0].row
    edited = lists.change_option(book, row, {("name", ""): "aye"}).book
    assert "selected(${open}, 'aye')" in cell(edited.survey, row_of(edited, "told"), "relevant")
    edited = lists.change_option(edited, lists.options(edited, "yn")[1].row, {("name", ""): "nay"}).book
    assert cell(edited.survey, row_of(edited, "why"), "relevant") == "${open} = 'nay'"


def test_choices_are_moved_taken_out_and_copied_for_one_question(book):
    edited = lists.move_option(book, 0, 1).book
    assert [each.name for each in lists.options(edited, "yn")] == ["no", "yes", "na"]
    edited = lists.remove_option(edited, 2).book
    item = item_named(edited, "open")
    edited = lists.own_list(edited, item).book
    assert edited.survey.rows[item.row]["type"] == "select_one open"
    assert [each.name for each in lists.options(edited, "open")] == ["no", "yes"]
    xform(edited)


def test_a_language_comes_and_goes(book):
    edited = languages.add_language(book, "German (de)", copy_from="French (fr)").book
    assert languages_of(edited) == ("English (en)", "German (de)", "French (fr)")
    assert edited.survey.rows[1]["label::German (de)"] == "La porte est-elle ouverte ?"
    assert languages_of(languages.remove_language(edited, "German (de)").book) == languages_of(book)
    gone = languages.remove_language(book, "English (en)").book
    assert default_language(gone) == "French (fr)"
    with pytest.raises(Refusal, match="last_language"):
        languages.remove_language(gone, "French (fr)")


def test_a_language_that_is_there_is_not_offered_again_whatever_it_is_called():
    assert languages.still_offered([]) == list(languages.OFFERED)
    left = languages.still_offered(["English (en)", "Français (fr)", "Portuguese (pt-BR)", ""])
    assert {"English (en)", "French (fr)", "Portuguese (pt)"}.isdisjoint(left)
    assert "Arabic (ar)" in left


def test_words_without_a_language_get_one_when_another_comes(book):
    plain = languages.remove_language(book, "French (fr)").book
    for sheet in (plain.survey, plain.choices):
        sheet.columns[:] = [column.replace(EN, "label") for column in sheet.columns]
        sheet.rows[:] = [{header.replace(EN, "label"): text for header, text in row.items()} for row in sheet.rows]
    plain.settings.rows[0] = {"form_title": "Gate", "form_id": "gate_check"}
    edited = languages.add_language(plain, "French (fr)").book
    assert languages_of(edited) == ("English (en)", "French (fr)")
    assert cell(edited.settings, 0, "default_language") == "English (en)"
    assert FR in edited.survey.columns


@pytest.mark.parametrize(
    ("before", "after"), [("3", "4"), ("", "2"), ("2026-09", "2026-10"), ("v1.9", "v1.10"), ("a", "a.2")]
)
def test_the_next_version(before, after):
    assert changing.next_version(before) == after


def test_typing_is_undone_as_one_step_and_undo_gives_the_very_book(book):
    history, row = History(book), row_of(book, "open")
    for letters in ("I", "Is", "Is it"):
        history.do(
            "words", lambda now, said=letters: changing.change(now, row, {("label", "English (en)"): said}), "label"
        )
    history.do("move", lambda now: placing.move_up(now, row))
    history.undo()
    history.undo()
    assert history.book is book
    assert history.undo() is None
    assert history.redo().book.survey.rows[row][EN] == "Is it"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select one from yn", Type("select_one", "yn")),
        ("select_multiple cause or_other", Type("select_multiple", "cause", or_other=True)),
        ("Begin Group", Type("section")),
        ("begin repeat", Type("repeat")),
        ("int", Type("integer")),
        ("dateTime", Type("datetime")),
        ("select_one_from_file sites.csv", Type("select_one_from_file", "sites.csv")),
    ],
)
def test_types_are_read_as_people_write_them(written, kind):
    read = read_type(written)
    assert (read.code.lower(), read.list, read.or_other) == (kind.code.lower(), kind.list, kind.or_other)
    assert read_type(write_type(read)) == read
