"""The quick spelling is the exact one, whatever the value."""

from __future__ import annotations

import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gemba.store.spelling import LARGEST, canonical, holds_nul, is_plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = TEXT | st.sampled_from(["\U0001f600", "\ue000", "ﬀ", "é", "z", ""])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST + 1, LARGEST - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


@given(value=VALUES)
def test_quick_and_exact_spell_the_same(value) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.0, -0.0, LARGEST, -LARGEST, {"é": 1}, [{"a": 9e-6}], {"a": {"b": 1e21}}, math.inf])
def test_what_needs_the_rules_of_javascript_is_left_to_the_exact_writer(value) -> None:
    assert not is_plain(value)


@pytest.mark.parametrize("value", [0.5, -137.25, 1e-5, 9.99e-5, 123456789012345.6, {"a": [1 / 3]}])
def test_floats_of_every_day_are_spelled_quickly(value) -> None:
    assert is_plain(value)
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [-0.0, 1.0, -3e15, 2.0**53, 1e16, 1e21, 9e-6, 1e-7, 5e-324, [100.0, {"a": 2.0}]])
def test_floats_that_javascript_spells_otherwise_are_spelled_as_there(value) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(value=st.floats(allow_nan=False, allow_infinity=False) | st.decimals(-(10**9), 10**9, places=2).map(float))
def test_a_float_is_spelled_exactly(value) -> None:
    assert canonical([value]) == rfc8785.dumps([value])


@pytest.mark.parametrize("code", [*range(0x80), 0x7F, 0x2028, 0xD7FF, 0xE000, 0xFFFF, 0x1F600])
def test_every_escape_is_that_of_the_exact_writer(code) -> None:
    assert canonical({"a": chr(code)}) == rfc8785.dumps({"a": chr(code)})


def test_a_nul_is_found_wherever_it_is() -> None:
    assert holds_nul({"a": [{"b\0": 1}]})
    assert holds_nul(["x", "\0"])
    assert not holds_nul({"a": ["\\u0000", 0, None]})
