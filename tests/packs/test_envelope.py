"""The age layer against chance and against whoever can write to the medium."""

from __future__ import annotations

import io
import os
import random

import pytest

from gemba import gemba_verify, wording
from gemba.errors import GembaError, Refusal
from gemba.packs import envelope, identity
from gemba.packs.opening import open_pack
from gemba.packs.verifying import verify

CASES = int(os.environ.get("GEMBA_FUZZ", "1500"))


@pytest.fixture(scope="module")
def sealed(world, tmp_path_factory) -> bytes:
    return world.seal(tmp_path_factory.mktemp("sealed")).path.read_bytes()


@pytest.fixture(scope="module")
def long(world, tmp_path_factory) -> bytes:
    """A pack of several age chunks."""
    made = world.seal(tmp_path_factory.mktemp("long"), blobs=[world.blob(random.Random(1).randbytes(200_000))])
    return made.path.read_bytes()


@pytest.fixture
def refusal(world, tmp_path, tmp_path_factory):
    """What opening these bytes is refused with, under a name that says nothing; also by the stand-alone verifier."""
    key_file = tmp_path_factory.mktemp("key") / "key.txt"
    key_file.write_text(world.hq_identity)

    def refused(data: bytes) -> GembaError:
        file = tmp_path / "copy.gemba"
        file.write_bytes(data)
        with pytest.raises(Refusal) as caught, open_pack(file, [world.hq_identity], scratch=tmp_path):
            pytest.fail("it was opened")
        told = wording.sentence(caught.value)
        assert not told.startswith(caught.value.code)
        assert "?" not in told
        assert list(tmp_path.iterdir()) == [file]
        with pytest.raises(gemba_verify.NotWhole):
            gemba_verify.verify(file, key_file, journal=False)
        return caught.value

    return refused


def test_nothing_and_anything_else_is_no_pack(refusal):
    for data in (b"PK\x03\x04" + bytes(2000), bytes(100), b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"age\n" * 50):
        assert refusal(data).code == "packs.not_a_pack"
    assert refusal(b"age-encryption.org/v1\n" + b"-> x\n" * 20_000).code == "packs.not_a_pack"


def test_a_newer_age_asks_for_an_update(refusal, sealed):
    assert refusal(sealed.replace(b"age-encryption.org/v1", b"age-encryption.org/v2", 1)).code == "packs.newer_format"


def test_a_pack_cut_in_its_header_is_called_short(refusal, sealed):
    header = sealed.index(b"\n--- ") + 49
    for size in (0, 1, 10, 21, 22, 60, 200, header - 1, header, header + 15, header + 32):
        assert refusal(sealed[:size]).code == "packs.cut_short"


def test_a_pack_cut_anywhere_is_refused(refusal, sealed):
    for size in range(0, len(sealed), 1 + len(sealed) // CASES):
        assert refusal(sealed[:size]).code in {"packs.cut_short", "packs.damaged"}


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_a_pack_cut_between_two_chunks_is_refused(refusal, long, chunk):
    payload = long.index(b"\n--- ") + 49 + 16
    assert refusal(long[: payload + chunk * 65552]).code == "packs.damaged"


def test_a_pack_whose_last_chunk_is_too_small_to_be_one_is_called_short(refusal, long):
    payload = long.index(b"\n--- ") + 49 + 16
    for size in (1, 15, 16):
        assert refusal(long[: payload + 65552 + size]).code == "packs.cut_short"


def test_a_name_that_vouches_tells_damage_from_a_pack_for_others(world, sealed, tmp_path):
    file = tmp_path / (world.sha256(sealed) + ".gemba")
    # Without the lines that are for us, nobody could tell that they were ever there; the name can.
    file.write_bytes(sealed.replace(b"-> X25519 ", b"-> X25518 "))
    with pytest.raises(Refusal, match=r"packs\.damaged"), open_pack(file, [world.hq_identity], scratch=tmp_path):
        pytest.fail("it was opened")


def test_chunks_that_change_places_are_refused(refusal, long):
    at = long.index(b"\n--- ") + 49 + 16
    one, other = long[at : at + 65552], long[at + 65552 : at + 2 * 65552]
    assert refusal(long[:at] + other + one + long[at + 2 * 65552 :]).code == "packs.altered"
    assert refusal(long[:at] + one + long[at + 2 * 65552 :]).code in {"packs.altered", "packs.damaged"}


def test_bytes_behind_the_end_are_refused(refusal, sealed):
    for junk in (b"\0", bytes(100), sealed):
        refusal(sealed + junk)


def test_a_change_in_the_middle_is_told_from_a_cut(refusal, long):
    data = bytearray(long)
    data[70_000] ^= 1
    assert refusal(bytes(data)).code == "packs.altered"


def test_one_byte_changed_anywhere_is_refused(refusal, sealed, long):
    rng = random.Random(20261121)
    for data in (sealed, long):
        for at in range(0, len(data), 1 + len(data) // (CASES // 2)):
            changed = bytearray(data)
            changed[at] ^= rng.randrange(1, 256)
            refusal(bytes(changed))


def test_an_altered_pack_is_refused_without_a_key_too_by_its_name(world, sealed, tmp_path):
    file = tmp_path / (world.sha256(sealed) + ".gemba")
    rng = random.Random(3)
    for _ in range(100):
        changed = bytearray(sealed)
        changed[rng.randrange(len(changed))] ^= rng.randrange(1, 256)
        file.write_bytes(changed)
        for keys in ((), [world.hq_identity], [identity.make_age_identity()]):
            with pytest.raises(Refusal):
                verify(file, keys)


def test_every_recipient_opens_and_nobody_else(world, sealed, tmp_path):
    file = tmp_path / "copy.gemba"
    file.write_bytes(sealed)
    for own in (world.hq_identity, world.laptop_identity):
        assert verify(file, [identity.make_age_identity(), own]).level == "whole"


def test_a_passphrase_file_is_not_ours_and_costs_no_time(refusal):
    # Work factor 2^30 would keep a computer busy for an hour.
    data = f"age-encryption.org/v1\n-> scrypt {'A' * 22} 30\n{'A' * 43}\n--- {'A' * 43}\n".encode() + bytes(100)
    assert refusal(data).code == "packs.not_for_us"


def test_looking_leaves_the_file_at_its_beginning(sealed):
    file = io.BytesIO(sealed)
    framing = envelope.look(file, "x.gemba")
    assert file.tell() == 0
    assert framing.size == len(sealed)
    assert sealed[: framing.header].endswith(b"\n")
