"""Repairs: what is changed, that it is listed, and that the form then opens."""

from __future__ import annotations

import pytest

from gemba.forms.inspecting import inspect
from gemba.forms.repairs.functions import translated

HEAD = ["type", "name", "label", "relevant", "calculation", "parameters"]
YN = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def repairs(workbook, survey, choices=YN) -> list[tuple[str, int, str, str, str]]:
    found = inspect(workbook(survey, choices), "form.xlsx")
    assert found.form is not None, found.faults
    return [(each.sheet, each.row, each.column, each.before, each.after) for each in found.repairs]


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("Text", "text"),
        ("select one  yn", None),
        ("Select_One yn", "select_one yn"),
        ("select_multi yn", "select_multiple yn"),
        ("select_one_from yn", "select_one yn"),
        ("tel", "text"),
        ("db:person", "text"),
        ("caseid", "hidden"),
        ("text audit", "hidden"),
        ("numeric", "decimal"),
        ("Date Time", "date time"),
        ("select_one YN", "select_one yn"),
        ("select_one yn or_other", None),
    ],
)
def test_types_of_other_tools_are_written_as_xlsform_writes_them(workbook, written, after):
    made = repairs(workbook, [HEAD, ["text", "first", "First"], [written, "a", "A"]])
    assert [each[3:] for each in made if each[2] == "type"] == ([(written, after)] if after else [])


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("${a} == 'x'", "${a} = 'x'"),
        ("${a} = ‚x‘", None),
        ("${a}\u200b = 'x'", "${a} = 'x'"),
        ("${a} <> 'x' AND ${a} != ''", "${a} != 'x' and ${a} != ''"),
        ("Selected(${a}, 'x')", "selected(${a}, 'x')"),
        ("selected(${a}; 'x')", "selected(${a}, 'x')"),
        ("${A} = 'x'", "${a} = 'x'"),
        ("${a} = “x”", None),
    ],
)
def test_expressions_that_cannot_be_read_are_written_so_that_they_can(workbook, written, after):
    found = inspect(workbook([HEAD, ["text", "a", "A"], ["text", "b", "B", written]]), "form.xlsx")
    made = [(each.before, each.after) for each in found.repairs if each.column == "relevant"]
    assert made == ([(written, after)] if after else made)
    if after or "“" in written:
        assert found.form is not None, found.faults


def test_a_group_without_end_is_closed_where_the_next_outer_one_closes(workbook):
    survey = [HEAD, ["begin_repeat", "r", "R"], ["begin_group", "g", "G"], ["text", "a", "A"], ["end_repeat"]]
    assert repairs(workbook, survey) == [("survey", 5, "type", "", "end_group")]


def test_names_get_references_along(workbook):
    survey = [HEAD, ["text", "my name", "A"], ["text", "b", "Hello ${my name}", "${my name} != ''"]]
    found = inspect(workbook(survey), "form.xlsx")
    assert [(each.before, each.after) for each in found.repairs] == [("my name", "my_name")]
    assert "/data/my_name != ''" in " ".join(found.xform.split())


def test_a_field_called_meta_is_renamed(workbook):
    survey = [HEAD, ["text", "meta", "A"], ["text", "b", "B", "${meta} = 'x'"]]
    assert [each[3] for each in repairs(workbook, survey)] == ["meta"]


def test_choices_of_several_lose_their_spaces_also_where_they_are_compared(workbook):
    choices = [["list_name", "name", "label"], ["l", "not at all", "Not at all"], ["l", "well", "Well"]]
    survey = [HEAD, ["select_multiple l", "a", "A"], ["text", "b", "Why?", "selected(${a}, 'not at all')"]]
    found = inspect(workbook(survey, choices), "form.xlsx")
    assert [(each.before, each.after) for each in found.repairs] == [("not at all", "not_at_all")]
    assert "'not_at_all'" in found.xform


def test_a_choice_twice_is_allowed_by_the_setting(workbook):
    assert repairs(workbook, [HEAD, ["select_one yn", "a", "A"]], [*YN, ["yn", "no", "Never"]]) == [
        ("settings", 2, "allow_choice_duplicates", "", "yes")
    ]


def test_two_headers_for_one_column_become_one(workbook):
    survey = [[*HEAD, "image", "media::image", "bind:relevant"], ["text", "a", "A", "", "", "", "a.png"]]
    survey.append(["text", "b", "B", "", "", "", "", "b.png", "${a} = 1"])
    made = repairs(workbook, survey)
    assert [(each[2], each[4]) for each in made] == [("media::image", "image"), ("bind:relevant", "relevant")]


def test_two_headers_that_say_different_things_are_left(workbook):
    survey = [["type", "name", "label", "label"], ["text", "a", "One", "Two"]]
    found = inspect(workbook(survey), "form.xlsx")
    assert all(each.after != "label" for each in found.repairs)


