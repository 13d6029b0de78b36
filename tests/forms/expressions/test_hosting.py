"""A host may bring functions, variables and values of its own; and expressions may be evaluated without any form."""

from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import Context, Foreign, Nowhere, World, evaluate, parse_xml


class _Colour(Foreign):
    def text(self) -> str:
        return "red"


@pytest.fixture
def context() -> Context:
    world = World(parse_xml("<data><n>2</n></data>"))
    world.functions = {
        "twice": lambda context, value: context.number(value) * 2,
        "colour": lambda _context: _Colour(),
        "count": lambda _context, _nodes: 99.0,
    }
    world.variables = {"who": "Ada", "how-many": 3.0}
    return Context(world.root, world)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("twice(/data/n) + 1", 5.0),
        ("twice(twice(1))", 4.0),
        ("count(/data/n)", 1.0),
        ("concat($who, ' ', $how-many)", "Ada 3"),
        ("concat('is ', colour())", "is red"),
        ("colour() = 'red'", True),
    ],
)
def test_what_the_host_registers_is_part_of_the_language_but_never_instead_of_it(context, expression, expected):
    assert evaluate(expression, context) == expected


@pytest.mark.parametrize("expression", ["colour() + 1", "boolean(colour())", "date(colour())", "$nobody", "thrice(1)"])
def test_what_the_host_does_not_offer_has_no_value(context, expression):
    with pytest.raises(Refusal, match="no_value"):
        evaluate(expression, context)


def test_an_unknown_function_and_a_wrong_number_of_arguments_are_told_with_their_place(context):
    with pytest.raises(Refusal) as refused:
        evaluate("1 + sing(2)", context)
    assert refused.value.facts["reason"] == "the function sing() is not known (character 5)"
    with pytest.raises(Refusal) as refused:
        evaluate("'a' = true(5)", context)
    assert refused.value.facts["reason"] == "true() takes 0 arguments, not 1 (character 7)"


def test_without_a_form_all_is_known_that_asks_for_no_answer():
    nowhere = Nowhere(World())
    assert evaluate("if(1 < 2, concat('a', 'b'), /data/n)", nowhere) == "ab"
    for expression in ("/data/n", "//n", "n", ".", "string()", "current()/n", "/n | /m"):
        with pytest.raises(Refusal, match="no form"):
            evaluate(expression, nowhere)
