"""Where engines differ, each behaves as it does itself; forms follow JavaRosa."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import DIALECTS, JAVAROSA, WEB_FORMS, Context, Dialect, World, evaluate, parse_xml, to_text

PHOENIX = ZoneInfo("America/Phoenix")
DATA = """<data><n>3</n><none/><word>x</word><zero>0</zero><g><a>1</a></g><on>2026-03-30</on>
<shape>0 0;0 1;1 1;1 0;0 0</shape><open>0 0;0 1;1 1;1 0;2 0</open></data>"""


def _context(dialect: Dialect = JAVAROSA) -> Context:
    world = World(parse_xml(DATA), now=lambda: datetime(2026, 3, 30, 9, 15, tzinfo=PHOENIX), dialect=dialect)
    data = world.root.children[0]
    data.first("zero").type = data.first("n").type = "int"
    return Context(data, world)


def _told(expression: str, dialect: Dialect) -> str:
    context = _context(dialect)
    try:
        return context.text(evaluate(expression, context))
    except Refusal as refused:
        return refused.code


@pytest.mark.parametrize(
    ("expression", "javarosa", "web_forms", "xpath"),
    [
        ("round(-1.5)", "-1", "-2", "-1"),
        ("round(-12345.5, -1)", "-12340", "-12350", "-12340"),
        ("regex('abc', 'b')", "false", "true", "true"),
        ("max(/data/n, /data/word)", "3", "", "NaN"),
        ("sum(/data/*)", "3", "", "NaN"),
        ("max(-1, -2)", "0", "-1", "-1"),
        ("min(1 div 0)", "1.7976931348623157E308", "Infinity", "Infinity"),
        ("date('2026-03-30') + 0", "20542", "20542.291666666668", "20542.291666666668"),
        ("'2026-03-30' + 1", "NaN", "20543.291666666668", "NaN"),
        ("number('2026-03-30')", "NaN", "20542", "NaN"),
        ("string(date-time('2026-03-30T08:00:00Z'))", "2026-03-30", *["2026-03-30T01:00:00.000-07:00"] * 2),
        ("date('no date')", "forms.no_value", "Invalid Date", "Invalid Date"),
        ("date(true())", "forms.no_value", "", ""),
        ("date('')", "", "", ""),
        ("string(0.0001)", "1.0E-4", "0.0001", "0.0001"),
        ("string(3000000000)", "3.0E9", "3000000000", "3000000000"),
        ("string(2147483647)", "2147483647", "2147483647", "2147483647"),
        ("string(0.0000001)", "1.0E-7", "1e-7", "0.0000001"),
        ("'1,5' + 1", "2.5", "", "2.5"),
        ("'1e3' + 1", "NaN", "1001", "NaN"),
        ("boolean(/data/none)", "false", "true", "true"),
        ("not(/data/zero)", "true", "false", "false"),
        ("boolean-from-string('True')", "true", "false", "false"),
        ("1 div 0 = 1 div 0", "false", "true", "true"),
        ("0.1 + 0.2 = 0.3", "true", "false", "false"),
        ("weighted-checklist(-1, -1, true(), 3)", "false", "true", "true"),
        ("string(/data/g)", "", "1", "1"),
        ("count-non-empty(/data/g)", "1", "1", "1"),
        ("geofence('0.5 0.5', /data/shape)", "true", "true", "true"),
        ("geofence('0.5 1.2', /data/open)", "false", "false", "false"),
        ("geofence('0.3 0.7', '0 0;0 1;1 1;0 0')", "forms.no_value", "true", "true"),
        ("area('a b')", "forms.no_value", "0", "0"),
    ],
)
def test_each_engine_answers_as_it_does_itself(expression, javarosa, web_forms, xpath):
    assert [_told(expression, dialect) for dialect in DIALECTS.values()] == [javarosa, web_forms, xpath]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("round(0, 31)", "NaN"),
        ("round(2.5)", "3"),
        ("pow(0, -1)", "Infinity"),
        ("pow(number('x'), 0)", "1"),
        ("pow(-2, 1025)", "-Infinity"),
        ("abs(date-time('1970-01-02T12:00:00'))", "1.5"),
        ("selected-at('a b', number('x'))", "a"),
        ("selected('a  b', '')", "true"),
        ("string(date-time(0.9999999999))", "1970-01-01"),
        ("digest('a', 'md5', 'HEX')", "0cc175b9c0f1b6a831c399e269772661"),
        ("string-length('\U0001f600')", "2"),
        ("substring('12345', -1 div 0)", "12345"),
        ("max()", "NaN"),
        ("geofence(/data/none, /data/shape)", "true"),
        ("distance('95 0', '95 0')", "0"),
        ("decimal-time('2026-03-30T12:00:00')", "0.5"),
    ],
)
def test_javarosa_is_followed_into_its_corners(expression, expected):
    assert _told(expression, JAVAROSA) == expected


def test_javarosas_behaviours_are_the_defaults():
    assert all(getattr(JAVAROSA, each.name) == each.default for each in dataclasses.fields(Dialect)[1:])
    assert World().dialect is JAVAROSA


def test_one_node_read_by_two_engines_is_read_by_each_in_its_own_way():
    context = _context()
    other = World(context.world.root, dialect=WEB_FORMS)
    assert evaluate("string(/data/g)", context) == ""
    assert evaluate("string(/data/g)", Context(context.node, other)) == "1"
    assert to_text(evaluate("/data/n + 1", Context(context.node, other))) == "4"
