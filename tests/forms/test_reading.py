"""What an author hears of a workbook that cannot be used: the row, the column and the way out."""

from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.forms.inspecting import inspect
from gemba.forms.reading import parse, read
from gemba.wording import sentence

HEAD = ["type", "name", "label", "relevant", "constraint", "calculation"]
YN = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


@pytest.mark.parametrize(
    ("rows", "choices", "code", "row", "column"),
    [
        ([HEAD, ["text", "a", "A"], ["spell", "b", "B"]], (), "forms.unknown_type", 3, "type"),
        ([HEAD, ["text", "a", "A"], ["text", "a", "Again"]], (), "forms.workbook", 3, "name"),
        ([HEAD, ["text", "a b", "A"]], (), "forms.workbook", 2, "name"),
        ([HEAD, ["text", "a", "A", "${nobody} = 1"]], (), "forms.workbook", 2, "relevant"),
        ([HEAD, ["text", "a", "A"], ["text", "b", "B", "${a} = "]], (), "forms.rule", 3, "relevant"),
        ([HEAD, ["text", "a", "A", "", "lenght(.) > 3"]], (), "forms.unknown_function", 2, "constraint"),
        ([HEAD, ["text", "a", "A", "", "regex(., '[a-')"]], (), "forms.pattern", 2, "constraint"),
        ([HEAD, ["calculate", "a", "", "", "", "selected('a')"]], (), "forms.arguments", 2, "calculation"),
        (
            [HEAD, ["select_multiple yn", "a", "A"]],
            [*YN, ["yn", "not at all", "Not at all"]],
            "forms.choice_spaces",
            4,
            "name",
        ),
        ([HEAD, ["select_one yn", "a", "A"]], [*YN, ["yn", "no", "Again"]], "forms.workbook", 4, "name"),
        ([HEAD, ["begin_group", "g", "G"], ["text", "a", "A", "f( "], ["end_group"]], (), "forms.rule", 3, "relevant"),
    ],
)
def test_a_fault_is_named_by_row_and_column(workbook, rows, choices, code, row, column):
    with pytest.raises(Refusal) as refused:
        read(workbook(rows, choices), name="walk.xlsx")
    assert (refused.value.code, refused.value.facts["row"], refused.value.facts["column"]) == (code, row, column)
    assert f"Row {row}" in sentence(refused.value)
    assert "?" not in sentence(refused.value)


def test_a_circle_is_refused_with_the_names_in_it(workbook):
    rows = [
        HEAD,
        ["integer", "start_here", "S"],
        ["calculate", "first", "", "", "", "${third} + 1"],
        ["calculate", "second", "", "", "", "${first} + ${start_here}"],
        ["calculate", "third", "", "", "", "${second} * 2"],
    ]
    with pytest.raises(Refusal) as refused:
        read(workbook(rows))
    assert refused.value.code == "forms.cycle"
    assert set(refused.value.facts["names"].split(" → ")) == {"first", "second", "third"}


def test_a_section_that_hides_by_its_own_answer_is_a_circle(workbook):
    rows = [HEAD, ["begin_group", "g", "G", "${inside} = 'x'"], ["text", "inside", "I"], ["end_group"]]
    with pytest.raises(Refusal, match="cycle"):
        read(workbook(rows))


@pytest.mark.parametrize(
    ("source", "code"),
    [(b"", "forms.empty_file"), (b"just words", "forms.not_a_workbook"), (b"PK\x03\x04 broken", "forms.damaged")],
)
def test_what_is_no_workbook_is_refused(source, code):
    with pytest.raises(Refusal) as refused:
        read(source, name="notes.txt")
    assert refused.value.code == code
    assert "notes.txt" in sentence(refused.value)


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<open>", "forms.broken_xml"),
        ("<a/>", "forms.not_a_form"),
        ('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "forms.broken_xml"),
    ],
)
def test_what_is_no_form_is_refused(xml, code):
    with pytest.raises(Refusal, match=code.split(".")[1]):
        parse(xml)


def test_a_form_says_what_it_is(workbook):
    survey = [
        [
            "type",
            "name",
            "label::English (en)",
            "label::French (fr)",
            "required",
            "bind::gemba:weight",
            "bind::gemba:critical",
        ],
        ["select_one yn", "clean", "Is it clean?", "Est-ce propre ?", "yes", "2", "true"],
        ["note", "thanks", "Thank you"],
    ]
    settings = [
        ["form_id", "form_title", "version", "default_language", "namespaces", "attribute::gemba:kind"],
        ["walk", "Walk", "7", "English (en)", 'gemba="https://gemba.example/xforms"', "walk"],
    ]
    choices = [["list_name", "name", "label::English (en)"], ["yn", "yes", "Yes"]]
    form = read(workbook(survey, choices, settings))
    assert (form.form_id, form.title, form.version) == ("walk", "Walk", "7")
    assert (form.languages, form.default_language) == (("English (en)", "French (fr)"), "English (en)")
    assert form.attributes["kind"] == "walk"
    (question,) = form.questions()
    assert (question.name, question.kind, question.label) == ("clean", "select_one", "Is it clean?")
    assert (question.required, question.weight, question.critical) == (True, 2.0, True)


def test_a_question_called_data_is_a_repair_that_is_told(workbook):
    found = inspect(workbook([HEAD, ["text", "data", "D"], ["text", "b", "After ${data}"]]), "form.xlsx")
    assert found.form is not None
    assert found.form.questions == 2
    assert len(found.repairs) == 1
