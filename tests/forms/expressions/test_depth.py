"""Expressions of ten thousand characters: chains have a value, what is nested too deeply is told so."""

from __future__ import annotations

import threading

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import Context, World, evaluate, parse, parse_xml, write
from gemba.forms.expressions.compiling import compile_text
from gemba.forms.references import references


@pytest.fixture
def context() -> Context:
    world = World(parse_xml("<data><a>1</a></data>"))
    return Context(world.root, world)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("+".join(["1"] * 5_000), 5_000.0),
        (" - ".join(["/data/a"] * 5_000), -4_998.0),
        (" and ".join(["/data/a = 1"] * 5_000), True),
        (" or ".join(["/data/a = 2"] * 5_000), False),
        ("1 < " * 5_000 + "2", True),
        ("count(" + "|".join(["/data/a"] * 3_000) + ")", 1.0),
        ("concat(" + ",".join(["1"] * 5_000) + ") = ''", False),
        ("count(" + "/a" * 5_000 + ")", 0.0),
        ("(" * 240 + "1" + ")" * 240, 1.0),
        ("if(/data/a = 2, 1, " * 240 + "7" + ")" * 240, 7.0),
        ("- " * 240 + "1", 1.0),
        ("count(/data" + "[a" * 240 + "]" * 240 + ")", 0.0),
    ],
    ids=["plus", "minus", "and", "or", "less", "union", "arguments", "steps", "brackets", "if", "signs", "predicates"],
)
def test_a_long_expression_has_its_value(context, source, expected):
    assert evaluate(source, context) == expected
    assert write(parse(write(parse(source)))) == write(parse(source))
    assert references(parse(source), "/data/b") is not None


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "if(1 = 2, 1, " * 3_000 + "7" + ")" * 3_000,
        "-" * 10_000 + "1",
        "not(" * 3_000,
        "a[" * 5_000 + "1" + "]" * 5_000,
        "1 + (" * 2_500 + "1" + ")" * 2_500,
    ],
    ids=["brackets", "if", "signs", "open", "predicates", "sums"],
)
def test_what_is_nested_too_deeply_is_refused_with_the_limit_and_the_place(context, source):
    with pytest.raises(Refusal) as refused:
        evaluate(source, context)
    assert refused.value.code == "forms.broken_expression"
    assert refused.value.facts["reason"] == "it is nested more than 250 deep"
    assert len(refused.value.facts["expression"]) < 250  # a long one is shown around the place


@pytest.mark.parametrize("source", ["[" * 9_999, "." * 9_999, '"' * 9_999, " " * 9_999, "../" * 3_333, "a b " * 2_500])
def test_long_nonsense_is_refused(context, source):
    with pytest.raises(Refusal, match="broken_expression"):
        evaluate(source, context)


def test_a_long_chain_is_evaluated_in_several_threads_at_once():
    run = compile_text("+".join(["/data/a"] * 500))
    found: dict[int, object] = {}

    def reckon(number: int) -> None:
        world = World(parse_xml(f"<data><a>{number}</a></data>"))
        found[number] = {run(Context(world.root, world)) for _ in range(50)}

    threads = [threading.Thread(target=reckon, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: {number * 500.0} for number in (1, 2, 3)}
