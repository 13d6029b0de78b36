"""The calculations that go out with a form equal its score, whatever is answered."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.forms.book import Book, read_book, write_book
from gemba.forms.definition import Form
from gemba.forms.filling import Fill
from gemba.forms.odk_export import ScoredBook, Sums, scored_book, with_score_calculates
from gemba.forms.workbook import convert_book
from gemba.forms.xform import parse
from gemba.shipped import resource

ATTRIBUTES = ["weight", "critical", "scale", "section_weight", "score", "best"]
HEAD = ["type", "name", "label", "relevant", "choice_filter", "parameters", *(f"bind::gemba:{a}" for a in ATTRIBUTES)]
CHOICES = [
    ["list_name", "name", "label", "score", "rule"],
    ["yn", "yes", "Yes", "1", ""],
    ["yn", "part", "In part", "0.5", ""],
    ["yn", "no", "No", "0", ""],
    ["yn", "na", "Does not apply", "", ""],
    ["five", "1", "One", "1", ""],
    ["five", "2", "Two", "2", ""],
    ["five", "3", "Three", "3", ""],
    ["kept", "time", "The time", "2", ""],
    ["kept", "price", "The price", "1.25", ""],
    ["kept", "rude", "Somebody was rude", "-1", ""],
    ["kept", "none", "None was made", "", ""],
    ["grade", "poor", "Poor", "0", ""],
    ["grade", "fine", "Fine", "2", "yes"],
    ["grade", "finest", "Finest", "4", "no"],
    ["grade", "odd", "Cannot say", "", ""],
    ["plain", "a", "A", "", ""],
]
SETTINGS = [["form_id", "namespaces"], ["scored", 'gemba="https://gemba.example/xforms"']]


def row(type_: str, name: str = "", **cells: str) -> list[str]:
    given_cells = {"label": name.replace("_", " "), **cells}
    return [type_, name, *(given_cells.get(column.removeprefix("bind::gemba:"), "") for column in HEAD[2:])]


SURVEY = [
    HEAD,
    row("select_one yn", "gate"),
    row("begin_group", "care", section_weight="30", relevant="${gate} != 'no'"),
    row("select_one yn", "greeted", weight="2", critical="yes"),
    row("select_multiple kept", "promises", critical="yes", weight="1.5"),
    row("select_one plain", "unscored"),
    row("begin_group", "inner"),
    row("select_one five", "clean", relevant="${greeted} = 'yes'", critical="yes"),
    row("end_group"),
    row("end_group"),
    row("begin_group", "rules", section_weight="70"),
    row("select_one yn", "identified", scale="compliance", critical="yes"),
    row("select_multiple kept", "told", scale="compliance", parameters="randomize=true"),
    row("select_one grade", "grade", choice_filter="rule = '' or rule = ${gate}", critical="yes"),
    row("select_multiple grade", "grades", choice_filter="rule = '' or rule = ${gate}"),
    row("integer", "wait", score="if(. > 100, '', if(. <= 10, 2, if(. = 50, 0, 1)))", best="2", weight="3"),
    row("end_group"),
    row("begin_repeat", "desk"),
    row("select_one yn", "tidy", weight="0.3", critical="yes"),
    row("select_one grade", "desk_grade", choice_filter="rule = '' or rule = ${tidy}"),
    row("begin_repeat", "shelf"),
    row("select_multiple kept", "labelled", relevant="${tidy} != 'na'"),
    row("end_repeat"),
    row("end_repeat"),
]


@pytest.fixture(scope="module")
def book(workbook: Callable[..., bytes]) -> Book:
    return read_book(workbook(SURVEY, CHOICES, SETTINGS), "scored.xlsx")


@pytest.fixture(scope="module")
def exported(book: Book) -> tuple[ScoredBook, Form, Form]:
    made = scored_book(book)
    again = read_book(write_book(made.book), "scored.xlsx")
    return made, parse(convert_book(book)), parse(convert_book(again))


def begin(form: Form) -> Fill:
    return Fill(form, now=lambda: datetime(2026, 3, 2, tzinfo=UTC), rng=random.Random(1))


def calculated(fill: Fill) -> dict[str, float]:
    """The sum of each calculation by name; the empty ones left out."""
    found: dict[str, float] = {}
    for path, (value, _) in fill.answers().items():
        name = path.rpartition("/")[2]
        if fill.form.rule("/".join(step.partition("[")[0] for step in path.split("/"))).calculate:
            try:
                found[name] = found.get(name, 0.0) + float(value)
            except ValueError:
                continue
    return found


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, abs_tol=1e-9)


def agree(made: ScoredBook, ours: Fill, told: dict[str, float]) -> None:
    """Hold each calculation against our score."""
    score = ours.score()
    items: dict[str, tuple[float, float]] = {}
    for path, (points, possible) in score.items.items():
        plain = "/".join(step.partition("[")[0] for step in path.split("/"))
        before = items.get(plain, (0.0, 0.0))
        items[plain] = before[0] + points, before[1] + possible
    for path, (points, possible) in made.items.items():
        ours_here = items.get(path)
        assert close(told.get(points), ours_here[0] if ours_here else None), points
        assert close(told.get(possible), ours_here[1] if ours_here else None), possible
    assert made.total is not None
    check(told, made.total, score.points, score.possible, score.percent)
    assert set(score.scales) == set(made.scales)
    for name, sums in made.scales.items():
        scale = score.scales[name]
        check(told, sums, scale.points, scale.possible, scale.percent)
    for top, sums in made.sections.items():
        parts = [each for each in score.sections if each.path.partition("[")[0] == top]
        points, possible = sum(each.points for each in parts), sum(each.possible for each in parts)
        if parts:
            check(told, sums, points, possible, 100 * points / possible if possible > 0 else None)
    assert told[made.critical] == len(score.critical_failed)
    assert told[made.unanswered] == score.unanswered
    assert close(told.get(made.share), score.share_unanswered)


def check(told: dict[str, float], sums: Sums, points: float, possible: float, percent: float | None) -> None:
    assert close(told[sums.points], points), sums.points
    assert close(told[sums.possible], possible), sums.possible
    assert close(told.get(sums.percent), percent), sums.percent


CORE = ["weight", "core_weight", "local", "section_weight", "core_section_weight"]
VALUES = {
    "yn": ["yes", "part", "no", "na", ""],
    "five": ["1", "2", "3", ""],
    "kept": ["time", "price time", "rude", "none", "time rude none", ""],
    "grade": ["poor", "fine", "finest", "odd", ""],
    "grades": ["poor", "fine poor", "finest odd", "odd", ""],
    "wait": ["3", "50", "70", "200", ""],
}
LISTS = {"clean": "five", "promises": "kept", "told": "kept", "labelled": "kept", "grade": "grade"}
LISTS |= {"grades": "grades", "desk_grade": "grade", "wait": "wait"}


@st.composite
def answers(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Repeats and answers in the order in which they are given."""
    given_answers: list[tuple[str, str]] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        given_answers.append(("+", f"/data/desk[{number}]"))
        given_answers += [("+", f"/data/desk[{number}]/shelf[{n}]") for n in range(1, draw(st.integers(1, 2)) + 1)]
    flat = ["gate", "care/greeted", "care/promises", "care/inner/clean", "rules/identified", "rules/told"]
    flat += ["rules/grade", "rules/grades", "rules/wait"]
    for number in (1, 2, 3):
        flat += [f"desk[{number}]/tidy", f"desk[{number}]/desk_grade"]
        flat += [f"desk[{number}]/shelf[{inner}]/labelled" for inner in (1, 2)]
    for path in draw(st.lists(st.sampled_from(flat), min_size=5, max_size=25)):
        name = path.rpartition("/")[2]
        given_answers.append((f"/data/{path}", draw(st.sampled_from(VALUES[LISTS.get(name, "yn")]))))
    return given_answers


