"""What the first version wrote is read for ever: these files may be added to, never changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gemba.packs import publication_words
from gemba.packs.cards import read_card
from gemba.packs.opening import open_pack
from gemba.packs.publication import for_laptop
from gemba.packs.publication_checking import Known, check
from gemba.packs.publication_reading import open_publication
from gemba.packs.publication_words import ForLaptop, Statement
from gemba.packs.receipts import read_receipt
from gemba.packs.verifying import verify

FROZEN = Path(__file__).parent / "frozen"
PACK = next(FROZEN.glob("*.gemba"))


@pytest.fixture
def key() -> str:
    return (FROZEN / "headquarters.key").read_text("ascii").splitlines()[1]


def test_a_pack_of_the_first_version_is_read(world, key, tmp_path):
    assert verify(PACK, [key]).level == "whole"
    with open_pack(PACK, [key], scratch=tmp_path) as pack:
        first, second, third = pack.operations()
        assert (first, third) == (world.operation(1), world.operation(3))
        assert second["payload"]["set"]["score"] == 0.5
        assert pack.blobs[world.sha256(world.photo)]().read() == world.photo
        assert pack.documents["A-K7QD-0012.pdf"]().read() == world.report
        assert [one.sha256 for one in pack.referenced] == [world.sha256(world.before)]
        assert (pack.facts.device_id, pack.facts.prev_pack) == (world.laptop.id, "ab" * 32)


def test_a_receipt_of_the_first_version_is_read(world):
    data = next(FROZEN.glob("*.receipt")).read_bytes()
    receipt = read_receipt(data, {world.hq.id: world.hq.public})
    assert receipt.pack == PACK.stem
    assert receipt.holds("0001-1a2b3c4d", 1, 3)
    assert receipt.blobs_missing == (world.sha256(world.before),)


def test_a_card_of_the_first_version_is_read_and_still_says_the_same_words(world):
    card = read_card((FROZEN / "headquarters.card").read_bytes())
    assert (card.role, card.id) == ("headquarters", world.hq.id)
    assert card.words == WORDS


def test_a_card_of_the_second_version_leads_to_a_publication_of_the_first(world, key):
    card = read_card((FROZEN / "headquarters-v2.card").read_bytes())
    assert (card.id, len(card.recipients)) == (world.hq.id, 3)
    file = next(FROZEN.glob("*.publication"))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
    with open_publication(file) as opened:
        found = check(opened, Known(card.root, b"", {}))
        said = publication_words.read(Statement, opened.content(found.targets["statement.json"]))
        letter = publication_words.unseal(opened.content(found.targets[for_laptop(world.laptop.id)]), [key])
    assert (found.version, found.publisher) == (1, world.hq.public)
    assert said.revoked == {world.laptop.id: {"0001-1a2b3c4d": 3}}
    assert letter is not None
    assert publication_words.read(ForLaptop, letter).resend == (("0001-1a2b3c4d", 2, 2),)


WORDS = ("spider", "nickel", "agent", "sandal", "desert", "pistol", "mango", "orbit")
