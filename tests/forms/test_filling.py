"""Filling a form: what shows, what is valid, what is said, and what a change touches."""

from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import parse_xml

HEAD = ["type", "name", "label", "relevant", "required", "constraint", "constraint_message", "calculation", "default"]
YN = [["list_name", "name", "label", "score"], ["yn", "yes", "Yes", 1], ["yn", "no", "No", 0], ["yn", "na", "n/a", ""]]
WALK = [
    HEAD,
    ["begin_group", "floor", "Floor"],
    ["select_one yn", "clean", "Is it clean?", "", "yes"],
    ["text", "why", "Why is ${area} not clean?", "${clean} = 'no'", "", "string-length(.) > 4", "Say more."],
    ["end_group"],
    ["text", "area", "Area", "", "", "", "", "", "hall 3"],
    ["integer", "people", "People", "", "", ". >= 0 and . <= 500", "Between 0 and 500."],
    ["calculate", "twice", "", "", "", "", "", "${people} * 2"],
    ["note", "told", "Twice is ${twice}"],
    ["date", "seen", "Seen on", "", "", ". <= today()", "Not in the future."],
]


@pytest.fixture
def walk(filling):
    return filling(WALK, YN)


def names(fill) -> list[str]:
    return [item.name for item in fill.items()]


def test_a_question_appears_when_it_applies(walk):
    assert "why" not in names(walk)
    effect = walk.set("/data/floor/clean", "no")
    assert effect.structure
    assert {"/data/floor/clean", "/data/floor/why"} <= effect.changed
    assert "why" in names(walk)


def test_an_answer_touches_only_what_reads_it(walk):
    effect = walk.set("/data/people", "12")
    assert effect.changed == {"/data/people", "/data/twice", "/data/told"}
    assert not effect.structure
    assert walk.view("/data/told").label == "Twice is 24"


def test_a_label_follows_the_answer_in_it(walk):
    walk.set("/data/floor/clean", "no")
    assert walk.view("/data/floor/why").label == "Why is hall 3 not clean?"
    assert "/data/floor/why" in walk.set("/data/area", "dock").changed
    assert walk.view("/data/floor/why").label == "Why is dock not clean?"


@pytest.mark.parametrize(
    ("path", "value", "verdict"),
    [
        ("/data/people", "12", "ok"),
        ("/data/people", "501", "constraint"),
        ("/data/people", "many", "type"),
        ("/data/people", "1.5", "type"),
        ("/data/seen", "2026-03-02", "ok"),
        ("/data/seen", "2026-03-03", "constraint"),
        ("/data/seen", "tomorrow", "type"),
        ("/data/floor/clean", "", "required"),
        ("/data/area", "", "ok"),
    ],
)
def test_a_verdict_is_given_without_setting(walk, path, value, verdict):
    before = walk.view(path).value
    assert walk.verdict(path, value) == verdict
    assert walk.view(path).value == before


def test_a_wrong_answer_is_kept_and_explained(walk):
    walk.set("/data/people", "900")
    view = walk.view("/data/people")
    assert (view.value, view.valid, view.problem, view.message) == ("900", False, "constraint", "Between 0 and 500.")
    assert [missing.path for missing in walk.missing()] == ["/data/floor/clean", "/data/people"]


def test_answers_say_where_they_come_from(walk):
    walk.set("/data/people", "3")
    assert walk.answers() == {
        "/data/area": ("hall 3", "default"),
        "/data/people": ("3", "given"),
        "/data/twice": ("6", "calculated"),
    }


def test_a_hidden_answer_neither_counts_nor_is_lost(walk):
    walk.set("/data/floor/clean", "no")
    walk.set("/data/floor/why", "oil spilt")
    walk.set("/data/floor/clean", "yes")
    assert "/data/floor/why" not in walk.answers()
    assert "why" not in walk.instance_xml("uuid:1").replace("why</", "")
    walk.set("/data/floor/clean", "no")
    assert walk.view("/data/floor/why").value == "oil spilt"


def test_answers_given_before_are_taken_up_again(walk, filling):
    walk.set("/data/floor/clean", "no")
    walk.set("/data/area", "")
    given = {path: walk.view(path).value for path in ("/data/floor/clean", "/data/area")}
    again = filling(WALK, YN, answers=given | {"/data/gone": "x"})
    assert again.answers() == walk.answers()
    assert again.view("/data/area").value == ""


def test_progress_counts_questions_that_apply(walk):
    assert walk.progress() == (1, 4)
    walk.set("/data/floor/clean", "no")
    assert walk.progress() == (2, 5)
    assert walk.progress("/data/floor") == (1, 2)


def test_a_name_that_is_not_there_says_what_is_near(walk):
    assert walk.resolve("people") == "/data/people"
    with pytest.raises(Refusal) as refused:
        walk.resolve("poeple")
    assert refused.value.facts["near"] == "people"


def test_the_instance_is_what_openrosa_expects(walk):
    walk.set("/data/people", "3")
    xml = walk.instance_xml("uuid:abc", {"deprecatedID": "uuid:old"})
    root = parse_xml(xml).elements()[0]
    assert root.first("people").text() == "3"
    assert [entry.text() for entry in root.first("meta").elements()] == ["uuid:abc", "uuid:old"]


