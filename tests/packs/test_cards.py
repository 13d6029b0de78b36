from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gemba.errors import GembaError, Refusal
from gemba.packs import canonical, identity
from gemba.packs.cards import Card, make_card, read_card


@pytest.fixture
def card(world) -> Card:
    return Card(
        role="headquarters",
        name="Zentrale — ООО «Гемба»",
        public_key=world.hq.public,
        recipients=(identity.recipient_of(world.hq_identity), identity.recipient_of(identity.make_age_identity())),
        created=datetime(2026, 11, 21, 9, 0, 0, tzinfo=UTC),
    )


def test_a_card_comes_back_as_it_was_made(world, card):
    assert read_card(make_card(card, world.hq.sign)) == card
    assert card.file_name == "headquarters.card"
    assert card.id == world.hq.id
    assert len(card.words) == 8


def test_a_card_is_json_that_anybody_can_read(world, card):
    said = json.loads(make_card(card, world.hq.sign))
    assert (said["format"], said["role"], said["name"]) == ("gemba-card v1", "headquarters", card.name)


def test_nobody_can_make_a_card_for_another_s_key(card):
    with pytest.raises(Refusal, match=r"packs\.forged_card"):
        read_card(make_card(card, identity.make_device_key().sign))


def test_nobody_can_put_their_own_recipient_on_another_s_card(world, card):
    data = make_card(card, world.hq.sign)
    mine = identity.recipient_of(identity.make_age_identity())
    with pytest.raises(Refusal, match=r"packs\.forged_card"):
        read_card(data.replace(card.recipients[0].encode(), mine.encode()))


def test_one_byte_changed_or_cut_anywhere_is_refused(world, card):
    data = make_card(card, world.hq.sign)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        for bad in (bytes(changed), data[:at]):
            with pytest.raises(GembaError):
                read_card(bad)


def test_a_newer_card_asks_for_an_update(world, card):
    with pytest.raises(Refusal, match=r"packs\.newer_format"):
        read_card(make_card(card, world.hq.sign).replace(b"gemba-card v1", b"gemba-card v9"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("role", "boss"),
        ("role", []),
        ("name", ""),
        ("name", "  "),
        ("name", "a\nb"),
        ("name", "evil\u202egpj.exe"),
        ("name", "x" * 201),
        ("name", 1),
        ("id", "0" * 32),
        ("public_key", "AAAA"),
        ("recipients", []),
        ("recipients", ["age1x"]),
        ("recipients", [1]),
        ("recipients", "age1"),
        ("created", 0),
        ("more", 1),
    ],
)
def test_a_card_that_says_odd_things_is_refused_even_when_signed(world, card, name, value):
    said = json.loads(make_card(card, world.hq.sign))
    del said["signature"]
    said[name] = value
    message = b"gemba-card-v1\0" + canonical.dumps(said)
    said["signature"] = base64.b64encode(world.hq.sign(message)).decode()
    with pytest.raises(Refusal, match=r"packs\.not_a_card"):
        read_card(canonical.dumps(said))


def test_facts_that_have_no_spelling_are_a_mistake_of_the_program(world, card):
    with pytest.raises(ValueError, match="card"):
        make_card(replace(card, name="a\0b"), world.hq.sign)


def test_a_receipt_is_no_card(world):
    with pytest.raises(Refusal, match=r"packs\.not_a_card"):
        read_card(b'{"format":"gemba-receipt v1"}')