def give(fill: Fill, path: str, value: str) -> None:
    if path == "+":
        repeat, _, number = value.rpartition("[")
        while fill.repeats(repeat) < int(number.rstrip("]")):
            fill.add_repeat(repeat)
        return
    try:
        shown = fill.view(path)
    except Exception:  # noqa: BLE001 - a repeat that is not there
        return
    offered = {choice.name for choice in shown.choices}
    if not offered or set(value.split()) <= offered:
        fill.set(path, value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers())
def test_every_calculation_equals_the_score(exported, given_answers: list[tuple[str, str]]) -> None:
    made, original, form = exported
    ours, theirs = begin(original), begin(form)
    for path, value in given_answers:
        give(ours, path, value)
        give(theirs, path, value)
    agree(made, ours, calculated(theirs))


def test_the_form_that_goes_out_still_scores_the_same_here(exported) -> None:
    made, original, form = exported
    ours, theirs = begin(original), begin(form)
    for fill in (ours, theirs):
        for name, value in (("gate", "yes"), ("greeted", "part"), ("wait", "7"), ("tidy", "no")):
            fill.set(fill.resolve(name), value)
    assert ours.score().percent == theirs.score().percent
    assert ours.score().percent is not None
    assert made.book.survey.rows != []


def test_nothing_that_was_there_is_changed(book: Book) -> None:
    before = book.copy()
    made = with_score_calculates(book)
    assert book == before
    kept = iter(made.survey.rows)
    assert all(any(each == old for each in kept) for old in before.survey.rows)
    assert made.choices == before.choices