def test_a_score_block_of_kobotoolbox_becomes_a_grid(workbook):
    survey = [
        [*HEAD, "kobo--score-choices"],
        ["begin_score", "s", "How was it?", "", "", "", "yn"],
        ["score__row", "a", "Service"],
        ["score__row", "b", "Food"],
        ["end_score"],
    ]
    found = inspect(workbook(survey, YN), "form.xlsx")
    assert found.form is not None, found.faults
    assert found.form.questions == 3
    assert [each.row for each in found.repairs] == [2, 3, 4, 5]


def test_unknown_parameters_are_left_out(workbook):
    survey = [HEAD, ["image", "a", "A", "", "", "max-pixels=640 quality=high"]]
    assert [each[3:] for each in repairs(workbook, survey)] == [("max-pixels=640 quality=high", "max-pixels=640")]


def test_what_has_neither_label_nor_name_gets_them(workbook):
    survey = [HEAD, ["begin_group"], ["integer", "how_many"], ["end_group"]]
    made = repairs(workbook, survey)
    assert [each[3:] for each in made if each[2] == "label"] == [("", "how many")]
    assert [each[3:] for each in made if each[2] == "name"] == [("", "group_2")]


def test_a_workbook_that_is_fine_is_not_repaired(workbook):
    assert repairs(workbook, [HEAD, ["text", "a", "A"], ["select_one yn", "b", "B", "${a} = 'x'"]]) == []


@pytest.mark.parametrize(
    ("survey", "codes"),
    [
        ([HEAD, ["telepathy", "a", "A"], ["text", "b", "B", "${no} = 1"]], ["unknown_type", "no_such_name"]),
        ([HEAD, ["select_one nowhere", "a", "A"], ["text", "b", "B", "f("]], ["no_list", "rule"]),
        ([["question text"], ["What?"]], ["no_column", "no_column"]),
        ([HEAD, ["text", "q", "Q"], ["calculate", "a", "", "", "${b}"], ["calculate", "b", "", "", "${a}"]], ["cycle"]),
        ([HEAD, ["text", "a", "A", "(" * 10_000]], ["rule"]),
        ([["type", "name", "clause", "values_list"], ["select_one", "a", "", "yn"]], ["odk_x", "unknown_type"]),
        (
            [HEAD, ["text", "a", "A"], ["text", "a", "B"], ["text", "c", "C", "${a} = 1"]],
            ["name_twice", "workbook"],
        ),
    ],
)
def test_what_would_change_the_meaning_is_a_fault(workbook, survey, codes):
    found = inspect(workbook(survey), "form.xlsx")
    assert found.form is None
    assert sorted(each.code for each in found.faults) == sorted(f"forms.{code}" for code in codes)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("choice-label(q, ${q})", "jr:choice-name(${q}, 'q')"),
        ("add-date(today(), 0, 0, 7)", "date(today() + 7)"),
        ("add-date(today(), 1, 0, 7)", "add-date(today(), 1, 0, 7)"),
        ("index()", "position(..)"),
    ],
)
def test_functions_of_other_tools(said, after):
    assert translated(said) == after


def test_another_name_for_all_the_answers_is_listed(workbook):
    survey = [HEAD, ["text", "data", "Which data?"], ["text", "why", "Why?", "${data} != ''"]]
    found = inspect(workbook(survey), "form.xlsx")
    assert [(each.sheet, each.column, each.before, each.after) for each in found.repairs] == [
        ("settings", "name", "", "form")
    ]
    assert "/form/data" in found.xform
    assert not inspect(workbook([*survey[:2], ["text", "why", "Why?"]]), "form.xlsx").repairs


def test_counting_with_a_condition_counts_the_same(workbook):
    from datetime import UTC, datetime

    from gemba.forms.filling import Fill
    from gemba.forms.xform import parse

    survey = [
        HEAD,
        ["begin_repeat", "r", "R"],
        ["integer", "n", "N"],
        ["end_repeat"],
        ["calculate", "many", "", "", "count-if(${n}, ${n} > 3)"],
        ["calculate", "sum", "", "", "sum-if(${n}, ${n} > 3)"],
    ]
    found = inspect(workbook(survey), "form.xlsx")
    assert [each.after for each in found.repairs] == ["count(${n}[. > 3])", "sum(${n}[. > 3])"]
    fill = Fill(parse(found.xform), now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    for number, given in enumerate(("2", "5", "7"), 1):
        if number > 1:
            fill.add_repeat("/data/r")
        fill.set(f"/data/r[{number}]/n", given)
    assert [fill.answers()[f"/data/{name}"][0] for name in ("many", "sum")] == ["2", "12"]
    assert translated("count-if(${n}, ${m} > 3)") == "count-if(${n}, ${m} > 3)"
