"""The dependency list: nothing that an expression reads is missing from it; what is plainly not read is not in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gemba.forms.expressions import Context, Node, Quit, World, compile_text, parse, parse_xml
from gemba.forms.expressions.nodes import ELEMENT
from gemba.forms.references import Reference, matching, references

DATA = (
    "<data><n>1</n><s>a</s><g><n>2</n><t>b</t></g><r><n>3</n><h><x>c</x></h></r><r><n>4</n><h><x>d</x></h></r></data>"
)
ITEMS = "<root><item><name>a</name><v>1</v></item><item><name>b</name><v>4</v></item></root>"
PATHS = (
    "/data",
    "/data/n",
    "/data/s",
    "/data/g",
    "/data/g/n",
    "/data/g/t",
    "/data/r",
    "/data/r/n",
    "/data/r/h",
    "/data/r/h/x",
)
ORIGIN = "/data/r/n"


def _read(expression: str, origin: str = ORIGIN) -> set[str]:
    return {path for reference in references(parse(expression), origin) for path in matching(reference, PATHS)}


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        (".", "/data/r/n"),
        ("../h/x", "/data/r/h/x"),
        ("/data/g/n + ../../n", "/data/g/n /data/n"),
        ("current()/../h/x", "/data/r/h/x"),
        ("/data/g/*", "/data/g/n /data/g/t"),
        ("/data/g/node()", "/data/g /data/g/n /data/g/t"),
        ("/data/g/n/text()", "/data/g/n"),
        ("/data/g/child::n/@id", "/data/g/n"),
        ("//x", "/data/r/h/x"),
        ("/data/descendant::n", "/data/n /data/g/n /data/r/n"),
        ("/data/g/descendant-or-self::g", "/data/g"),
        ("count(ancestor::r)", "/data/r"),
        ("count(ancestor-or-self::n)", "/data/r/n"),
        ("../../s/following-sibling::g", "/data/g"),
        ("count(../preceding-sibling::r)", "/data/r"),
        ("/data/g/following::x", "/data /data/r/h/x"),
        ("/data/r[h/x = 'c']/n", "/data/r/h/x /data/r/n"),
        ("/data/r[n > current()]/h/x", "/data/r/n /data/r/h/x"),
        ("/data/r[n > current()/../../n]/h/x", "/data/n /data/r/n /data/r/h/x"),
        ("/data/r[position() = /data/n]/n", "/data/n /data/r/n"),
        ("(/data/n | /data/g)/t", "/data/n /data/g /data/g/t"),
        ("(/data/r)[n = 3]/h/x", "/data/r /data/r/n /data/r/h/x"),
        ("(/data/r/n)[1]", "/data/r/n"),
        ("randomize(/data/r)/h/x", "/data/r /data/r/h/x"),
        ("instance('items')/root/item[name = /data/s]/v", "/data/s"),
        ("instance('items')/root/item[name = current()/../h/x and v > 1]/v", "/data/r/h/x"),
        ("indexed-repeat(/data/r/h/x, /data/r, /data/n)", "/data/r /data/r/h/x /data/n"),
        ("position(..)", "/data/r"),
        ("count(/data/r)", "/data/r"),
        ("if(/data/s = '', /data/g/t, 1)", "/data/s /data/g/t"),
        ("pulldata('items', 'v', 'name', /data/s)", "/data/s"),
        ("1 + today()", ""),
    ],
)
def test_an_expression_reads_these_answers(expression, read):
    assert _read(expression) & set(PATHS) == set(read.split())


@pytest.mark.parametrize(
    ("expression", "near"),
    [
        ("../h/x", True),
        ("/data/r/h/x", True),
        ("current()/../h/x", True),
        ("/data/n", True),
        ("../../r/h/x", False),
        ("sum(../../r/n)", False),
        ("../preceding-sibling::r", False),
        ("/data/r[1]/n", False),
        ("indexed-repeat(/data/r/n, /data/r, 1)", False),
        ("//n", False),
    ],
)
def test_a_reference_is_near_when_it_stays_in_the_same_repeat(expression, near):
    assert {reference.near for reference in references(parse(expression), ORIGIN)} == {near}


def test_references_are_names_from_the_root():
    assert references(parse("/data/g/../n"), "/data/s") == {Reference(("data", "n"), near=True)}


STEPS = st.sampled_from(
    [
        "n",
        "..",
        ".",
        "*",
        "g",
        "r",
        "h",
        "x",
        "text()",
        "node()",
        "self::n",
        "parent::r",
        "parent::node()",
        "descendant::n",
        "descendant-or-self::*",
        "ancestor::r",
        "ancestor::*",
        "ancestor-or-self::h",
        "following-sibling::*",
        "following::x",
        "preceding-sibling::r",
        "preceding::n",
        "following-sibling::r",
        "r[1]",
        "r[n = 4]",
        "*[. = 'b']",
        "r[h/x = current()]",
    ]
)
STARTS = st.sampled_from(
    ["", "", "/data/", "//", "/", "current()/", "current()/../", "(/data/r)[2]/", "(/data/n | /data/g)/"]
)
WAYS = st.builds(lambda start, steps: start + "/".join(steps), STARTS, st.lists(STEPS, min_size=1, max_size=4))


def _leaves(root: Node) -> list[tuple[str, Node]]:
    found = []
    for node in root.descendants():
        if node.kind == ELEMENT and not node.elements():
            names, at = [], node
            while at.parent is not None:
                names.insert(0, at.name)
                at = at.parent
            found.append(("/" + "/".join(names), node))
    return found


def _value(expression: str, root: Node) -> object:
    world = World(root)
    world.instances["items"] = parse_xml(ITEMS)
    start = root.children[0].named("r")[1].first("n")
    try:
        value = compile_text(expression)(Context(start, world))
    except Quit:
        return None
    return [node.text() for node in value if not node.elements()] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(WAYS)
@example("node()")
@example("//ancestor::r/n")
@example("descendant-or-self::*/../n")
@example("(/data/n | /data/g)/descendant-or-self::*/descendant-or-self::*/following-sibling::r/n")
def test_an_answer_that_changes_what_an_expression_gives_is_in_its_list(way):
    read = _read(way)
    root = parse_xml(DATA)
    before = _value(way, root)
    for path, leaf in _leaves(root):
        held = leaf.text()
        leaf.write(f"{held}0")
        changed = _value(way, root) != before
        leaf.write(held)
        assert not changed or path in read
