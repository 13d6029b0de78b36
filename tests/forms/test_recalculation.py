"""Whatever order answers are given in, the form stands as if it had been worked out anew from all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.filling import Fill

SURVEY = [
    ["type", "name", "label", "relevant", "calculation", "choice_filter", "constraint", "required"],
    ["select_one yn", "gate", "Gate"],
    ["begin_group", "outer", "Outer", "${gate} != 'no'"],
    ["integer", "n", "N", "", "", "", ". < 50"],
    ["begin_group", "inner", "Inner", "${n} > 2"],
    ["select_one yn", "deep", "Deep ${n}", "", "", "", "", "${n} > 5"],
    ["calculate", "echo", "", "", "concat(${deep}, '-', ${n})"],
    ["end_group"],
    ["end_group"],
    ["select_one yn", "filtered", "Filtered", "", "", "name != ${gate}"],
    ["begin_repeat", "rep", "Rep"],
    ["integer", "x", "X"],
    ["calculate", "share", "", "", "${x} div sum(../../rep/x)"],
    ["text", "big", "Big", "${x} > 5"],
    ["end_repeat"],
    ["calculate", "x_all", "", "", "count(${x})"],
    ["calculate", "total", "", "", "sum(${x}) + coalesce(${n}, 0)"],
    ["text", "last", "Last", "${total} > 10 and ${echo} != ''"],
]
CHOICES = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"], ["yn", "na", "N/A"]]
PATHS = {
    "/data/gate": ["yes", "no", "na", ""],
    "/data/outer/n": ["0", "3", "7", "60", ""],
    "/data/outer/inner/deep": ["yes", "no", ""],
    "/data/filtered": ["yes", "no", "na", ""],
    "/data/rep[1]/x": ["1", "6", ""],
    "/data/rep[2]/x": ["2", "9", ""],
    "/data/rep[1]/big": ["b", ""],
    "/data/last": ["end", ""],
}
STEPS = st.lists(
    st.sampled_from([(path, value) for path, values in PATHS.items() for value in values]), min_size=1, max_size=25
)


@pytest.fixture(scope="module")
def begin(filling):
    made = filling(SURVEY, CHOICES)

    def again() -> Fill:
        fill = Fill(made.form, now=made._world.now)
        fill.add_repeat("/data/rep")
        return fill

    return again


def _state(fill: Fill) -> dict:
    answers = fill._answers
    tree = {
        answers.path_of(node): (node.text(), node.relevant) for node in answers.leaves() if "/meta" not in node.path
    }
    return {
        "tree": tree,
        "items": fill.items(),
        "missing": fill.missing(),
        "views": [fill.view(i.path) for i in fill.items()],
    }


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_step_by_step_is_the_same_as_all_anew(begin, steps):
    fill = begin()
    for path, value in steps:
        fill.set(path, value)
    stepwise = _state(fill)
    fill._answers.wake_all()
    fill._settle()
    assert _state(fill) == stepwise


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_nothing_changes_its_look_without_being_named(begin, steps):
    fill = begin()
    for path, value in steps:
        before = {item.path: fill.view(item.path) for item in fill.items()}
        effect = fill.set(path, value)
        after = {item.path: fill.view(item.path) for item in fill.items()}
        unnamed = {each for each in before.keys() & after.keys() if before[each] != after[each]} - effect.changed
        assert not unnamed
        assert effect.structure or before.keys() == after.keys()


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_a_filling_taken_up_again_stands_as_it_was_left(begin, steps):
    fill = begin()
    for path, value in steps:
        fill.set(path, value)
    given_before = {path: fill.view(path).value for path, _ in steps}
    again = Fill(fill.form, now=fill._world.now, answers={"/data/rep[2]/x": "", **given_before})
    assert _state(again)["tree"] == _state(fill)["tree"]
