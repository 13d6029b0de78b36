"""The fast way to read canonical JSON says what the slow and certain one says, or nothing."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.packs import canonical

texts = st.text(st.characters(codec=None), max_size=8)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


def slow(data: bytes) -> tuple[bool, object]:
    try:
        value = canonical.loads(data)
        return canonical.dumps(value) == data, value
    except Refusal:
        return False, None


def agree(data: bytes) -> None:
    fast = canonical._loads_plain(data)
    if fast is not None:
        assert slow(data) == (True, fast)


@settings(max_examples=600)
@given(values, st.booleans(), st.booleans(), st.randoms(use_true_random=False))
@example({"a": 1e21, "b": -0.0}, False, False, random.Random(0))
def test_whatever_is_spelled_somehow(value, sort, ascii_only, chance):
    try:
        data = json.dumps(value, ensure_ascii=ascii_only, sort_keys=sort, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
    except UnicodeEncodeError:
        return
    agree(data)
    changed = bytearray(data)
    changed[chance.randrange(len(changed))] = chance.randrange(256)
    agree(bytes(changed))


@settings(max_examples=600)
@given(values)
def test_what_is_canonical_is_read_either_way(value):
    try:
        data = canonical.dumps(value)
    except Refusal:
        return
    agree(data)
    assert canonical.loads_canonical(data) == canonical.loads(data)


@settings(max_examples=300)
@given(st.binary(max_size=40))
def test_any_bytes(data):
    for around in (data, b'"' + data + b'"', b'{"a":' + data + b"}", b'{"' + data + b'":1}'):
        agree(around)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b"9007199254740992",
        b"[-9007199254740993]",
        b"-0",
        b"1.0",
        b"[1.0]",
        b"[-0.0]",
        b"[0.25,-1.5]",
        b"[0.000001]",
        b"[0.0000001]",
        b"[1.50]",
        b"[123456789012345.5]",
        b"[1e-7]",
        b"[1e+21]",
        b"[1e21]",
        b"[18446744073709551616]",
        b"[1e5]",
        b"01",
        b'"\\u0000"',
        b'"\\ud800"',
        b'"\\u0041"',
        b'"\\/"',
        b'"\x7f"',
        b'"\xed\xa0\x80"',
        b'"\xc0\x80"',
        b'{"\xf0\x90\x80\x80":1,"\xee\x80\x80":2}',
        b'{"\xee\x80\x80":1,"\xf0\x90\x80\x80":2}',
        b"[" * 65 + b"]" * 65,
        b" 1",
        b"1 ",
        b"NaN",
        b"",
    ],
)
def test_what_is_odd(data):
    agree(data)


def test_most_lines_are_read_the_fast_way():
    line = canonical.dumps(
        {"header": {"seq": 17, "v": 2}, "payload": {"set": {"text": "Größe 地板 \n", "share": 0.25}}}
    )
    assert canonical._loads_plain(line) is not None
