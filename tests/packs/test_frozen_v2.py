"""Packs with operations v 2, as they were first written, are read for ever: a stretch, and a selection."""

from __future__ import annotations

from pathlib import Path

from gemba import gemba_verify
from gemba.packs.opening import open_pack
from gemba.packs.verifying import verify

FROZEN = Path(__file__).parent / "frozen" / "v2"
STRETCH = FROZEN / "1a17d838129e343003f348b73db8ef4391cd7d70e8817e84e511b6901a432fac.gemba"
SELECTION = FROZEN / "63fa46043159d5c72a8cd88c607a2180b57999882f44e29001f817fc2fefddbb.gemba"
KEY = FROZEN / "headquarters.key"


def key() -> str:
    return KEY.read_text("ascii").splitlines()[1]


def test_a_stretch_with_a_part_apart_is_read(world, tmp_path):
    assert verify(STRETCH, [key()]).level == "whole"
    with open_pack(STRETCH, [key()], scratch=tmp_path) as pack:
        assert pack.facts.schema == "gemba-op v2"
        one, two, three = pack.operations()
        assert "personal" not in one
        assert two["personal"]["set"] == {"name": "Ana 地板"}
        assert (three["header"]["v"], three["personal"]) == (2, None)
        assert pack.blobs[world.sha256(world.photo)]().read() == world.photo
    said = gemba_verify.verify(STRETCH, KEY)
    assert (said["level"], said["operations"], said["without_personal"]) == ("whole", 3, 1)


def test_a_selection_is_read(tmp_path):
    with open_pack(SELECTION, [key()], scratch=tmp_path) as pack:
        assert (pack.facts.first_seq, pack.facts.last_seq, pack.facts.operations) == (4, 3, 2)
    said = gemba_verify.verify(SELECTION, KEY)
    assert (said["level"], len(said["unsigned_for"])) == ("whole", 1)
