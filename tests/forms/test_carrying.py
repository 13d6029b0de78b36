"""Answers go with their questions from one version of a form to the next, and nothing that was given is dropped."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.carrying import carry
from gemba.forms.filling import Fill

HEAD = ["type", "name", "label", "choice_filter"]
LISTS = [
    ["list_name", "name", "label", "town"],
    ["yn", "yes", "Yes", ""],
    ["yn", "no", "No", ""],
    ["shop", "north", "North shop", "a"],
    ["shop", "south", "South shop", "b"],
]


@pytest.fixture
def versions(filling):
    """Begin the old version with answers, and the new one empty; returns what becomes of each answer."""

    def begin(old, new, answers, *, old_lists=LISTS, new_lists=LISTS):
        before = filling([HEAD, *old], old_lists)
        for path in answers:
            for place in [at for at, letter in enumerate(path) if letter == "["]:
                repeat, number = path[:place], int(path[place + 1 : path.index("]", place)])
                while before.repeats(repeat) < number:
                    before.add_repeat(repeat)
            before.set(path, answers[path])
        return carry(before, filling([HEAD, *new], new_lists), answers)

    return begin


def fates(carriage):
    return {each.before: (each.after, each.new_value, each.fate, each.why) for each in carriage.answers}


def test_what_fits_is_kept_and_what_is_new_is_named(versions):
    old = [["text", "who", "Who?"]]
    carriage = versions(old, [*old, ["integer", "wait", "How long?"]], {"/data/who": "Ada"})
    assert fates(carriage) == {"/data/who": ("/data/who", "Ada", "kept", "")}
    assert carriage.new == (("/data/wait", "How long?"),)


def test_a_question_that_moved_into_a_section_takes_its_answer_along(versions):
    new = [["begin group", "shop", "Shop"], ["text", "who", "Who?"], ["end group"]]
    carriage = versions([["text", "who", "Who?"]], new, {"/data/who": "Ada"})
    assert fates(carriage) == {"/data/who": ("/data/shop/who", "Ada", "changed", "moved")}
    assert carriage.new == ()


def test_an_answer_whose_question_is_gone_is_parked_with_its_words(versions):
    carriage = versions([["text", "who", "Who?"]], [["text", "what", "What?"]], {"/data/who": "Ada"})
    (parked,) = carriage.of("parked")
    assert (parked.value, parked.label, parked.why) == ("Ada", "Who?", "gone")


def test_a_question_with_other_words_says_so(versions):
    carriage = versions([["text", "who", "Who?"]], [["text", "who", "Who was served?"]], {"/data/who": "Ada"})
    (changed,) = carriage.of("changed")
    assert (changed.why, changed.label, changed.new_label) == ("reworded", "Who?", "Who was served?")


def test_a_choice_with_another_name_is_found_by_its_words(versions):
    renamed = [LISTS[0], ["yn", "1", "Yes", ""], ["yn", "0", "No", ""], *LISTS[3:]]
    old = [["select_one yn", "clean", "Clean?"]]
    carriage = versions(old, old, {"/data/clean": "yes"}, new_lists=renamed)
    assert fates(carriage) == {"/data/clean": ("/data/clean", "1", "changed", "choice")}


def test_a_choice_that_is_gone_parks_the_answer(versions):
    old = [["select_one yn", "clean", "Clean?"]]
    carriage = versions(old, old, {"/data/clean": "no"}, new_lists=[row for row in LISTS if row[1] != "no"])
    assert fates(carriage) == {"/data/clean": ("", "", "parked", "choice")}


def test_several_choices_are_parked_together_when_one_is_gone(versions):
    old = [["select_multiple yn", "seen", "Seen?"]]
    carriage = versions(old, old, {"/data/seen": "yes no"}, new_lists=[row for row in LISTS if row[1] != "no"])
    assert fates(carriage) == {"/data/seen": ("", "", "parked", "choice")}


@pytest.mark.parametrize(
    ("old", "new", "value", "becomes"),
    [
        ("integer", "decimal", "3", ("3", "changed")),
        ("decimal", "integer", "3.0", ("3", "changed")),
        ("decimal", "integer", "3.5", ("", "parked")),
        ("integer", "text", "3", ("3", "changed")),
        ("text", "integer", "about 3", ("", "parked")),
        ("text", "integer", "3", ("3", "changed")),
        ("text", "date", "soon", ("", "parked")),
        ("text", "select_one yn", "Yes", ("yes", "changed")),
        ("select_one yn", "text", "yes", ("Yes", "changed")),
        ("select_one yn", "select_multiple yn", "yes", ("yes", "kept")),
        ("select_multiple yn", "select_one yn", "yes no", ("", "parked")),
    ],
)
def test_another_type_keeps_what_can_be_written_in_it(versions, old, new, value, becomes):
    carriage = versions([[old, "q", "Q?"]], [[new, "q", "Q?"]], {"/data/q": value})
    (each,) = carriage.answers
    assert (each.new_value, each.fate) == becomes


def test_answers_in_repeats_keep_their_numbers_when_a_section_comes_around_them(versions):
    repeat = [["begin repeat", "queue", "Queue"], ["integer", "wait", "Wait"], ["end repeat"]]
    new = [["begin group", "hall", "Hall"], *repeat, ["end group"]]
    carriage = versions(repeat, new, {"/data/queue[1]/wait": "1", "/data/queue[3]/wait": "7"})
    assert [(each.before, each.after) for each in carriage.answers] == [
        ("/data/queue[1]/wait", "/data/hall/queue[1]/wait"),
        ("/data/queue[3]/wait", "/data/hall/queue[3]/wait"),
    ]


def test_an_answer_never_leaves_its_repeat(versions):
    repeat = [["begin repeat", "queue", "Queue"], ["integer", "wait", "Wait"], ["end repeat"]]
    carriage = versions(repeat, [["integer", "wait", "Wait"]], {"/data/queue[2]/wait": "7"})
    assert carriage.answers[0].fate == "parked"


def test_a_choice_that_depends_on_another_answer_is_judged_with_that_answer(versions):
    old = [["text", "town", "Town"], ["select_one shop", "shop", "Shop"]]
    new = [["text", "town", "Town"], ["select_one shop", "shop", "Shop", "town=${town}"]]
    carriage = versions(old, new, {"/data/town": "b", "/data/shop": "south"})
    assert [each.fate for each in carriage.answers] == ["kept", "kept"]
    carriage = versions(old, new, {"/data/town": "a", "/data/shop": "south"})
    assert [each.fate for each in carriage.answers] == ["kept", "parked"]


TYPES = ["text", "integer", "decimal", "date", "select_one yn", "select_multiple yn"]
FORMS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(TYPES), min_size=1)


@pytest.fixture(scope="module")
def forms(workbook):
    """Forms of a few questions, read once each."""
    from functools import cache

    from gemba.forms.reading import read

    return cache(lambda rows: read(workbook([HEAD, *[[kind, name, name.upper()] for name, kind in rows]], LISTS)))


@settings(max_examples=25, deadline=None)
@given(old=FORMS, new=FORMS, data=st.data())
def test_every_answer_has_one_fate_and_none_is_lost(forms, old, new, data):
    texts = st.sampled_from(["3", "3.0", "yes", "yes no", "Yes", "2026-03-02", "x y"])
    answers = {f"/data/{name}": data.draw(texts) for name in old}
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    before = Fill(forms(tuple(old.items())), now=lambda: moment, rng=random.Random(1), answers=answers)
    after = Fill(forms(tuple(new.items())), now=lambda: moment, rng=random.Random(1))
    carriage = carry(before, after, answers)
    assert [each.before for each in carriage.answers] == list(answers)
    for each in carriage.answers:
        assert each.value == answers[each.before]
        assert bool(each.after) == (each.fate != "parked") == bool(each.new_value)
        if each.after:
            assert after.view(each.after).value == each.new_value
            assert after.verdict(each.after, each.new_value) in {"ok", "type"}
