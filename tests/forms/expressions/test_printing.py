"""Whatever is written is read again as the same expression, and numbers keep the laws of numbers."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.forms.expressions import Context, World, evaluate, number_text, parse, parse_xml, write
from gemba.forms.expressions.syntax import Binary, Call, Filter, Negate, Number, Path, Step, Text, Variable
from gemba.forms.expressions.values import number_from

NAMES = st.sampled_from(["a", "site", "or", "div", "x.y", "q-1", "été", "mod_2"])
LEAVES = st.one_of(
    st.floats(0, 1e9, allow_nan=False).map(lambda number: Number(round(number, 6))),
    st.text(st.characters(blacklist_characters="\"'", blacklist_categories=["Cs"]), max_size=5).map(Text),
    NAMES.map(Variable),
)


def _grown(inner):
    steps = st.builds(
        Step,
        st.sampled_from(["child", "parent", "self", "descendant", "attribute", "preceding-sibling"]),
        st.just("name"),
        st.one_of(NAMES, st.just("*")),
        st.just(""),
        st.lists(inner, max_size=1).map(tuple),
    )
    several = st.lists(steps, min_size=1, max_size=3).map(tuple)
    signs = st.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"])
    return st.one_of(
        st.builds(Binary, signs, inner, inner),
        st.builds(Negate, inner),
        st.builds(Call, NAMES, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Filter, inner, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        st.builds(Path, st.booleans(), several),
        st.builds(lambda start, found: Path(absolute=False, steps=found, start=start), inner, several),
    )


@given(st.text(st.sampled_from("/.@*[](),'\"$|+-=<>!:0123456789 \n\tabdivmodandortextnode_é£\u2028\x00"), max_size=30))
def test_a_jumble_of_what_expressions_are_made_of_is_read_or_refused_and_written_back_the_same(source):
    places: list[int] = []
    try:
        expression = parse(source)
    except Refusal as refused:
        places.append(refused.facts["position"])
        expression = None
    assert all(1 <= place <= len(source) + 1 for place in places)
    assert expression is None or parse(write(expression)) == expression


@given(st.recursive(LEAVES, _grown, max_leaves=12))
def test_what_is_written_is_read_again_as_the_same(expression):
    assert parse(write(expression)) == expression


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_is_read_again_from_its_text(number):
    assert math.isclose(number_from(number_text(number)), number, rel_tol=1e-12, abs_tol=1e-12)


@given(st.text(max_size=20))
def test_any_text_is_either_an_expression_or_a_refusal(source):
    codes: list[str] = []
    try:
        parse(source)
    except Refusal as refused:
        codes.append(refused.code)
    assert codes in ([], ["forms.broken_expression"])


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_division_and_remainder_make_the_whole_again(one, other):
    context = Context(parse_xml("<a/>"), World())
    assert evaluate(f"int({one} div {other}) * {other} + ({one} mod {other}) = {one}", context) is True
