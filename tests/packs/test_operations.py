from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.packs import canonical, limits
from gemba.packs.operations import deflate, inflate, parse

OBJECTS = st.lists(
    st.dictionaries(st.text("abc\n\r\u2028\x0b😀", max_size=5), st.integers(-9, 9) | st.none(), max_size=3)
)


@given(OBJECTS, st.integers(1, 50))
def test_operations_come_back_however_they_are_cut_into_pieces(objects, width):
    made = deflate(map(canonical.dumps, objects))
    packed = b"".join(made.packed)
    pieces = [packed[at : at + width] for at in range(0, len(packed), width)]
    assert list(parse(inflate(pieces, made.size))) == objects
    assert made.count == len(objects)
    raw = zlib.decompress(packed, -15)
    assert list(parse(raw[at : at + width] for at in range(0, len(raw), width))) == objects


def test_unpacking_never_hands_out_more_than_a_piece():
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(bytes(50 << 20)) + packed.flush()
    assert all(len(piece) <= limits.PIECE for piece in inflate([data], 50 << 20))


def test_what_is_no_deflate_stream_is_refused():
    with pytest.raises(Refusal, match=r"packs\.altered"):
        list(inflate([b"\xff" * 100], 10))


def test_a_journal_that_packs_like_a_bomb_is_not_sealed():
    line = canonical.dumps({"a": "x" * 1_000_000})
    with pytest.raises(Refusal, match=r"packs\.too_large"):
        deflate([line] * 20)
