from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gemba.errors import GembaError, Refusal
from gemba.packs import canonical, identity
from gemba.packs.receipts import Receipt, make_receipt, read_receipt

HELD, MISSING = "ab" * 32, "cd" * 32


@pytest.fixture
def receipt(world) -> Receipt:
    return Receipt(
        pack="12" * 32,
        device=world.laptop.id,
        ranges={"0001-1a2b3c4d": ((1, 200), (205, 210)), "0002-99aabbcc": ((1, 1),)},
        blobs_held=(HELD,),
        blobs_missing=(MISSING,),
        taken_in_at=datetime(2026, 11, 21, 9, 0, 0, tzinfo=UTC),
        headquarters=world.hq.id,
    )


@pytest.fixture
def trusted(world) -> dict[str, bytes]:
    return {world.hq.id: world.hq.public}


def test_a_receipt_comes_back_as_it_was_made(world, receipt, trusted):
    data = make_receipt(receipt, world.hq.sign)
    assert read_receipt(data, trusted) == receipt
    assert receipt.file_name == "12" * 32 + ".receipt"


def test_the_same_facts_give_the_same_receipt(world, receipt):
    shuffled = replace(receipt, ranges=dict(reversed(receipt.ranges.items())))
    assert make_receipt(receipt, world.hq.sign) == make_receipt(shuffled, world.hq.sign)


def test_a_receipt_is_json_that_anybody_can_read(world, receipt):
    said = json.loads(make_receipt(receipt, world.hq.sign))
    assert said["format"] == "gemba-receipt v1"
    assert said["ranges"]["0001-1a2b3c4d"] == [[1, 200], [205, 210]]
    assert said["blobs_held_count"] == 1


def test_what_is_held_is_what_lies_in_one_stretch(receipt):
    assert receipt.holds("0001-1a2b3c4d", 5, 200)
    assert not receipt.holds("0001-1a2b3c4d", 200, 205)
    assert not receipt.holds("0009-00000000", 1, 1)


def test_only_headquarters_that_we_know_counts(world, receipt, trusted):
    data = make_receipt(receipt, world.hq.sign)
    with pytest.raises(Refusal, match=r"packs\.unknown_headquarters"):
        read_receipt(data, {})
    forged = make_receipt(receipt, identity.make_device_key().sign)
    with pytest.raises(Refusal, match=r"packs\.forged_receipt"):
        read_receipt(forged, trusted)


def test_a_newer_receipt_asks_for_an_update(world, receipt, trusted):
    data = make_receipt(receipt, world.hq.sign).replace(b"gemba-receipt v1", b"gemba-receipt v2")
    with pytest.raises(Refusal, match=r"packs\.newer_format"):
        read_receipt(data, trusted)


def test_one_byte_changed_anywhere_is_refused(world, receipt, trusted):
    data = make_receipt(receipt, world.hq.sign)
    for at in range(len(data)):
        for flip in (1, 32, 128):
            changed = bytearray(data)
            changed[at] ^= flip
            with pytest.raises(GembaError):
                read_receipt(bytes(changed), trusted)


def test_a_receipt_cut_anywhere_is_refused(world, receipt, trusted):
    data = make_receipt(receipt, world.hq.sign)
    for size in range(len(data)):
        with pytest.raises(GembaError):
            read_receipt(data[:size], trusted)


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b'"x"', b"{}", b'{"format":1}', b'{"format":"gemba-card v1"}'])
def test_what_is_no_receipt_is_called_so(data, trusted):
    with pytest.raises(Refusal, match=r"packs\.not_a_receipt"):
        read_receipt(data, trusted)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pack", "x"),
        ("device", 1),
        ("headquarters", None),
        ("ranges", []),
        ("ranges", {"a b": []}),
        ("ranges", {"e": [[2, 1]]}),
        ("ranges", {"e": [[1, 2], [3, 4]]}),
        ("ranges", {"e": [[3, 4], [1, 1]]}),
        ("ranges", {"e": [[1, 2, 3]]}),
        ("ranges", {"e": [[True, 2]]}),
        ("ranges", {"e": [[1.5, 2]]}),
        ("ranges", {"e": 1}),
        ("blobs_held", [HELD, HELD]),
        ("blobs_held", [MISSING]),
        ("blobs_held", "x"),
        ("blobs_held_count", 2),
        ("blobs_held_count", True),
        ("blobs_missing", [1]),
        ("taken_in_at", "yesterday"),
        ("taken_in_at", "2026-11-21T9:00:00Z"),
        ("more", 1),
    ],
)
def test_a_receipt_that_says_odd_things_is_refused_even_when_signed(world, receipt, trusted, name, value):
    said = json.loads(make_receipt(receipt, world.hq.sign))
    del said["signature"]
    said[name] = value
    said["signature"] = _b64(world.hq.sign(b"gemba-receipt-v1\0" + canonical.dumps(said)))
    with pytest.raises(Refusal, match=r"packs\.not_a_receipt"):
        read_receipt(canonical.dumps(said), trusted)


def test_a_file_too_large_for_a_receipt_is_not_even_parsed(trusted):
    with pytest.raises(Refusal, match=r"packs\.not_a_receipt"):
        read_receipt(b'{"format":"gemba-receipt v2"}' + b" " * (16 << 20), trusted)
    with pytest.raises(Refusal, match=r"packs\.not_a_receipt"):
        read_receipt(b'{"format":"gemba-receipt v2","x":"' + b"x" * (16 << 20) + b'"}', trusted)


def test_facts_that_have_no_spelling_are_a_mistake_of_the_program(world, receipt):
    with pytest.raises(ValueError, match="receipt"):
        make_receipt(replace(receipt, pack="x"), world.hq.sign)
    with pytest.raises(ValueError, match="receipt"):
        make_receipt(replace(receipt, ranges={"e": ((5, 1),)}), world.hq.sign)


def _b64(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode()
