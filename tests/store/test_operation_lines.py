"""Lines of packs are read strictly: what is read spells the very bytes that were given, or is refused."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.store import operations
from gemba.store.operation_lines import read
from gemba.store.operations import Operation
from gemba.store.spelling import canonical

UID, OTHER = "01a1fbf1-79f6-759a-b9d5-f2129aa76d85", "01a1fbf1-79f6-759a-b9d5-f2129aa76d84"
PLACE = operations.Place("ab" * 16, "0001-00000000", 7, "01a1fbf1ff3c-0000", UID)


def _line(noun: str, values: dict[str, object], parents: tuple[str, ...] = (), *, apart: bool = True) -> bytes:
    made = operations.make(PLACE, noun, UID, values, parents, lambda _: random.Random(7).randbytes(64))
    return operations.line(made.header_bytes, made.payload, made.signature, made.personal if apart else None)


LINES = [
    _line("place", {"name": "Dock } 3", "level": "area", "parent": None}),
    _line("finding", {"text": 'Wände, "quer" \\ 雨', "grade": "minor"}, (OTHER,)),
    _line("finding", {"text": "erased since", "grade": "minor"}, apart=False),
    _line("place", {"numbers": [1, -2, 0.25, 1e21, 5e-7, True], "deep": {"é": [], "a": {}}}),
    operations.line(operations.make(PLACE, "place", UID, {"name": "x"}, (), bytes).header_bytes, None, bytes(64)),
]
BITS = [b'"', b"{", b"}", b",", b":", b"null", b"0", b"A", b"\\u0000", b" ", b"\n", b"e", b"\xff", b'"personal":null,']


def _spelled(one: Operation) -> bytes:
    return operations.line(one.header_bytes, one.payload, one.signature, one.personal)


@pytest.mark.parametrize("raw", LINES)
def test_it_says_the_same_as_bytes_and_as_json(raw: bytes) -> None:
    assert _spelled(read(raw)) == raw
    assert read(json.loads(raw)) == read(raw)


@st.composite
def _altered(draw: st.DrawFn) -> bytes:
    """A line of which a stretch is gone, doubled, moved or replaced."""
    raw = draw(st.sampled_from(LINES))
    for _ in range(draw(st.integers(1, 3))):
        first, last = sorted(draw(st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw)))))
        short = draw(st.booleans())
        last = min(last, first + 4) if short else last
        put = draw(st.sampled_from([b"", raw[first:last] * 2, *BITS]))
        raw = raw[:first] + put + raw[last:]
    return raw


@settings(max_examples=400)
@given(raw=_altered())
def test_what_is_read_in_altered_bytes_is_what_they_spell(raw: bytes) -> None:
    try:
        found = read(raw)
    except Refusal as refusal:
        assert refusal.code == "store.bad_operation"  # noqa: PT017 - many an altered line is none
        return
    assert _spelled(found) == raw
    assert read(json.loads(raw)) == found


def _with(raw: bytes, old: bytes, new: bytes) -> bytes:
    assert raw.count(old) >= 1
    return raw.replace(old, new, 1)


SALT = json.loads(LINES[0])["payload"]["salt"].encode()
SIGNED = json.loads(LINES[0])["signature"].encode()


@pytest.mark.parametrize(
    "raw",
    [
        _with(LINES[0], b'{"header":', b'{ "header":'),
        _with(LINES[0], b'"payload":{', b'"payload":null,"payload":{'),
        _with(LINES[0], b'"level":"area"', b'"level":"area","level":"area"'),
        _with(LINES[0], b'"area"', b'"\\u0061rea"'),
        _with(LINES[0], SIGNED, SIGNED[:-3] + b"h=="),
        _with(LINES[0], SIGNED, SIGNED[:20] + b"\\n" + SIGNED[20:]),
        _with(LINES[0], SIGNED, SIGNED.rstrip(b"=")),
        _with(LINES[0], SIGNED, SIGNED + b"===="),
        _with(LINES[0], b'"seq":7', b'"seq":7.0'),
        _with(LINES[0], b'"seq":7', b'"seq":"7"'),
        LINES[0] + b"\n",
        LINES[0] + LINES[0],
        b"\xef\xbb\xbf" + LINES[0],
        b"",
        b"{}",
        b"}",
        b"[]",
    ],
)
def test_another_spelling_of_a_line_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal, match=r"store\.bad_operation"):
        read(raw)


@pytest.mark.parametrize(
    "salt", ["", "0" * 31, "0" * 33, "0" * 31 + "A", "0" * 31 + "g", "0" * 32 + "\n", "٠" * 32, 7, None]
)
@pytest.mark.parametrize("as_bytes", [True, False])
def test_a_salt_is_32_digits(salt: object, as_bytes: bool) -> None:
    said = json.loads(LINES[0])
    said["payload"]["salt"] = salt
    with pytest.raises(Refusal, match=r"store\.bad_operation") as refused:
        read(canonical(said) if as_bytes else said)
    assert refused.value.facts["why"] == "shape"


def test_a_part_that_was_not_signed_is_refused() -> None:
    said = json.loads(LINES[1])
    for part in ("payload", "personal"):
        other = json.loads(LINES[1])
        other[part]["salt"] = "0" * 32
        with pytest.raises(Refusal) as refused:
            read(canonical(other))
        assert refused.value.facts == {"operation": said["header"]["id"], "why": "payload"}


def test_reading_leaves_nothing_behind_in_what_it_has_read() -> None:
    """Two readings of one line give equal operations, of which neither knows the other's values."""
    first, second = read(LINES[1]), read(LINES[1])
    first.values["text"] = "changed"
    assert second.values["text"] == 'Wände, "quer" \\ 雨'
