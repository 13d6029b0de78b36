from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.packs import canonical

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda x: not 2**53 <= abs(x) < 1e21
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_writing_agrees_with_the_reference_and_comes_back(value):
    data = canonical.dumps(value)
    assert data == rfc8785.dumps(value)
    assert canonical.loads_canonical(data) == value


@given(st.binary(max_size=60) | TEXTS.map(str.encode) | VALUES.map(lambda v: json.dumps(v).encode()))
def test_reading_gives_a_value_that_can_be_written_or_refuses(data):
    try:
        value = canonical.loads(data)
    except Refusal:
        pass
    else:
        assert canonical.loads_canonical(canonical.dumps(value)) == value


def test_the_example_of_rfc_8785_is_written_as_the_rfc_writes_it():
    source = rb"""{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }"""
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical.dumps(canonical.loads(source)) == expected.encode()


def test_keys_are_sorted_by_utf_16_units():
    assert canonical.dumps({"\ufb33": 1, "😀": 2}) == '{"😀":2,"\ufb33":1}'.encode()


BAD = {
    "NaN": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "float beyond all": b'{"a":1e999}',
    "float spelled as an integer": b'{"a":1e20}',
    "huge integer": b'{"a":' + b"9" * 5000 + b"}",
    "integer beyond 2^53": b'{"a":9007199254740992}',
    "the same key twice": b'{"a":1,"a":1}',
    "the same key twice, deep": b'[{"b":{"a":1,"\\u0061":2}}]',
    "NUL": b'{"a":"\\u0000"}',
    "NUL in a key": b'{"\\u0000":1}',
    "raw NUL": b'{"a":"\0"}',
    "lone high surrogate": b'{"a":"\\ud800"}',
    "lone low surrogate": b'{"a":"\\udc00x"}',
    "surrogate in raw bytes": b'{"a":"\xed\xa0\x80"}',
    "not UTF-8": b'{"a":"\xff"}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a":1}',
    "raw control character": b'{"a":"\n"}',
    "too deep": b"[" * 65 + b"]" * 65,
    "far too deep": b"[" * 100_000,
    "far too deep objects": b'{"a":' * 100_000,
    "trailing comma": b"[1,]",
    "two values": b"{} {}",
    "single quotes": b"{'a':1}",
    "nothing": b"",
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_what_others_cannot_read_is_refused(data):
    with pytest.raises(Refusal) as caught:
        canonical.loads(data)
    assert caught.value.code == "packs.bad_json"
    assert caught.value.facts["reason"]


def test_brackets_in_text_are_no_nesting():
    value = {"a": "[{" * 200 + '"\\'}
    assert canonical.loads(canonical.dumps(value)) == value


def test_the_deepest_nesting_allowed_is_read():
    data = b"[" * 64 + b"]" * 64
    assert canonical.dumps(canonical.loads(data)) == data


@pytest.mark.parametrize("data", [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1.0}', b'{"a":-0}', b'"\\u0041"', b'"\\/"'])
def test_another_spelling_is_read_but_is_not_canonical(data):
    canonical.loads(data)
    with pytest.raises(Refusal):
        canonical.loads_canonical(data)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 1e20, 2**53, "\0", "\ud800", {"\ud800": 1}, {1: 2}, {"a": b""}, [[], {1}]],
)
def test_what_would_not_be_read_is_not_written(value):
    with pytest.raises(Refusal):
        canonical.dumps(value)


def test_a_value_that_holds_itself_is_refused():
    value: list[object] = []
    value.append(value)
    with pytest.raises(Refusal):
        canonical.dumps(value)


def test_every_item_is_looked_at_even_behind_a_float():
    with pytest.raises(Refusal):
        canonical.dumps([1.5, "\0"])
