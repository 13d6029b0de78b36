"""Expressions as auditors' forms use them: our own cases, which always run."""

from __future__ import annotations

import math
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import Context, World, evaluate, parse_xml, to_text

BERLIN = ZoneInfo("Europe/Berlin")
DATA = """<data>
  <site>north</site><score>8</score><seen>floor wall</seen><empty/><on>2026-03-30</on>
  <rep><n>1</n><x>a</x></rep><rep><n>2</n><x>b</x></rep><rep><n>3</n><x>c</x></rep>
</data>"""
SITES = """<root>
  <item><name>n1</name><label>North one</label><region>north</region></item>
  <item><name>n2</name><label>North two</label><region>north</region></item>
  <item><name>s1</name><label>South one</label><region>south</region></item>
</root>"""


@pytest.fixture
def context() -> Context:
    world = World(parse_xml(DATA), now=lambda: datetime(2026, 3, 30, 9, 15, tzinfo=BERLIN), rng=random.Random(1))
    world.instances["sites"] = parse_xml(SITES)
    data = world.root.children[0]
    data.first("on").type = "date"
    data.first("score").type = "int"
    return Context(data, world)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/score > 7 and selected(/data/seen, 'wall')", True),
        ("selected(/data/seen, 'wal')", False),
        ("/data/on <= today()", True),
        ("/data/on < date('2026-03-31')", True),
        ("/data/on < '2026-03-31'", False),  # a text is no date until date() makes it one
        ("/data/on + 1 = date('2026-03-31')", True),
        ("int(date('2026-03-30') - date('2026-03-28'))", 2.0),  # summer time began between them
        ("string(today() + 1)", "20543"),
        ("date(today() + 1)", "2026-03-31"),
        ("format-date(today(), '%e %b %Y')", "30 Mar 2026"),
        ("format-date-time(now(), '%H:%M')", "09:15"),
        ("if(/data/empty = '', 'none', nothing-of-the-kind())", "none"),
        ("coalesce(/data/empty, /data/site)", "north"),
        ("if(false(), 1 div 0, 'ok')", "ok"),
        ("count-selected(/data/seen)", 2.0),
        ("selected-at(/data/seen, 1)", "wall"),
        ("sum(/data/rep/n)", 6.0),
        ("max(/data/rep/n)", 3.0),
        ("join('-', /data/rep/x)", "a-b-c"),
        ("round(2 div 3 * 100, 1)", 66.7),
        ("indexed-repeat(/data/rep/x, /data/rep, 2)", "b"),
        ("/data/rep[n = 3]/x", "c"),
        ("position(/data/rep[3])", 3.0),
        ("instance('sites')/root/item[name = 's1']/label", "South one"),
        ("count(instance('sites')/root/item[region = /data/site])", 2.0),
        ("count(instance('sites')/root/item[region = /data/site and name != 'n1'])", 1.0),
        ("pulldata('sites', 'label', 'name', 'n2')", "North two"),
        ("regex('AB-12', '[A-Z]{2}-[0-9]+')", True),
        ("regex('xAB-12', '[A-Z]{2}-[0-9]+')", False),
        ("'1,5' + 1", 2.5),
        ("1 = '1'", True),
        ("true() = 'anything'", True),
        ("substr('checklist', 0, 5)", "check"),
        ("translate('a.b', '.', '')", "ab"),
        ("- 3 mod 2", -1.0),
        ("7 div 0", math.inf),
        ("boolean-from-string('TRUE')", True),
        ("checklist(1, 2, true(), false(), true())", True),
        ("once('first')", "first"),
        ("/data/nowhere = ''", True),
        ("not(/data/nowhere)", True),
        ("current()/site", "north"),
    ],
)
def test_an_expression_has_the_value_that_the_form_means(context, expression, expected):
    if expression.startswith("once"):
        context = Context(context.node.first("empty"), context.world)
    value = evaluate(expression, context)
    assert value == expected or to_text(value, BERLIN) == expected


@pytest.mark.parametrize(
    ("expression", "position", "reason"),
    [
        ("", 1, "it is empty"),
        ("1 +", 4, "it ends too early"),
        ("selected(a, 'b'", 16, "')' is missing here"),
        ("'open", 1, "a quote is not closed"),
        ("a ! b", 3, "unexpected '!'"),
        ("a b", 3, "unexpected 'b'"),
        ("sideways::a", 1, "there is no axis 'sideways'"),
        ("(" * 300 + "1" + ")" * 300, None, "it is nested more than 250 deep"),
    ],
)
def test_a_broken_expression_says_where_and_why(context, expression, position, reason):
    with pytest.raises(Refusal) as refused:
        evaluate(expression, context)
    assert refused.value.code == "forms.broken_expression"
    assert refused.value.facts["reason"] == reason
    assert position is None or refused.value.facts["position"] == position


def test_an_unknown_function_is_no_matter_until_it_is_needed(context):
    assert evaluate("if(true(), 1, sing())", context) == 1.0
    with pytest.raises(Refusal, match="no_value"):
        evaluate("if(false(), 1, sing())", context)


def test_an_absolute_path_in_a_repeat_means_this_repeat(context):
    second = context.world.root.children[0].named("rep")[1]
    assert to_text(evaluate("/data/rep/x", Context(second.first("n"), context.world))) == "b"


def test_hidden_answers_are_not_seen(context):
    context.world.root.children[0].named("rep")[0].relevant = False
    context.node.first("score").relevant = False
    assert evaluate("count(/data/rep)", context) == 2.0
    assert evaluate("/data/score = ''", context) is True


def test_a_seeded_shuffle_gives_the_order_that_every_odk_tool_gives(context):
    names = [to_text([node]) for node in evaluate("randomize(/data/rep/x, 42)", context)]
    assert names == [to_text([node]) for node in evaluate("randomize(/data/rep/x, 42)", context)]
    assert sorted(names) == ["a", "b", "c"]
