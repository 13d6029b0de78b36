"""Questions taken out of one checklist and put into another."""

from __future__ import annotations

from tests.forms.editing.making import EN, made, row_of, xform

from gemba.forms.editing import languages, parts
from gemba.forms.editing.lists import list_names, options
from gemba.forms.editing.placing import add
from gemba.forms.editing.problems import faults
from gemba.forms.editing.tree import items
from gemba.forms.editing.types import Type
from gemba.work.edit_template import new_book


def test_a_section_goes_into_an_empty_checklist_with_its_choices(book):
    target = new_book("Night round")
    edited = parts.put_in(target, parts.take(book, row_of(book, "gate")))
    assert [item.name for item in items(edited.book)] == ["gate", "open", "why"]
    assert list_names(edited.book) == ("yn",)
    assert edited.book.survey.rows[1][EN] == "Is the gate open?"
    assert not any("French" in column for column in edited.book.survey.columns)
    assert faults(edited.book) == []
    xform(edited.book)


def test_names_that_are_taken_give_way_and_references_follow(book):
    edited = parts.put_in(book, parts.take(book, row_of(book, "gate")), row_of(book, "told"))
    assert [item.name for item in items(edited.book)][-3:] == ["gate_2", "open_2", "why_2"]
    assert edited.book.survey.rows[edited.at + 2]["relevant"] == "${open_2} = 'no'"
    assert edited.book.survey.rows[edited.at + 2]["note to self"] == "ask again"
    assert list_names(edited.book) == ("yn", "cause")
    xform(edited.book)


def test_another_list_of_the_same_name_comes_under_another(book):
    other = made()
    other.choices.rows[0] = {**other.choices.rows[0], "score": "5"}
    edited = parts.put_in(book, parts.take(other, row_of(other, "open")))
    assert list_names(edited.book) == ("yn", "cause", "yn_2")
    assert options(edited.book, "yn_2")[0].score == "5"


def test_words_in_another_language_come_in_the_default_one(book):
    target = languages.remove_language(book, "English (en)").book
    target = languages.remove_language(languages.add_language(target, "German (de)").book, "French (fr)").book
    part = parts.take(book, row_of(book, "wait"))
    edited = parts.put_in(target, part)
    assert edited.book.survey.rows[edited.at]["label::German (de)"] == "Minutes"
    assert add(target, Type("text")).at >= 0