CASCADE = [
    ["type", "name", "label", "choice_filter", "calculation"],
    ["select_one region", "region", "Region"],
    ["select_one site", "site", "Site", "region = ${region}"],
    ["calculate", "told", "", "", "jr:choice-name(${site}, '${site}')"],
]
PLACES = [
    ["list_name", "name", "label::English (en)", "label::French (fr)", "region"],
    ["region", "north", "North", "Nord"],
    ["region", "south", "South", "Sud"],
    ["site", "n1", "North one", "Nord un", "north"],
    ["site", "s1", "South one", "", "south"],
]


def test_choices_are_filtered_and_those_gone_are_taken_away(filling):
    fill = filling(CASCADE, PLACES)
    assert fill.view("/data/site").choices == ()
    fill.set("/data/region", "north")
    assert [choice.name for choice in fill.view("/data/site").choices] == ["n1"]
    fill.set("/data/site", "n1")
    effect = fill.set("/data/region", "south")
    assert "/data/site" in effect.changed
    assert fill.view("/data/site").value == ""


def test_a_language_is_switched_and_falls_back(filling):
    fill = filling(CASCADE, PLACES, [["default_language"], ["English (en)"]])
    fill.set("/data/region", "north")
    fill.set("/data/site", "n1")
    fill.language = "French (fr)"
    assert [choice.label for choice in fill.view("/data/region").choices] == ["Nord", "Sud"]
    assert fill.view("/data/told").value == "Nord un"
    fill.set("/data/region", "south")
    assert [choice.label for choice in fill.view("/data/site").choices] == ["South one"]


REPEAT = [
    ["type", "name", "label", "relevant", "calculation", "repeat_count"],
    ["integer", "beds", "Beds"],
    ["begin_repeat", "bed", "Bed", "", "", "${beds}"],
    ["integer", "age", "Age"],
    ["text", "guardian", "Guardian", "${age} < 18"],
    ["end_repeat"],
    ["begin_repeat", "visitor", "Visitor"],
    ["decimal", "hours", "Hours"],
    ["calculate", "place", "", "", "position(..)"],
    ["end_repeat"],
    ["calculate", "ages", "", "", "sum(${age})"],
    ["calculate", "hours_in_all", "", "", "sum(${hours})"],
]


def test_a_count_makes_as_many_and_keeps_what_is_beyond(filling):
    fill = filling(REPEAT)
    fill.set("/data/beds", "3")
    assert fill.repeats("/data/bed") == 3
    for number, age in enumerate((12, 40, 9), 1):
        fill.set(f"/data/bed[{number}]/age", str(age))
    assert [item.path for item in fill.items() if item.name == "guardian"] == [
        "/data/bed[1]/guardian",
        "/data/bed[3]/guardian",
    ]
    assert fill.view("/data/ages").value == "61"
    fill.set("/data/beds", "1")
    assert (fill.repeats("/data/bed"), fill.view("/data/ages").value) == (1, "12")
    fill.set("/data/beds", "3")
    assert fill.view("/data/ages").value == "61"
    with pytest.raises(Refusal, match="counted_repeat"):
        fill.add_repeat("/data/bed")


def test_repeats_are_added_and_removed(filling):
    fill = filling(REPEAT)
    assert fill.add_repeat("/data/visitor").structure
    fill.add_repeat("/data/visitor")
    for number in (1, 2, 3):
        fill.set(f"/data/visitor[{number}]/hours", f"{number}.5")
    assert fill.view("/data/hours_in_all").value == "7.5"
    fill.remove_repeat("/data/visitor", 2)
    assert fill.repeats("/data/visitor") == 2
    assert fill.view("/data/hours_in_all").value == "5"
    assert [fill.view(f"/data/visitor[{number}]/place").value for number in (1, 2)] == ["1", "2"]
    with pytest.raises(Refusal, match="no_such_repeat"):
        fill.remove_repeat("/data/visitor", 9)


def test_the_machine_answers_what_it_is_asked(filling):
    fill = filling(
        [["type", "name", "label", "default"], ["start", "began"], ["username", "who"], ["date", "on", "On", "today()"]]
    )
    assert fill.answers() == {
        "/data/began": ("2026-03-02T08:30:00.000Z", "calculated"),
        "/data/who": ("ada", "calculated"),
        "/data/on": ("2026-03-02", "default"),
    }


def test_the_score_leaves_out_what_does_not_apply(filling):
    survey = [["type", "name", "label", "bind::gemba:weight", "bind::gemba:critical"], ["begin_group", "s", "Section"]]
    survey += [
        ["select_one yn", name, name, weight, critical]
        for name, weight, critical in [("a", 1, ""), ("b", 3, "true"), ("c", 2, ""), ("d", 1, "")]
    ]
    fill = filling([*survey, ["end_group"]], YN, [["namespaces"], ['gemba="https://gemba.example/xforms"']])
    for name, value in {"a": "yes", "b": "no", "c": "na"}.items():
        fill.set(f"/data/s/{name}", value)
    score = fill.score()
    assert (score.points, score.possible, score.percent) == (1.0, 4.0, 25.0)
    assert (score.critical_failed, score.unanswered) == (("/data/s/b",), 1)
    assert [(each.title, each.answered, each.questions) for each in score.sections] == [("Section", 3, 4)]
