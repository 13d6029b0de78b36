"""Conditions and limits, written as expressions and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.forms.checking import check_expression
from gemba.forms.editing.conditions import SIGNS, Condition, Test, Value, read_condition, write_condition
from gemba.forms.editing.limits import Limit, read_limits, write_limits
from gemba.forms.editing.rule_problems import expression_problem

words = st.text(
    st.characters(codec="utf-8", exclude_characters="'\"$\x00", exclude_categories=["Cc", "Cs"]), min_size=1
)
values = st.one_of(
    st.builds(Value, st.just("text"), words),
    st.builds(Value, st.just("number"), st.integers(-500, 500).map(str)),
    st.just(Value("date", "2026-05-04")),
    st.just(Value("today")),
    st.builds(Value, st.just("question"), st.sampled_from(["a", "b_2", "mode"])),
)


@st.composite
def comparisons(draw):
    sign = draw(st.sampled_from(SIGNS))
    question = draw(st.sampled_from(["a", "b_2", "and", "div-1"]))
    if sign in {"answered", "empty"}:
        return Test(question, sign)
    return Test(question, sign, draw(st.builds(Value, st.just("text"), words) if "includes" in sign else values))


several = st.lists(comparisons(), min_size=2, max_size=3).map(tuple)
inner = st.builds(Condition, st.sampled_from(["all", "any"]), several)


@st.composite
def conditions(draw):
    join = draw(st.sampled_from(["all", "any"]))
    other = inner.filter(lambda each: each.join != join)
    return Condition(join, tuple(draw(st.lists(st.one_of(comparisons(), other), min_size=2, max_size=4))))


@given(conditions())
def test_what_is_written_is_read_back(condition):
    written = write_condition(condition)
    assert read_condition(written) == condition
    assert expression_problem(written, {"a", "b_2", "and", "div-1", "mode"}) == ""


@pytest.mark.parametrize(
    ("expression", "condition"),
    [
        ("${a}='x'", Condition("all", (Test("a", "is", Value("text", "x")),))),
        ("'x' = ${a} or 5 < ${b}", Condition("any", (
            Test("a", "is", Value("text", "x")), Test("b", "more", Value("number", "5")),
        ))),
        ("not(selected(${a},'x'))", Condition("all", (Test("a", "includes_not", Value("text", "x")),))),
        ("${a} != ''", Condition("all", (Test("a", "answered"),))),
        ("${a}=1 and (${b}=2 or ${c}=3)", Condition("all", (
            Test("a", "is", Value("number", "1")),
            Condition("any", (Test("b", "is", Value("number", "2")), Test("c", "is", Value("number", "3")))),
        ))),
        ("${a}div 2 > 1", None),
        ("count(${a}) > 1", None),
        ("${a} = '${b}'", None),
        ("${a} = ", None),
        ("(${a}=1 and (${b}=2 or (${c}=3 and ${d}=4))) or ${e}=5", None),
    ],
)  # fmt: skip
def test_what_people_write_is_read_or_left_alone(expression, condition):
    assert read_condition(expression) == condition


def test_words_with_both_quotes_are_refused():
    with pytest.raises(Refusal, match="both_quotes"):
        write_condition(Condition("all", (Test("a", "is", Value("text", "'\"")),)))


@pytest.mark.parametrize(
    ("expression", "limits"),
    [
        (". >= 0 and . <= 600", (Limit("at_least", Value("number", "0")), Limit("at_most", Value("number", "600")))),
        (".<=today()", (Limit("not_future"),)),
        ("string-length(.) <= 20", (Limit("longest", Value("number", "20")),)),
        ("count-selected(.) <= 3", (Limit("most_chosen", Value("number", "3")),)),
        ("regex(., '^[A-Z]+$')", (Limit("pattern", Value("text", "^[A-Z]+$")),)),
        (". <= ${served}", (Limit("at_most", Value("question", "served")),)),
        (". mod 2 = 0", None),
        ("", ()),
    ],
)
def test_limits_are_read_and_written(expression, limits):
    assert read_limits(expression) == limits
    if limits:
        assert read_limits(write_limits(limits)) == limits
        assert expression_problem(write_limits(limits), {"served"}) == ""


def test_a_fault_is_told_where_it_stands():
    assert "character 10" in expression_problem("${abc} = )", {"abc"})
    assert "nothere" in expression_problem("${nothere} = 1", {"abc"})
    assert "sellected" in expression_problem("sellected(${abc}, 'x')", {"abc"})
    with pytest.raises(Refusal):
        check_expression("/a = )")
