"""Scores beyond plain items: several choices, other scales, expressions, repeats, filtered lists."""

from __future__ import annotations

import time

import pytest

from gemba.forms.filling import Fill
from gemba.forms.views import Scale

SURVEY = [
    ["type", "name", "label", "bind::gemba:weight", "bind::gemba:critical", "bind::gemba:scale"],
    ["begin_group", "care", "Care", "", "", ""],
    ["select_one yn", "greeted", "Was the caller greeted?", "2", "", ""],
    ["select_multiple kept", "kept", "Which promises were kept?", "", "yes", ""],
    ["end_group", "", "", "", "", ""],
    ["begin_group", "rules", "Rules", "", "", ""],
    ["select_one yn", "identified", "Was the caller identified?", "", "yes", "compliance"],
    ["select_one yn", "warned", "Was the caller warned?", "3", "", "compliance"],
    ["end_group", "", "", "", "", ""],
    ["begin_repeat", "desk", "Desk", "", "", ""],
    ["select_one yn", "tidy", "Is it tidy?", "", "", ""],
    ["end_repeat", "", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label", "score"],
    ["yn", "yes", "Yes", "1"],
    ["yn", "no", "No", "0"],
    ["yn", "na", "Does not apply", ""],
    ["kept", "time", "The time", "2"],
    ["kept", "price", "The price", "1"],
    ["kept", "rude", "Somebody was rude", "-1"],
    ["kept", "none", "None was made", ""],
]
SETTINGS = [["form_id", "namespaces"], ["scales", 'gemba="https://gemba.example/xforms"']]


@pytest.fixture
def fill(filling) -> Fill:
    return filling(SURVEY, CHOICES, SETTINGS)


def put(fill: Fill, **answers: str) -> Fill:
    for name, value in answers.items():
        fill.set(fill.resolve(name), value)
    return fill


def test_chosen_scores_are_summed_and_the_best_is_all_above_zero(fill: Fill) -> None:
    assert put(fill, kept="time rude").score().items["/data/care/kept"] == (1.0, 3.0)
    assert put(fill, kept="time price none").score().items["/data/care/kept"] == (3.0, 3.0)


def test_several_choices_that_score_nothing_do_not_apply(fill: Fill) -> None:
    score = put(fill, kept="none").score()
    assert score.items == {}
    assert score.percent is None


def test_a_critical_question_with_several_choices_fails_when_it_earns_nothing(fill: Fill) -> None:
    assert put(fill, kept="price rude").score().critical_failed == ("/data/care/kept",)
    assert put(fill, kept="price").score().critical_failed == ()


def test_another_scale_is_summed_apart_and_not_in_the_main_score(fill: Fill) -> None:
    score = put(fill, greeted="yes", identified="yes", warned="no").score()
    assert (score.points, score.possible, score.percent) == (2.0, 2.0, 100.0)
    assert score.scales == {"compliance": Scale(1.0, 4.0, 25.0)}
    assert score.apart == {"/data/rules/identified", "/data/rules/warned"}
    assert [section.percent for section in score.sections] == [100.0, 25.0, None]


def test_a_scale_without_answers_is_there_without_a_percent(fill: Fill) -> None:
    assert fill.score().scales == {"compliance": Scale(0.0, 0.0, None)}


def test_a_critical_failure_counts_whatever_its_scale(fill: Fill) -> None:
    assert put(fill, identified="no").score().critical_failed == ("/data/rules/identified",)


def test_each_of_a_repeat_counts(fill: Fill) -> None:
    fill.add_repeat("/data/desk")
    fill.set("/data/desk[1]/tidy", "yes")
    fill.set("/data/desk[2]/tidy", "no")
    score = fill.score()
    assert (score.points, score.possible) == (1.0, 2.0)
    assert [(section.path, section.percent) for section in score.sections][2:] == [
        ("/data/desk[1]", 100.0),
        ("/data/desk[2]", 0.0),
    ]


def test_the_share_that_is_not_answered_stands_beside_the_score(fill: Fill) -> None:
    score = put(fill, greeted="yes", warned="na").score()
    assert score.unanswered == 3  # kept, identified, tidy; what does not apply counts in neither
    assert score.share_unanswered == pytest.approx(3 / 4)


def test_a_number_scores_by_its_expression(filling) -> None:
    fill = filling(
        [
            ["type", "name", "label", "bind::gemba:score", "bind::gemba:best", "bind::gemba:weight"],
            ["integer", "goal", "Minutes promised", "", "", ""],
            ["integer", "wait", "Minutes waited", "if(${goal} = '', '', if(. <= ${goal}, 2, 0))", "2", "5"],
        ],
        (),
        SETTINGS,
    )
    assert put(fill, wait="7").score().items == {}
    assert put(fill, goal="10").score().items == {"/data/wait": (10.0, 10.0)}
    assert put(fill, wait="11").score().percent == 0.0


def test_a_filtered_list_is_judged_by_the_choices_that_are_offered(filling) -> None:
    fill = filling(
        [
            ["type", "name", "label", "choice_filter"],
            ["select_one yn", "strict", "Strict?", ""],
            ["select_one grade", "grade", "Which grade?", "rule = '' or rule = ${strict}"],
        ],
        [
            ["list_name", "name", "label", "score", "rule"],
            ["yn", "yes", "Yes", "", ""],
            ["yn", "no", "No", "", ""],
            ["grade", "poor", "Poor", "0", ""],
            ["grade", "fine", "Fine", "2", "yes"],
            ["grade", "fine_too", "Fine", "4", "no"],
        ],
        SETTINGS,
    )
    assert put(fill, strict="yes", grade="fine").score().percent == 100.0
    assert put(fill, strict="no", grade="fine_too").score().items == {"/data/grade": (4.0, 4.0)}


def test_choices_in_random_order_score_the_same(filling) -> None:
    survey = [
        ["type", "name", "label", "parameters"],
        ["select_one yn", "greeted", "Was the caller greeted?", "randomize=true"],
    ]
    assert put(filling(survey, CHOICES, SETTINGS), greeted="yes").score().percent == 100.0


def test_the_score_of_2000_questions_follows_each_answer(filling) -> None:
    survey = [["type", "name", "label", "bind::gemba:weight", "bind::gemba:critical"]]
    for section in range(100):
        survey.append(["begin_group", f"s{section}", "Section", "", ""])
        survey += [["select_one yn", f"q{section}_{item}", "Question", "2", "yes"] for item in range(20)]
        survey.append(["end_group", "", "", "", ""])
    fill = filling(survey, CHOICES, SETTINGS)
    for question in fill.form.questions()[::2]:
        fill.set(question.path, "no")
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        score = fill.score()
        taken.append(time.perf_counter() - began)
    print(f"{min(taken) * 1000:.1f} ms")
    assert (len(score.critical_failed), score.unanswered) == (1000, 1000)
    assert min(taken) < 0.05
