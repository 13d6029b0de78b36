from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.store import device, operations
from gemba.store.operation_lines import read

UID = "01a1fbf1-79f6-759a-b9d5-f2129aa76d85"
PLACE = operations.Place("a" * 32, "0001-12345678", 7, "01a1fbf1ff3c-0001", UID)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.dictionaries(
    st.sampled_from(["text", "grade", "due"]),
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-1e15, 1e15)
    | TEXT
    | st.lists(TEXT, max_size=3),
    min_size=1,
)


def make(values, parents=()):
    return operations.make(PLACE, "finding", UID, values, parents, lambda message: hashlib.sha512(message).digest())


@given(values=VALUES)
def test_a_line_is_canonical_and_reads_back_as_the_same_operation(values) -> None:
    made = make(values)
    line = operations.line(made.header_bytes, made.payload, made.signature, made.personal)
    assert rfc8785.dumps(json.loads(line)) == line
    again = read(json.loads(line))
    assert again == made == read(line)
    assert again.header.fields == tuple(sorted(values))
    assert again.values == values


def test_the_signature_covers_the_header_and_the_header_the_payload() -> None:
    made = make({"text": "x"})
    assert made.signature == hashlib.sha512(b"gemba-op-v2\0" + made.header_bytes).digest()
    assert hashlib.sha256(made.payload).hexdigest() == made.header.payload
    assert make({"text": "x"}).header.payload != made.header.payload  # salted


def test_parents_are_sorted() -> None:
    other = "01a1fbf1-79f6-759a-b9d5-f2129aa76d84"
    assert make({"text": "x"}, [UID, other]).header.parents == (other, UID)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, 2.0**53, "\ud800", "a\0b", ["a\0b"]])
def test_what_no_pack_can_carry_is_refused(value) -> None:
    with pytest.raises(Refusal, match=r"store\.bad_text"):
        make({"text": value})


def test_a_text_that_only_looks_like_a_nul_is_kept() -> None:
    assert make({"text": "\\u0000"}).values == {"text": "\\u0000"}


MADE = make({"text": "x"})
LINE = json.loads(operations.line(MADE.header_bytes, MADE.payload, MADE.signature, MADE.personal))
JUNK = st.none() | st.integers() | st.text() | st.lists(st.integers()) | st.dictionaries(st.text(), st.none())


@given(part=st.sampled_from([*LINE["header"], "payload", "signature", "header"]), junk=JUNK)
def test_junk_anywhere_in_a_line_is_refused_as_such(part, junk) -> None:
    line = json.loads(json.dumps(LINE))
    place = line if part in line else line["header"]
    if part == "payload":
        place = line
    if place[part] == junk or (part == "personal" and place is line and junk is None):  # erased, or on its way
        return
    place[part] = junk
    try:
        made = read(line)
    except Refusal as refusal:
        assert refusal.code == "store.bad_operation"  # noqa: PT017 - a changed but well-formed header reads, too
    else:
        assert made.header_bytes != rfc8785.dumps(LINE["header"]) or made.signature == b""


@pytest.mark.parametrize("line", [{}, {"header": 3}, {"header": {"id": 5}}])
def test_a_line_that_is_none_is_refused(line) -> None:
    with pytest.raises(Refusal, match=r"store\.bad_operation"):
        read(line)


def test_a_device_signs_and_is_known_by_its_key(store) -> None:
    signature = store.device.sign(b"message")
    assert device.verify(store.device.public_key, signature, b"message")
    assert not device.verify(store.device.public_key, signature, b"massage")
    assert not device.verify(b"short", signature, b"message")
    assert store.device.id == hashlib.sha256(store.device.public_key).hexdigest()[:32]


def test_epochs_count_and_differ() -> None:
    assert device.new_epoch()[:5] == "0001-"
    assert device.new_epoch("0041-ffffffff")[:5] == "0042-"
    assert device.new_epoch() != device.new_epoch()


def test_laptops_make_different_human_numbers() -> None:
    """Of 3,000 codes none is the same; with four letters about four would be."""
    epochs = [f"{n:04d}-00000000" for n in range(3000)]
    one = {"name": "x", "role": "laptop", "secret": bytes(32), "identity": ""}
    codes = {device.Device(**one, epoch=epoch).code for epoch in epochs}
    assert len(codes) == len(epochs)
    assert {len(code) for code in codes} == {6}
