"""Every function, called with anything: a value or a refusal, never a crash."""

from __future__ import annotations

import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.forms.expressions import Context, World, evaluate, parse_xml
from gemba.forms.expressions.functions import library

ODDITIES = [
    "''",
    "'abc'",
    "'2026-02-30'",
    "'2026-03-30'",
    "'2026-03-29T02:30:00.000+01:00'",
    "'9999-12-31'",
    "'0001-01-01'",
    "'10:99'",
    "'-'",
    "'1e9'",
    "0",
    "-1",
    "0.5",
    "99999999999999999999",
    "1 div 0",
    "-1 div 0",
    "number('')",
    "true()",
    "/data/x",
    "/data/none",
    "/data/x[2]",
    "today()",
    "now()",
    "'%Y-%q'",
    "'[a-'",
    "'{2'",
    "'91 181'",
    "'1 1;2 2;3 1'",
    "'SHA-512'",
    "'MD9'",
    "'sites'",
    "'/data/x'",
    "' '",
    "'👍\u0301'",
]


@pytest.fixture(scope="module")
def context() -> Context:
    zone = ZoneInfo("Europe/Berlin")
    document = parse_xml("<data><x>1</x><x>b c</x><x/><y>2026-03-29</y></data>")
    world = World(document, now=lambda: datetime(2026, 3, 29, 2, 30, tzinfo=zone), rng=random.Random(3))
    world.instances["sites"] = parse_xml("<root><item><name>a</name></item></root>")
    return Context(document.children[0], world)


CALLS = st.sampled_from(sorted(library())).flatmap(
    lambda name: st.lists(
        st.sampled_from(ODDITIES),
        min_size=min(library()[name].low, 6),
        max_size=min(library()[name].high, library()[name].low + 3, 6),
    ).map(lambda arguments: f"{name}({', '.join(arguments)})")
)
SIGNS = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or", "|"])


@settings(max_examples=1500, deadline=None)
@given(st.tuples(CALLS, SIGNS, CALLS).map(" ".join))
def test_any_call_gives_a_value_or_a_refusal(context, expression):
    codes: list[str] = []
    try:
        value = evaluate(expression, context)
        assert isinstance(value, float | str | bool | list) or hasattr(value, "when")
    except Refusal as refused:
        codes.append(refused.code)
    assert codes in ([], ["forms.no_value"])


def test_the_library_is_as_large_as_forms_need():
    assert len(library()) >= 81
