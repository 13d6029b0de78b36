from __future__ import annotations

import threading

import pytest

from gemba.errors import Refusal, Trouble
from gemba.packs import identity
from gemba.packs.verifying import verify


@pytest.fixture
def sealed(world, tmp_path):
    return world.seal(tmp_path)


def test_with_a_key_every_byte_is_checked(world, sealed):
    verdict = verify(sealed.path, [world.hq_identity])
    assert verdict.level == "whole"
    assert verdict.facts is not None
    assert (verdict.facts.device_id, verdict.facts.operations) == (world.laptop.id, 3)
    assert (verdict.sha256, verdict.size) == (sealed.sha256, sealed.size)
    assert "3 operations" in " ".join(verdict.sentences)
    assert "was not checked" in verdict.sentences[-1]


def test_without_a_key_it_says_what_it_could_not_check(sealed):
    verdict = verify(sealed.path)
    assert (verdict.level, verdict.facts) == ("outer", None)
    assert "came through intact" in verdict.sentences[0]
    assert "could not be checked" in verdict.sentences[1]


def test_with_the_wrong_key_it_says_so_and_checks_the_outside(sealed):
    verdict = verify(sealed.path, [identity.make_age_identity()])
    assert verdict.level == "outer"
    assert "None of the keys" in verdict.sentences[1]


def test_a_renamed_pack_vouches_for_nothing(world, sealed, tmp_path):
    renamed = sealed.path.rename(tmp_path / "x.gemba")
    assert "renamed" in verify(renamed).sentences[0]
    assert verify(renamed, [world.hq_identity]).level == "whole"


def test_nothing_is_written_and_no_thread_remains(world, sealed, tmp_path):
    before = threading.active_count()
    verify(sealed.path, [world.hq_identity])
    assert list(tmp_path.iterdir()) == [sealed.path]
    assert threading.active_count() == before


def test_a_forged_pack_is_refused_and_no_thread_remains(forger, world, tmp_path):
    # Large enough that the unsealing still has much to say when the reader has heard enough.
    forger.entry("README.txt").content = bytes(1 << 20)
    before = threading.active_count()
    with pytest.raises(Refusal, match=r"packs\.altered"):
        verify(world.sealed(tmp_path, forger.zip()), [world.hq_identity])
    assert threading.active_count() == before


def test_why_the_seal_does_not_hold_is_told_rather_than_that_the_content_ends(world, tmp_path):
    file = world.seal(tmp_path, blobs=[world.blob(bytes(300_000))]).path
    file.write_bytes(file.read_bytes()[:-100_000])
    with pytest.raises(Refusal, match=r"packs\.damaged"):
        verify(file, [world.hq_identity])


def test_a_file_that_is_gone_is_named(tmp_path):
    for keys in ((), [identity.make_age_identity()]):
        with pytest.raises(Trouble, match=r"packs\.no_file"):
            verify(tmp_path / "gone.gemba", keys)
