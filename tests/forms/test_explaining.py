"""Why something is hidden or not valid, told in words that name the questions."""

from __future__ import annotations

import pytest

SURVEY = [
    ["type", "name", "label", "relevant", "required", "constraint", "constraint_message", "repeat_count"],
    ["select_one yn", "leak", "Is there a leak?"],
    ["integer", "litres", "How many litres?"],
    ["select_multiple kind", "kinds", "What leaks?"],
    ["text", "both", "Both", "${leak} = 'yes' and ${litres} > 3"],
    ["text", "either", "Either", "selected(${kinds}, 'oil') or ${litres} >= 10"],
    ["text", "pattern", "Pattern", "regex(${both}, '[a-z]+') or ${leak}='no'"],
    ["begin_group", "big", "Big leaks", "${litres} > 5"],
    ["integer", "inner", "Inner", "", "${leak} = 'yes'", ". < ${litres} and . != 7", "Less than was spilt."],
    ["end_group"],
    ["begin_repeat", "drum", "Drum", "", "", "", "", "${litres}"],
    ["text", "mark", "Mark", "not(${leak} = 'no')"],
    ["end_repeat"],
    ["note", "never", "Never", "false()"],
]
CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    ["kind", "oil", "Oil"],
    ["kind", "water", "Water"],
]


@pytest.fixture
def fill(filling):
    return filling(SURVEY, CHOICES)


LEAK_AND_LITRES = "Shown only when “Is there a leak?” is “Yes” and “How many litres?” is more than 3."
OIL_OR_LITRES = "Shown only when “Oil” is chosen in “What leaks?” or “How many litres?” is at least 10."
BIG = "Its section “Big leaks” is shown only when “How many litres?” is more than 5."
NO_LEAK = "Now “Is there a leak?” is “No”."


@pytest.mark.parametrize(
    ("answers", "path", "words"),
    [
        ({"leak": "no", "litres": "9"}, "both", f"{LEAK_AND_LITRES} {NO_LEAK}"),
        ({"leak": "yes"}, "both", f"{LEAK_AND_LITRES} Now “How many litres?” is not answered."),
        (
            {"kinds": "water", "litres": "9"},
            "either",
            f"{OIL_OR_LITRES} Now “What leaks?” is “Water” and “How many litres?” is “9”.",
        ),
        ({"litres": "2"}, "big/inner", f"{BIG} Now “How many litres?” is “2”."),
        (
            {"leak": "no", "litres": "1"},
            "drum[1]/mark",
            f"Shown only when “Is there a leak?” is not “No”. {NO_LEAK}",
        ),
        ({}, "never", "Never shown: its rule is false()."),
        ({}, "leak", ""),
    ],
)
def test_what_hides_a_question_is_told(fill, answers, path, words):
    for name, value in answers.items():
        fill.set(f"/data/{name}", value)
    assert fill.why_hidden(f"/data/{path}").words == words


def test_a_rule_that_no_words_fit_is_quoted(fill):
    for name, value in {"leak": "yes", "litres": "9", "both": "5"}.items():
        fill.set(f"/data/{name}", value)
    assert fill.why_hidden("/data/pattern").words == (
        "Shown only when regex(${both}, '[a-z]+') or ${leak} = 'no' holds."
        " Now “Both” is “5” and “Is there a leak?” is “Yes”."
    )


def test_the_answers_that_a_rule_reads_are_named(fill):
    fill.set("/data/leak", "no")
    why = fill.why_hidden("/data/both")
    assert why.depends_on == (
        ("/data/leak", "Is there a leak?", "No"),
        ("/data/litres", "How many litres?", ""),
    )
    assert why.expression == "${leak} = 'yes' and ${litres} > 3"


def test_a_repeat_beyond_its_count_says_so(fill):
    fill.set("/data/litres", "2")
    fill.set("/data/litres", "1")
    words = fill.why_hidden("/data/drum[2]/mark").words
    assert words.startswith("Shown only as often as “Drum” is asked for.")
    assert fill.why_hidden("/data/drum[2]").depends_on == (("/data/litres", "How many litres?", "1"),)


def test_what_is_wrong_with_an_answer_is_told(fill):
    fill.set("/data/litres", "9")
    assert fill.why_invalid("/data/big/inner", "11").words == (
        "Less than was spilt. Allowed only when the answer is less than “How many litres?” and the answer is not 7."
        " The answer is “11”. Now “How many litres?” is “9”."
    )
    assert fill.why_invalid("/data/big/inner", "x").words == "“x” is not a whole number."
    assert fill.why_invalid("/data/big/inner", "3").words == ""
    fill.set("/data/leak", "yes")
    assert fill.why_invalid("/data/big/inner", "").words == "An answer is required when “Is there a leak?” is “Yes”."
    assert fill.view("/data/big/inner").value == ""
