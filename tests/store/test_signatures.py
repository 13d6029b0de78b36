"""Signatures are checked beside the taking in; what one of them spoils is undone as a whole."""

from __future__ import annotations

import base64
import json

import pytest
from tests.store.test_journal import everything, lines_of, take

from gemba.errors import Refusal
from gemba.store import operations
from gemba.store.checking import check

pytestmark = pytest.mark.on_both

MANY = 120
"""So many that a second thread checks them."""


def _signed(store, noun, number):
    place = operations.Place(store.device.id, store.device.epoch, number, "01a1fbf1ff3c-0000", _uid(number))
    made = operations.make(place, noun, _uid(number), {"name": "X", "role": "auditor"}, (), store.device.sign)
    return operations.line(made.header_bytes, made.payload, made.signature)


def _uid(number):
    return f"01a1fbf1-79f6-759a-b9d5-{number:012x}"


def _spoiled(line):
    shown = json.loads(line)
    signature = bytearray(base64.b64decode(shown["signature"]))
    signature[7] ^= 1
    return line.replace(shown["signature"].encode(), base64.b64encode(signature))


def _people(store):
    return [_signed(store, "person", number) for number in range(1, MANY + 1)]


@pytest.mark.parametrize("at", [0, MANY // 2, MANY - 1])
def test_one_signature_that_does_not_hold_keeps_all_out(store, another, at) -> None:
    office, lines = another("office"), _people(store)
    lines[at] = _spoiled(lines[at])
    with pytest.raises(Refusal) as refused:
        take(office, lines, store)
    assert refused.value.facts["why"] == "signature"
    assert refused.value.facts["operation"] == json.loads(lines[at])["header"]["id"]
    assert all(not found for found in everything(office).values())
    assert check(office, files=False) == []
    assert take(office, _people(store), store).added == MANY, "and nothing of it is in the way later"


def test_over_what_nobody_signed_nobody_trips(store, another) -> None:
    office, lines = another("office"), _people(store)
    lines.append(_spoiled(_signed(store, "ghost", MANY + 1)))  # a noun that there is not
    with pytest.raises(Refusal) as refused:
        take(office, lines, store)
    assert (refused.value.code, refused.value.facts["why"]) == ("store.bad_operation", "signature")


def test_what_is_signed_and_wrong_is_told_as_what_it_is(store, another) -> None:
    office, lines = another("office"), _people(store)
    with pytest.raises(Refusal) as refused:
        take(office, [*lines, _signed(store, "ghost", MANY + 1)], store)
    assert refused.value.code == "store.unknown_noun"
    assert lines_of(office) == []


def test_canonical_bytes_and_what_is_read_in_them_are_taken_in_alike(store, another) -> None:
    lines = _people(store)
    one, other = another("one"), another("other")
    take(one, lines, store)
    take(other, [json.loads(line) for line in lines], store)
    assert everything(one) == everything(other)