def test_the_score_by_the_core_goes_out_with_an_overlay(workbook) -> None:
    head = ["type", "name", "label", *(f"bind::gemba:{name}" for name in CORE)]
    survey = [
        head,
        ["begin_group", "care", "Care", "", "", "", "60", "40"],
        ["select_one yn", "greeted", "Greeted?", "3", "1", "", "", ""],
        ["select_one yn", "thanked", "Thanked?", "", "", "yes", "", ""],
        ["end_group", "", "", "", "", "", "", ""],
        ["begin_group", "rules", "Rules", "", "", "", "40", ""],
        ["select_one yn", "told", "Told?", "2", "", "", "", ""],
        ["end_group", "", "", "", "", "", "", ""],
    ]
    said = [["form_id", "namespaces", "attribute::gemba:core"], [*SETTINGS[1], "core 1"]]
    source = read_book(workbook(survey, CHOICES, said), "overlay.xlsx")
    made = scored_book(source)
    assert "core" in made.scales
    for values in (("yes", "no", "part"), ("part", "na", "no"), ("", "yes", ""), ("no", "", "yes")):
        ours, theirs = begin(parse(convert_book(source))), begin(parse(convert_book(made.book)))
        for fill in (ours, theirs):
            for name, value in zip(("greeted", "thanked", "told"), values, strict=True):
                fill.set(fill.resolve(name), value)
        assert ours.score().core is not None
        agree(made, ours, calculated(theirs))


def test_a_book_without_scores_goes_out_as_it_is(workbook) -> None:
    plain = read_book(workbook([["type", "name", "label"], ["text", "who", "Who?"]]), "plain.xlsx")
    assert with_score_calculates(plain) == plain


def test_names_that_are_taken_are_left_alone(workbook) -> None:
    survey = [HEAD, row("select_one yn", "a"), row("text", "a_points"), row("text", "score")]
    made = scored_book(read_book(workbook(survey, CHOICES, SETTINGS), "taken.xlsx"))
    assert made.items["/data/a"][0] == "a_points_2"
    parse(convert_book(made.book))


def test_two_hundred_items_stay_within_a_cell(workbook) -> None:
    survey = [HEAD, *(row("select_one yn", f"q{number}") for number in range(200))]
    made = scored_book(read_book(workbook(survey, CHOICES, SETTINGS), "long.xlsx"))
    assert max(len(cell) for each in made.book.survey.rows for cell in each.values()) < 8_000
    fill = begin(parse(convert_book(made.book)))
    for number in range(0, 200, 2):
        fill.set(f"/data/q{number}", "part")
    assert calculated(fill)[made.total.percent if made.total else ""] == 50.0


@pytest.mark.parametrize("name", ["5s-area-audit", "customer-friction-observation"])
def test_the_starter_library_goes_out(name: str) -> None:
    source = read_book(resource("templates", f"{name}.xlsx").read_bytes(), f"{name}.xlsx")
    made = scored_book(source)
    original, form = parse(convert_book(source)), parse(convert_book(made.book))
    chance = random.Random(4)
    ours, theirs = begin(original), begin(form)
    for question in original.questions():
        if question.kind == "select_one" and chance.random() < 0.8:
            value = chance.choice(ours.view(question.path).choices).name
            for fill in (ours, theirs):
                fill.set(question.path, value)
    agree(made, ours, calculated(theirs))


RECORDED = Path(__file__).with_name("scores_by_javarosa.json")


def test_javarosa_reckons_the_same(exported: tuple[ScoredBook, Form, Form]) -> None:
    """Fillings of this very form by JavaRosa, recorded once: `read_me` in the file says how."""
    made, original, _ = exported
    for filling in json.loads(RECORDED.read_text("utf-8"))["fillings"]:
        ours = begin(original)
        for path, value in filling["answers"]:
            give(ours, path, value)
        agree(made, ours, filling["calculated"])
